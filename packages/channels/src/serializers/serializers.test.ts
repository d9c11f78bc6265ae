import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readFrame } from '../testing/server-frame.ts'
import { type Ref } from './message.ts'
import { serializerOf } from './versions.ts'
import { v1 } from './v1.ts'
import { v2 } from './v2.ts'

const BYTES = Buffer.from([65, 66, 67])
const LONG = 'é'.repeat(128)

const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.constant(null),
)
const payload = fc.dictionary(
  fc.string(),
  fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as null),
)
const bytes = fc.uint8Array().map((array) => Buffer.from(array))
/** What fits into the head of a binary frame. */
const short = fc
  .string({ maxLength: 60, unit: 'grapheme' })
  .filter((text) => Buffer.byteLength(text) <= 255)
const wellFormed = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .filter((text) => Buffer.byteLength(text) <= 255)

describe('Version 2', () => {
  it('reads and writes arrays of five, in which refs are as they came', () => {
    assert.deepEqual(v2.decode('["6",9,"room:1","say",{"text":"Hello"},"more"]'), {
      joinRef: '6',
      ref: 9,
      topic: 'room:1',
      event: 'say',
      payload: { text: 'Hello' },
    })
    assert.equal(
      v2.reply('6', 9, 'room:1', 'ok', { number: 1 }).data,
      '["6",9,"room:1","phx_reply",{"status":"ok","response":{"number":1}}]',
    )
    assert.equal(v2.push('6', null, 'room:1', 'said', {}).data, '["6",null,"room:1","said",{}]')
    assert.equal(v2.broadcast('room:1', 'said', {}, null).data, '[null,null,"room:1","said",{}]')
  })

  it('writes the golden bytes of the protocol', () => {
    assert.deepEqual(
      v2.reply('12', '123', 'topic', 'ok', BYTES).data,
      golden([1, 2, 3, 5, 2], '12123topicok'),
    )
    assert.deepEqual(
      v2.broadcast('topic', 'event', BYTES, null).data,
      golden([2, 5, 5], 'topicevent'),
    )
    assert.deepEqual(
      v2.push('12', null, 'topic', 'event', BYTES).data,
      golden([0, 2, 5, 5], '12topicevent'),
    )
    assert.deepEqual(v2.decode(golden([0, 2, 3, 5, 5], '12123topicevent')), {
      joinRef: '12',
      ref: '123',
      topic: 'topic',
      event: 'event',
      payload: BYTES,
    })
  })

  it('refuses what is no message', () => {
    const none = [
      '',
      'x',
      '{}',
      '[1,2,3,4]',
      '[true,"1","a","b",{}]',
      '[null,{},"a","b",{}]',
      '[null,null,1,"b",{}]',
      '[null,null,"a",null,{}]',
    ]
    for (const text of none) assert.throws(() => v2.decode(text), { name: 'FrameError' }, text)
    const ofBytes = [
      [],
      [7],
      [1, 0, 0, 0, 0],
      [0, 1, 1],
      [0, 1, 1, 1, 1, 65],
      [0, 0, 0, 255, 0, 65],
    ]
    for (const frame of ofBytes)
      assert.throws(() => v2.decode(Buffer.from(frame)), { name: 'FrameError' }, String(frame))
  })

  it('sends something with names in it, or bytes, whose head is no longer than it can say', () => {
    for (const wrong of [undefined, null, 'text', 3, [1]]) {
      assert.throws(() => v2.push('1', null, 'a', 'b', wrong as never), { name: 'FrameError' })
      assert.throws(() => v2.reply('1', '2', 'a', 'ok', wrong as never), { name: 'FrameError' })
      assert.throws(() => v2.broadcast('a', 'b', wrong as never, null), { name: 'FrameError' })
    }
    assert.throws(
      () => v2.push('1', null, LONG, 'b', BYTES),
      /the topic of a binary message holds 255 bytes, and this one has 256/,
    )
    assert.throws(() => v2.push('1', null, 'a', LONG, BYTES), /the event of/)
    assert.throws(() => v2.push(LONG, null, 'a', 'b', BYTES), /the join ref of/)
    assert.throws(() => v2.reply('1', LONG, 'a', 'ok', BYTES), /the ref of/)
    assert.throws(() => v2.broadcast(LONG, 'b', BYTES, null), /the topic of/)
    assert.doesNotThrow(() => v2.push('1', null, LONG, LONG, { text: 'Hello' }))
  })

  it('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(
        ref,
        ref,
        fc.string(),
        fc.string(),
        payload,
        (joinRef, own, topic, event, said) => {
          const sent = JSON.stringify([joinRef, own, topic, event, said])
          assert.deepEqual(v2.decode(sent), {
            joinRef,
            ref: own,
            topic,
            event,
            payload: JSON.parse(JSON.stringify(said)),
          })
          const answered = readFrame(v2.reply(joinRef, own, topic, event, said).data)
          assert.deepEqual(answered, {
            joinRef,
            ref: own,
            topic,
            event: 'phx_reply',
            payload: JSON.parse(JSON.stringify({ status: event, response: said })),
          })
        },
      ),
    )
  })

  it('carries bytes as they are, and what is said of them', () => {
    fc.assert(
      fc.property(
        wellFormed,
        wellFormed,
        short,
        short,
        bytes,
        (joinRef, own, topic, event, data) => {
          assert.deepEqual(readFrame(v2.push(joinRef, null, topic, event, data).data), {
            joinRef,
            ref: null,
            topic,
            event,
            payload: data,
          })
          assert.deepEqual(readFrame(v2.reply(joinRef, own, topic, event, data).data), {
            joinRef,
            ref: own,
            topic,
            event: 'phx_reply',
            payload: { status: event, response: data },
          })
          assert.deepEqual(readFrame(v2.broadcast(topic, event, data, null).data), {
            joinRef: null,
            ref: null,
            topic,
            event,
            payload: data,
          })
          const texts = [joinRef, own, topic, event].map((text) => Buffer.from(text))
          const push = Buffer.concat([
            Buffer.from([0, ...texts.map((text) => text.length)]),
            ...texts,
            data,
          ])
          assert.deepEqual(v2.decode(push), { joinRef, ref: own, topic, event, payload: data })
        },
      ),
    )
  })

  it('throws nothing but a FrameError, whatever bytes it is sent', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, fc.string()), (frame) => {
        try {
          v2.decode(frame)
        } catch (error) {
          assert.equal(error instanceof Error && error.name, 'FrameError')
        }
      }),
    )
  })
})

describe('Version 1', () => {
  it('reads objects, with a join ref if there is one, and writes them without', () => {
    assert.deepEqual(v1.decode('{"topic":"a","event":"b","payload":[1],"ref":"1"}'), {
      topic: 'a',
      event: 'b',
      payload: [1],
      ref: '1',
      joinRef: null,
    })
    assert.equal(
      v1.decode('{"topic":"a","event":"b","payload":{},"ref":null,"join_ref":"7"}').joinRef,
      '7',
    )
    assert.deepEqual(JSON.parse(String(v1.reply('1', '2', 'a', 'ok', {}).data)), {
      topic: 'a',
      event: 'phx_reply',
      payload: { status: 'ok', response: {} },
      ref: '2',
    })
    assert.deepEqual(JSON.parse(String(v1.broadcast('a', 'b', {}, null).data)), {
      topic: 'a',
      event: 'b',
      payload: {},
      ref: null,
    })
  })

  it('refuses what is no object, what lacks something, and bytes', () => {
    for (const text of [
      '[]',
      'null',
      '3',
      '{',
      '{"topic":"a","event":"b","payload":{}}',
      '{"topic":1,"event":"b","payload":{},"ref":"1"}',
    ]) {
      assert.throws(() => v1.decode(text), { name: 'FrameError' }, text)
    }
    assert.throws(() => v1.decode(BYTES), { name: 'FrameError' })
    assert.throws(() => v1.push('1', null, 'a', 'b', BYTES), /version 1/)
    assert.throws(() => v1.reply('1', '2', 'a', 'ok', BYTES), /version 1/)
    assert.throws(() => v1.broadcast('a', 'b', [] as never, null), { name: 'FrameError' })
  })
})

describe('A version', () => {
  it('is 1.0 where none is named, and otherwise one that is spoken', () => {
    assert.equal(serializerOf(undefined), v1)
    assert.equal(serializerOf('1.0.7'), v1)
    assert.equal(serializerOf('2.0.0'), v2)
    for (const unknown of [
      '',
      '2',
      '2.0',
      '2.1.0',
      '3.0.0',
      '0.0.0',
      'x',
      2,
      null,
      ['2.0.0'],
      { a: 1 },
      '__proto__.0.0',
    ]) {
      assert.equal(serializerOf(unknown), undefined, JSON.stringify(unknown))
    }
  })
})

function golden(head: readonly number[], texts: string): Buffer {
  return Buffer.concat([Buffer.from(head), Buffer.from(texts), BYTES])
}
