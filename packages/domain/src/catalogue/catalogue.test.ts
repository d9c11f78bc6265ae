import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo, sql } from '@showrunner/data'
import {
  array,
  assert as assertProperty,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  record,
} from 'fast-check'
import { EpisodeCredit, EpisodeGuest, EpisodeHost, EpisodeTopic } from '../episodes/index.ts'
import { NewsIssue } from '../issues/index.ts'
import { NewsItem, NewsItemTopic, NewsSource } from '../news/index.ts'
import { type Podcast, PodcastCredit, PodcastHost } from '../podcasts/index.ts'
import { anEpisode, aNewsItem, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { Topic } from '../topics/index.ts'
import {
  getNamedPerson,
  listEpisodes,
  listIssues,
  listNamedAmong,
  listNews,
  listPeople,
  listPosts,
  listTopics,
  type Place,
  type Slice,
  type Wanted,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

/** The whole list, part by part. */
async function walked<Row extends { readonly id: number }>(
  most: number,
  list: (wanted: Wanted) => Promise<Slice<Row>>,
): Promise<readonly number[]> {
  const ids: number[] = []
  let after: Place | undefined
  do {
    const { rows, next } = await list({ most, after })
    ids.push(...rows.map(({ id }) => id))
    after = next
  } while (after)
  return ids
}

/** Episodes of which some came out within one millisecond, as the database counts. */
async function manyEpisodes(repo: Repo): Promise<void> {
  const podcast = await aPodcast(repo)
  for (const slug of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await anEpisode(repo, podcast, { slug })
  await repo.run(
    sql`update episodes set published_at = published_at + (id * 7 % 3) * interval '1 microsecond'`,
  )
}

describe('listEpisodes', () => {
  it(
    'has each episode once, in one order, whatever the size of its parts',
    sandboxed(async (repo) => {
      await manyEpisodes(repo)
      const all = await walked(100, (wanted) => listEpisodes(repo, wanted, NOW))

      assert.equal(all.length, 7)
      await assertProperty(
        asyncProperty(integer({ min: 1, max: 8 }), async (most) => {
          assert.deepEqual(await walked(most, (wanted) => listEpisodes(repo, wanted, NOW)), all)
        }),
        { numRuns: 8 },
      )
      const { rows } = await listEpisodes(repo, { most: 2, offset: 3 }, NOW)
      assert.deepEqual(
        rows.map(({ id }) => id),
        all.slice(3, 5),
      )
    }),
  )

  it(
    'goes on where it was when the last one is gone or has moved',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (const day of [1, 2, 3, 4]) {
        const publishedAt = `2026-03-0${day}T09:00:00Z`
        await anEpisode(repo, podcast, { slug: `day-${day}`, publishedAt })
      }
      const first = await listEpisodes(repo, { most: 2 }, NOW)

      await repo.run(sql`update episodes set published = false where slug = 'day-3'`)
      const rest = await listEpisodes(repo, { most: 5, after: first.next }, NOW)
      await repo.run(sql`delete from episodes where slug = 'day-3'`)
      const same = await listEpisodes(repo, { most: 5, after: first.next }, NOW)

      assert.deepEqual(
        rest.rows.map(({ slug }) => slug),
        ['day-2', 'day-1'],
      )
      assert.deepEqual(
        same.rows.map(({ slug }) => slug),
        ['day-2', 'day-1'],
      )
    }),
  )

  it(
    'narrows by show, person, topic, type and time, and has nothing that is not out',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const hidden = await aPodcast(repo, { slug: 'hidden', title: 'Hidden', status: 'draft' })
      const one = await anEpisode(repo, podcast, { slug: 'one', type: 'bonus' })
      await anEpisode(repo, podcast, { slug: 'two', publishedAt: '2026-05-01T09:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'to-come', publishedAt: '2027-05-01T09:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, hidden, { slug: 'nowhere' })
      const ada = await aPerson(repo, 'Ada')
      const topic = await repo.insertOrThrow(build(Topic, { name: 'Sea', slug: 'sea' }))
      const of = { episodeId: one.id, podcastId: podcast.id }
      await repo.insertOrThrow(build(EpisodeGuest, { ...of, personId: ada.id }))
      await repo.insertOrThrow(build(EpisodeTopic, { ...of, topicId: topic.id }))
      const slugs = async (asked: object) =>
        (await listEpisodes(repo, { most: 10, ...asked }, NOW)).rows.map(({ slug }) => slug)

      assert.deepEqual(await slugs({}), ['two', 'one'])
      assert.deepEqual(await slugs({ podcastId: hidden.id }), [])
      assert.deepEqual(await slugs({ personId: ada.id }), ['one'])
      assert.deepEqual(await slugs({ topicId: topic.id }), ['one'])
      assert.deepEqual(await slugs({ type: 'bonus' }), ['one'])
      assert.deepEqual(await slugs({ since: new Date('2026-04-01') }), ['two'])
      assert.deepEqual(await slugs({ before: new Date('2026-04-01') }), ['one'])
    }),
  )
})

describe('listPeople', () => {
  it(
    'has whoever is named where anybody may see it, and nobody else',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const out = await anEpisode(repo, podcast, { slug: 'one', publishedAt: NOW })
      const draft = await anEpisode(repo, podcast, { slug: 'two', published: false })
      const [ada, ben, cleo, dan] = await Promise.all(
        ['Ada', 'Ben', 'Cleo', 'Dan'].map((name) => aPerson(repo, name)),
      )
      assert.ok(ada && ben && cleo && dan)
      const of = { podcastId: podcast.id }
      await repo.insertOrThrow(build(EpisodeGuest, { ...of, episodeId: out.id, personId: ada.id }))
      await repo.insertOrThrow(
        build(EpisodeGuest, { ...of, episodeId: draft.id, personId: ben.id }),
      )
      await aPost(repo, cleo, { slug: 'post', publishedAt: NOW })

      const { rows } = await listPeople(repo, { most: 10 }, NOW)

      assert.deepEqual(
        rows.map(({ name }) => name),
        ['Ada', 'Cleo'],
      )
      assert.equal((await getNamedPerson(repo, 'ada', NOW)).id, ada.id)
      await assert.rejects(getNamedPerson(repo, 'ben', NOW), { name: 'NotFoundError' })
      assert.deepEqual(await walked(1, (wanted) => listPeople(repo, wanted, NOW)), [
        ada.id,
        cleo.id,
      ])
    }),
  )
})

describe('listNamedAmong', () => {
  it(
    'finds the same people as the list of all does, however they are named and wherever',
    sandboxed(async (repo) => {
      const anywhere = record({
        part: constantFrom('host', 'guest', 'credit', 'show host', 'show credit', 'author', 'none'),
        status: constantFrom<Podcast['status']>('publishing', 'inactive', 'draft', 'archived'),
        isOut: boolean(),
      })
      let name = 0
      await assertProperty(
        asyncProperty(array(anywhere, { minLength: 1, maxLength: 6 }), async (parts) => {
          const ids: number[] = []
          for (const one of parts) ids.push(await takesPart(repo, `n${(name += 1)}`, one))
          const all = new Set(await walked(100, (wanted) => listPeople(repo, wanted, NOW)))

          const found = await listNamedAmong(repo, ids, NOW)

          assert.deepEqual(found, new Set(ids.filter((id) => all.has(id))))
        }),
        { numRuns: 15 },
      )
    }),
  )
})

/** A person of this name with a part in an episode, a post or a podcast of their own. Gives their id. */
async function takesPart(
  repo: Repo,
  name: string,
  { part, status, isOut }: { part: string; status: Podcast['status']; isOut: boolean },
): Promise<number> {
  const person = await aPerson(repo, name)
  const podcast = await aPodcast(repo, { slug: name, status })
  const episode = await anEpisode(repo, podcast, { slug: name, published: isOut, publishedAt: NOW })
  const of = { podcastId: podcast.id, personId: person.id }
  const within = { ...of, episodeId: episode.id }
  if (part === 'host') await repo.insertOrThrow(build(EpisodeHost, within))
  if (part === 'guest') await repo.insertOrThrow(build(EpisodeGuest, within))
  if (part === 'credit') await repo.insertOrThrow(build(EpisodeCredit, { ...within, role: 'x' }))
  if (part === 'show host') {
    await repo.insertOrThrow(build(PodcastHost, { ...of, retired: !isOut }))
  }
  if (part === 'show credit') await repo.insertOrThrow(build(PodcastCredit, { ...of, role: 'x' }))
  if (part === 'author') {
    await aPost(repo, person, { slug: name, published: isOut, publishedAt: NOW })
  }
  return person.id
}

describe('listTopics and listPosts', () => {
  it(
    'go through all of them, part by part',
    sandboxed(async (repo) => {
      for (const name of ['B', 'A', 'C']) {
        await repo.insertOrThrow(build(Topic, { name, slug: name.toLowerCase() }))
      }
      const ada = await aPerson(repo, 'Ada')
      const [one, two] = [
        await aPost(repo, ada, { slug: 'one', publishedAt: NOW }),
        await aPost(repo, ada, { slug: 'two', publishedAt: NOW }),
      ]

      const topics = await walked(1, (wanted) => listTopics(repo, wanted))

      assert.equal(topics.length, 3)
      assert.deepEqual(await walked(1, (wanted) => listPosts(repo, wanted, NOW)), [two.id, one.id])
    }),
  )
})

describe('listNews', () => {
  it(
    'has each item that is out once, whatever the size of its parts, and narrows it',
    sandboxed(async (repo) => {
      const topic = await repo.insertOrThrow(build(Topic, { name: 'Sea', slug: 'sea' }))
      const source = await repo.insertOrThrow(
        build(NewsSource, { name: 'Tide', slug: 'tide', websiteUrl: 'https://tide.example/' }),
      )
      for (const headline of ['A', 'B', 'C', 'D', 'E', 'To come', 'Draft'])
        await aNewsItem(repo, { headline })
      const first = await repo.getByOrThrow(NewsItem, { headline: 'A' })
      await repo.insertOrThrow(build(NewsItemTopic, { newsItemId: first.id, topicId: topic.id }))
      await repo.updateOrThrow(change(first, { kind: 'video', sourceId: source.id }))
      await repo.run(
        sql`update news_items set status = 'published', published_at = ${NOW}::timestamptz
          + case headline when 'To come' then interval '1 hour' else - (id % 3) * interval '1 microsecond' end
          where headline <> 'Draft'`,
      )
      const list = (asked: object) => (wanted: Wanted) =>
        listNews(repo, { ...wanted, ...asked }, NOW)

      const all = await walked(100, list({}))

      assert.equal(all.length, 5)
      for (const most of [1, 2, 3, 4]) assert.deepEqual(await walked(most, list({})), all)
      for (const asked of [{ kind: 'video' }, { sourceId: source.id }, { topicId: topic.id }])
        assert.deepEqual(await walked(1, list(asked)), [first.id])
    }),
  )
})

describe('listIssues', () => {
  it(
    'has each issue that is out, the last one first',
    sandboxed(async (repo) => {
      for (const number of [1, 2, 3, 4]) {
        const published = number !== 2
        const publishedAt = number === 4 ? new Date('2027-01-01') : NOW
        await repo.insertOrThrow(
          build(NewsIssue, { number, slug: String(number), published, publishedAt }),
        )
      }

      const { rows } = await listIssues(repo, { most: 9 }, NOW)

      assert.deepEqual(
        rows.map(({ number }) => number),
        [3, 1],
      )
      assert.deepEqual(
        await walked(1, (wanted) => listIssues(repo, wanted, NOW)),
        rows.map(({ id }) => id),
      )
    }),
  )
})
