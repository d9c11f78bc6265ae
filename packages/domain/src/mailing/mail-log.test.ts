import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { from, type Repo, sql } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { defineMail, smtpMailer } from '@showrunner/mail'
import { fakeSmtp } from '@showrunner/mail/testing'
import { z } from 'zod'
import { deletePerson, mergePeople } from '../people/index.ts'
import { type Actor, VISITOR } from '../policies/index.ts'
import { aPerson, anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import {
  aboutEpisode,
  countMails,
  forgetLoggedMails,
  listMails,
  LoggedMail,
  type MailerParts,
  sendMail,
} from './index.ts'

const ADMIN: Actor = { ...VISITOR, isAdmin: true }
const TOKEN = 'a'.repeat(43)

const noteMail = defineMail<{ readonly url: string }>({
  name: 'note',
  trigger: 'When it is asked for.',
  recipient: 'Whoever it is for',
  example: { url: 'https://radio.example/in/a-token' },
  write: { en: ({ url }) => ({ subject: 'A note', parts: ['Words.', { button: 'Open', url }] }) },
})

/** A mail of a token, from within a transaction that it takes down with it when it fails. */
const mailNote = defineJob({
  name: 'mail_note',
  args: z.object({ to: z.string() }),
  maxAttempts: 2,
  perform: async (parts: MailerParts, { to }) =>
    parts.repo.transaction(async () => {
      await sendMail(parts, noteMail, to, { url: `https://radio.example/in/${TOKEN}` })
    }),
})

/** Lets a job run as often as it is tried, now. */
async function performed<Args extends object>(
  repo: Repo,
  url: string,
  job: Job<MailerParts, Args>,
  args: Args,
  tries = 1,
): Promise<void> {
  const parts = { repo, mailer: smtpMailer({ url, from: 'radio@radio.example' }) }
  const id = await enqueue(repo, job, args)
  for (let number = 1; number <= tries; number += 1) {
    const failed = await performWaiting(repo, [job], parts).catch((error: unknown) => error)
    if (number === tries) return
    assert.ok(failed instanceof Error)
    // As the worker does of a job that failed; a sandbox has none. Its number stays.
    await repo.run(sql`insert into graphile_worker._private_jobs (id, task_id, payload, attempts, max_attempts)
      overriding system value select ${id}::bigint, task.id, ${JSON.stringify(args)}::json, ${number}, ${job.maxAttempts}
      from graphile_worker._private_tasks task where task.identifier = ${job.name}`)
  }
}

const rowsOf = async (repo: Repo) => {
  const rows = await repo.all(from(LoggedMail).orderBy({ id: 'asc' }))
  return rows.map(({ kind, toAddress, outcome, said, tries }) => ({
    kind,
    to: toAddress,
    outcome,
    said,
    tries,
  }))
}

async function aServer(t: TestContext, refusing: Parameters<typeof fakeSmtp>[1] = {}) {
  return (await fakeSmtp(t, refusing)).url
}

describe('the log of what was mailed', () => {
  it(
    'has a mail that the server took: to whom, and nothing of what is in it',
    sandboxed(async (repo, t) => {
      const { id } = await aPerson(repo, 'Ada', { email: 'ada@example.com' })

      await performed(repo, await aServer(t), mailNote, { to: 'ada@example.com' })

      const [row] = await repo.all(from(LoggedMail))
      assert.equal(row?.personId, id)
      assert.deepEqual(await rowsOf(repo), [
        { kind: 'note', to: 'ada@example.com', outcome: 'accepted', said: null, tries: 1 },
      ])
      assert.doesNotMatch(JSON.stringify(row), /Words|A note|https:|aaaa/)
    }),
  )

  it(
    'has one that was refused for good, with what the server said, though its transaction was taken back',
    sandboxed(async (repo, t) => {
      const url = await aServer(t, { refuses: '@nowhere.example' })

      await performed(repo, url, mailNote, { to: 'ada@nowhere.example' })

      const said = '550 5.1.1 nobody of that name'
      assert.deepEqual(await rowsOf(repo), [
        { kind: 'note', to: 'ada@nowhere.example', outcome: 'refused', said, tries: 1 },
      ])
    }),
  )

  it(
    'has one row for a mail that was put off and then taken',
    sandboxed(async (repo, t) => {
      const words = '450 4.2.0 come again later'
      const later = await aServer(t, { refuses: '@busy.example', words, times: 1 })
      const to = 'ada@busy.example'

      await performed(repo, later, mailNote, { to }, 2)

      assert.deepEqual(await rowsOf(repo), [
        { kind: 'note', to, outcome: 'accepted', said: null, tries: 2 },
      ])
    }),
  )

  it(
    'says of one that it is tried again, and then that it was given up',
    sandboxed(async (repo, t) => {
      const words = `450 4.2.0 not with ${TOKEN} in it`
      const busy = await aServer(t, { refuses: '@busy.example', words })

      await performed(repo, busy, mailNote, { to: 'ada@busy.example' })
      const [first] = await rowsOf(repo)
      await performed(repo, busy, mailNote, { to: 'ben@busy.example' }, 2)
      const [, second] = await rowsOf(repo)

      assert.deepEqual([first?.outcome, first?.tries], ['retrying', 1])
      assert.deepEqual([second?.outcome, second?.tries], ['given up', 2])
      assert.match(second?.said ?? '', /450 4\.2\.0 not with … in it/)
    }),
  )

  it(
    'is kept for 180 days',
    sandboxed(async (repo) => {
      const now = new Date('2026-11-20T12:00:00Z')
      const row = { kind: 'note', toAddress: 'ada@example.com', outcome: 'accepted' } as const
      const at = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000)
      await repo.insertAll(LoggedMail, [
        { ...row, at: at(179) },
        { ...row, at: at(181) },
      ])

      await forgetLoggedMails.run({ repo, clock: () => now }, {})

      const left = await repo.all(from(LoggedMail))
      assert.deepEqual(
        left.map((one) => one.at),
        [at(179)],
      )
    }),
  )

  it(
    'goes with who is deleted, and moves with who is merged',
    sandboxed(async (repo) => {
      const [ada, kept, ben] = [
        await aPerson(repo, 'Ada', { email: 'ada@example.com' }),
        await aPerson(repo, 'Augusta'),
        await aPerson(repo, 'Ben', { email: 'ben@example.com' }),
      ]
      const parts = { repo, mailer: { send: async () => undefined } }
      for (const to of ['ada@example.com', 'ben@example.com'])
        await sendMail(parts, noteMail, to, { url: 'https://radio.example' })

      await mergePeople(repo, ADMIN, { gone: ada, kept }, new Date())
      await deletePerson(repo, ADMIN, ben)

      const left = await repo.all(from(LoggedMail))
      assert.deepEqual(
        left.map(({ personId }) => personId),
        [kept.id],
      )
    }),
  )
})

describe('who reads of it', () => {
  it(
    'is an administrator; a host only what their podcast wrote itself; both know how many there were',
    sandboxed(async (repo) => {
      const [podcast, other] = [await aPodcast(repo), await aPodcast(repo, { slug: 'other' })]
      const [own, theirs] = [
        await anEpisode(repo, podcast, { slug: 'own' }),
        await anEpisode(repo, other, { slug: 'theirs' }),
      ]
      const parts = { repo, mailer: { send: async () => undefined } }
      const person = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const mailed = async (name: string, episode?: typeof own) => {
        const about = episode && aboutEpisode(episode)
        const props = { url: 'https://radio.example' }
        await sendMail(parts, { ...noteMail, name }, 'ada@example.com', props, { about })
      }
      await mailed('sign_in')
      await mailed('guest_thanks', own)
      await mailed('episode_published', own)
      await mailed('guest_thanks', theirs)

      const read = async (actor: Actor) => {
        const { mails } = await listMails(repo, actor, { personId: person.id })
        return mails.map(({ kind, podcastId }) => [kind, podcastId])
      }
      assert.equal((await read(ADMIN)).length, 4)
      assert.deepEqual(await read({ ...VISITOR, hostOf: [podcast.id] }), [
        ['guest_thanks', podcast.id],
      ])
      assert.deepEqual(await read({ ...VISITOR, isEditor: true }), [])
      const none = { refused: 0, retrying: 0, 'given up': 0 }
      assert.deepEqual(await countMails(repo, { type: 'episode', id: own.id }), [
        { kind: 'episode_published', accepted: 1, ...none },
        { kind: 'guest_thanks', accepted: 1, ...none },
      ])
    }),
  )

  it(
    'gets page after page, the newest first',
    sandboxed(async (repo) => {
      const row = { kind: 'note', outcome: 'accepted', at: new Date() } as const
      const mails = ['a', 'b', 'c'].map((name) => ({ ...row, toAddress: `${name}@example.com` }))
      await repo.insertAll(LoggedMail, mails)

      const first = await listMails(repo, ADMIN, { limit: 2 })
      const second = await listMails(repo, ADMIN, { limit: 2, before: first.next })

      const seen = [...first.mails, ...second.mails].map(({ toAddress }) => toAddress[0])
      assert.deepEqual([seen, second.next], [['c', 'b', 'a'], undefined])
    }),
  )
})
