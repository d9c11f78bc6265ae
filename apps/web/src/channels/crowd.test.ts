import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createPresence } from '@showrunner/presence'
import { fakeTime } from '@showrunner/presence/testing'
import { localPubSub, type Message } from '@showrunner/pubsub'
import { crowd } from './crowd.ts'

it('a crowd is counted on when somebody leaves who had never come in', async () => {
  const pubsub = await localPubSub()
  const time = fakeTime()
  const presence = createPresence({ pubsub, time })
  const others = crowd(pubsub, presence)
  const told: Message[] = []
  let heard = Promise.withResolvers<void>()
  pubsub.subscribe('show:1', (message) => {
    told.push(message)
    heard.resolve()
  })

  others.enter(1, 'one', 'a browser')
  await heard.promise
  heard = Promise.withResolvers()
  others.leave(1, 'never in')
  presence.track('of another node', 'show:1:others', 'another browser')
  time.pass(1000)
  await heard.promise

  assert.deepEqual(told.at(-1), { event: 'others', payload: { count: 2 } })
})
