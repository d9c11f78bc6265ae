import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  asQueue,
  holds,
  MOST_QUEUED,
  moved,
  type Queue,
  withTrack,
  without,
} from '../../assets/scripts/player/deck/queue.ts'
import { type Track } from '../../assets/scripts/player/track.ts'

const track = (number: number): Track => ({
  episode: `/show/${number}`,
  audioUrl: `/uploads/${number}.mp3`,
  title: `Number ${number}`,
  show: 'Show',
  imageUrl: '',
  colours: '',
  seconds: 60,
})

const tracks = fc.integer({ min: 0, max: 150 }).map(track)
const queues = fc.array(tracks, { maxLength: 160 }).map((all) => all.reduce<Queue>(withTrack, []))
const by = fc.integer({ min: -5, max: 5 })

const names = (queue: Queue) => queue.map(({ episode }) => episode)

describe('the queue', () => {
  it('holds each episode once, in the order they came, and never too many', () => {
    fc.assert(
      fc.property(fc.array(tracks, { maxLength: 160 }), (all) => {
        const queue = all.reduce<Queue>(withTrack, [])

        assert.ok(queue.length <= MOST_QUEUED)
        assert.deepEqual(names(queue), [...new Set(names(all))].slice(0, MOST_QUEUED))
      }),
    )
  })

  it('is as it was when what was added is taken out again', () => {
    fc.assert(
      fc.property(queues, tracks, (queue, one) => {
        fc.pre(!holds(queue, one.episode))

        assert.deepEqual(without(withTrack(queue, one), one.episode), queue)
        assert.ok(!holds(without(queue, one.episode), one.episode))
      }),
    )
  })

  it('has the same episodes however they are moved, and the others in the same order', () => {
    fc.assert(
      fc.property(queues, tracks, by, (queue, { episode }, places) => {
        const after = moved(queue, episode, places)

        assert.deepEqual(names(after).toSorted(), names(queue).toSorted())
        assert.deepEqual(without(after, episode), without(queue, episode))
        const [from, to] = [names(queue).indexOf(episode), names(after).indexOf(episode)]
        if (from >= 0) {
          assert.equal(to, Math.min(queue.length - 1, Math.max(0, from + places)))
        }
      }),
    )
  })

  it('is read as it was written down, and from rubbish only what are tracks', () => {
    fc.assert(
      fc.property(queues, fc.anything(), (queue, rubbish) => {
        assert.deepEqual(asQueue(JSON.parse(JSON.stringify(queue))), queue)
        assert.ok(asQueue(rubbish).every(({ episode }) => episode.startsWith('/')))
        assert.deepEqual(asQueue([...queue, rubbish, ...queue]).slice(0, queue.length), queue)
      }),
    )
  })
})
