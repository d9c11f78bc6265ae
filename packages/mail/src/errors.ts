/** A mail that was not sent, and why. Says nothing of what was in it. */
export class MailError extends Error {
  override readonly name: string = 'MailError'
}

/** The server says that there is nobody at an address: to send it again is of no use. */
export class AddressRefusedError extends MailError {
  override readonly name = 'AddressRefusedError'
  /** What the server said. */
  readonly said: string

  constructor(message: string, said: string, options?: ErrorOptions) {
    super(message, options)
    this.said = said
  }
}
