import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { connect } from '@showrunner/channels/testing'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { localPubSub, type PubSub } from '@showrunner/pubsub'
import { signedIn } from '../testing/signed-in.ts'
import { testApp } from '../testing/test-app.ts'
import { DeskChannel, deskTopic } from './desk-channel.ts'
import { type Visitor } from './visitor.ts'

/** A node to which no other can say anything, until it comes back. */
async function cutOff(): Promise<{ readonly pubsub: PubSub; readonly comeBack: () => void }> {
  const alone = await localPubSub()
  const listeners = new Set<() => void>()
  const pubsub: PubSub = {
    node: alone.node,
    subscribe: (topic, listener) => alone.subscribe(topic, listener),
    broadcast: (topic, message) => alone.broadcast(topic, message),
    broadcastFrom: (from, topic, message) => alone.broadcastFrom(from, topic, message),
    localBroadcast: (topic, message) => alone.localBroadcast(topic, message),
    localBroadcastFrom: (from, topic, message) => alone.localBroadcastFrom(from, topic, message),
    directBroadcast: (node, topic, message) => alone.directBroadcast(node, topic, message),
    on(event, listener) {
      if (event === 'reconnected') listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => alone.close(),
  }
  return {
    pubsub,
    comeBack: () => {
      for (const listener of listeners) listener()
    },
  }
}

describe('a node that was cut off from the others', () => {
  it(
    'has everybody with a session come anew: who signed out meanwhile comes back as nobody',
    sandboxed(async (repo) => {
      const { pubsub, comeBack } = await cutOff()
      const [far, here] = [await testApp(repo), await testApp(repo, { pubsub })]
      const [ada, ben] = [
        await signedIn(repo, await aPerson(repo, 'Ada')),
        await signedIn(repo, await aPerson(repo, 'Ben')),
      ]
      const come = (who?: { readonly cookie: string }) =>
        connect(here.sockets, who && { cookie: who.cookie })
      const [adas, bens, somebodys] = [await come(ada), await come(ben), await come()]
      await far.inject({ method: 'POST', url: '/out', headers: ada })
      assert.equal(here.sockets.count, 3)

      comeBack()

      for (const client of [adas, bens]) await client.assertClosed(1012)
      assert.equal(here.sockets.count, 1)
      await somebodys.assertRefused(DeskChannel, deskTopic('today'), {})
      for (const who of [ada, ben]) await come(who)
      const names = here.sockets.list().map(({ visitor }) => {
        return (visitor as Visitor).account?.person.name
      })
      assert.deepEqual(names, [undefined, undefined, 'Ben'])
    }),
  )
})
