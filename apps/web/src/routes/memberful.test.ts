import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo, sql } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { Membership, WebhookEvent, WebhookStep } from '@showrunner/domain/memberships'
import { findPerson } from '@showrunner/domain/people'
import { partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { DOCUMENTED, MEMBER, payload, signed } from '@showrunner/memberful/testing'
import { NOW, testApp } from '../testing/test-app.ts'

const SECRETS = ['current', 'previous']
const URL = '/webhooks/memberful'

const memberful = async (repo: Repo) => {
  const app = await testApp(repo, { memberfulSecrets: SECRETS })
  return (event: unknown, { secret = 'current', headers = {} } = {}) => {
    const sent = signed(event, secret)
    return app.inject({
      method: 'POST',
      url: URL,
      ...sent,
      headers: { ...sent.headers, ...headers },
    })
  }
}

/** Everything that a webhook could have left behind. */
const kept = async (repo: Repo) => [
  await repo.count(WebhookEvent),
  await repo.count(Membership),
  (await listJobs(repo)).length,
]
const NOTHING = [0, 0, 0]
const PRIVATE =
  /555-12345|Postal code|>Street<|"Street"|&quot;Street&quot;|exp_(month|year)|cus_00000|Custom field value|receipt text|DE123456789|utm_/

describe('POST /webhooks/memberful', () => {
  it(
    'keeps every documented event, and lets it be applied, whatever the content type says',
    sandboxed(async (repo) => {
      const send = await memberful(repo)
      const types = [
        undefined,
        'application/json',
        'application/x-www-form-urlencoded',
        'text/plain',
      ]
      types.push('multipart/form-data', 'application/json; charset=utf-8', 'nonsense', '')

      for (const [at, event] of DOCUMENTED.entries()) {
        const type = types[at % types.length]
        const headers = type === undefined ? {} : { 'content-type': type }
        const answer = await send(event, { headers })
        assert.equal(answer.statusCode, 202, `${event.event} as ${type}: ${answer.body}`)
      }

      const events = await repo.all(from(WebhookEvent).orderBy({ id: 'asc' }))
      assert.deepEqual(
        events.map(({ name, state, understood }) => ({ name, state, understood })),
        DOCUMENTED.map(({ event }) => ({ name: event, state: 'received', understood: true })),
      )
      assert.deepEqual(events[0]?.receivedAt, NOW)
      const jobs = await listJobs(repo)
      assert.deepEqual(new Set(jobs.map(({ name }) => name)), new Set(['apply_webhook_event']))
      assert.equal(jobs.length, DOCUMENTED.length)
    }),
  )

  it(
    'leads to a member by the jobs it enqueued, and keeps nothing that is private',
    sandboxed(async (repo) => {
      const send = await memberful(repo)
      const year = { expires_at: '2027-09-23T15:07:13Z' }
      const { subscription } = payload('subscription.created') as unknown as {
        subscription: object
      }

      await send(payload('member_signup'))
      await send(payload('subscription.created', { subscription: { ...subscription, ...year } }))
      const done = await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent: [] }))

      assert.deepEqual(done.slice(0, 2), ['apply_webhook_event', 'apply_webhook_event'])
      const person = await findPerson(repo, 'john-doe')
      const [membership] = await repo.all(Membership)
      assert.equal(person?.email, 'john.doe@example.com')
      assert.deepEqual(
        [membership?.personId, membership?.status, membership?.plan, membership?.beganAt],
        [person?.id, 'active', 'Sample plan', NOW],
      )
      assert.deepEqual(membership?.endsAt, new Date(year.expires_at))
      const rows = [await repo.all(WebhookEvent), await repo.all(WebhookStep), membership]
      assert.doesNotMatch(JSON.stringify(rows), /555-12345|Street|Postal|exp_year|cus_00000/)
    }),
  )

  it(
    'leaves nothing that is private in any table, job or line of the log, whatever came of it',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const logger = { level: 'trace', stream: { write: (line: string) => lines.push(line) } }
      const app = await testApp(repo, { memberfulSecrets: SECRETS, logger })
      const post = (event: unknown, secret = 'current') =>
        app.inject({ method: 'POST', url: URL, ...signed(event, secret) })
      const broken = { event: 'subscription.created', subscription: { member: MEMBER, id: 'x' } }

      for (const event of [...DOCUMENTED, broken, { event: 'gift.given', to: MEMBER }]) {
        assert.equal((await post(event)).statusCode, 202)
        await post(event, 'another')
      }
      const jobs = JSON.stringify(await listJobs(repo))
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent: [] }))

      const tables = await repo.run(
        sql<{ name: string }>`select format('%I.%I', schemaname, relname) as name
          from pg_stat_user_tables where schemaname in ('public', 'graphile_worker')`,
      )
      assert.ok(tables.some(({ name }) => name === 'graphile_worker._private_jobs'))
      for (const { name } of tables) {
        const [rows] = await repo.run(
          sql<{
            text: string | null
          }>`select query_to_xml(${`select * from ${name}`}, true, false, '')::text as text`,
        )
        assert.doesNotMatch(rows?.text ?? '', PRIVATE, name)
      }
      assert.ok(lines.length > 0)
      assert.doesNotMatch(jobs + lines.join(''), PRIVATE)
    }),
  )

  it(
    'falls over nothing that is signed: what no database keeps is left out',
    sandboxed(async (repo) => {
      const send = await memberful(repo)
      const deep = `{"event":"deep","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`

      for (const event of [{ event: 'a\0b\ud800' }, deep, { event: '\0' }]) {
        assert.equal((await send(event)).statusCode, 202)
      }

      const events = await repo.all(from(WebhookEvent).orderBy({ id: 'asc' }))
      assert.deepEqual(
        events.map(({ name }) => name),
        ['ab\ufffd', 'deep', 'unnamed'],
      )
    }),
  )

  it(
    'keeps the same body once, signed with either secret, and says that it knows it',
    sandboxed(async (repo) => {
      const send = await memberful(repo)

      const first = await send(payload('member_signup'))
      const again = await send(payload('member_signup'), { secret: 'previous' })

      assert.deepEqual(
        [first.json(), again.json()],
        [
          { ok: true, event: 'member_signup', known: false },
          { ok: true, event: 'member_signup', known: true },
        ],
      )
      const [event, ...more] = await repo.all(WebhookEvent)
      assert.deepEqual([event?.deliveries, more], [2, []])
    }),
  )

  it(
    'keeps what it does not know, and marks it',
    sandboxed(async (repo) => {
      const send = await memberful(repo)

      assert.equal(
        (await send({ event: 'gift.given', gift: { id: 3, address: 'Street' } })).statusCode,
        202,
      )
      assert.equal((await send({})).statusCode, 202)

      const events = await repo.all(from(WebhookEvent).orderBy({ id: 'asc' }))
      assert.deepEqual(
        events.map(({ name, understood, payload: said }) => [name, understood, said]),
        [
          ['gift.given', false, { event: 'gift.given', gift: { id: 3 } }],
          ['unnamed', false, {}],
        ],
      )
    }),
  )

  it(
    'refuses what was not signed by Memberful, and keeps nothing of it',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { memberfulSecrets: SECRETS })
      const { payload: body, headers } = signed(payload('member_signup'), 'current')
      const post = async (sent: object) =>
        app.inject({ method: 'POST', url: URL, payload: body, ...sent })
      const refused = [
        await post({}),
        await post({ headers: { 'x-memberful-webhook-signature': 'x' } }),
        await post(signed(payload('member_signup'), 'another')),
        await post({ headers, payload: `${String(body)} ` }),
        await app.inject({ method: 'POST', url: URL }),
      ]

      for (const answer of refused) {
        assert.deepEqual(
          [answer.statusCode, answer.json()],
          [401, { ok: false, error: 'The signature is not right.' }],
        )
      }
      assert.deepEqual(await kept(repo), NOTHING)
    }),
  )

  it(
    'refuses what is no JSON object, or too large, and keeps nothing of it',
    sandboxed(async (repo) => {
      const send = await memberful(repo)

      for (const body of ['', '{', 'event=member_signup', '[]', '7']) {
        assert.equal((await send(body)).statusCode, 400, body)
      }
      const large = { event: 'member_signup', padding: 'x'.repeat(1024 * 1024) }
      const answer = await send(large)
      assert.deepEqual([answer.statusCode, answer.json().ok], [413, false])
      const unsaid = await send(large, { headers: { 'transfer-encoding': 'chunked' } })
      assert.equal(unsaid.statusCode, 413)
      assert.deepEqual(await kept(repo), NOTHING)
    }),
  )

  it(
    'says in the log that no secret is set, and takes nothing',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const logger = { level: 'warn', stream: { write: (line: string) => lines.push(line) } }
      const app = await testApp(repo, { logger })

      const answer = await app.inject({
        method: 'POST',
        url: URL,
        ...signed(payload('member_signup'), ''),
      })

      assert.equal(answer.statusCode, 503)
      assert.match(lines.join(''), /MEMBERFUL_WEBHOOK_SECRET is not set/)
      assert.doesNotMatch(lines.join(''), /john/)
      assert.deepEqual(await kept(repo), NOTHING)
    }),
  )

  it(
    'is nothing to look at',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { memberfulSecrets: SECRETS })

      assert.equal((await app.inject({ url: URL })).statusCode, 404)
    }),
  )
})
