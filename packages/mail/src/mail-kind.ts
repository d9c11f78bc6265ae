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
  readonly writeExample: (from: string, language: string) => Words
  /** Those it is written in. */
  readonly languages: readonly string[]
}

/** The same, with what it takes to write one. */
export interface MailKind<Props> extends MailPreview {
  readonly write: (props: Props, from: string, language: string) => Words
}

/** What a mail says, by language: English where there is none of its own. */
interface Written<Props> {
  readonly en: (props: Props, from: string) => Words
  readonly [language: string]: (props: Props, from: string) => Words
}

/** A kind of mail: when it goes to whom, how it is written, and an example that whoever looks after it can read. */
export function defineMail<Props>({
  example,
  write: written,
  ...kind
}: Pick<MailPreview, 'name' | 'trigger' | 'recipient'> & {
  readonly example: NoInfer<Props>
  readonly write: Written<Props>
}): MailKind<Props> {
  const write: MailKind<Props>['write'] = (props, from, language) =>
    (written[primary(language)] ?? written.en)(props, from)

  return {
    ...kind,
    languages: Object.keys(written),
    write,
    writeExample: (from, language) => write(example, from, language),
  }
}

/** `de` of `de-AT`. */
function primary(language: string): string {
  return language.toLowerCase().split('-')[0] ?? ''
}

/** These words as a mail. */
export function mailOf(
  { subject, parts, unsubscribeUrl }: Words,
  {
    language,
    ...envelope
  }: Pick<Message, 'to' | 'fromName' | 'replyTo' | 'id'> & { readonly language: string },
): Message {
  const title = inOneLine(subject)
  return {
    ...envelope,
    unsubscribeUrl,
    subject: title,
    ...letter({ from: envelope.fromName, title, parts, language }),
  }
}

/** A subject is one line, whatever what it names is called. */
function inOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
