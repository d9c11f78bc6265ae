import { textOf } from '../../schema/far-moments.ts'

/** A value as it travels: text, bytes, or nothing. */
export type WireValue = string | Buffer | null

/** A value as PostgreSQL reads it. Moments go in UTC, whatever the zone of this machine. */
export function toWire(value: unknown): WireValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return textOf(value)
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  if (Array.isArray(value)) return `{${value.map(toElement).join(',')}}`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

/** An element of PostgreSQL's text form of an array. */
function toElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `{${value.map(toElement).join(',')}}`
  const wire = toWire(value) ?? ''
  const text = typeof wire === 'string' ? wire : `\\x${wire.toString('hex')}`
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
