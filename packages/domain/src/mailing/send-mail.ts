import { type Repo } from '@showrunner/data'
import { type Attempted } from '@showrunner/jobs'
import { MailError, mailOf, type Mailer, type MailKind, type Words } from '@showrunner/mail'
import { type Subject } from '../activity/index.ts'
import { getSettings } from '../settings/index.ts'
import { logAccepted, logFailure } from './log-mail.ts'

export interface MailerParts extends Attempted {
  readonly repo: Repo
  readonly mailer: Mailer
}

interface Envelope {
  /** By which a mail that is sent twice is known for one. */
  readonly id?: string | undefined
  /** What it is about, for the log. */
  readonly about?: Subject | undefined
  /** Whose address it is, where that is not who signs in with it. */
  readonly personId?: number | undefined
}

/** Writes a mail in the network's name and language, and sends it; answers go where the settings say. */
export async function sendMail<Props>(
  parts: MailerParts,
  { name, write }: MailKind<Props>,
  to: string,
  props: Props,
  envelope: Envelope = {},
): Promise<void> {
  const written = (from: string, language: string) => write(props, from, language)
  await sendWords(parts, { name, write: written }, to, envelope)
}

interface Written {
  readonly name: string
  readonly write: (from: string, language: string) => Words
}

/** The same, of words that are written already. */
export async function sendWords(
  { repo, mailer, attempt }: MailerParts,
  { name, write }: Written,
  to: string,
  { id, about, personId }: Envelope = {},
): Promise<void> {
  const { title, language, replyEmail } = await getSettings(repo)
  const header = { to, fromName: title, replyTo: replyEmail ?? undefined, id, language }
  const noted = { kind: name, to, personId, about, attempt }
  try {
    await mailer.send(mailOf(write(title, language), header))
  } catch (error) {
    if (error instanceof MailError) await logFailure(repo, noted, error)
    throw error
  }
  await logAccepted(repo, noted)
}
