import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findSession, requestSignIn, signIn } from '@showrunner/domain/accounts'
import { aPerson, OUTSIDE, temporaryStaging, testDatabase } from '@showrunner/domain/testing'
import { type Repo } from '@showrunner/data'
import { LoggedMail } from '@showrunner/domain/mailing'
import { listJobs } from '@showrunner/jobs'
import { listening } from '@showrunner/jobs/testing'
import { smtpMailer } from '@showrunner/mail'
import { fakeSmtp } from '@showrunner/mail/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { startWorker } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const logged = async (repo: Repo) => {
  const mails = await repo.all(LoggedMail)
  return mails.map(({ kind, outcome, tries, said }) => [kind, outcome, tries, said])
}

describe('startWorker', () => {
  it('mails a sign-in link that was asked for, and no log has it', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    const smtp = await fakeSmtp(t)
    const lines: string[] = []
    await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })

    const worker = await startWorker({
      databaseUrl: url,
      repo,
      mailer: smtpMailer({ url: smtp.url, from: 'radio@radio.example' }),
      storage: temporaryStorage(t),
      staging: temporaryStaging(t),
      signInPage: 'https://radio.example/in',
      outside: OUTSIDE,
      joinPage: 'https://radio.example/join',
      signInAddress: (token) => `https://radio.example/in/${token}`,
      requestAddress: (token) => `https://radio.example/request/${token}`,
      requestDeskAddress: (id) => `https://radio.example/admin/requests/${id}`,
      episodeAddress: (podcast, episode) => `https://radio.example/${podcast}/${episode}`,
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
      webhookDeskAddress: (id) => `https://radio.example/admin/webhooks/${id}`,
      personPage: (handle) => `https://radio.example/person/${handle}`,
      clock: () => NOW,
      log(level, message) {
        lines.push(message)
        log(level, message)
      },
    })
    await requestSignIn(repo, { email: 'ada@example.com' }, '192.0.2.7', NOW)
    await said(/Completed task .*mail_sign_in_link/)
    await worker.stop()

    const [mail] = smtp.taken
    const text = mail?.source.replaceAll('=\n', '') ?? ''
    const token = /radio\.example\/in\/([\w-]{43})/.exec(text)?.[1] ?? ''
    const signedIn = await signIn(repo, token, NOW)
    assert.deepEqual(mail?.to, ['ada@example.com'])
    assert.match(text, /^Subject: Sign in to Showrunner$/m)
    const session = await findSession(repo, signedIn?.token ?? '', NOW)
    assert.equal(session?.person.name, 'Ada Byron')
    assert.ok(!lines.join('\n').includes(token))
    assert.deepEqual(await logged(repo), [['sign_in', 'accepted', 1, null]])
  })

  it('tells of a mail server that refuses, tries again, and keeps what it said', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    const smtp = await fakeSmtp(t, { refuses: '@nowhere.example' })

    const worker = await startWorker({
      databaseUrl: url,
      repo,
      mailer: smtpMailer({ url: smtp.url, from: 'radio@radio.example' }),
      storage: temporaryStorage(t),
      staging: temporaryStaging(t),
      signInPage: 'https://radio.example/in',
      outside: OUTSIDE,
      joinPage: 'https://radio.example/join',
      signInAddress: (token) => `https://radio.example/in/${token}`,
      requestAddress: (token) => `https://radio.example/request/${token}`,
      requestDeskAddress: (id) => `https://radio.example/admin/requests/${id}`,
      episodeAddress: (podcast, episode) => `https://radio.example/${podcast}/${episode}`,
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
      webhookDeskAddress: (id) => `https://radio.example/admin/webhooks/${id}`,
      personPage: (handle) => `https://radio.example/person/${handle}`,
      log,
    })
    await requestSignIn(repo, { email: 'ada@nowhere.example' }, '192.0.2.7', NOW)
    await said(/Failed task .*mail_sign_in_link.* attempt 1 of 4.*nobody of that name/)
    await worker.stop()

    const said550 = '550 5.1.1 nobody of that name'
    assert.deepEqual(await logged(repo), [['join', 'refused', 1, said550]])
    const [job] = await listJobs(repo)
    assert.equal(job?.state, 'retrying')
    assert.match(job.error ?? '', /did not take the mail: .*550/)
  })
})
