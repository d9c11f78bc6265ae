import { randomBytes } from 'node:crypto'
import { type StorageAction, StorageError } from './errors.ts'

const MAX_KEY = 512
// Some folders take names of 255 bytes, and what is beside a file has a longer one.
const MAX_SEGMENT = 180
/** None begins with a dot: no `..`, and a place for what is not a file of somebody. */
const SEGMENT = /^[\w-][\w.~-]*$/
const RANDOM = /(?:^|\/)[0-9a-f]{32}(?:\.[a-z0-9]+)?$/

/** Whether a file may be kept under it: `episodes/42/one.mp3`. */
export function isKey(text: string): boolean {
  return (
    text.length <= MAX_KEY &&
    text.split('/').every((segment) => segment.length <= MAX_SEGMENT && SEGMENT.test(segment))
  )
}

/** A key that nothing was ever kept under: `newKey('episodes/42', 'mp3')`. */
export function newKey(folder: string, extension?: string): string {
  const random = randomBytes(16).toString('hex')
  return `${folder}/${random}${extension === undefined ? '' : `.${extension}`}`
}

/** Whether it came from `newKey`: what is under it never changes. */
export function isLastingKey(key: string): boolean {
  return RANDOM.test(key)
}

/** @throws StorageError for a key that no file may be kept under. */
export function checkKey(action: StorageAction, key: string): void {
  if (isKey(key)) return
  throw new StorageError(
    action,
    key,
    `a key is at most ${MAX_KEY} letters, digits and ". _ ~ -", in parts of at most ${MAX_SEGMENT} with "/" between, none of which begins with a dot.`,
  )
}
