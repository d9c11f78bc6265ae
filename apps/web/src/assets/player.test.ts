import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  type Chapter,
  chapterAt,
  lastBegun,
  pictureAt,
} from '../../assets/scripts/player/chapter.ts'
import { nextStart, previousStart } from '../../assets/scripts/player/deck/neighbours.ts'
import { type Heard, later, type Sleep } from '../../assets/scripts/player/deck/sleep.ts'
import { asPlaces, placeIn, type Places, withPlace } from '../../assets/scripts/player/places.ts'
import { asTrack } from '../../assets/scripts/player/track.ts'

const chapter = (at: number, listed = true): Chapter => ({
  at,
  title: `At ${at}`,
  link: '',
  imageUrl: '',
  listed,
})

describe('the places that are remembered', () => {
  const visits = fc.array(
    fc.record({
      episode: fc.integer({ min: 0, max: 300 }).map((number) => `/show/${number}`),
      seconds: fc.integer({ min: 0, max: 5000 }),
      of: fc.integer({ min: 0, max: 5000 }),
    }),
    { maxLength: 500 },
  )

  it('are of each episode the last one, and never more than two hundred', () => {
    fc.assert(
      fc.property(visits, (all) => {
        const places = all.reduce<Places>(
          (kept, { episode, ...place }) => withPlace(kept, episode, place),
          [],
        )

        assert.ok(places.length <= 200)
        assert.equal(new Set(places.map(([episode]) => episode)).size, places.length)
        for (const [episode, seconds] of places) {
          assert.equal(all.findLast((visit) => visit.episode === episode)?.seconds, seconds)
        }
      }),
    )
  })

  it('are the same when they were written down and read again, and nothing of what is none', () => {
    fc.assert(
      fc.property(visits, fc.anything(), (all, rubbish) => {
        const places = all.reduce<Places>(
          (kept, { episode, ...place }) => withPlace(kept, episode, place),
          [],
        )

        assert.deepEqual(asPlaces(JSON.parse(JSON.stringify(places))), places)
        for (const [episode, seconds] of asPlaces(rubbish)) {
          assert.ok(typeof episode === 'string' && seconds >= 0)
        }
      }),
    )
  })

  it('are forgotten when an episode was only just begun, or heard to its end', () => {
    const begun = withPlace([], '/show/one', { seconds: 100, of: 600 })

    assert.equal(placeIn(begun, '/show/one'), 100)
    assert.equal(placeIn(withPlace(begun, '/show/one', { seconds: 2, of: 600 }), '/show/one'), 0)
    assert.equal(placeIn(withPlace(begun, '/show/one', { seconds: 590, of: 600 }), '/show/one'), 0)
    assert.equal(placeIn(begun, '/show/two'), 0)
  })
})

describe('a track that was written down', () => {
  it('is read again, and led by it nobody leaves the site', () => {
    const track = {
      episode: '/show/one',
      audioUrl: 'https://cdn.example/one.mp3',
      title: 'One',
      show: 'Show',
      imageUrl: '',
      colours: '',
      seconds: 60,
    }

    assert.deepEqual(asTrack(JSON.parse(JSON.stringify(track))), track)
    assert.equal(asTrack({ ...track, episode: '//evil.example' }), undefined)
    assert.equal(asTrack({ ...track, episode: 'https://evil.example' }), undefined)
    assert.equal(asTrack({ ...track, audioUrl: 'javascript:alert(1)' }), undefined)
    assert.equal(asTrack('a track'), undefined)
    assert.equal(asTrack(null), undefined)
  })
})

describe('the chapter of a place', () => {
  it('is the last one that has begun, as a search from the start would find it', () => {
    const starts = fc
      .uniqueArray(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 })
      .map((all) => all.toSorted((one, other) => one - other))

    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 4100 }), (all, place) => {
        assert.equal(
          lastBegun(all, place),
          all.findLastIndex((start) => start <= place),
        )
      }),
    )
  })

  it('is one of the list, though a picture between them is shown', () => {
    const chapters = [chapter(0), { ...chapter(10, false), imageUrl: '/uploads/map.png' }]

    assert.equal(chapterAt(chapters, 12)?.at, 0)
    assert.equal(pictureAt(chapters, 12), '/uploads/map.png')
    assert.equal(pictureAt(chapters, 5), '')
  })

  it('may be none', () => {
    assert.equal(chapterAt([chapter(10)], 3), undefined)
    assert.equal(chapterAt([], 3), undefined)
  })

  it('is followed by the next one in the list, and preceded by its own beginning', () => {
    const chapters = [chapter(0), chapter(60), chapter(90, false), chapter(120)]

    assert.equal(nextStart(chapters, 0), 60)
    assert.equal(nextStart(chapters, 60), 120)
    assert.equal(nextStart(chapters, 130), undefined)
    assert.equal(previousStart(chapters, 100), 60)
    assert.equal(previousStart(chapters, 61), 0)
    assert.equal(previousStart(chapters, 1), 0)
  })
})

describe('the sleep timer', () => {
  const heard = (given: Partial<Heard>): Heard => ({
    episode: '/show/one',
    chapter: 0,
    place: 0,
    clock: 0,
    speed: 1,
    playing: true,
    ...given,
  })

  it('counts what was listened to, not what was paused or slept', () => {
    const sleep: Sleep = { after: 'seconds', left: 60 }

    assert.deepEqual(later(sleep, heard({}), heard({ clock: 20 })), { ...sleep, left: 40 })
    assert.deepEqual(later(sleep, heard({ playing: false }), heard({ clock: 20 })), sleep)
    assert.deepEqual(later(sleep, heard({}), heard({ clock: 9000 })), { ...sleep, left: 30 })
  })

  it('is over once, however the time goes by', () => {
    const steps = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: 1 })

    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 300 }), (passed, left) => {
        let sleep: Sleep | undefined = { after: 'seconds', left }
        let clock = 0
        for (const step of passed) {
          if (sleep) sleep = later(sleep, heard({ clock }), heard({ clock: clock + step }))
          clock += step
        }
        // Apart from how numbers are rounded.
        if (sleep) assert.ok(clock < left + 0.001)
        else assert.ok(clock > left - 0.001)
      }),
    )
  })

  it('ends with a chapter that ends by itself, and not when somebody jumps to the next', () => {
    const sleep: Sleep = { after: 'chapter' }
    const [end, next] = [heard({ place: 59.9, clock: 10 }), { chapter: 1, clock: 10.25 }]

    assert.equal(later(sleep, end, heard({ ...next, place: 60.1 })), undefined)
    assert.equal(later(sleep, end, heard({ ...next, place: 60.4, speed: 2 })), undefined)
    assert.equal(later(sleep, end, heard({ ...next, place: 90 })), sleep)
    assert.equal(later(sleep, end, heard({ place: 59.95, clock: 10.05 })), sleep)
    assert.equal(later(sleep, end, heard({ ...next, episode: '/show/two', place: 60 })), sleep)
  })

  it('leaves the end of an episode to the episode', () => {
    const sleep: Sleep = { after: 'episode' }

    assert.equal(later(sleep, heard({}), heard({ clock: 20, place: 20, chapter: 3 })), sleep)
  })
})
