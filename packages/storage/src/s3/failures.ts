interface Failure {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

export function statusOf(error: unknown): number | undefined {
  return failureIn(error).$metadata?.httpStatusCode
}

/** Whether there is no such object. A bucket that is not there is another matter. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && failureIn(error).name !== 'NoSuchBucket'
}

/** What S3 said, or why it said nothing, without these words in it. */
export function reasonOf(error: unknown, secrets: readonly string[]): string {
  const { name = 'an error', message = '', code } = failureIn(error)
  const status = statusOf(error)
  const said = [message, code].find((text) => text !== undefined && text !== '') ?? 'no reason'
  const reason = status === undefined ? said : `S3 answered ${status} ${name}: ${said}`
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), reason)
}

function failureIn(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {}
}
