import { type Storage } from './storage.ts'

/** What was done with the file when it failed. */
export type StorageAction = keyof Storage

const WORDS: Record<StorageAction, string> = {
  put: 'stored',
  open: 'read',
  head: 'looked up',
  remove: 'removed',
  fetch: 'fetched',
}

/** What failed, with which key, and why. Says nothing of credentials. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly action: StorageAction
  readonly key: string
  /** What the server answered, or what it would answer: 404, 416. */
  readonly status: number | undefined

  constructor(
    action: StorageAction,
    key: string,
    reason: string,
    { status, cause }: { readonly status?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(`The file "${shortened(key)}" could not be ${WORDS[action]}: ${reason}`, { cause })
    this.action = action
    this.key = key
    this.status = status
  }
}

function shortened(key: string): string {
  return key.length <= 200 ? key : `${key.slice(0, 200)}…`
}
