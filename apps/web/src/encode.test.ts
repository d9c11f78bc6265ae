import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { encode } from './encode.ts'

describe('encode', () => {
  it('writes what Buffer.from writes, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => encode(text).equals(Buffer.from(text))),
    )
  })

  it('writes half a character as the sign for it', () => {
    assert.equal(encode('a\ud83dz').toString(), 'a\ufffdz')
  })

  it('writes texts longer than any before', () => {
    const text = 'é'.repeat(700_000)

    assert.equal(encode(text).toString(), text)
  })
})
