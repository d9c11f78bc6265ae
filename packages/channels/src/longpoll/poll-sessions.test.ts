import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fakeTime } from '@showrunner/presence/testing'
import { localPubSub } from '@showrunner/pubsub'
import { connected } from '../connect.ts'
import { v2 } from '../serializers/v2.ts'
import { createSockets } from '../sockets.ts'
import { PollSessions } from './poll-sessions.ts'

const ADMITTED = { visitor: 'Ada', id: undefined, serializer: v2 }

async function open(count: number) {
  const time = fakeTime()
  const sockets = createSockets({
    pubsub: await localPubSub(),
    channels: [],
    connect: () => connected('Ada'),
    time,
  })
  const sessions = new PollSessions(sockets)
  const opened = Array.from({ length: count }, () => sessions.open(ADMITTED))
  return { time, sockets, sessions, opened }
}

describe('Sessions of clients that poll', () => {
  it('are so many at most that were never polled', async () => {
    const { time, sockets, sessions, opened } = await open(4999)
    assert.equal(sessions.isFull, false)
    const last = sessions.open(ADMITTED)
    assert.equal(sessions.isFull, true)

    assert.equal(sessions.of(last.id), last)
    assert.equal(sessions.isFull, false)
    sessions.open(ADMITTED)
    assert.equal(sessions.isFull, true)
    opened[0]?.connection?.close(1001, 'gone')
    assert.equal(sessions.isFull, false)

    time.pass(15_000)
    sessions.sweep(time.now(), 0)
    assert.equal(sockets.count, 0)
    assert.equal(sessions.isFull, false)
  })

  it('are so many at most in all', async () => {
    const { sessions, opened } = await open(0)
    for (let n = 0; n < 50_000; n += 1) {
      assert.equal(sessions.isFull, false)
      const session = sessions.open(ADMITTED)
      sessions.of(session.id)
      opened.push(session)
    }
    assert.equal(sessions.isFull, true)
    opened[0]?.connection?.close(1001, 'gone')
    assert.equal(sessions.isFull, false)
  })
})
