import { createHash } from 'node:crypto'
import { type AnySchema, build } from '@showrunner/data'

/** What became of a row: of each field, and of the rows in its relations. */
export interface Changes {
  readonly fields: FieldChanges
  readonly rows: readonly RowChange[]
}

export type FieldChanges = { readonly [field: string]: FieldChange }

/** Values as JSON, a long one shortened. */
export interface FieldChange {
  readonly before: unknown
  readonly after: unknown
}

/** A row in a relation: a guest, a link. */
export interface RowChange {
  readonly relation: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly id: number | null
  readonly title: string
  readonly fields: FieldChanges
}

/** The beginning of a long value, and what tells it from another. */
export interface Shortened {
  readonly beginning: string
  readonly length: number
  readonly digest: string
}

export const LONGEST_SHOWN = 1000

const BEGINNING = 300

/** Counted, filled in or made of others: nobody says them. */
const NOT_SAID = new Set(['lockVersion', 'insertedAt', 'updatedAt', 'imported'])

/** The fields that are shown: not those that are secret, made of others, or the program's own notes. */
export function saidFields({ columns }: AnySchema): readonly string[] {
  const names = new Set(columns.map(({ name }) => name))
  return columns
    .filter(({ field }) => !field.isPrimaryKey && !field.isRedacted)
    .map(({ name }) => name)
    .filter((name) => !NOT_SAID.has(name) && !name.endsWith('Digest'))
    .filter((name) => !(name.endsWith('Html') && names.has(name.slice(0, -'Html'.length))))
}

/** Which of these fields differ, with what they were and are. Of no row before, and after, every field has its default. */
export function fieldChanges(
  schema: AnySchema,
  fields: readonly string[],
  { before, after }: { readonly before: object | undefined; readonly after: object | undefined },
): FieldChanges {
  const fresh = build(schema)
  const said = saidFields(schema).filter((name) => fields.includes(name))
  const changes = said.map((name): [string, FieldChange] => [
    name,
    {
      before: shown(Reflect.get(before ?? fresh, name)),
      after: shown(Reflect.get(after ?? fresh, name)),
    },
  ])
  return Object.fromEntries(changes.filter(([, one]) => !isSame(one.before, one.after)))
}

/** A value as the log keeps it. */
export function shown(value: unknown): unknown {
  const plain = asJson(value)
  const text = typeof plain === 'string' ? plain : (JSON.stringify(plain) ?? '')
  return text.length <= LONGEST_SHOWN ? plain : shortened(text)
}

/** Whether the log would say the same of both. */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

export function isShortened(value: unknown): value is Shortened {
  return typeof value === 'object' && value !== null && 'beginning' in value && 'digest' in value
}

function asJson(value: unknown): unknown {
  if (value === undefined) return null
  return JSON.parse(JSON.stringify(value, (_name, one: unknown) => withoutBigInts(one)))
}

function withoutBigInts(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function shortened(text: string): Shortened {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32)
  return { beginning: text.slice(0, BEGINNING), length: text.length, digest }
}
