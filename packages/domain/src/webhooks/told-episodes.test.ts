import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, from, type Repo, sql } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { Episode, replaceChapters, updateEpisode } from '../episodes/index.ts'
import { importPodcast } from '../import/index.ts'
import { JOBS } from '../jobs/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { rescheduleEpisode, unpublishEpisode } from '../publishing/index.ts'
import { subscribe, SubscriptionMail } from '../subscriptions/index.ts'
import { aFeed, anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import { WEBHOOK_EVENTS, WebhookDelivery, WebhookEndpoint } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

/** Nobody listens there: what is told is seen from what waits for it. */
async function anEndpoint(repo: Repo, also: Partial<Pick<WebhookEndpoint, 'events'>> = {}) {
  const values = { url: 'https://127.0.0.1/', secret: 's', events: [...WEBHOOK_EVENTS], ...also }
  return repo.insertOrThrow(build(WebhookEndpoint, values))
}

/** What was told by and by, as if the seconds were over after which a change is. */
async function told(repo: Repo): Promise<readonly string[]> {
  await repo.run(
    sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`,
  )
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent: [] }))
  const deliveries = await repo.all(from(WebhookDelivery).orderBy({ id: 'asc' }))
  await repo.deleteAll(WebhookDelivery)
  return deliveries.map(({ event, payload }) => `${event} ${payload.episode?.title}`)
}

const item = (title: string, pubDate: string) => ({
  guid: title,
  title,
  more: `<pubDate>${pubDate}</pubDate>`,
})
const OLD = item('Fog', 'Thu, 01 Jan 2026 08:00:00 GMT')
const RECENT = item('Rain', 'Thu, 19 Nov 2026 08:00:00 GMT')

const GUID = '<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>'

const imported = (repo: Repo, ...items: (typeof OLD)[]) =>
  importPodcast(repo, { bytes: aFeed({ items, more: GUID }) }, { asOf: NOW })

describe('a change of an episode that is out', () => {
  it(
    'is told whoever writes it, and several within seconds once, as they came out',
    sandboxed(async (repo) => {
      await anEndpoint(repo)
      const episode = await anEpisode(repo, await aPodcast(repo), {
        slug: 'tides',
        published: true,
      })

      await repo.updateOrThrow(change(episode, { audioBytes: 77 }))
      await repo.updateOrThrow(change(episode, { title: 'High tides' }))
      await replaceChapters(repo, episode, [])
      assert.deepEqual(await told(repo), ['episode.updated High tides'])

      await repo.updateAll(from(Episode).where({ id: episode.id }), { title: 'Low tides' })
      assert.deepEqual(await told(repo), ['episode.updated Low tides'])

      await replaceChapters(repo, episode, [])
      assert.deepEqual(await told(repo), ['episode.updated Low tides'])

      await repo.updateAll(from(Episode).where({ id: episode.id }), { appearedAt: NOW })
      assert.deepEqual(await told(repo), [])
    }),
  )

  it(
    'is not told of a draft, of one that is still to come, nor of a podcast that nobody may see',
    sandboxed(async (repo) => {
      await anEndpoint(repo)
      const podcast = await aPodcast(repo)
      const hidden = await aPodcast(repo, { slug: 'hidden', title: 'Hidden', status: 'draft' })
      const draft = await anEpisode(repo, podcast, { slug: 'a', published: false })
      const coming = new Date(NOW.getTime() + 60_000)
      const later = await anEpisode(repo, podcast, { slug: 'b', publishedAt: coming })
      const unseen = await anEpisode(repo, hidden, { slug: 'c' })
      await repo.deleteAll(WebhookDelivery)

      for (const one of [draft, later, unseen]) await updateEpisode(repo, one, { title: 'Other' })

      assert.deepEqual(await told(repo), [])
    }),
  )

  it(
    'is in what is told of its appearing or going, and not told once more',
    sandboxed(async (repo) => {
      const endpoint = await anEndpoint(repo)
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'tides' })

      await repo.updateOrThrow(change(episode, { title: 'High tides' }))
      await unpublishEpisode(repo, episode, NOW)
      assert.deepEqual(await told(repo), ['episode.unpublished High tides'])

      await repo.deleteOrThrow(endpoint)
      await anEndpoint(repo, { events: ['member.left'] })
      await repo.updateAll(from(Episode).where({ id: episode.id }), { published: true, title: 'x' })
      await repo.updateAll(from(Episode).where({ id: episode.id }), { title: 'y' })
      assert.deepEqual(await told(repo), [])
    }),
  )
})

describe('an import', () => {
  it(
    'of a back catalogue tells nobody that anything appears, then or when one of it gets another date',
    sandboxed(async (repo) => {
      await anEndpoint(repo)

      await imported(repo, OLD, RECENT)
      assert.deepEqual(await told(repo), [])

      const old = await repo.getByOrThrow(Episode, { title: 'Fog' })
      await rescheduleEpisode(repo, old, { at: new Date('2026-01-02T00:00:00Z') }, NOW)
      assert.deepEqual(await told(repo), ['episode.updated Fog'])
    }),
  )

  it(
    'into what is here already tells of what came out this week, and mails it to subscribers, each once',
    sandboxed(async (repo) => {
      await imported(repo, OLD)
      const podcast = await repo.oneOrThrow(Podcast)
      const { id: personId } = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const of = { podcastId: podcast.id, episodeId: null }
      await subscribe(repo, { ...of, personId, context: 'podcast' }, NOW)
      await anEndpoint(repo)

      await imported(repo, item('Snow', 'Fri, 02 Jan 2026 08:00:00 GMT'), RECENT, OLD)
      assert.deepEqual(await told(repo), ['episode.published Rain'])
      await imported(repo, item('Snow', 'Fri, 02 Jan 2026 08:00:00 GMT'), RECENT, OLD)
      assert.deepEqual(await told(repo), [])
      assert.equal(await repo.count(SubscriptionMail), 1)
    }),
  )

  it(
    'that changes much of many episodes tells once of each, and of none that says nothing new',
    sandboxed(async (repo) => {
      const says = (title: string, more: string) => ({
        guid: title,
        title,
        more: `<pubDate>Thu, 01 Jan 2026 08:00:00 GMT</pubDate>${more}`,
      })
      const before = ['Fog', 'Rain', 'Snow'].map((title) => says(title, ''))
      await imported(repo, ...before)
      await anEndpoint(repo)
      const more = `<description>Wet.</description><podcast:person>Ada</podcast:person>
        <psc:chapters><psc:chapter start="00:00:00" title="In"/></psc:chapters>`

      await imported(repo, says('Fog', more), says('Rain', more), says('Snow', ''))

      assert.deepEqual((await told(repo)).toSorted(), [
        'episode.updated Fog',
        'episode.updated Rain',
      ])
    }),
  )

  it(
    'of what is still to come tells of it at its moment',
    sandboxed(async (repo) => {
      await anEndpoint(repo)

      await imported(repo, OLD, item('Hail', 'Sat, 21 Nov 2026 08:00:00 GMT'))

      const hail = await repo.getByOrThrow(Episode, { title: 'Hail' })
      assert.equal(hail.appearedAt, null)
      assert.deepEqual(await told(repo), [])
    }),
  )
})
