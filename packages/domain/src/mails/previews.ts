import { type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { type Limit, spend } from '../limits/index.ts'
import { type MailerParts, sendWords } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { findMail } from './mails.ts'

const PER_PERSON: Limit = { name: 'mail previews sent', most: 30, perMs: 60 * 60_000 }

/** Mails the example of a mail to whoever wants to see it in their own mail program. */
export const mailPreview = defineJob({
  name: 'mail_preview',
  args: z.object({ mail: z.string(), personId: z.number().int() }),
  maxAttempts: 3,
  perform: (parts: MailerParts, { mail, personId }) => sendPreview(parts, mail, personId),
})

/** @throws LimitError for too many. */
export async function requestPreview(
  repo: Repo,
  mail: string,
  person: Pick<Person, 'id'>,
  asOf: Date,
): Promise<void> {
  await spend(repo, PER_PERSON, String(person.id), asOf)
  await enqueue(repo, mailPreview, { mail, personId: person.id })
}

async function sendPreview(parts: MailerParts, name: string, personId: number): Promise<void> {
  const [mail, person] = [findMail(name), await parts.repo.get(Person, personId)]
  if (!mail || person?.email == null) return
  const write = (from: string, language: string) => {
    const { subject, parts: words } = mail.writeExample(from, language)
    return { subject: `Example: ${subject}`, parts: words }
  }
  await sendWords(parts, { name: 'example', write }, person.email, { personId })
}
