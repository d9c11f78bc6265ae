import { plainStatement, preparedStatement, type Statement } from '../../query/statement.ts'
import {
  associationNamed,
  associationNames,
  type KeyedAssociation,
  type ManyToManyAssociation,
} from '../../schema/associations.ts'
import { type AnyField } from '../../schema/field.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { type AnyRow, shapeOf } from '../../schema/shape.ts'

/** An association whose rows can be written. */
export type WrittenAssociation = KeyedAssociation | ManyToManyAssociation

/** A column that a write may set, and what the repo sets it to where nobody does. */
export interface Writable {
  readonly column: Column
  readonly name: string
  readonly fill: ((now: Date) => unknown) | undefined
}

/** What writing rows of a schema takes, found out once. */
export interface WritePlan {
  readonly inserted: readonly Writable[]
  readonly updated: readonly Writable[]
  /** The columns that an insert, or an update, refuses to change. */
  readonly refused: { readonly insert: readonly Column[]; readonly update: readonly Column[] }
  readonly associations: readonly WrittenAssociation[]
  readonly embeds: readonly Column[]
  /** The associations whose rows are to go, or to be let go, before a row is deleted. */
  readonly onDelete: readonly WrittenAssociation[]
  /** A row of what the database gives back, with no association. */
  readonly fromText: (columns: readonly (string | null)[]) => AnyRow
  /** By what they set and ask for, the statements that there have been. */
  readonly statements: Map<string, Statement>
}

const plans = new WeakMap<AnySchema, WritePlan>()

export function writePlan(schema: AnySchema): WritePlan {
  const known = plans.get(schema)
  if (known) return known
  const { fromText } = shapeOf(schema, 'loaded')
  const { columns } = schema
  const associations = associationNames(schema).flatMap((name): readonly WrittenAssociation[] => {
    const association = associationNamed(schema, name)
    return association.kind === 'through' ? [] : [association]
  })
  const fresh: WritePlan = {
    inserted: columns
      .filter(({ field }) => field.whenWritable !== 'never')
      .map((column) => ({ column, name: column.name, fill: fillOnInsert(column) })),
    updated: columns
      .filter(({ field }) => field.whenWritable === 'always')
      .map((column) => ({ column, name: column.name, fill: fillOnUpdate(column) })),
    refused: {
      insert: columns.filter(({ field }) => field.whenWritable === 'never' && isGuarded(field)),
      update: columns.filter(({ field }) => field.whenWritable !== 'always' && isGuarded(field)),
    },
    associations,
    embeds: columns.filter(({ field }) => field.type.embed),
    onDelete: associations.filter(({ onDelete }) => onDelete !== 'nothing'),
    fromText,
    statements: new Map(),
  }
  plans.set(schema, fresh)
  return fresh
}

function isGuarded({ onViolation }: AnyField): boolean {
  return onViolation === 'raise'
}

function fillOnInsert({ field }: Column): Writable['fill'] {
  if (field.generator) return field.generator
  return field.filledBy.startsWith('repo') ? (now) => momentOf(field, now) : undefined
}

function fillOnUpdate({ field }: Column): Writable['fill'] {
  return field.filledBy === 'repo on insert and update' ? (now) => momentOf(field, now) : undefined
}

/** A moment, to the precision of the field. */
function momentOf({ type }: AnyField, now: Date): unknown {
  const done = type.cast(now)
  return done.ok ? done.value : now
}

/** What the repo itself writes into a new row where nothing was given. */
export function filledOnInsert(schema: AnySchema, now: Date): Record<string, unknown> {
  const filled: Record<string, unknown> = {}
  for (const { name, fill } of writePlan(schema).inserted) if (fill) filled[name] = fill(now)
  return filled
}

// A program writes a table in a few ways. One that makes up more of them has the rest planned each time.
const MOST_STATEMENTS = 40

/** The statement that is known by this key, prepared, so that its plan is made once on each connection. */
export function plannedStatement(
  { statements }: WritePlan,
  key: string,
  text: () => string,
): Statement {
  const known = statements.get(key)
  if (known) return known
  if (statements.size >= MOST_STATEMENTS) return plainStatement(text())
  const fresh = preparedStatement(text())
  statements.set(key, fresh)
  return fresh
}
