import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  CommonTableExpressionNameNode,
  IdentifierNode,
  type OperationNode,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  RawNode,
  ReferenceNode,
  SelectQueryNode,
  TableNode,
  ValueListNode,
  ValueNode,
} from 'kysely'

import { QueryError } from '../../errors.ts'
import { snakeCase } from '../../names.ts'
import { type Read, type Scope, wholeTable } from './read.ts'

/**
 * What a caller's expression, or a whole statement built with Kysely, looks at.
 *
 * @throws QueryError where it has SQL of its own that nobody can see through.
 */
export function addReadsOfNode(node: OperationNode, reads: Read[]): void {
  const seen: Seen = { reads: [], named: new Set(), moments: [] }
  walk(node, seen)
  for (const read of seen.reads) if (!seen.named.has(read.table)) reads.push(read)
  if (seen.moments.length === 0) return
  const moments = seen.moments.map((at) => ({ column: undefined, operator: undefined, at }))
  reads.push({ table: '', scopes: [], moments })
}

interface Seen {
  readonly reads: Read[]
  /** Names that a `with` gives to its own rows. */
  readonly named: Set<string>
  readonly moments: Date[]
}

/** Most of a statement are these: what names something that is read, or is not, elsewhere. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'ReferenceNode',
  'ColumnNode',
  'IdentifierNode',
  'OperatorNode',
])

function walk(node: OperationNode, seen: Seen): void {
  if (SAYS_NOTHING.has(node.kind)) return
  if (ValueNode.is(node)) return noteMoments([node.value], seen)
  if (PrimitiveValueListNode.is(node)) return noteMoments(node.values, seen)
  if (SelectQueryNode.is(node)) return walkSelect(node, seen)
  if (RawNode.is(node)) refuseHidden(node)
  if (CommonTableExpressionNameNode.is(node)) {
    seen.named.add(nameOf(node.table))
    return
  }
  if (TableNode.is(node)) {
    seen.reads.push(wholeTable(nameOf(node)))
    return
  }
  walkChildren(node, seen)
}

function walkSelect(node: SelectQueryNode, seen: Seen): void {
  const [only, ...others] = node.from?.froms ?? []
  const table = only && (AliasNode.is(only) ? only.node : only)
  if (!table || !TableNode.is(table) || others.length > 0) return walkChildren(node, seen)
  const alias = AliasNode.is(only) && IdentifierNode.is(only.alias) ? only.alias.name : undefined
  const known = {
    alias: snakeCase(alias ?? nameOf(table)),
    isAlone: (node.joins ?? []).length === 0,
  }
  const scopes = node.where ? scopesOf(node.where.where, known) : []
  seen.reads.push({ table: nameOf(table), scopes, moments: [] })
  walkChildren(node, seen, 'from')
}

function walkChildren(node: OperationNode, seen: Seen, except?: string): void {
  // Every statement is walked, and this looks at its parts without a list of them.
  for (const key in node) {
    if (key === except) continue
    const child: unknown = node[key as keyof OperationNode]
    if (Array.isArray(child)) {
      for (const one of child) if (isNode(one)) walk(one, seen)
    } else if (isNode(child)) walk(child, seen)
  }
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function nameOf({ table }: TableNode): string {
  return snakeCase(table.identifier.name)
}

function noteMoments(values: readonly unknown[], { moments }: Seen): void {
  for (const value of values) if (value instanceof Date) moments.push(value)
}

interface Own {
  readonly alias: string
  readonly isAlone: boolean
}

function scopesOf(node: OperationNode, own: Own): readonly Scope[] {
  if (AndNode.is(node)) return [...scopesOf(node.left, own), ...scopesOf(node.right, own)]
  if (ParensNode.is(node)) return scopesOf(node.node, own)
  if (!BinaryOperationNode.is(node) || !OperatorNode.is(node.operator)) return []
  const column = columnOf(node.leftOperand, own)
  const values = valuesOf(node.rightOperand)
  const isEquality = ['=', 'in'].includes(node.operator.operator)
  return isEquality && column !== undefined && values !== undefined ? [{ column, values }] : []
}

function columnOf(node: OperationNode, { alias, isAlone }: Own): string | undefined {
  if (!ReferenceNode.is(node) || node.column.kind !== 'ColumnNode') return undefined
  const isOwn = node.table ? nameOf(node.table) === alias : isAlone
  return isOwn ? snakeCase(node.column.column.name) : undefined
}

/** Undefined where one of them may be written in another way in the table: of which type it is there, nobody knows here. */
function valuesOf(node: OperationNode): readonly string[] | undefined {
  if (ValueNode.is(node)) return exactly([node.value])
  if (PrimitiveValueListNode.is(node)) return exactly(node.values)
  if (!ValueListNode.is(node) || !node.values.every(ValueNode.is)) return undefined
  return exactly(node.values.map(({ value }) => value))
}

function exactly(values: readonly unknown[]): readonly string[] | undefined {
  return values.every(isExact) ? values.map(String) : undefined
}

// Text that begins like a word of our own is no number, date or uuid in other clothes.
function isExact(value: unknown): boolean {
  if (typeof value === 'string') return /^[a-z]+(?:[-_ ][a-z]+)*$/.test(value) && !isBoolean(value)
  return typeof value === 'boolean' || Number.isSafeInteger(value)
}

function isBoolean(text: string): boolean {
  return ['t', 'f', 'true', 'false', 'y', 'n', 'yes', 'no', 'on', 'off'].includes(text)
}

const HIDES = /\b(?:select|table|from|join|into|update|with)\b/i
const BY_ITSELF =
  /\b(?:now|random|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|nextval|gen_random_uuid)\s*\(|\bcurrent_|\blocaltime/i
const HARMLESS = /\bdistinct\s+from\b|"(?:[^"]|"")*"|'(?:[^']|'')*'/gi

/** What stands in a template is the same each time. */
const seenThrough = new WeakSet<readonly string[]>()

/** @throws QueryError */
function refuseHidden({ sqlFragments }: RawNode): void {
  if (seenThrough.has(sqlFragments)) return
  const whole = sqlFragments.join(' ')
  // What a comment or an escape makes of the quotes after it is not for us to find out.
  const text = /--|\/\*|\\/.test(whole) ? whole : whole.replaceAll(HARMLESS, '')
  if (BY_ITSELF.test(text)) {
    throw new QueryError(
      `"${whole}" changes its answer by itself, and was run inside repo.recorded(). Send the moment, or the number, as a value.`,
    )
  }
  if (!HIDES.test(text)) {
    seenThrough.add(sqlFragments)
    return
  }
  throw new QueryError(
    `SQL was run inside repo.recorded() that may read tables which cannot be seen: "${whole}". ` +
      `Name them, repo.run(…, { reads: ['…'] }), or write it with a query or Kysely.`,
  )
}
