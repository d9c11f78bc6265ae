import { type Presence } from '@showrunner/presence'
import { type PubSub, type Subscription } from '@showrunner/pubsub'
import { showTopic } from './show-channel.ts'

/** Counts who is at a show without a name, on all nodes. Their list would be long, and says nothing: browsers get the number. */
export function crowd(pubsub: PubSub, presence: Presence) {
  const rooms = new Map<string, { members: Set<string>; subscription: Subscription }>()

  const count = (episodeId: number) => Object.keys(presence.listMetas(topicOf(episodeId))).length

  return {
    count,

    /** A browser is counted once, however many of its tabs are here. */
    enter(episodeId: number, channelId: string, browser: string = channelId): void {
      const topic = topicOf(episodeId)
      const room = rooms.get(topic)
      if (room) room.members.add(channelId)
      else {
        // Each node tells its own, at most once in the period in which presence gathers changes.
        const subscription = pubsub.subscribe(topic, () =>
          pubsub.localBroadcast(showTopic(episodeId), {
            event: 'others',
            payload: { count: count(episodeId) },
          }),
        )
        rooms.set(topic, { members: new Set([channelId]), subscription })
      }
      presence.track(channelId, topic, browser)
    },

    /** Also for who had gone before they entered. */
    leave(episodeId: number, channelId: string): void {
      const topic = topicOf(episodeId)
      const room = rooms.get(topic)
      if (!room?.members.delete(channelId)) return
      presence.untrackAll(channelId)
      if (room.members.size > 0) return
      room.subscription.unsubscribe()
      rooms.delete(topic)
    },
  }
}

const topicOf = (episodeId: number): string => `${showTopic(episodeId)}:others`
