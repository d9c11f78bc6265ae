import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { change, from, type Repo } from '@showrunner/data'
import { temporaryStorage } from '@showrunner/storage/testing'
import * as fc from 'fast-check'
import { anEpisode, aPodcast, sandboxed, testDatabase } from '../testing/index.ts'
import {
  countFeedAgents,
  countPieces,
  createCounter,
  DownloadCount,
  DownloadPiece,
  DownloadSalt,
  FeedAgent,
  forgetDownloadListeners,
  minuteOf,
  networkOf,
  type SentPiece,
  tagsIn,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const HOUR_MS = 60 * 60_000
const after = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS)

const ADDRESS = '/uploads/one.mp3'
const APP = 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)'
/** Ten minutes of a thousand bytes each. */
const MINUTE = 1000

const PIECE: SentPiece = {
  address: ADDRESS,
  ip: '198.51.100.7',
  userAgent: APP,
  way: 'app',
  at: NOW,
  sent: MINUTE,
}

async function tenMinutes(repo: Repo) {
  const podcast = await aPodcast(repo)
  const made = await anEpisode(repo, podcast, { slug: 'one' })
  const audio = { audioUrl: ADDRESS, audioDuration: 600 }
  return repo.updateOrThrow(change(made, { ...audio, audioBytes: 10 * MINUTE }))
}

const counts = async (repo: Repo) => {
  const rows = await repo.all(from(DownloadCount).orderBy({ day: 'asc', agent: 'asc', way: 'asc' }))
  return rows.map(({ day, agent, way, estimated, downloads }) => {
    return [day, agent, way, downloads, ...(estimated ? ['estimated'] : [])]
  })
}

const ONE = [['2026-11-20', 'Overcast', 'app', 1]]

describe('countPieces', () => {
  it(
    'counts a listener once within 24 hours, when all that was sent to them is a minute',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      const half = { ...PIECE, sent: MINUTE / 2 }

      assert.equal(await countPieces(repo, [half]), 0)
      assert.equal(await countPieces(repo, [{ ...half, at: after(1) }]), 1)
      assert.equal(await countPieces(repo, [{ ...PIECE, at: after(13) }]), 0)
      assert.equal(await countPieces(repo, [{ ...PIECE, at: after(23.9) }]), 0)
      assert.equal(await countPieces(repo, [{ ...PIECE, at: after(24) }]), 1)

      assert.deepEqual(await counts(repo), [...ONE, ['2026-11-21', 'Overcast', 'app', 1]])
    }),
  )

  it(
    'knows listeners apart by their network and what they listen with',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      const v6 = { ...PIECE, ip: '2001:db8:1:2:3::4' }

      await countPieces(repo, [
        PIECE,
        { ...PIECE, ip: '198.51.100.8' },
        { ...PIECE, userAgent: 'Castro 2026' },
        v6,
        { ...v6, ip: '2001:db8:1:2::9' },
        { ...v6, ip: '2001:db8:1:3::9' },
      ])

      assert.deepEqual(await counts(repo), [
        ['2026-11-20', 'Castro', 'app', 1],
        ['2026-11-20', 'Overcast', 'app', 4],
      ])
    }),
  )

  it(
    'comes to the same in any order, cut into any ranges, in any batches',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      const piece = fc.record({
        who: fc.integer({ min: 1, max: 4 }),
        sent: fc.integer({ min: 1, max: MINUTE }),
        batch: fc.integer({ min: 0, max: 3 }),
        order: fc.nat(),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (all) => {
          await repo.deleteAll(DownloadPiece)
          await repo.deleteAll(DownloadCount)
          const sums = Map.groupBy(all, ({ who }) => who)
          const wanted = [...sums.values()].filter(
            (theirs) => theirs.reduce((sum, { sent }) => sum + sent, 0) >= MINUTE,
          ).length
          const ordered = all.toSorted((one, other) => one.order - other.order)
          let found = 0
          for (const batch of [0, 1, 2, 3]) {
            const pieces = ordered
              .filter((one) => one.batch === batch)
              .map(({ who, sent }) => ({ ...PIECE, ip: `198.51.100.${who}`, sent }))
            found += await countPieces(repo, pieces)
          }
          assert.equal(found, wanted)
        }),
        { numRuns: 25 },
      )
    }),
  )

  it(
    'leaves out robots, programs, watches, who says nothing, and files of no episode',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      const nobody = [
        '',
        '  ',
        'Googlebot/2.1 (+http://www.google.com/bot.html)',
        'facebookexternalhit/1.1',
        'curl/8.5.0',
        'python-requests/2.31',
        'AppleCoreMedia/1.0.0 (Apple Watch; U; CPU OS 11_0 like Mac OS X)',
        'Podcasts/1 watchOS/11.0',
      ]

      const counted = await countPieces(repo, [
        ...nobody.map((userAgent) => ({ ...PIECE, userAgent })),
        { ...PIECE, address: '/uploads/other.mp3' },
      ])

      assert.equal(counted, 0)
      assert.equal(await repo.count(DownloadPiece), 0)
      const phone = { ...PIECE, userAgent: 'Mozilla/5.0 (Linux; CUBOT NOTE 20) Chrome/120' }
      assert.equal(await countPieces(repo, [phone]), 1)
    }),
  )

  it(
    'takes what was asked for where the bytes come from elsewhere, and says so',
    sandboxed(async (repo) => {
      await tenMinutes(repo)

      await countPieces(repo, [
        { ...PIECE, sent: { start: 0, end: null } },
        { ...PIECE, ip: '198.51.100.8', sent: { start: 0, end: 99 } },
        { ...PIECE, ip: '198.51.100.9', sent: { start: 9500, end: null } },
      ])

      assert.deepEqual(await counts(repo), [['2026-11-20', 'Overcast', 'app', 1, 'estimated']])
    }),
  )

  it(
    'stores no address, and forgets who it was: pieces after 25 hours, salts after 48',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      await countPieces(repo, [PIECE])
      const stored = JSON.stringify([await repo.all(DownloadPiece), await repo.all(DownloadSalt)])
      assert.doesNotMatch(stored, /198\.51|Overcast/)
      const [first] = await repo.all(DownloadSalt)

      await countPieces(repo, [{ ...PIECE, ip: '198.51.100.8', at: after(24) }])
      await forgetDownloadListeners.run({ repo, clock: () => after(24.9) }, {})
      assert.equal(await repo.count(DownloadPiece), 2)
      await forgetDownloadListeners.run({ repo, clock: () => after(25) }, {})
      assert.equal(await repo.count(DownloadPiece), 1)
      assert.equal(await repo.count(DownloadSalt), 2)
      // The day of the first began twelve hours before.
      await forgetDownloadListeners.run({ repo, clock: () => after(36) }, {})
      const left = await repo.all(DownloadSalt)
      assert.deepEqual(
        left.map(({ day }) => day),
        ['2026-11-21'],
      )
      assert.notEqual(left[0]?.salt, first?.salt)
      assert.equal(await repo.count(DownloadCount), 2)
    }),
  )

  it('counts one of two nodes, and of several at once', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    await tenMinutes(repo)

    const quarter = { ...PIECE, sent: MINUTE / 4 }
    const counted = await Promise.all(
      Array.from({ length: 8 }, () => countPieces(repo, [quarter, { ...PIECE, ip: '::1' }])),
    )

    assert.equal(
      counted.reduce((sum, one) => sum + one, 0),
      2,
    )
    assert.deepEqual(await counts(repo), [['2026-11-20', 'Overcast', 'app', 2]])
  })
})

describe('createCounter', () => {
  it(
    'writes down what it noted when it is closed, and the next one goes on from there',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      const { at: _at, ...piece } = { ...PIECE, sent: MINUTE / 4 }
      const options = {
        repo,
        clock: () => NOW,
        before: async () => 0,
        failed: (error: unknown) => assert.fail(String(error)),
        everyMs: 60_000,
      }
      const first = createCounter(options)
      first.sent(piece)
      first.sent(piece)
      assert.equal(await repo.count(DownloadPiece), 0)
      await first.close()
      const second = createCounter(options)
      second.sent(piece)
      second.sent(piece)
      second.fetched('local-time', 'Feedly/1.0 (12 subscribers; feed-id=7)')
      await second.close()

      assert.deepEqual(await counts(repo), ONE)
      assert.equal(await repo.count(FeedAgent), 1)
    }),
  )

  it(
    'says that it could not write, and goes on',
    sandboxed(async (repo) => {
      await tenMinutes(repo)
      const { at: _at, ...piece } = PIECE
      const failures: unknown[] = []
      let works = false
      const before = async () => {
        if (!works) throw new Error('no disk')
        return 0
      }
      const counter = createCounter({
        repo,
        clock: () => NOW,
        before,
        failed: (error) => failures.push(error),
        everyMs: 60_000,
      })
      counter.sent(piece)
      await counter.flush()
      works = true
      counter.sent(piece)
      await counter.flush()

      assert.equal(failures.length, 1)
      assert.deepEqual(await counts(repo), ONE)
    }),
  )
})

describe('countFeedAgents', () => {
  it(
    'adds up fetches by day, and keeps the most subscribers of each address',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const fetch = (userAgent: string, times = 1) => {
        return { slug: podcast.slug, userAgent, at: NOW, times }
      }
      await countFeedAgents(repo, [
        fetch('Overcast/1.0 Podcast Sync (120 subscribers; feed-id=1; +http://overcast.fm/)'),
        fetch('Overcast/1.0 Podcast Sync (30 subscribers; feed-id=2; +http://overcast.fm/)'),
        fetch('AntennaPod/3.4', 3),
        fetch('curl/8', 2),
        fetch(''),
        { ...fetch('AntennaPod/3.4'), slug: 'nothing' },
      ])
      await countFeedAgents(repo, [
        fetch('Overcast/1.0 Podcast Sync (121 subscribers; feed-id=1; +http://overcast.fm/)'),
        fetch('NewReader/2 (9 users)'),
      ])

      const rows = await repo.all(from(FeedAgent).orderBy({ agent: 'asc', mark: 'asc' }))
      assert.deepEqual(
        rows.map(({ agent, mark, fetches, subscribers }) => [agent, mark, fetches, subscribers]),
        [
          ['AntennaPod', '', 3, null],
          ['NewReader', '', 1, 9],
          ['Overcast', '1', 2, 121],
          ['Overcast', '2', 1, 30],
          ['Programs', '', 2, null],
        ],
      )
    }),
  )
})

describe('a minute', () => {
  it('is the whole of a shorter file, and begins after what is written before the sound', () => {
    assert.equal(minuteOf({ bytes: 10_000, duration: 600 }, 0), 1000)
    assert.equal(minuteOf({ bytes: 10_000, duration: 600 }, 4000), 4600)
    assert.equal(minuteOf({ bytes: 10_000, duration: 30 }, 4000), 10_000)
    assert.equal(minuteOf({ bytes: 10_000, duration: null }, 0), 10_000)
  })

  it('reads how long the tags of a file are', async (t) => {
    const storage = temporaryStorage(t)
    const header = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 2, 1])
    const file = Readable.from([Buffer.concat([header, Buffer.alloc(300)])])
    await storage.put('tagged.mp3', file, { type: 'audio/mpeg' })
    await storage.put('plain.mp3', Readable.from(['sound']), { type: 'audio/mpeg' })
    const before = tagsIn(storage)

    assert.equal(await before('/uploads/tagged.mp3'), 10 + 257)
    assert.equal(await before('/uploads/plain.mp3'), 0)
    assert.equal(await before('/uploads/gone.mp3'), 0)
  })
})

describe('a network', () => {
  it('is an address of version 4, or the first half of one of version 6, however it is written', () => {
    assert.equal(networkOf('198.51.100.7'), '198.51.100.7')
    assert.equal(networkOf('::ffff:198.51.100.7'), '198.51.100.7')
    assert.equal(networkOf('2001:DB8::1'), '2001:db8:0:0::/64')
    assert.equal(networkOf('2001:0db8:0000:0000:1::1'), '2001:db8:0:0::/64')
    assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
  })
})
