import { type ByteRange } from '@showrunner/storage'

const ONE_RANGE = /^bytes=\s*(\d*)-(\d*)\s*$/i

/**
 * What a `Range` header asks for of a file: a part of it, or nothing that is there. Undefined is the whole file, which also
 * answers what cannot be read and who asks for several parts.
 */
export function rangeAsked(
  header: string | undefined,
  bytes: number,
): ByteRange | 'not there' | undefined {
  const [, from = '', to = ''] = ONE_RANGE.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined

  if (from === '') return lastBytes(Number(to), bytes)
  const [start, end] = [Number(from), to === '' ? Infinity : Number(to)]
  if (start > end) return undefined

  return start < bytes ? { start, end: Math.min(end, bytes - 1) } : 'not there'
}

function lastBytes(count: number, bytes: number): ByteRange | 'not there' {
  if (count === 0 || bytes === 0) return 'not there'

  return { start: Math.max(0, bytes - count), end: bytes - 1 }
}
