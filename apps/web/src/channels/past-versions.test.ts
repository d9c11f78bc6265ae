import assert from 'node:assert/strict'
import { it } from 'node:test'
import { PastVersions } from './past-versions.ts'

it('of past versions the oldest are forgotten when they are too many bytes together, and not what is taken away before', () => {
  const past = new PastVersions(25)
  const forgotten: string[] = []
  const forget = ({ version }: { readonly version: string }) => forgotten.push(version)
  const [first, second, third, fourth] = ['1', '2', '3', '4'].map((version) => ({
    version,
    html: Buffer.alloc(10),
  }))
  assert.ok(first && second && third && fourth)

  past.add(first, forget)
  past.add(second, forget)
  past.add(third, forget)
  assert.deepEqual(forgotten, ['1'])
  past.remove(second)
  past.add(fourth, forget)
  past.add({ version: 'large', html: Buffer.alloc(30) }, forget)
  assert.deepEqual(forgotten, ['1', '3', '4', 'large'])
})
