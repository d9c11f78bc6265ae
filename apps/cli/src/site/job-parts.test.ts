import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listKeptMails } from '@showrunner/domain/mailbox'
import { fakeSmtp } from '@showrunner/mail/testing'
import { jobParts, keepsMail } from './job-parts.ts'
import { sandboxed } from '@showrunner/domain/testing'

const DATA_DIR = '/nowhere'
const HERE = 'https://podcasts.example:8443'
const MAIL = { to: 'ada@example.com', fromName: 'Radio', subject: 'Hi', text: 'Hi.', html: 'Hi.' }

describe('jobParts', () => {
  it(
    'keep mails where there is no server, and refuse them there in production',
    sandboxed(async (repo) => {
      const here = {
        NODE_ENV: 'development',
        SMTP_URL: undefined,
        MAIL_FROM: undefined,
        DATA_DIR,
      } as const
      const production = { ...here, NODE_ENV: 'production' } as const

      await jobParts(here, repo, HERE).mailer.send(MAIL)
      const refused = jobParts(production, repo, HERE).mailer.send(MAIL)

      await assert.rejects(refused, { message: 'No mail can be sent: SMTP_URL is not set.' })
      assert.equal((await listKeptMails(repo)).length, 1)
      assert.deepEqual([keepsMail(here), keepsMail(production)], [true, false])
    }),
  )

  it('send mails by the server there is, and keep none', async (t) => {
    await sandboxed(async (repo) => {
      const { url, taken } = await fakeSmtp(t)
      const env = {
        NODE_ENV: 'development',
        SMTP_URL: url,
        MAIL_FROM: undefined,
        DATA_DIR,
      } as const

      await jobParts(env, repo, HERE).mailer.send(MAIL)
      await jobParts({ ...env, MAIL_FROM: 'ines@radio.example' }, repo, HERE).mailer.send(MAIL)

      assert.deepEqual(
        taken.map(({ from }) => from),
        ['no-reply@podcasts.example', 'ines@radio.example'],
      )
      assert.equal(keepsMail(env), false)
      assert.deepEqual(await listKeptMails(repo), [])
    })(t)
  })

  it(
    'lead the links of mails to this site',
    sandboxed(async (repo) => {
      const env = { NODE_ENV: 'test', SMTP_URL: undefined, MAIL_FROM: undefined, DATA_DIR } as const

      const parts = jobParts(env, repo, HERE)
      assert.equal(parts.signInAddress('x'), `${HERE}/in/x`)
      assert.equal(parts.requestAddress('x'), `${HERE}/request/x`)
      assert.equal(parts.requestDeskAddress(7), `${HERE}/admin/requests/7`)
      assert.equal(parts.episodeAddress('show', 'noon'), `${HERE}/show/noon`)
    }),
  )

  it(
    'tell programs of this machine something only where the site itself is there, and not in production',
    sandboxed(async (repo) => {
      const env = { NODE_ENV: 'development', SMTP_URL: undefined, MAIL_FROM: undefined, DATA_DIR }
      const tells = (NODE_ENV: 'development' | 'production', publicUrl: string) =>
        jobParts({ ...env, NODE_ENV }, repo, publicUrl).tellsPrivate

      assert.equal(tells('development', 'http://localhost:4000'), true)
      assert.equal(tells('production', 'http://localhost:4000'), false)
      assert.equal(tells('development', HERE), false)
      assert.equal(tells('development', 'http://localhost.evil.example'), false)
    }),
  )
})
