import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { temporaryStorage } from '@showrunner/storage/testing'
import { JOBS } from '../jobs/index.ts'
import { aPerson, OUTSIDE, sandboxed, temporaryStaging } from '../testing/index.ts'
import { findSignInLink, requestSignIn, signIn, SignInLink } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const VISITOR = '192.0.2.7'

/** Runs the waiting jobs, and gives the mails they send. */
async function mailed(repo: Repo): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, {
    repo,
    clock: () => NOW,
    mailer: { send: async (message) => void sent.push(message) },
    storage: temporaryStorage(),
    staging: temporaryStaging(),
    outside: OUTSIDE,
    signInPage: 'https://radio.example/in',
    joinPage: 'https://radio.example/join',
    signInAddress: (token) => `https://radio.example/in/${token}`,
    requestAddress: (token) => `https://radio.example/request/${token}`,
    requestDeskAddress: (id) => `https://radio.example/admin/requests/${id}`,
    webhookDeskAddress: (id) => `https://radio.example/admin/webhooks/${id}`,
    episodeAddress: (podcast, episode) => `https://radio.example/${podcast}/${episode}`,
    personPage: (handle) => `https://radio.example/person/${handle}`,
    subscribeAddress: (token) => `https://radio.example/subscribe/${token}`,
    unsubscribeAddress: (token) => `https://radio.example/unsubscribe/${token}`,
    publicUrl: 'https://radio.example',
    newsIssueAddress: (slug) => `https://radio.example/news/issues/${slug}`,
    newsItemAddress: ({ id }) => `https://radio.example/news/${id}`,
    commentAddress: (_subject, id) => `https://radio.example/comments/${id}`,
    unfollowAddress: (token) => `https://radio.example/unfollow/${token}`,
    unwantedAddress: (token) => `https://radio.example/unfollow/${token}/reply`,
    commentsDesk: 'https://radio.example/admin/comments',
    memberFeedAddress: (token) => `https://radio.example/members/${token}/feed`,
    memberFeedsPage: 'https://radio.example/~/feeds',
  })
  return sent
}

function tokenIn({ text }: Message): string {
  return /\/in\/([\w-]+)/.exec(text)?.[1] ?? ''
}

describe('requestSignIn', () => {
  it(
    'mails a link that signs in',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })

      const asked = await requestSignIn(repo, { email: ' Ada@Example.com ' }, VISITOR, NOW)
      const [mail, ...more] = await mailed(repo)

      assert.equal(asked.ok, true)
      assert.deepEqual([mail?.to, mail?.subject], ['ada@example.com', 'Sign in to Showrunner'])
      assert.match(mail?.html ?? '', /Hello Ada Byron/)
      assert.deepEqual(more, [])
      assert.equal((await signIn(repo, tokenIn(mail!), NOW))?.person.name, 'Ada Byron')
    }),
  )

  it(
    'does the same for an address that is nobody’s, and the mail says so',
    sandboxed(async (repo) => {
      const known = await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
      const jobs = async (email: string) => {
        const asked = await requestSignIn(repo, { email }, VISITOR, NOW)
        const [job] = await listJobs(repo)
        return { ok: asked.ok, job: job?.name }
      }

      const unknown = await jobs('grace@example.com')
      const [mail] = await mailed(repo)

      assert.deepEqual(await jobs(known.email ?? ''), unknown)
      assert.equal(mail?.subject, 'Join Showrunner')
      assert.equal((await findSignInLink(repo, tokenIn(mail), NOW))?.person, null)
    }),
  )

  it(
    'takes every address that can be mailed, and no other',
    sandboxed(async (repo) => {
      const errors = async (email: string) => {
        const asked = await requestSignIn(repo, { email }, email, NOW)
        return asked.ok ? [] : errorMessages(asked.changeset)['email']
      }
      const good = [
        'a.b.c@example.com',
        'first.last+tag@sub.example.co.uk',
        "o'neil_-%$#!@example.com",
        'jörg@bücher.example',
        '用户@例子.example',
        `${'x'.repeat(64)}@${'y'.repeat(60)}.example.com`,
      ]
      for (const email of good) assert.deepEqual(await errors(email), [], email)

      const message = ['must be an e-mail address']
      const bad = [
        'ada',
        'ada@',
        '@example.com',
        'ada@localhost',
        'a b@example.com',
        'a@b@example.com',
        'a\u0007@example.com',
        `${'x'.repeat(65)}@example.com`,
        `x@${'y'.repeat(250)}.example`,
      ]
      for (const email of bad) assert.deepEqual(await errors(email), message, email)
      assert.deepEqual(await errors('  '), ["can't be blank"])
    }),
  )

  it(
    'mails once, however often it is asked in a moment',
    sandboxed(async (repo) => {
      await requestSignIn(repo, { email: 'ada@example.com' }, VISITOR, NOW)
      await requestSignIn(repo, { email: 'ada@example.com' }, VISITOR, NOW)

      assert.equal((await mailed(repo)).length, 1)
      assert.equal(await repo.count(SignInLink), 1)
    }),
  )

  it(
    'mails an address five times an hour at most, whoever asks',
    sandboxed(async (repo) => {
      const ask = (visitor: string, asOf = NOW) =>
        requestSignIn(repo, { email: 'ada@example.com' }, visitor, asOf)
      for (const visitor of ['a', 'b', 'c', 'd', 'e']) await ask(visitor)

      await assert.rejects(ask('f'), { name: 'LimitError', retryAfterMs: 12 * MINUTE_MS })
      await requestSignIn(repo, { email: 'grace@example.com' }, 'f', NOW)
      assert.ok(await ask('f', new Date(NOW.getTime() + 12 * MINUTE_MS)))
    }),
  )

  it(
    'mails for a visitor twenty times an hour at most, whatever the addresses',
    sandboxed(async (repo) => {
      const ask = (count: number) =>
        requestSignIn(repo, { email: `person-${count}@example.com` }, VISITOR, NOW)
      for (let count = 1; count <= 20; count += 1) await ask(count)

      await assert.rejects(ask(21), { name: 'LimitError' })
      assert.equal((await listJobs(repo)).length, 20)
    }),
  )
})
