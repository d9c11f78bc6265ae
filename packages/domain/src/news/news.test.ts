import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo, sql } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { JOBS } from '../jobs/index.ts'
import { LimitError } from '../limits/index.ts'
import { Person } from '../people/index.ts'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import { createTopic } from '../topics/index.ts'
import {
  answerSubmission,
  createNewsItem,
  createSource,
  getNewsItem,
  getNewsItemToEdit,
  getNewsPage,
  getSourcePage,
  listQueue,
  listSimilar,
  listSources,
  may,
  type NewsItem,
  publishNewsItem,
  queueNewsItem,
  reorderQueue,
  submitNewsItem,
  unpublishNewsItem,
  updateNewsItem,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const actorOf = (person: Person, isAdmin = true) => ({
  person,
  isAdmin,
  isEditor: true,
  hostOf: [],
})

type Params = Readonly<Record<string, unknown>>

async function anItem(repo: Repo, params: Params = {}): Promise<NewsItem> {
  const logger = await repo.one(from(Person).limit(1))
  const person = logger ?? (await aPerson(repo, 'Ada Byron'))
  const said = { headline: 'The clock is right', url: 'https://clock.example/', ...params }
  const saved = await createNewsItem(repo, actorOf(person), said)
  assert.ok(saved.ok, JSON.stringify(saved.ok ? {} : saved.changeset.errors))
  return saved.value
}

async function anItemOut(repo: Repo, params: Params, publishedAt = NOW): Promise<NewsItem> {
  const saved = await publishNewsItem(
    repo,
    await anItem(repo, params),
    { publishedAt },
    { asOf: NOW },
  )
  assert.ok(saved.ok)
  return saved.value
}

async function mailed(repo: Repo, asOf: Date) {
  await repo.run(
    sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`,
  )
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent.map(({ to, subject }) => `${to}: ${subject}`).toSorted()
}

describe('a news item', () => {
  it(
    'points somewhere unless it is an announcement or about something of ours, and is called by its headline',
    sandboxed(async (repo) => {
      const ada = actorOf(await aPerson(repo, 'Ada'))
      const refused = await createNewsItem(repo, ada, { headline: 'Nowhere' })
      assert.deepEqual(refused.ok ? [] : Object.keys(refused.changeset.errors), ['url'])

      const item = await anItem(repo, { kind: 'announcement', headline: 'Wir ziehen um!', url: '' })
      assert.equal(item.slug, 'wir-ziehen-um')
      const none = await anItem(repo, { headline: '播客' })
      assert.equal(none.slug, '')
    }),
  )

  it(
    'takes what was picked by name, and says so of what is not known',
    sandboxed(async (repo) => {
      const ada = actorOf(await aPerson(repo, 'Ada'))
      await createSource(repo, { name: 'Tide Office', websiteUrl: 'https://tide.example' })
      const topic = await createTopic(repo, { name: 'Tides', slug: 'tides' })
      assert.ok(topic.ok)
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'tides', title: 'Tides (part one)' })
      const item = await anItem(repo, {
        source: 'Tide Office (tide-office)',
        author: 'Zoe Example (new)',
        episode: 'Tides (part one) (tides)',
        newsItemTopics: { 0: { topic: 'Tides (tides)', position: '0' } },
      })
      const whole = await getNewsItemToEdit(repo, item.id)
      assert.equal(whole.source?.name, 'Tide Office')
      assert.equal(whole.author?.name, 'Zoe Example')
      assert.equal(whole.episodeId, episode.id)
      assert.deepEqual(
        whole.newsItemTopics.map(({ topicId }) => topicId),
        [topic.value.id],
      )

      const refused = await createNewsItem(repo, ada, {
        headline: 'x',
        url: 'https://x.example',
        source: 'Nobody (nobody)',
      })
      assert.deepEqual(refused.ok ? [] : Object.keys(refused.changeset.errors), ['sourceId'])
    }),
  )

  it(
    'is listed when its moment has come, what is pinned first; and shows of ours only what anybody sees',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const draft = { slug: 'draft', published: false, publishedAt: null }
      const episode = await anEpisode(repo, podcast, draft)
      await anItemOut(repo, { headline: 'Old and pinned', pinned: true }, at(-600))
      await anItemOut(repo, { headline: 'New' }, at(-5))
      const hidden = await anItemOut(
        repo,
        { headline: 'Ours', episode: `${episode.title} (draft)` },
        at(-50),
      )
      await anItemOut(repo, { headline: 'Tomorrow' }, at(24 * 60))
      await anItem(repo, { headline: 'Draft' })

      const headlines = async (asOf: Date) =>
        (await getNewsPage(repo, asOf)).items.map(({ headline }) => headline)
      assert.deepEqual(await headlines(NOW), ['Old and pinned', 'New', 'Ours'])
      assert.deepEqual(await headlines(at(24 * 60)), ['Old and pinned', 'Tomorrow', 'New', 'Ours'])
      assert.equal((await getNewsItem(repo, hidden.id, NOW)).episode, undefined)
      await assert.rejects(getNewsPage(repo, NOW, 2))
    }),
  )

  it(
    'keeps its number with another headline, goes back to the drafts, and is not saved over another version',
    sandboxed(async (repo) => {
      const item = await anItemOut(repo, { headline: 'Frist' })
      const opened = await getNewsItemToEdit(repo, item.id)
      const saved = await updateNewsItem(repo, opened, { headline: 'First' })
      assert.ok(saved.ok)
      assert.equal(saved.value.slug, 'first')
      const stale = await updateNewsItem(repo, opened, { headline: 'Second' })
      assert.ok(!stale.ok)

      assert.ok((await unpublishNewsItem(repo, saved.value)).ok)
      await assert.rejects(getNewsItem(repo, item.id, NOW))
    }),
  )

  it(
    'is found by an address that is the same but for how it is written',
    sandboxed(async (repo) => {
      const item = await anItem(repo, { url: 'https://www.clock.example/right/' })
      const found = await listSimilar(repo, 'http://clock.example/right?utm_source=x')
      assert.deepEqual(
        found.map(({ id }) => id),
        [item.id],
      )
      assert.deepEqual(await listSimilar(repo, 'http://clock.example/right', item.id), [])
      assert.deepEqual(await listSimilar(repo, 'not an address'), [])
    }),
  )
})

describe('the queue', () => {
  it(
    'stands as it was put; what came since follows, what is gone is left',
    sandboxed(async (repo) => {
      const items = []
      for (const headline of ['One', 'Two', 'Three', 'Four']) {
        const queued = await queueNewsItem(repo, await anItem(repo, { headline }))
        assert.ok(queued.ok)
        items.push(queued.value)
      }
      const [one, two, three] = items
      assert.ok(one && two && three)
      await reorderQueue(repo, [three.id, 99_999, one.id])
      const headlines = async () => (await listQueue(repo)).map(({ headline }) => headline)
      assert.deepEqual(await headlines(), ['Three', 'One', 'Two', 'Four'])

      const [next] = await listQueue(repo)
      assert.ok(next)
      assert.ok((await publishNewsItem(repo, next, {}, { asOf: NOW })).ok)
      assert.deepEqual(await headlines(), ['One', 'Two', 'Four'])
    }),
  )
})

describe('what is sent in', () => {
  it(
    'is whoever sent it, whatever they say, and so many a day',
    sandboxed(async (repo) => {
      const [ada, bob] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Bob')]
      const said = {
        url: 'https://clock.example',
        headline: 'Clock',
        submitterId: bob.id,
        authorId: bob.id,
        status: 'published',
      }
      const saved = await submitNewsItem(repo, ada, said, NOW)
      assert.ok(saved.ok)
      const { submitterId, authorId, status } = saved.value
      assert.deepEqual([submitterId, authorId, status], [ada.id, null, 'submitted'])
      assert.ok(!(await submitNewsItem(repo, ada, { headline: 'No address' }, NOW)).ok)
      for (let count = 1; count < 10; count += 1) await submitNewsItem(repo, ada, said, NOW)
      await assert.rejects(submitNewsItem(repo, ada, said, NOW), LimitError)
    }),
  )

  it(
    'is answered with a word or without, and whoever sent it is told once that it is out',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const send = async (headline: string) => {
        const saved = await submitNewsItem(repo, ada, { url: 'https://x.example', headline }, NOW)
        assert.ok(saved.ok)
        return saved.value
      }
      const [one, two] = [await send('One'), await send('Two')]

      assert.ok((await answerSubmission(repo, one, { decision: 'decline', params: {} })).ok)
      assert.deepEqual(await mailed(repo, NOW), [])
      const accepted = await answerSubmission(repo, two, {
        decision: 'accept',
        params: { answer: 'Thank you.' },
      })
      assert.ok(accepted.ok)
      assert.equal(accepted.value.status, 'queued')
      assert.deepEqual(await mailed(repo, NOW), ['ada@example.com: It will be news: Two'])

      const out = await publishNewsItem(repo, accepted.value, {}, { asOf: NOW })
      assert.ok(out.ok)
      assert.deepEqual(await mailed(repo, NOW), ['ada@example.com: It is news: Two'])
      const draft = await unpublishNewsItem(repo, out.value)
      assert.ok(draft.ok)
      assert.ok((await publishNewsItem(repo, draft.value, {}, { asOf: NOW })).ok)
      assert.deepEqual(await mailed(repo, NOW), [])
    }),
  )
})

describe('a source', () => {
  it(
    'is listed when anything of it is out, with how much, and has a page',
    sandboxed(async (repo) => {
      for (const name of ['Tide Office', 'Clock House']) {
        await createSource(repo, { name, websiteUrl: 'https://x.example' })
      }
      await anItemOut(repo, { source: 'Tide Office (tide-office)' })
      await anItem(repo, { source: 'Clock House (clock-house)' })

      const listed = await listSources(repo, NOW)
      assert.deepEqual(
        listed.map(({ source, count }) => [source.slug, count]),
        [['tide-office', 1]],
      )
      assert.equal((await getSourcePage(repo, 'tide-office', NOW)).items.length, 1)
      assert.equal((await getSourcePage(repo, 'clock-house', NOW)).items.length, 0)
    }),
  )
})

describe('who may do what with a news item', () => {
  it(
    'is an administrator with all, an editor with what they wrote down themselves, nobody else',
    sandboxed(async (repo) => {
      const [ada, bob] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Bob')]
      const own = { loggerId: ada.id, status: 'draft' }
      const published = { loggerId: ada.id, status: 'published' }
      const [editor, other] = [actorOf(ada, false), actorOf(bob, false)]
      assert.ok(may(editor, 'update', own) && may(editor, 'publish', own))
      assert.ok(may(editor, 'delete', own) && !may(editor, 'delete', published))
      assert.ok(!may(other, 'show', own) && !may(editor, 'decline', own))
      assert.ok(!may(editor, 'reorder') && may(actorOf(bob), 'reorder'))
      assert.ok(!may({ ...editor, isEditor: false }, 'show', own))
    }),
  )
})
