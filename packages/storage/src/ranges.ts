import { type StorageAction, StorageError } from './errors.ts'
import { type ByteRange } from './storage.ts'

/**
 * The range as the file has it.
 *
 * @throws StorageError with status 416 when no byte is in it.
 */
export function rangeWithin(
  { start, end = Infinity }: ByteRange,
  bytes: number,
  [action, key]: readonly [StorageAction, string],
): { start: number; end: number } {
  const last = Math.min(end, bytes - 1)
  if (start >= 0 && start <= last) return { start, end: last }
  throw new StorageError(action, key, `it has ${bytes} bytes, and none from ${start} to ${end}.`, {
    status: 416,
  })
}
