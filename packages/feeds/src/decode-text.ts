import { TextDecoder } from 'node:util'
import { FeedError } from './errors.ts'

/** The text of a small document, whatever it is encoded in; a document that is too large or empty is refused. */
export function decodeText(source: Uint8Array | string, what: string, mostBytes: number): string {
  if (source.length > mostBytes) {
    throw new FeedError('too-large', `the ${what} is larger than ${mostBytes / 1_000_000} MB`)
  }
  const text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : textIn(source)
  if (text.trim() === '') throw new FeedError('empty', `the ${what} is empty`)
  return text
}

/** Bytes as text, whatever they are encoded in. */
export function textIn(bytes: Uint8Array): string {
  const [a, b] = bytes
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // What is not UTF-8 comes, next to always, from an old Windows program.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
