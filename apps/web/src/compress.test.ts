import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compress } from './compress.ts'

const body = Buffer.from('words '.repeat(1000))

describe('compress', () => {
  it('takes the smallest the reader understands', async () => {
    const accepted = ['gzip, deflate, br', 'gzip', 'deflate', 'br;q=0, gzip;q=0.5', undefined]
    const made = await Promise.all(accepted.map((one) => compress(body, one)))

    assert.deepEqual(
      made.map(({ encoding }) => encoding),
      ['br', 'gzip', null, 'gzip', null],
    )
    assert.ok((made[0]?.body.length ?? 0) < 100)
  })

  it('leaves alone what is small already', async () => {
    const small = Buffer.from('ok')

    assert.deepEqual(await compress(small, 'br'), { body: small, encoding: null })
  })
})
