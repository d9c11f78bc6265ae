import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localNetwork, localPubSub } from '../index.ts'
import { pubSubContract } from '../testing/index.ts'

describe('localPubSub', () => {
  pubSubContract(async (t) => {
    const network = localNetwork()
    return async (options) => {
      const pubsub = await localPubSub({ ...options, network })
      t.after(() => pubsub.close())
      return pubsub
    }
  })

  it('is alone by default', async () => {
    const [one, two] = [await localPubSub(), await localPubSub()]
    const heard: unknown[] = []
    two.subscribe('news', (message) => heard.push(message))

    await one.broadcast('news', 1)
    await two.broadcast('news', 2)

    assert.deepEqual(heard, [2])
  })

  it('has no two nodes of one name in a network', async () => {
    const network = localNetwork()
    await localPubSub({ node: 'left', network })

    await assert.rejects(localPubSub({ node: 'left', network }), /a node "left"/)
  })
})
