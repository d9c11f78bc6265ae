import { momentOf } from './far-moments.ts'

/** An int8 that a JavaScript number cannot hold exactly would be a different number: refused. */
export function parseInteger(text: string): number {
  const number = +text
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${text} in the database is larger than a JavaScript number can hold`)
  }
  return number
}

export function parseNumber(text: string): number {
  return +text
}

/** `t`; or `true`, where SQL has made a text of it. */
export function parseBoolean(text: string): boolean {
  return text.startsWith('t')
}

export function parseJson(text: string): unknown {
  return JSON.parse(text)
}

/**
 * `2026-11-20 10:15:00.123456+00`: PostgreSQL's ISO style, whose zone is UTC in sessions of ours. Read
 * digit by digit, which takes a third of what Date's own parser does: a page has a hundred of them.
 */
export function parseTimestamptz(text: string): Date {
  // Of another zone, which a pool of somebody else's may have, or of a time that is far.
  if (!text.endsWith('+00') || text.charAt(4) !== '-' || text.startsWith('00'))
    return momentOf(text)
  const fraction = text.length === 22 ? 0 : Number(text.slice(19, -3)) * 1000
  return new Date(
    Date.UTC(
      twoDigits(text, 0) * 100 + twoDigits(text, 2),
      twoDigits(text, 5) - 1,
      twoDigits(text, 8),
      twoDigits(text, 11),
      twoDigits(text, 14),
      twoDigits(text, 17),
      fraction,
    ),
  )
}

const ZERO = '0'.charCodeAt(0)

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}

/** `\x48656c6c6f` */
export function parseBytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}

/** `{a,"b c",NULL}`: PostgreSQL's text form of an array of one dimension. */
export function parseArray(text: string, element: (text: string) => unknown): unknown[] {
  const items: unknown[] = []
  const pattern = /(?:"((?:[^"\\]|\\.)*)"|([^,{}"]+))[,}]/gs
  for (const [, quoted, bare = ''] of text.slice(1).matchAll(pattern)) {
    if (quoted !== undefined) items.push(element(quoted.replace(/\\(.)/gs, '$1')))
    else items.push(bare === 'NULL' ? null : element(bare))
  }
  return items
}
