/** A failure the person at the keyboard can act on: its message is shown, its stack is not. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}

/** The command line itself is wrong; the message ends with where to look. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
}

/** The `code` of a system or database error: `ENOENT`, `EADDRINUSE`, `28P01`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
