/** One mail to one person. */
export interface Message {
  /** The bare address. */
  readonly to: string
  /** What the sender is called; the address is the mailer's. */
  readonly fromName: string
  /** Where answers go, if not to the sender: the bare address. */
  readonly replyTo?: string | undefined
  /** By which mail programs know that two are one, when a program that ended unawares sends it again. */
  readonly id?: string | undefined
  /** Of a mail that somebody subscribed to: where mail programs end that, with one click (RFC 8058). */
  readonly unsubscribeUrl?: string | undefined
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Where mails go. */
export interface Mailer {
  /** Done when it was taken over by whoever delivers it. @throws MailError when it was not. */
  send(message: Message): Promise<void>
}
