import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runScript } from './run-script.ts'

const later = <T>(value: T) => Promise.resolve(value)

describe('runScript', () => {
  it('gives the value of a single expression', async () => {
    assert.equal(await runScript('await later(2) + 3\n', { later }), 5)
  })

  it('runs several statements, awaiting between them', async () => {
    const seen: number[] = []

    const result = await runScript(
      'const two = await later(2)\nfunction add(n) {\n  seen.push(n)\n}\nadd(two)\nadd(3) // done\n',
      { later, seen },
    )

    assert.deepEqual(seen, [2, 3])
    assert.equal(result, undefined)
  })

  it('fails as the program fails', async () => {
    await assert.rejects(
      runScript('await later(1)\nthrow new Error("no")', { later }),
      /^Error: no$/,
    )
    await assert.rejects(runScript('const = 1', {}), SyntaxError)
  })
})
