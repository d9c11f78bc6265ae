import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { build, change, errorMessages, type Repo, sql } from '@showrunner/data'
import { type Message } from '@showrunner/mail'
import { performWaiting } from '@showrunner/jobs/testing'
import { JOBS } from '../jobs/index.ts'
import { aPerson, partsOfJobs, sandboxed, serving } from '../testing/index.ts'
import {
  createWebhook,
  deliverWebhook,
  renewSecret,
  sendTest,
  updateWebhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const after = (ms: number) => new Date(NOW.getTime() + ms)

/** Somebody outside, who answers so, and what they got. */
async function aReceiver(t: TestContext, answers: () => number) {
  const got: { body: string; signature: string }[] = []
  const address = await serving(t, '/hook', (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      got.push({ body, signature: String(request.headers['x-showrunner-signature']) })
      response.writeHead(answers()).end()
    })
  })
  return { got, address }
}

async function anEndpoint(repo: Repo, url: string) {
  const values = { url, secret: 'first', events: ['member.left'] }
  return repo.insertOrThrow(build(WebhookEndpoint, values))
}

/** Tells it something, and tries that until it is delivered or given up. */
async function tried(repo: Repo, endpoint: WebhookEndpoint, asOf: Date) {
  const [{ id } = { id: 0 }] = await sendTest(repo, endpoint, asOf)
  const parts = { ...partsOfJobs(repo, { asOf, sent: [] }), tellsPrivate: true }
  for (let count = 0; count < 10; count += 1) await deliverWebhook.run(parts, { deliveryId: id })
  return repo.getOrThrow(WebhookDelivery, id)
}

async function mailed(repo: Repo, asOf: Date): Promise<readonly Message[]> {
  const sent: Message[] = []
  await repo.deleteAll(WebhookDelivery)
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent
}

describe('a webhook to which nothing gets through', () => {
  it('is switched off after three days, the administrators are mailed, and it can be switched on again', async (t) => {
    const { address } = await aReceiver(t, () => 500)
    await sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      await repo.updateOrThrow(change(ada, { admin: true }))
      await aPerson(repo, 'Grace', { email: 'grace@example.com' })
      const endpoint = await anEndpoint(repo, address)
      const now = () => repo.getOrThrow(WebhookEndpoint, endpoint.id)

      assert.equal((await tried(repo, endpoint, NOW)).state, 'failed')
      assert.deepEqual([(await now()).enabled, (await now()).failingSince], [true, NOW])
      await tried(repo, await now(), after(2 * DAY_MS))
      assert.equal((await now()).enabled, true)

      await tried(repo, await now(), after(3 * DAY_MS))
      const stopped = await now()
      assert.deepEqual([stopped.enabled, stopped.stoppedAt], [false, after(3 * DAY_MS)])
      const [mail, ...others] = await mailed(repo, after(3 * DAY_MS))
      assert.deepEqual([mail?.to, others], ['ada@example.com', []])
      assert.match(mail?.text ?? '', new RegExp(`/admin/webhooks/${endpoint.id}\\b`))

      const { url, lockVersion } = stopped
      const events = { 'member.left': 'true' }
      const said = { url, events, enabled: 'true' }
      const opened = { ...said, lockVersion: endpoint.lockVersion }
      assert.equal((await updateWebhook(repo, stopped, opened)).ok, false)
      assert.ok((await updateWebhook(repo, stopped, { ...said, lockVersion })).ok)
      const { enabled, failingSince, stoppedAt } = await now()
      assert.deepEqual([enabled, failingSince, stoppedAt], [true, null, null])
    })(t)
  })

  it('goes on when something gets through meanwhile', async (t) => {
    let status = 500
    const { address } = await aReceiver(t, () => status)
    await sandboxed(async (repo) => {
      const endpoint = await anEndpoint(repo, address)
      const now = () => repo.getOrThrow(WebhookEndpoint, endpoint.id)

      await tried(repo, endpoint, NOW)
      status = 204
      assert.equal((await tried(repo, endpoint, after(DAY_MS))).state, 'delivered')
      assert.equal((await now()).failingSince, null)
      status = 500
      await tried(repo, await now(), after(4 * DAY_MS))

      assert.equal((await now()).enabled, true)
      assert.deepEqual(await mailed(repo, after(4 * DAY_MS)), [])
    })(t)
  })
})

describe('another secret', () => {
  it('signs at once, and for a day the old one too', async (t) => {
    const { got, address } = await aReceiver(t, () => 200)
    await sandboxed(async (repo) => {
      const endpoint = await anEndpoint(repo, address)

      const renewed = await renewSecret(repo, endpoint, NOW)
      assert.notEqual(renewed.secret, 'first')
      await tried(repo, renewed, after(DAY_MS - 1000))
      await tried(repo, renewed, after(DAY_MS))

      const signed = got.map(({ body, signature }) => {
        const [, seconds, all = ''] = /^t=(\d+),(.*)$/.exec(signature) ?? []
        const by = (secret: string) =>
          `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
        return all.split(',').map((one) => [by(renewed.secret), by('first')].indexOf(one))
      })
      assert.deepEqual(signed, [[0, 1], [0]])
    })(t)
  })
})

describe('the deliveries of one webhook', () => {
  it(
    'wait in a queue of its own, so that a silent one keeps no other job waiting',
    sandboxed(async (repo) => {
      const one = await anEndpoint(repo, 'https://a.example/')
      const other = await anEndpoint(repo, 'https://b.example/')
      for (const endpoint of [one, one, other]) await sendTest(repo, endpoint, NOW)

      const queues = await repo.run(
        sql<{
          queue: string | null
        }>`select queue_name as queue from graphile_worker.jobs order by id`,
      )
      assert.deepEqual(
        queues.map(({ queue }) => queue),
        [`webhook:${one.id}`, `webhook:${one.id}`, `webhook:${other.id}`],
      )
    }),
  )
})

describe('the address of a webhook', () => {
  it(
    'is not reached where it is this machine, its network or its cloud, however it is written',
    sandboxed(async (repo) => {
      const inside = [
        '127.0.0.1',
        '127.1',
        '2130706433',
        '0x7f.0.0.1',
        '0177.0.0.1',
        '0.0.0.0',
        '10.0.0.1',
        '169.254.169.254',
        '[::1]',
        '[::]',
        '[::ffff:127.0.0.1]',
        '[::ffff:a9fe:a9fe]',
        '[64:ff9b::7f00:1]',
        '[fd00::1]',
        '[fe80::1]',
        'localhost',
      ]
      const parts = partsOfJobs(repo, { asOf: NOW, sent: [] })

      for (const host of inside) {
        const endpoint = await anEndpoint(repo, `https://${host}:8443/hook`)
        const [{ id } = { id: 0 }] = await sendTest(repo, endpoint, NOW)
        await deliverWebhook.run(parts, { deliveryId: id })
        const { error } = await repo.getByOrThrow(WebhookAttempt, { deliveryId: id })
        assert.match(error ?? '', /is not an address of the public internet/, host)
      }
    }),
  )

  it(
    'has no password in it, and no port of anything but the web',
    sandboxed(async (repo) => {
      const events = { 'member.left': 'true' }
      const refused = async (url: string) => {
        const made = await createWebhook(repo, { url, events })
        return made.ok ? [] : (errorMessages(made.changeset)['url'] ?? [])
      }

      for (const url of [
        'https://a.example:8443/x',
        'https://a.example:443/',
        'https://[2606:4700::1]/',
      ])
        assert.deepEqual(await refused(url), [], url)
      for (const url of ['https://a.example:25/', 'https://a.example:22/', 'https://a.example:0/'])
        assert.match((await refused(url)).join(), /port/, url)
      for (const url of ['https://ada:secret@a.example/', 'https://ada@a.example/'])
        assert.match((await refused(url)).join(), /password/, url)
      assert.notDeepEqual(await refused('https://a.example:99999/'), [])
    }),
  )
})
