import { createTransport } from 'nodemailer'
import { AddressRefusedError, MailError } from './errors.ts'
import { type Mailer, type Message } from './message.ts'

const PATIENCE_MS = 15_000

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://…` where TLS comes first. */
  readonly url: string
  /** The address that mails come from. */
  readonly from: string
  /** How long the server may keep silent. 15 seconds unless said. */
  readonly patienceMs?: number
}

/** Hands mails to a mail server, each on a connection of its own. */
export function smtpMailer({ url, from, patienceMs = PATIENCE_MS }: SmtpOptions): Mailer {
  const { host } = new URL(url)
  const transport = createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // A mail is made of text: no part of it is fetched or read from a file.
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  return {
    async send({ to, fromName, replyTo, id, unsubscribeUrl, subject, text, html }: Message) {
      try {
        await transport.sendMail({
          // As objects: in a text a comma would begin another address.
          from: { name: fromName, address: from },
          to: { name: '', address: to },
          ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
          ...(id === undefined
            ? {}
            : { messageId: `<${id}@${from.slice(from.indexOf('@') + 1)}>` }),
          subject,
          text,
          html,
          // Keeps answering machines silent.
          headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
        })
      } catch (error) {
        const message = `The mail server ${host} did not take the mail: ${reason(error)}`
        const said = refusalOf(error)
        throw said === undefined
          ? new MailError(message, { cause: error })
          : new AddressRefusedError(message, said, { cause: error })
      }
    },
  }
}

function unsubscribeHeaders(url: string | undefined) {
  if (url === undefined) return {}
  // As it is: mail programs do not put a folded address together again.
  return {
    'List-Unsubscribe': { prepared: true, value: `<${url}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/**
 * What a server says of an address where there is nobody (RFC 5321: a lasting refusal, of the recipient). One for reasons of
 * its own, 5.7, is about us, and may be over tomorrow.
 */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('command' in error) || error.command !== 'RCPT TO')
    return undefined
  const said = 'response' in error ? String(error.response) : ''
  return /^5\d\d[ -](?!5\.7\.)/.test(said) ? said : undefined
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
