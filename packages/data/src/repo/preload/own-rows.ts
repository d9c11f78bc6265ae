import { columnsRead } from '../../query/columns-read.ts'
import { compileOwned, compileSelect } from '../../query/compile.ts'
import { type Described, type Reference } from '../../query/model.ts'
import { associationsIn } from '../../query/preload-tree.ts'
import { type AnyRow, shapeOf } from '../../schema/shape.ts'
import { assembled, hasJoinedRows } from '../read/assemble.ts'
import { type Context, read } from '../context.ts'
import { type RawResult, type RawRow } from '../connection/wire.ts'

/** The rows of a query, with room for what it preloads, and with what it has joined for that. */
export function ownRows(context: Context, query: Described): Promise<AnyRow[]> {
  return read(context, compileSelect(query.schema, query.state, 'rows'), decoder(query))
}

/** Rows, and beside each the key of its owner. */
export interface RowsAndOwners {
  readonly rows: readonly AnyRow[]
  readonly owners: readonly unknown[]
}

/** The rows of a query that has joined a table which says whose they are: a row for each of its owners. */
export function rowsAndOwners(
  context: Context,
  query: Described,
  owner: Reference,
): Promise<RowsAndOwners> {
  const decode = decoder(query)
  const { parse } = owner.column.field.type
  const ownerIn = (raw: RawRow): unknown => {
    const text = raw.at(-1) ?? null
    return text === null || !parse ? text : parse(text)
  }
  return read(context, compileOwned(query, owner), (result) => {
    if (!hasJoinedRows(query)) return { rows: decode(result), owners: result.rows.map(ownerIn) }
    // Joined rows are put together owner by owner, as one row may be several owners'.
    const byOwner = [...Map.groupBy(result.rows, ownerIn)].map(
      ([key, rows]) => [key, decode({ ...result, rows })] as const,
    )
    return {
      rows: byOwner.flatMap(([, rows]) => rows),
      owners: byOwner.flatMap(([key, rows]) => rows.map(() => key)),
    }
  })
}

function decoder(query: Described): (result: RawResult) => AnyRow[] {
  if (hasJoinedRows(query)) return ({ rows }) => assembled(query, rows)
  const { schema, state } = query
  const names = associationsIn(state.preloads)
  const { fromText } = shapeOf(schema, 'loaded', names, columnsRead(schema, state))
  return ({ rows }) => rows.map(fromText)
}
