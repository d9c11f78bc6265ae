import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { build, change, type Repo, sql } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { JOBS } from '../jobs/index.ts'
import { endShow, goOnAir, planLiveShow } from '../live/index.ts'
import { NewsItem, NewsSource } from '../news/index.ts'
import { getSettings, updateSettings } from '../settings/index.ts'
import {
  anEpisode,
  aPodcast,
  aPost,
  aPerson,
  partsOfJobs,
  sandboxed,
  serving,
} from '../testing/index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const SITE = 'https://radio.example'

/** Somebody outside who is told: what they were told, and what they answer, the last for ever. */
async function aListener(t: TestContext, statuses: readonly number[] = [202]) {
  const told: { readonly words: string; readonly authorization: string | undefined }[] = []
  const address = await serving(t, '/told', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const search = new URL(request.url ?? '', 'http://x').search.slice(1)
      const said = new URLSearchParams(body || search)
      const words = ['hub.mode', 'hub.url', 'url', 'reason', 'medium']
      told.push({
        words: words.flatMap((name) => said.get(name) ?? []).join(' '),
        authorization: request.headers.authorization,
      })
      response.writeHead(statuses[Math.min(told.length, statuses.length) - 1] ?? 202).end('no')
    })
  })
  return { told, address, words: () => told.splice(0).map(({ words }) => words) }
}

/** Does what waits, as if the seconds were over after which a change is told. */
async function work(repo: Repo, podping?: { url: string; token: string }): Promise<void> {
  await repo.run(
    sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`,
  )
  const parts = { ...partsOfJobs(repo, { asOf: NOW, sent: [] }), tellsPrivate: true, podping }
  await performWaiting(repo, JOBS, parts)
}

const waiting = (repo: Repo) =>
  repo.run(sql<{ identifier: string }>`
    select t.identifier from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier like 'tell%' order by 1`)

async function asking(repo: Repo, params: object): Promise<void> {
  const saved = await updateSettings(repo, {
    ...params,
    lockVersion: (await getSettings(repo)).lockVersion,
  })
  assert.ok(saved.ok)
}

describe('a feed that changes', () => {
  it('is told to every hub, with the feed of the network, and once for what is new', async (t) => {
    const hub = await aListener(t)
    await sandboxed(async (repo) => {
      await asking(repo, { websubHubs: hub.address })
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'noon', published: false })

      await work(repo)
      const whileDraft = hub.words()
      await repo.updateOrThrow(change(episode, { published: true, publishedAt: NOW }))
      await work(repo)
      const published = hub.words()
      await repo.updateOrThrow(change(podcast, { position: 7 }))
      await work(repo)
      const unchanged = hub.words()
      await repo.updateOrThrow(change(podcast, { subtitle: 'Clocks' }))
      await work(repo)

      const both = [`publish ${SITE}/local-time/feed`, `publish ${SITE}/podcasts/feed`]
      assert.deepEqual(whileDraft, [])
      assert.deepEqual(published, both)
      assert.deepEqual(unchanged, [])
      assert.deepEqual(hub.words(), both)
    })(t)
  })

  it('is told to Podping with its reason: a change, a show on air, and its end', async (t) => {
    const podping = await aListener(t, [200])
    await sandboxed(async (repo) => {
      await asking(repo, { usesPodping: true })
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'noon' })
      const outside = { url: podping.address, token: 'secret' }
      await work(repo, outside)
      const changed = podping.told.splice(0)

      const planned = await planLiveShow(
        repo,
        episode,
        { startsAt: '2026-11-20T13:00', plannedMinutes: 30 },
        { asOf: NOW },
      )
      assert.ok(planned.ok)
      await work(repo, outside)
      podping.words()
      await goOnAir(repo, episode, NOW)
      await work(repo, outside)
      const live = podping.words()
      await endShow(repo, episode, new Date(NOW.getTime() + 60_000))
      await work(repo, outside)

      assert.deepEqual(changed, [
        { words: `${SITE}/local-time/feed update podcast`, authorization: 'secret' },
      ])
      assert.ok(live.includes(`${SITE}/local-time/feed live podcast`), live.join(', '))
      const over = podping.words()
      assert.ok(over.includes(`${SITE}/local-time/feed liveEnd podcast`), over.join(', '))
    })(t)
  })

  it('is told of posts too, and of nothing where nobody is to be told', async (t) => {
    const hub = await aListener(t)
    await sandboxed(async (repo) => {
      await aPost(repo, await aPerson(repo, 'Ada Byron'), { slug: 'quiet', publishedAt: NOW })
      await anEpisode(repo, await aPodcast(repo), { slug: 'noon' })
      const silent = await waiting(repo)

      await asking(repo, { websubHubs: hub.address })
      await aPost(repo, await aPerson(repo, 'Ben Marsh'), { slug: 'loud', publishedAt: NOW })
      await work(repo)

      assert.deepEqual(silent, [])
      assert.deepEqual(hub.words(), [`publish ${SITE}/posts/feed`])
    })(t)
  })

  it('is told of news: when they are out, what changes in them, and when they are taken back', async (t) => {
    const hub = await aListener(t)
    await sandboxed(async (repo) => {
      await asking(repo, { websubHubs: hub.address })
      const source = await repo.insertOrThrow(
        build(NewsSource, { name: 'The Bell', slug: 'bell', websiteUrl: 'https://bell.example' }),
      )
      const item = await repo.insertOrThrow(
        build(NewsItem, { headline: 'A clock', slug: 'a-clock', sourceId: source.id }),
      )
      await work(repo)
      const whileDraft = hub.words()
      await repo.updateOrThrow(change(item, { status: 'published', publishedAt: NOW }))
      await work(repo)
      const out = hub.words()
      await repo.updateOrThrow(change(await repo.reloadOrThrow(item), { pinned: true }))
      await work(repo)
      const sameToReaders = hub.words()
      await repo.updateOrThrow(change(source, { name: 'The Bells' }))
      await work(repo)
      const renamed = hub.words()
      await repo.deleteOrThrow(item)
      await work(repo)

      const told = [`publish ${SITE}/news/feed`]
      assert.deepEqual([whileDraft, sameToReaders], [[], []])
      assert.deepEqual([out, renamed, hub.words()], [told, told, told])
    })(t)
  })

  it('fails where a hub does not take it, so that it is tried again', async (t) => {
    const hub = await aListener(t, [503])
    await sandboxed(async (repo) => {
      await asking(repo, { websubHubs: hub.address })
      await anEpisode(repo, await aPodcast(repo), { slug: 'noon' })

      await assert.rejects(work(repo), /\/told answered 503: no$/)
    })(t)
  })
})
