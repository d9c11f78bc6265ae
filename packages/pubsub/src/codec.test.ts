import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decode, encode, pack } from './codec.ts'

describe('encode', () => {
  it('leaves a message without bytes as the JSON it is', () => {
    assert.equal(Buffer.from(encode({ $bytes: 0 })).toString(), '\0{"$bytes":0}')
    assert.deepEqual(decode(encode({ $bytes: 0 })), { $bytes: 0 })
  })

  it('tells bytes from a field that is called like them', () => {
    const message = { $bytes: 0, $$bytes: [new Uint8Array([1, 2])], inner: { $bytes: 'x' } }

    assert.equal(
      pack(message).json,
      '{"$$bytes":0,"$$$bytes":[{"$bytes":0}],"inner":{"$$bytes":"x"}}',
    )
    assert.deepEqual(decode(encode(message)), message)
  })

  it('leaves out what is undefined, beside bytes too', () => {
    const bytes = new Uint8Array([255])

    assert.deepEqual(decode(encode({ a: undefined, bytes })), { bytes })
  })
})

describe('decode', () => {
  it('gives bytes of their own, that keep nothing else in memory', () => {
    const { bytes } = decode(encode({ bytes: new Uint8Array([1, 2, 3]) })) as { bytes: Uint8Array }

    assert.equal(bytes.constructor, Uint8Array)
    assert.equal(bytes.buffer.byteLength, 3)
  })
})
