import { letter, type LetterPart } from './letter.ts'
import { type Message } from './message.ts'

/** What a mail says. Its subject is its title too. */
export interface Words {
  readonly subject: string
  readonly parts: readonly LetterPart[]
  /** Of what somebody subscribed to: where that ends with one click. */
  readonly unsubscribeUrl?: string
}

/** A mail that a program can send, as whoever looks at all of them sees it. */
export interface MailPreview {
  readonly name: string
  /** When it is sent, as a sentence. */
  readonly trigger: string
  /** Who gets it. */
  readonly recipient: string
  /** What it says in an example, from a sender called so. */
  readonly writeExample: (from: string) => Words
}

/** The same, with what it takes to write one. */
export interface MailKind<Props> extends MailPreview {
  readonly write: (props: Props, from: string) => Words
}

/** A kind of mail: when it goes to whom, how it is written, and an example that whoever looks after it can read. */
export function defineMail<Props>({
  example,
  ...kind
}: Omit<MailKind<Props>, 'writeExample'> & { readonly example: NoInfer<Props> }): MailKind<Props> {
  return { ...kind, writeExample: (from) => kind.write(example, from) }
}

/** These words as a mail. */
export function mailOf(
  { subject, parts, unsubscribeUrl }: Words,
  { to, fromName, replyTo, id }: Pick<Message, 'to' | 'fromName' | 'replyTo' | 'id'>,
): Message {
  return {
    to,
    fromName,
    replyTo,
    id,
    unsubscribeUrl,
    subject,
    ...letter({ from: fromName, title: subject, parts }),
  }
}
