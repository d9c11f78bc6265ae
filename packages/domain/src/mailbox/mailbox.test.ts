import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getKeptMail, keepingMailer, listKeptMails } from './index.ts'
import { sandboxed } from '../testing/index.ts'

const MAIL = { to: 'ada@example.com', fromName: 'Radio', text: 'Hello.', html: '<p>Hello.</p>' }

describe('keepingMailer', () => {
  it(
    'keeps what would be sent, to be read, the newest first',
    sandboxed(async (repo) => {
      const mailer = keepingMailer(repo)

      await mailer.send({ ...MAIL, subject: 'First' })
      await mailer.send({ ...MAIL, subject: 'Second' })

      const kept = await listKeptMails(repo)
      assert.deepEqual(
        kept.map(({ subject }) => subject),
        ['Second', 'First'],
      )
      const { toAddress, fromName, textBody, htmlBody } = await getKeptMail(repo, kept[0]?.id ?? 0)
      assert.deepEqual({ to: toAddress, fromName, text: textBody, html: htmlBody }, { ...MAIL })
      await assert.rejects(getKeptMail(repo, 0), { name: 'NotFoundError' })
    }),
  )

  it(
    'keeps two hundred',
    sandboxed(async (repo) => {
      const mailer = keepingMailer(repo)

      for (let count = 1; count <= 203; count += 1) {
        await mailer.send({ ...MAIL, subject: `Number ${count}` })
      }

      const kept = await listKeptMails(repo)
      assert.deepEqual([kept.length, kept.at(-1)?.subject], [200, 'Number 4'])
    }),
  )
})
