import { build, from, type Repo } from '@showrunner/data'
import { type Mailer } from '@showrunner/mail'
import { KeptMail } from './kept-mail.ts'

const MOST_KEPT = 200

/** Keeps mails instead of sending them, the newest two hundred. Never in production: links that sign in are among them. */
export function keepingMailer(repo: Repo): Mailer {
  return {
    async send({ to, fromName, replyTo, subject, text, html }) {
      const kept = await repo.insertOrThrow(
        build(KeptMail, {
          toAddress: to,
          fromName,
          replyTo: replyTo ?? null,
          subject,
          textBody: text,
          htmlBody: html,
        }),
      )
      await repo.deleteAll(from(KeptMail).where('id', '<=', kept.id - MOST_KEPT))
    },
  }
}

/** The kept mails, the newest first. */
export async function listKeptMails(repo: Repo): Promise<readonly KeptMail[]> {
  return repo.all(from(KeptMail).orderBy({ id: 'desc' }))
}

/** @throws NotFoundError */
export async function getKeptMail(repo: Repo, id: number): Promise<KeptMail> {
  return repo.getOrThrow(KeptMail, id)
}
