import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { build, errorMessages, from, type Repo, sql } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { getEpisodeSheet, saveEpisodeSheet } from '../episodes/index.ts'
import { JOBS } from '../jobs/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { repoFor } from '../policies/index.ts'
import {
  changeSlug,
  episodeOutAgain,
  publishEpisode,
  rescheduleEpisode,
  unpublishEpisode,
} from '../publishing/index.ts'
import {
  anEpisode,
  aPerson,
  aPodcast,
  partsOfJobs,
  sandboxed,
  serving,
  testDatabase,
} from '../testing/index.ts'
import {
  createWebhook,
  deliverWebhook,
  listDeliveries,
  redeliver,
  sendTest,
  tellMemberJoined,
  tellMemberLeft,
  WEBHOOK_EVENTS,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
  type WebhookParts,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const SECRET = 'whsec_test'

interface Got {
  readonly body: string
  readonly headers: NodeJS.Dict<string | string[]>
}

/** Somebody outside: what they got, and what they answer, the last for ever. */
async function aReceiver(t: TestContext, statuses: readonly (number | 'silence')[] = [200]) {
  const got: Got[] = []
  const address = await serving(t, '/hook', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      got.push({ body: Buffer.concat(chunks).toString(), headers: request.headers })
      const status = statuses[Math.min(got.length, statuses.length) - 1] ?? 200
      if (status !== 'silence') response.writeHead(status).end(`answer ${got.length}`)
    })
  })
  return { got, address }
}

async function anEndpoint(
  repo: Repo,
  url: string,
  also: Partial<Pick<WebhookEndpoint, 'podcastId' | 'events' | 'enabled'>> = {},
) {
  const values = { url, secret: SECRET, events: [...WEBHOOK_EVENTS], ...also }
  return repo.insertOrThrow(build(WebhookEndpoint, values))
}

const partsAt = (repo: Repo, asOf: Date): WebhookParts => ({
  ...partsOfJobs(repo, { asOf, sent: [] }),
  tellsPrivate: true,
})

const work = (repo: Repo, asOf = NOW) =>
  performWaiting(repo, JOBS, {
    ...partsOfJobs(repo, { asOf, sent: [] }),
    tellsPrivate: true,
  })

/** As if the seconds were over after which a change is told. */
async function laterWork(repo: Repo, asOf = NOW) {
  await repo.run(
    sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`,
  )
  await work(repo, asOf)
}

const aDraft = (repo: Repo, podcast: Podcast) =>
  anEpisode(repo, podcast, {
    slug: 'tides',
    summary: 'At noon.',
    published: false,
    publishedAt: null,
    audioUrl: '/uploads/tides.mp3',
    audioBytes: 1000,
    audioDuration: 60,
  })

const eventsIn = (got: readonly Got[]) => got.map(({ headers }) => headers['x-showrunner-event'])

describe('a webhook', () => {
  it('is told what happens to an episode, signed so that anybody with the secret can tell', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEndpoint(repo, address)
      const draft = await aDraft(repo, podcast)

      await publishEpisode(repo, draft, { at: NOW }, NOW)
      await work(repo)
      const sheet = () => getEpisodeSheet(repo, podcast.id, draft.id)
      await saveEpisodeSheet(repo, await sheet(), { title: 'High tides' })
      await saveEpisodeSheet(repo, await sheet(), { title: 'High tides' })
      await laterWork(repo)
      await unpublishEpisode(repo, draft, new Date())
      await publishEpisode(repo, draft, {}, NOW)
      await rescheduleEpisode(repo, draft, { at: new Date(NOW.getTime() - 1000) }, NOW)
      await laterWork(repo)

      assert.deepEqual(eventsIn(got), [
        'episode.published',
        'episode.updated',
        'episode.unpublished',
        'episode.published',
        'episode.updated',
      ])
      const { body, headers } = got[0]!
      const signature = String(headers['x-showrunner-signature'])
      const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? []
      const expected = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')
      assert.equal(digest, expected)
      assert.equal(Number(seconds), NOW.getTime() / 1000)
      const { event, data, id } = JSON.parse(body) as Record<string, unknown>
      assert.deepEqual([event, id], ['episode.published', headers['x-showrunner-event-id']])
      const { episode, podcast: of } = data as Record<string, Record<string, unknown>>
      assert.equal(episode?.['audioUrl'], 'https://radio.example/uploads/tides.mp3')
      assert.deepEqual(
        [episode?.['title'], episode?.['url'], of?.['slug']],
        ['tides', 'https://radio.example/local-time/tides', 'local-time'],
      )
      assert.equal(await repo.count(from(WebhookDelivery).where({ state: 'delivered' })), 5)
    })(t)
  })

  it('is told by a host’s work too, of its own podcast only, and of nothing it did not ask for', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other' })
      await anEndpoint(repo, `${address}?own`, { podcastId: podcast.id })
      await anEndpoint(repo, `${address}?other`, { podcastId: other.id })
      await anEndpoint(repo, `${address}?members`, { events: ['member.left'] })
      await anEndpoint(repo, `${address}?off`, { enabled: false })
      const draft = await aDraft(repo, podcast)
      const actor = { isAdmin: false, isEditor: false, hostOf: [podcast.id] }

      await publishEpisode(repoFor(actor, repo), draft, {}, NOW)
      await work(repo)
      await unpublishEpisode(repoFor(actor, repo), draft, NOW)

      assert.deepEqual(eventsIn(got), ['episode.published'])
      assert.equal(await repo.count(WebhookDelivery), 2)
    })(t)
  })

  it('is told nothing of an episode that is taken back before it was told, and of another address', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEndpoint(repo, address)
      const draft = await aDraft(repo, podcast)

      await publishEpisode(repo, draft, {}, NOW)
      await unpublishEpisode(repo, draft, NOW)
      await work(repo)
      assert.equal(got.length, 0)

      await publishEpisode(repo, draft, {}, NOW)
      await work(repo)
      await changeSlug(repo, draft, { slug: 'high-tides' }, NOW)
      await laterWork(repo)
      assert.deepEqual(eventsIn(got), ['episode.published', 'episode.updated'])
      assert.match(got[1]?.body ?? '', /local-time\/high-tides"/)
    })(t)
  })

  it('of one that was out before is told again at its moment, unless it was moved since', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const draft = await aDraft(repo, podcast)
      await publishEpisode(repo, draft, {}, NOW)
      await work(repo)
      await unpublishEpisode(repo, draft, NOW)
      await anEndpoint(repo, address)
      const at = new Date(NOW.getTime() + 60_000)
      await publishEpisode(repo, draft, { at }, NOW)
      const args = { episodeId: draft.id, publishedAt: at.toISOString() }

      await work(repo, at)
      assert.deepEqual(eventsIn(got), ['episode.published'])
      await rescheduleEpisode(repo, draft, { at: NOW }, at)
      await episodeOutAgain.run({ repo, clock: () => at }, args)
      await laterWork(repo, at)
      assert.deepEqual(eventsIn(got), ['episode.published', 'episode.updated'])
    })(t)
  })

  it('is told of members, once for each time they join or leave', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      await anEndpoint(repo, address)
      await anEndpoint(repo, address, { podcastId: (await aPodcast(repo)).id })
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })

      await tellMemberJoined(repo, ada, NOW)
      await tellMemberJoined(repo, ada, NOW)
      await tellMemberLeft(repo, ada, NOW)
      await tellMemberJoined(repo, ada, NOW)
      await work(repo)

      assert.deepEqual(eventsIn(got), ['member.joined', 'member.left', 'member.joined'])
      const { data } = JSON.parse(got[0]?.body ?? '') as { data: unknown }
      const { id, name, email } = ada
      assert.deepEqual(data, { person: { id, name, email } })
    })(t)
  })

  it('is told nothing that was rolled back', async (t) => {
    await sandboxed(async (repo) => {
      const { address } = await aReceiver(t)
      await anEndpoint(repo, address)
      const ada = await aPerson(repo, 'Ada')

      await repo.transaction(async () => {
        await tellMemberJoined(repo, ada, NOW)
        return { ok: false } as const
      })

      assert.deepEqual(await work(repo), [])
      assert.equal(await repo.count(WebhookDelivery), 0)
    })(t)
  })
})

describe('a delivery', () => {
  it('is tried again after an error, the same, and never after success', async (t) => {
    const { got, address } = await aReceiver(t, [500, 302, 200])
    await sandboxed(async (repo) => {
      const endpoint = await anEndpoint(repo, address)
      const [{ id } = { id: 0 }] = await sendTest(repo, endpoint, NOW)
      const run = () => deliverWebhook.run(partsAt(repo, NOW), { deliveryId: id })

      await run()
      const [first] = (await listDeliveries(repo, endpoint, { page: 1 })).rows
      assert.deepEqual(
        [first?.state, first?.triesLeft, first?.nextTryAt],
        ['waiting', 9, new Date(NOW.getTime() + 10_000)],
      )
      await run()
      await run()
      await run()
      await run()

      assert.equal(got.length, 3)
      assert.equal(new Set(got.map(({ body }) => body)).size, 1)
      const [last] = (await listDeliveries(repo, endpoint, { page: 1 })).rows
      assert.deepEqual([last?.state, last?.nextTryAt], ['delivered', null])
      assert.deepEqual(
        last?.attempts.map(({ status, answer, error }) => [status, answer, error]).toSorted(),
        [
          [200, 'answer 3', null],
          [302, 'answer 2', null],
          [500, 'answer 1', null],
        ],
      )
    })(t)
  })

  it('is given up after ten tries, and tried anew when somebody says so', async (t) => {
    const { got, address } = await aReceiver(t, [500])
    await sandboxed(async (repo) => {
      const endpoint = await anEndpoint(repo, address)
      const [{ id } = { id: 0 }] = await sendTest(repo, endpoint, NOW)
      const run = () => deliverWebhook.run(partsAt(repo, NOW), { deliveryId: id })

      for (let count = 0; count < 12; count += 1) await run()
      assert.equal(got.length, 10)
      assert.equal((await repo.getOrThrow(WebhookDelivery, id)).state, 'failed')

      await redeliver(repo, { id, endpointId: endpoint.id }, NOW)
      await run()
      assert.equal(got.length, 11)
      assert.equal((await repo.getOrThrow(WebhookDelivery, id)).triesLeft, 9)
    })(t)
  })

  it('says why nothing was answered: a private address, nobody there', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      const endpoint = await anEndpoint(repo, address)
      const [{ id } = { id: 0 }] = await sendTest(repo, endpoint, NOW)
      const parts = partsAt(repo, NOW)

      await deliverWebhook.run({ ...parts, tellsPrivate: false }, { deliveryId: id })
      await repo.updateAll(from(WebhookEndpoint), { url: 'http://127.0.0.1:1/' })
      await deliverWebhook.run(parts, { deliveryId: id })

      const attempts = await repo.all(from(WebhookAttempt).orderBy({ id: 'asc' }))
      assert.match(attempts[0]?.error ?? '', /not an address of the public internet/)
      assert.match(attempts[1]?.error ?? '', /refuses connections/)
      assert.deepEqual(got, [])
    })(t)
  })

  it('of one that was switched off is not sent', async (t) => {
    const { got, address } = await aReceiver(t)
    await sandboxed(async (repo) => {
      await anEndpoint(repo, address)
      await tellMemberJoined(repo, await aPerson(repo, 'Ada'), NOW)
      await repo.updateAll(from(WebhookEndpoint), { enabled: false })

      await work(repo)

      assert.deepEqual(got, [])
      assert.match((await repo.all(WebhookAttempt))[0]?.error ?? '', /switched off/)
    })(t)
  })

  it('is sent once, though two processes have its job, or one died while sending', async (t) => {
    const { got, address } = await aReceiver(t)
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const endpoint = await anEndpoint(repo, address)
    const [{ id } = { id: 0 }] = await sendTest(repo, endpoint, NOW)
    const run = (asOf = NOW) => deliverWebhook.run(partsAt(repo, asOf), { deliveryId: id })

    // Somebody claimed it, and was killed.
    const claimedUntil = new Date(NOW.getTime() + 30_000)
    await repo.updateAll(from(WebhookDelivery), { claimedUntil })
    await run()
    assert.equal(got.length, 0)
    const later = new Date(NOW.getTime() + 31_000)
    await Promise.all([run(later), run(later), run(later)])
    await run(later)

    assert.equal(got.length, 1)
    assert.equal(await repo.count(WebhookAttempt), 1)
  })
})

describe('the form of a webhook', () => {
  it(
    'takes https, some events, and makes a secret that nobody chooses',
    sandboxed(async (repo) => {
      const said = { url: 'https://hooks.example/x', events: { 'episode.published': 'true' } }

      const made = await createWebhook(repo, { ...said, secret: 'mine' })
      assert.ok(made.ok)
      assert.match(made.value.secret, /^whsec_[\w-]{43}$/)
      assert.deepEqual(made.value.events, ['episode.published'])

      for (const url of ['http://hooks.example/', 'ftp://x.example', 'https://', 'x', '']) {
        const refused = await createWebhook(repo, { ...said, url })
        assert.ok(!refused.ok && 'url' in errorMessages(refused.changeset), url)
      }
      const none = await createWebhook(repo, { ...said, events: { 'episode.published': 'false' } })
      assert.ok(!none.ok && 'events' in errorMessages(none.changeset))
    }),
  )
})
