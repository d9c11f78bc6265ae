import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localNetwork, localPubSub } from '@showrunner/pubsub'
import { connected } from '../connect.ts'
import { openClient } from './testing/client.ts'
import { openSite } from './testing/site.ts'
import { VERSION_1, VERSION_2, type Said, type Speech } from './testing/speech.ts'

speaks(VERSION_1)
speaks(VERSION_2)

/** What of a message is the same in both versions, and its join ref where it has one. */
function as({ vsn }: Speech, said: Said & { joinRef: string | null }): Said {
  const { joinRef, ...others } = said
  return vsn === VERSION_2.vsn ? { joinRef, ...others } : others
}

function speaks(speech: Speech): void {
  describe(`channels over a WebSocket, in version ${speech.vsn}`, () => {
    it('join, answer, broadcast and leave', async (t) => {
      const site = await openSite(t)
      const client = await openClient(site, { speech })

      const joined = await client.join('room:1')
      client.say({ joinRef: '1', ref: '2', event: 'say', payload: { text: 'hello' } })
      const told = await client.next('said')
      const replied = await client.next('phx_reply')
      client.say({ joinRef: '1', ref: '3', event: 'phx_leave' })
      const left = [await client.next('phx_reply'), await client.next('phx_close')]

      const reply = { joinRef: '1', topic: 'room:1', event: 'phx_reply' }
      assert.deepEqual(
        [joined, told, replied, ...left],
        [
          as(speech, { ...reply, ref: '1', payload: { status: 'ok', response: {} } }),
          as(speech, {
            joinRef: null,
            ref: null,
            topic: 'room:1',
            event: 'said',
            payload: { text: 'hello' },
          }),
          as(speech, {
            ...reply,
            ref: '2',
            payload: { status: 'ok', response: { said: 'hello' } },
          }),
          as(speech, { ...reply, ref: '3', payload: { status: 'ok', response: {} } }),
          as(speech, { joinRef: '1', ref: '1', topic: 'room:1', event: 'phx_close', payload: {} }),
        ],
      )
      assert.deepEqual(await site.ended.take('an end', () => true), {
        topic: 'room:1',
        reason: 'left',
      })
    })

    it('refuse events of a topic that was not joined, and stay open', async (t) => {
      const site = await openSite(t)
      const client = await openClient(site, { speech })

      client.say({ joinRef: '1', ref: '9', payload: { text: 'hello' } })

      assert.deepEqual(
        await client.next('phx_reply'),
        as(speech, {
          joinRef: null,
          ref: '9',
          topic: 'room:1',
          event: 'phx_reply',
          payload: { status: 'error', response: { reason: 'unmatched topic' } },
        }),
      )
      assert.equal(site.sockets.count, 1)
    })

    it('refuse a join of no channel with a warning, and one that says no with its reason', async (t) => {
      const site = await openSite(t)
      const client = await openClient(site, { speech })

      const unmatched = await client.join('nowhere:1', '1')
      const locked = await client.join('room:locked', '2')

      assert.deepEqual(
        [unmatched.payload, locked.payload],
        [
          { status: 'error', response: { reason: 'unmatched topic' } },
          { status: 'error', response: { reason: 'Only for members.' } },
        ],
      )
      assert.match(site.log.join('\n'), /warning: There is no channel "nowhere:1"/)
    })

    it('are a hundred to a socket, unless another limit is set', async (t) => {
      const site = await openSite(t)
      const strict = await openSite(t, { limits: { channels: 1 } })
      const client = await openClient(site, { speech })
      const other = await openClient(strict, { speech })
      const tooMany = { status: 'error', response: { reason: 'too many channels joined' } }

      for (let room = 1; room <= 100; room += 1) await client.join(`room:${room}`, String(room))
      const last = await client.join('room:101', '101')
      await other.join('room:1', '1')

      assert.deepEqual(last.payload, tooMany)
      assert.deepEqual((await other.join('room:2', '2')).payload, tooMany)
      assert.equal(site.sockets.list()[0]?.channels.length, 100)
    })

    it('say that they failed, and leave the others of their socket alone', async (t) => {
      const site = await openSite(t)
      const client = await openClient(site, { speech })
      await client.join('room:1', '1')
      await client.join('room:2', '2')

      client.say({ joinRef: '1', ref: '3', event: 'crash' })
      const failed = await client.next('phx_error')
      client.say({ joinRef: '2', ref: '4', topic: 'room:2', payload: { text: 'still here' } })

      assert.deepEqual(
        failed,
        as(speech, {
          joinRef: '1',
          ref: '1',
          topic: 'room:1',
          event: 'phx_error',
          payload: { reason: 'channel_crash' },
        }),
      )
      assert.deepEqual((await client.next('said')).payload, { text: 'still here' })
      assert.match(site.log.join('\n'), /crashed on purpose/)
    })

    it('close the one before when a topic is joined again: first the reply, then the close', async (t) => {
      const site = await openSite(t)
      const client = await openClient(site, { speech })
      await client.join('room:1', '1')

      client.say({ joinRef: '2', ref: '2', event: 'phx_join' })
      await client.next('phx_close')

      assert.deepEqual(client.heard.all.slice(1), [
        as(speech, {
          joinRef: '2',
          ref: '2',
          topic: 'room:1',
          event: 'phx_reply',
          payload: { status: 'ok', response: {} },
        }),
        as(speech, { joinRef: '1', ref: '1', topic: 'room:1', event: 'phx_close', payload: {} }),
      ])
    })

    it('end with 1001 when their socket is disconnected by its id from another node', async (t) => {
      const network = localNetwork()
      const id = 'user:42'
      const connect = () => connected(undefined, id)
      const here = await openSite(t, { connect, pubsub: await localPubSub({ network }) })
      const there = await openSite(t, { pubsub: await localPubSub({ network }) })
      const client = await openClient(here, { speech })
      await client.join('room:1')

      there.sockets.disconnect('user:4')
      there.sockets.disconnect(id)

      assert.deepEqual(await client.closed, { code: 1001, reason: 'disconnected' })
      assert.equal((await here.ended.take('an end', () => true)).reason, 'disconnected')
      assert.equal(here.sockets.count, 0)
    })
  })
}
