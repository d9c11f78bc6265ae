import {
  type Activity,
  type FieldChanges,
  isShortened,
  type RowChange,
} from '@showrunner/domain/activity'
import { zonedMoment } from './zoned-moment.ts'

/** One thing that became another. */
export interface ChangeLine {
  /** `Published at`, `Episode guests` */
  readonly label: string
  /** What happened to a row: `added Ada`. Null for a field. */
  readonly row: string | null
  readonly before: string | null
  readonly after: string | null
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

/** What became of each field and each row, the fields first. */
export function changeLines({ changes }: Activity, zone: string): readonly ChangeLine[] {
  return [
    ...fieldLines(changes.fields, zone),
    ...changes.rows.flatMap((row) => rowLines(row, zone)),
  ]
}

function fieldLines(fields: FieldChanges, zone: string): readonly ChangeLine[] {
  return Object.entries(fields).map(([name, { before, after }]) => ({
    label: labelOf(name),
    row: null,
    before: valueWords(before, zone),
    after: valueWords(after, zone),
  }))
}

function rowLines(row: RowChange, zone: string): readonly ChangeLine[] {
  const label = labelOf(row.relation)
  const words = `${row.change} ${row.title}`
  if (row.change !== 'changed') return [{ label, row: words, before: null, after: null }]
  return fieldLines(row.fields, zone).map((line) => ({
    ...line,
    label,
    row: `${words}: ${line.label.toLowerCase()}`,
  }))
}

/** `publishedAt` as `Published at`. */
export function labelOf(field: string): string {
  const words = field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`.replace(/\burl\b/, 'address')
}

/** Null where there is nothing to show. */
function valueWords(value: unknown, zone: string): string | null {
  if (value === null || value === undefined || value === '') return null
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (isShortened(value)) {
    return `${value.beginning}… (${value.length.toLocaleString('en')} characters)`
  }
  if (typeof value !== 'string') return JSON.stringify(value)
  return MOMENT.test(value) ? zonedMoment(new Date(value), zone).words : value
}
