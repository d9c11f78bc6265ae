/** An option that cannot be. */
export class OptionError extends Error {
  override readonly name = 'OptionError'

  constructor(option: string, expected: string, got: unknown) {
    super(`expected ${option} ${expected}, got: ${String(got)}`)
  }
}

/** A call that got no answer. */
export class ServiceError extends Error {
  override readonly name: string = 'ServiceError'
  readonly service: string

  constructor(service: string, message: string) {
    super(message)
    this.service = service
  }
}

/** There is nobody to ask, or no longer. */
export class NoServiceError extends ServiceError {
  override readonly name = 'NoServiceError'
  /** Whether it may have done what it was asked for: it went while it was asked. */
  readonly mayBeDone: boolean

  constructor(service: string, message: string, mayBeDone = false) {
    super(service, message)
    this.mayBeDone = mayBeDone
  }
}

/** There was no answer in time. It may come to be done all the same. */
export class CallTimeoutError extends ServiceError {
  override readonly name = 'CallTimeoutError'
}

/** As many wait already as may. Nothing was done: later, or elsewhere, it may be. */
export class OverloadedError extends ServiceError {
  override readonly name = 'OverloadedError'
}

/** It was asked, and failed. The message is its own. */
export class CallFailedError extends ServiceError {
  override readonly name = 'CallFailedError'
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
