/** An option that cannot be. */
export class OptionError extends Error {
  override readonly name = 'OptionError'

  constructor(option: string, expected: string, got: unknown) {
    super(`expected ${option} ${expected}, got: ${String(got)}`)
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
