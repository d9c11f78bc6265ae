/** What a violation reported by the database is matched with, and the error that it becomes. */
export interface Constraint {
  /** What the database calls it. */
  readonly type: ConstraintType
  /** What the changeset calls it: `constraint` in the error's meta. */
  readonly kind: 'unique' | 'foreign' | 'assoc' | 'noAssoc' | 'check' | 'exclusion'
  /** Its name in the database, a part of it (see `match`), or a pattern. */
  readonly name: string | RegExp
  /** Other names that it may have, where none was given: those that PostgreSQL itself gives. */
  readonly alternates: readonly string[]
  readonly match: 'exact' | 'suffix' | 'prefix'
  readonly field: string
  readonly message: string
}

export type ConstraintType = 'unique' | 'foreign key' | 'check' | 'exclusion'

/** A constraint that the database found violated. */
export interface Violation {
  readonly type: ConstraintType
  readonly name: string
}

/** The last declared constraint that is the violated one. */
export function declaredAs(
  constraints: readonly Constraint[],
  violated: Violation,
): Constraint | undefined {
  return constraints.findLast(
    (constraint) => constraint.type === violated.type && matches(constraint, violated.name),
  )
}

function matches({ name, alternates, match }: Constraint, violated: string): boolean {
  if (typeof name !== 'string') return violated.search(name) !== -1
  if (match === 'suffix') return violated.endsWith(name)
  if (match === 'prefix') return violated.startsWith(name)
  return violated === name || alternates.includes(violated)
}

const LONGEST_NAME = 63

/** PostgreSQL cuts names that it is given at 63 bytes, and reports the cut name. */
export function cutName(name: string): string {
  return cut(name, LONGEST_NAME)
}

/** The name that PostgreSQL gives to a constraint which is given none: long tables and columns are cut, and the end is kept. */
export function defaultName(table: string, columns: readonly string[], label: string): string {
  const parts = [table, ...(columns.length === 0 ? [] : [columns.join('_')])]
  const whole = [...parts, label].join('_')
  if (Buffer.byteLength(whole) <= LONGEST_NAME) return whole
  const room = LONGEST_NAME - label.length - parts.length
  const lengths = parts.map((part) => Buffer.byteLength(part))
  const [first = 0, second = 0] = lengths
  const excess = Math.max(0, first + second - room)
  // The longer of the two gives way until both are as long, and then both do in turn, the second first.
  const ofLonger = Math.min(excess, Math.abs(first - second))
  const rest = excess - ofLonger
  const cuts = [
    (first > second ? ofLonger : 0) + Math.floor(rest / 2),
    (first > second ? 0 : ofLonger) + Math.ceil(rest / 2),
  ]
  const kept = parts.map((part, at) => cut(part, (lengths[at] ?? 0) - (cuts[at] ?? 0)))
  return [...kept, label].join('_')
}

/** So many bytes at most, and no half of a character. */
function cut(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name
  const buffer = Buffer.from(name)
  let end = Math.min(bytes, buffer.length)
  while (end > 0 && end < buffer.length && ((buffer[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return buffer.subarray(0, end).toString()
}
