import { QueryError } from '../../errors.ts'
import { columnsRead, type JoinedRead, joinedReads } from '../../query/columns-read.ts'
import { type Described } from '../../query/model.ts'
import { associationsIn } from '../../query/preload-tree.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { type AnyRow, shapeOf } from '../../schema/shape.ts'
import { type RawRow } from '../connection/wire.ts'

/** Whether a query's rows come with rows of associations that it has joined. */
export function hasJoinedRows({ schema, state }: Described): boolean {
  return state.joins.length > 0 && joinedReads(schema, state).length > 0
}

/** Where the rows of one schema stand in the rows of a statement. */
interface Level {
  /** The association of the level above that they fill. */
  readonly name: string
  readonly many: boolean
  readonly start: number
  readonly end: number
  /** Where the values are that tell one row from another. */
  readonly key: readonly number[]
  readonly fromText: (columns: RawRow) => AnyRow
  readonly below: readonly Level[]
}

/** A row, and what has been found for it so far: for each level below, by key. */
interface Found {
  readonly row: AnyRow
  readonly below: readonly Map<string, Found>[]
}

/**
 * The rows of a query with what it has joined put in its place: each row once at its place, in the
 * order in which it first appears.
 *
 * @throws QueryError for rows that nothing tells apart.
 */
export function assembled(query: Described, raws: readonly RawRow[]): AnyRow[] {
  const root = rootLevel(query)
  const roots = new Map<string, Found>()
  for (const raw of raws) place(root, raw, roots, undefined)
  return [...roots.values()].map(({ row }) => row)
}

function place(
  level: Level,
  raw: RawRow,
  known: Map<string, Found>,
  owner: AnyRow | undefined,
): void {
  // A left join that found nothing: all of the row is null.
  if (level.key.some((at) => raw[at] === null)) return
  const key = level.key.map((at) => raw[at]).join('\0')
  const found = known.get(key) ?? firstFound(level, raw, owner)
  known.set(key, found)
  level.below.forEach((next, index) => {
    const below = found.below[index]
    if (below) place(next, raw, below, found.row)
  })
}

function firstFound(level: Level, raw: RawRow, owner: AnyRow | undefined): Found {
  const row = level.fromText(raw.slice(level.start, level.end))
  for (const { name, many } of level.below) row[name] = many ? [] : null
  if (owner) attach(level, owner, row)
  return { row, below: level.below.map(() => new Map()) }
}

function attach({ name }: Level, owner: AnyRow, row: AnyRow): void {
  const there = owner[name]
  if (Array.isArray(there)) there.push(row)
  else owner[name] = there ?? row
}

function rootLevel({ schema, state }: Described): Level {
  const columns = columnsRead(schema, state)
  return levelOf(0, columns, {
    name: '',
    many: true,
    schema,
    associations: associationsIn(state.preloads),
    joined: joinedReads(schema, state),
  })
}

function levelOf(
  start: number,
  columns: readonly Column[],
  { name, many, schema, associations, joined }: Omit<JoinedRead, 'columns' | 'alias'>,
): Level {
  const end = start + columns.length
  let next = end
  const below = joined.map((read) => {
    const level = levelOf(next, read.columns, read)
    next = lastOf(level)
    return level
  })
  return {
    name,
    many,
    start,
    end,
    key: keyOf(schema, columns).map((index) => start + index),
    fromText: shapeOf(schema, 'loaded', associations, columns).fromText,
    below,
  }
}

function lastOf(level: Level): number {
  const last = level.below.at(-1)
  return last ? lastOf(last) : level.end
}

function keyOf(schema: AnySchema, columns: readonly Column[]): readonly number[] {
  const places = schema.primaryKey.map((key) => columns.indexOf(key))
  if (places.length > 0 && !places.includes(-1)) return places
  throw new QueryError(
    `a preload from a join tells rows of "${schema.source}" apart by their primary key, which ` +
      `${places.length === 0 ? 'the schema does not have' : 'its subquery does not select'}. ` +
      `Preload the association by its name instead.`,
  )
}
