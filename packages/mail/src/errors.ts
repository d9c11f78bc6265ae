/** A mail that was not sent, and why. Says nothing of what was in it. */
export class MailError extends Error {
  override readonly name = 'MailError'
}
