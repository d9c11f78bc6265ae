import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { temporaryStorage } from '@showrunner/storage/testing'
import { listJobs } from '@showrunner/jobs'
import { NewsIssue } from '../issues/index.ts'
import { NewsItem } from '../news/index.ts'
import { ApiToken, findBearer, isExpired } from '../api-tokens/index.ts'
import { Chapter, countYears, Episode, getEpisodePage } from '../episodes/index.ts'
import { getEpisodeOrShow, listChat, listUpcoming } from '../live/index.ts'
import { placementsOf } from '../downloads/index.ts'
import { LoggedMail } from '../mailing/index.ts'
import { SponsorRep } from '../sponsors/index.ts'
import { hasFeeds, MemberFeed } from '../member-feeds/index.ts'
import {
  countEvents,
  countMembers,
  inboxHealth,
  MEMBER_PLACES,
  searchMembers,
} from '../memberships/index.ts'
import { Person, previewMerge } from '../people/index.ts'
import { getPodcastPage, Podcast } from '../podcasts/index.ts'
import { movedTo } from '../publishing/index.ts'
import { countRequests, listAskable } from '../requests/index.ts'
import { getPostsPage, missingToPublish, Post } from '../posts/index.ts'
import { getSettings } from '../settings/index.ts'
import { home } from '../site/index.ts'
import { seedDemo } from './seed-demo.ts'
import { sandboxed, testDatabase } from '../testing/index.ts'

const NOW = new Date('2026-11-20T21:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const CONSTANT_BYTES_PER_SECOND = 48_000 / 8

const wholeEpisodes = (repo: Repo) =>
  repo.all(
    from(Episode).preload('podcast', 'hosts', 'guests', 'chapters', 'episodeSponsors', {
      transcripts: ['cues'],
    }),
  )

type Look = (repo: Repo, uploadsDir: string) => Promise<void>

describe('the demo network', () => {
  const looks: (readonly [name: string, look: Look])[] = []
  const look = (name: string, body: Look) => looks.push([name, body])

  it(
    'goes into an empty database once',
    sandboxed(async (repo, t) => {
      const storage = temporaryStorage(t)

      assert.equal(await seedDemo(repo, { storage, asOf: NOW }), true)
      assert.equal(await seedDemo(repo, { storage, asOf: NOW }), false)

      assert.equal((await getSettings(repo)).title, 'Longshed')
      assert.equal(await repo.count(Podcast), 2)
      assert.equal(await repo.count(Episode), 16)
    }),
  )

  look(
    'has a sponsor whose own people read its report, and mails of which one was refused',
    async (repo) => {
      const [rep] = await repo.all(from(SponsorRep).preload('person', 'sponsor'))
      assert.deepEqual([rep?.person.name, rep?.sponsor.slug], ['Orla Tallow', 'tallowmere-thread'])
      const placements = await placementsOf(repo, rep?.sponsor ?? { id: 0 }, NOW)
      assert.ok(placements.some(({ downloads, startsMs }) => downloads > 0 && startsMs !== null))
      const mails = await repo.all(LoggedMail)
      assert.deepEqual([...new Set(mails.map(({ outcome }) => outcome))].toSorted(), [
        'accepted',
        'refused',
      ])
    },
  )

  look('has a live show that is to come, and one that was', async (repo) => {
    const [next, ...others] = await listUpcoming(repo, NOW, 5)
    assert.equal(next?.episode.slug, 'two-bells-at-once')
    assert.deepEqual(others, [])

    const at = (slug: string) => getEpisodeOrShow(repo, 'local-time', slug, NOW)
    const [coming, past] = [await at('two-bells-at-once'), await at('nobody-owns-the-tide-table')]
    assert.equal(coming.isOut, false)
    assert.ok(past.isOut)
    assert.equal(past.live?.notes.length, 3)
    assert.equal((await listChat(repo, past.shown.episode.id)).length, 4)
    const { audioDuration } = past.shown.episode
    for (const { atMs } of past.live.notes) assert.ok((atMs ?? 0) < (audioDuration ?? 0) * 1000)
  })

  it('is filled in by one of the nodes that start at once', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const storage = temporaryStorage(t)

    const filled = await Promise.all(
      [1, 2, 3].map(() => seedDemo(database.repo, { storage, asOf: NOW })),
    )

    assert.equal(filled.filter(Boolean).length, 1)
    assert.equal(await database.repo.count(Podcast), 2)
  })

  look(
    'has a token of a host that is good, one that is over, and neither is written anywhere',
    async (repo) => {
      const [good, over] = await repo.all(from(ApiToken).orderBy({ id: 'asc' }).preload('person'))
      assert.ok(good && over)
      assert.deepEqual([isExpired(good, NOW), isExpired(over, NOW)], [false, true])
      assert.equal(good.person.handle, 'jonah-pell')
      assert.ok(good.lastUsedAt && good.insertedAt < good.lastUsedAt && good.lastUsedAt < NOW)
      assert.equal(await findBearer(repo, good.tokenHash, NOW), undefined)
    },
  )

  look('shows the newest episodes, and neither the scheduled one nor the draft', async (repo) => {
    const shown = async (asOf: Date) => (await home(repo, asOf)).episodes.map(({ slug }) => slug)

    const today = await shown(NOW)
    assert.equal(today.length, 12)
    assert.equal(today[0], 'nobody-owns-the-tide-table')
    assert.ok(!today.includes('the-last-roll-of-linoleum'))

    const later = await shown(new Date(NOW.getTime() + 10 * DAY_MS))
    assert.equal(later[0], 'the-last-roll-of-linoleum')
    assert.equal(later.length, 12)
    assert.ok(await repo.exists(from(Episode).where({ slug: 'two-bells-at-once' })))
    const untold = await repo.all(
      from(Episode).where({ published: true }).where('appearedAt', 'is', null),
    )
    assert.deepEqual(
      untold.map(({ slug }) => slug),
      ['the-last-roll-of-linoleum'],
    )
    const former = { podcast: 'local-time', episode: 'who-works-out-the-tides' }
    assert.equal((await movedTo(repo, former, NOW))?.episode, 'nobody-owns-the-tide-table')
  })

  look(
    'has posts to read, one that is scheduled, and a draft that lacks something',
    async (repo) => {
      const { posts } = await getPostsPage(repo, NOW)
      const drafts = await repo.all(from(Post).where({ published: false }))

      assert.deepEqual(
        posts.map(({ slug }) => slug),
        [
          'letters-about-the-biscuit',
          'what-the-wind-is-saying',
          'how-long-is-a-minute',
          'what-the-damp-took',
          'nobody-asked-for-a-tune',
          'a-microphone-in-a-sock',
          'we-have-a-shed',
        ],
      )
      assert.equal((await getPostsPage(repo, new Date(NOW.getTime() + 6 * DAY_MS))).total, 8)
      assert.deepEqual(drafts.map(missingToPublish), [['tldr']])
    },
  )

  look('has something in each of three years', async (repo) => {
    const years = async (podcastId?: number) =>
      (await countYears(repo, NOW, podcastId)).map(({ year }) => year)
    const podcasts = await repo.all(Podcast)
    const [news, issues] = [await repo.all(NewsItem), await repo.all(NewsIssue)]
    const yearsOf = (rows: readonly { readonly publishedAt: Date | null }[]) =>
      new Set(rows.flatMap(({ publishedAt }) => publishedAt?.getUTCFullYear() ?? []))

    assert.deepEqual(await years(), [2026, 2025, 2024])
    for (const { id } of podcasts) assert.equal((await years(id)).length, 3)
    assert.equal(yearsOf(news).size, 3)
    assert.equal(yearsOf(issues).size, 3)
  })

  look('has a whole page for each of them', async (repo) => {
    const page = await getEpisodePage(repo, 'local-time', 'nobody-owns-the-tide-table', NOW)

    assert.deepEqual(
      page.episode.episodeGuests.map(({ person }) => person.name),
      ['Yusuf Maran', 'Ilse Månvik'],
    )
    assert.equal(page.episode.chapters.filter(({ imageUrl }) => imageUrl !== null).length, 1)
    assert.equal(page.previous?.slug, 'the-calendar-with-thirteen-months')
    assert.match(page.episode.notesHtml ?? '', /<h2>Miss Larkin’s year<\/h2>/)
    const { podcast } = await getPodcastPage(repo, 'kept-in-repair', NOW)
    assert.equal(podcast.podcastHosts.length, 2)
  })

  look('copies every file it names, and measures it as it is', async (repo, uploadsDir) => {
    const file = (address: string) => join(uploadsDir, address.replace('/uploads/', ''))
    const episodes = await repo.all(Episode)
    const pictures = [
      ...episodes.map(({ coverUrl }) => coverUrl),
      ...(await repo.all(Podcast)).map(({ coverUrl }) => coverUrl),
      ...(await repo.all(Person)).map(({ avatarUrl }) => avatarUrl),
      ...(await repo.all(Chapter)).map(({ imageUrl }) => imageUrl),
    ].filter((address) => address !== null)

    assert.equal(pictures.length, 12)
    for (const picture of pictures) assert.equal(jpegSize(file(picture)).type, 'RGB, square')
    const heard = episodes.filter(({ audioUrl }) => audioUrl !== null)
    assert.equal(heard.length, 10)
    for (const { slug, audioUrl, audioBytes, audioDuration } of heard) {
      assert.ok(audioUrl && audioBytes && audioDuration, slug)
      assert.equal(statSync(file(audioUrl)).size, audioBytes)
      assert.ok(Math.abs(audioBytes / CONSTANT_BYTES_PER_SECOND - audioDuration) < 1, slug)
    }
  })

  look(
    'has been asked for episodes, with something in every state, and mails nobody about it',
    async (repo) => {
      const counts = await countRequests(repo, {}, NOW)

      assert.deepEqual(
        Object.entries(counts).filter(([, count]) => count === 0),
        [],
      )
      assert.equal((await listAskable(repo)).length, 2)
      const mailing = (await listJobs(repo)).filter(({ name }) => name !== 'apply_webhook_event')
      assert.deepEqual(mailing, [])
    },
  )

  look(
    'has members and events in every state, and one event that waits for the jobs',
    async (repo) => {
      const [events, members] = [await countEvents(repo), await countMembers(repo)]
      const places = await Promise.all(
        MEMBER_PLACES.map(async (place) => (await searchMembers(repo, { place })).total),
      )

      assert.deepEqual(events, { received: 1, applied: 7, ignored: 2, failed: 1 })
      assert.deepEqual(members, { none: 1, active: 4, ended: 1 })
      assert.ok(
        places.every((count) => count > 0),
        String(places),
      )
      assert.deepEqual(
        (await listJobs(repo)).map(({ name }) => name),
        ['apply_webhook_event'],
      )
      assert.equal((await inboxHealth(repo, NOW)).quietDays, null)
    },
  )

  look('has a member with feeds, and one who was one: their feed says so', async (repo) => {
    const feeds = await repo.all(from(MemberFeed).orderBy({ id: 'asc' }).preload('person'))

    assert.deepEqual(
      await Promise.all(
        feeds.map(async ({ name, person }) => [name, await hasFeeds(repo, person)]),
      ),
      [
        ['Longshed on the boat', true],
        ['Only the clocks', true],
        ['Longshed for members', false],
      ],
    )
  })

  look(
    'has somebody twice, as a guest and as who asks with an address, to be merged',
    async (repo) => {
      const [guest, asking] = await repo.all(
        from(Person).where({ name: 'Ewan Dray' }).orderBy({ id: 'asc' }),
      )
      assert.ok(guest && asking)

      const { uses, filled } = await previewMerge(repo, asking, guest)

      assert.deepEqual(
        uses.map(({ of }) => of),
        ['episode_requests.submitter_id'],
      )
      assert.deepEqual(filled, ['email'])
    },
  )

  look('has covers that directories take', async (repo, uploadsDir) => {
    const covers = (await repo.all(Podcast)).map(({ coverUrl }) => coverUrl)

    for (const cover of covers) {
      const path = join(uploadsDir, cover?.replace('/uploads/', '') ?? '')
      assert.equal(jpegSize(path).width, 1400)
      assert.ok(statSync(path).size < 250_000)
    }
  })

  look('says when everything is said, in order and before the audio ends', async (repo) => {
    for (const episode of await wholeEpisodes(repo)) {
      const endMs = (episode.audioDuration ?? 0) * 1000
      const cues = episode.transcripts.flatMap((transcript) => transcript.cues)
      const times = cues.flatMap(({ startsMs, endsMs }) => [startsMs ?? -1, endsMs ?? -1])
      const starts = episode.chapters.map(({ startsMs }) => startsMs)

      assert.equal(cues.length > 0, episode.audioUrl !== null, episode.slug)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
        episode.slug,
      )
      assert.deepEqual(
        starts,
        [...new Set(starts)].toSorted((a, b) => a - b),
        episode.slug,
      )
      for (const time of [...times, ...starts]) assert.ok(time >= 0 && time <= endMs, episode.slug)
    }
  })

  look('has nobody speak who is not in the room', async (repo) => {
    for (const { slug, hosts, guests, transcripts } of await wholeEpisodes(repo)) {
      const present = new Set([...hosts, ...guests].map(({ id }) => id))
      const speakers = new Set(
        transcripts.flatMap(({ cues }) => cues.map(({ personId }) => personId)),
      )
      if (transcripts.length > 0) assert.deepEqual(speakers, present, slug)
    }
  })

  look('places a sponsor where the words are', async (repo) => {
    const placements = (await wholeEpisodes(repo)).flatMap(({ episodeSponsors, transcripts }) =>
      episodeSponsors.map((sponsor) => ({
        sponsor,
        cues: transcripts.flatMap(({ cues }) => cues),
      })),
    )

    assert.equal(placements.length, 4)
    for (const { sponsor, cues } of placements) {
      assert.ok(cues.some(({ startsMs }) => startsMs === sponsor.startsMs))
      assert.ok(cues.some(({ endsMs }) => endsMs === sponsor.endsMs))
    }
  })

  // Making the sizes of its pictures takes seconds: it is done once for all who only look.
  it(
    'shows what there is to see of it',
    sandboxed(async (repo, t) => {
      const storage = temporaryStorage(t)
      await seedDemo(repo, { storage, asOf: NOW })
      for (const [name, body] of looks) await t.test(name, () => body(repo, storage.directory))
    }),
  )
})

/** What its start-of-frame segment says: three components are RGB or YCbCr, without alpha. */
function jpegSize(path: string): { width: number; type: string } {
  const bytes = readFileSync(path)
  let at = 2
  while (![0xc0, 0xc2].includes(bytes[at + 1] ?? 0)) at += 2 + bytes.readUInt16BE(at + 2)
  const height = bytes.readUInt16BE(at + 5)
  const width = bytes.readUInt16BE(at + 7)
  const colours = bytes[at + 9] === 3 ? 'RGB' : 'not RGB'
  return { width, type: `${colours}, ${width === height ? 'square' : 'not square'}` }
}
