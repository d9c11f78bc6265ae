import { type Repo } from '@showrunner/data'
import { mailOf, type Mailer, type MailKind } from '@showrunner/mail'
import { getSettings } from '../settings/index.ts'

export interface MailerParts {
  readonly repo: Repo
  readonly mailer: Mailer
}

/** Writes a mail in the network's name and language, and sends it; answers go where the settings say. */
export async function sendMail<Props>(
  { repo, mailer }: MailerParts,
  { write }: MailKind<Props>,
  to: string,
  props: Props,
  /** By which a mail that is sent twice is known for one. */
  id?: string,
): Promise<void> {
  const { title, language, replyEmail } = await getSettings(repo)
  const envelope = { to, fromName: title, replyTo: replyEmail ?? undefined, id, language }
  await mailer.send(mailOf(write(props, title, language), envelope))
}
