import { inspect } from 'node:util'

import { type Expression } from 'kysely'

import { QueryError, TenantError } from '../../errors.ts'
import { type BoundStatement } from '../../query/compile.ts'
import { columnsRead } from '../../query/columns-read.ts'
import { type Described, Description } from '../../query/model.ts'
import { type Subquery } from '../../query/operands.ts'
import { rowsOf } from '../../query/select.ts'
import { refuseUnqueryable } from '../../query/source.ts'
import { plainStatement, quoted } from '../../query/statement.ts'
import { isRow } from '../../schema/instance.ts'
import { type NewRow } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { fallbackOf } from '../../schema/shape.ts'
import { returned } from './bulk.ts'
import { cellWriter, type Placeholder } from './cells.ts'
import { columnList } from './columns.ts'
import { type Context, run } from '../context.ts'
import {
  type AnyConflictOptions,
  CONFLICT_OPTIONS,
  conflictClause,
  type ConflictOptions,
} from './on-conflict.ts'
import { insertableColumn } from './operations.ts'
import { checkOptions } from '../options.ts'
import { prepared } from '../tenancy/prepare.ts'
import { resultOf, returnedColumns, type Returning } from './returning.ts'
import { StatementText } from './statement-text.ts'
import { filledOnInsert } from './write-plan.ts'
import { tenantsOf } from '../tenancy/tenancy.ts'
import { newRowOfTenant } from '../tenancy/tenant-writes.ts'
import { transaction } from '../transaction.ts'
import { type RawResult } from '../connection/wire.ts'

/** A row for `insertAll`: values, or what stands for them: a placeholder, a subquery, a Kysely expression. */
export type InsertRow<S extends AnySchema> = InsertValues<NewRow<S>>

type InsertValues<Values> = {
  readonly [F in keyof Values]:
    | Values[F]
    | Placeholder
    | Expression<unknown>
    | Subquery<AnySchema, unknown, NonNullable<Values[F]>>
}

/** What `insertAll` may be told. */
export type InsertAllOptions<S extends AnySchema, R extends Returning<S>> = ConflictOptions<S> & {
  /** What to give back: the rows (unless said), these fields of them, or with `false` how many there are. */
  readonly returning?: R
  /** Values that many rows have, each sent once: see `placeholder`. */
  readonly placeholders?: { readonly [name: string]: unknown }
}

/** The same, of any schema. */
export interface AnyInsertAllOptions extends AnyConflictOptions {
  readonly returning?: Returning<AnySchema>
  readonly placeholders?: { readonly [name: string]: unknown }
}

/** What every part of one `insertAll` works with. */
interface Insert {
  readonly schema: AnySchema
  readonly options: AnyInsertAllOptions
  readonly returning: readonly Column[]
}

const CALL = 'insertAll()'

/** See Repo. The rows are objects, or a query that selects fields of this schema. */
export async function insertAll(
  context: Context,
  schema: AnySchema,
  rows: readonly object[] | Description,
  options: AnyInsertAllOptions = {},
): Promise<unknown> {
  checkOptions(`repo.${CALL}`, options, ['returning', 'placeholders', ...CONFLICT_OPTIONS])
  refuseUnqueryable(schema)
  if (!(rows instanceof Description) && !isList(rows)) {
    throw new QueryError(
      `${CALL} for "${schema.source}" takes a list of rows or a query that selects them, got: ${inspect(rows, { depth: 0 })}`,
    )
  }
  const returning = returnedColumns(schema, options.returning ?? true, CALL)
  const results = await inserted(context, { schema, options, returning }, rows)
  return resultOf(schema, returning, results)
}

function isList(rows: unknown): rows is readonly object[] {
  return Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null)
}

/** The statement that inserts rows, given as `values …` or as a query in parentheses. */
function compileInsert(
  context: Context,
  { schema, options, returning }: Insert,
  columns: readonly Column[],
  rows: string,
  text: StatementText,
): BoundStatement {
  const into = `${quoted(schema.source)} (${columnList(columns)})`
  const conflict = conflictClause(context, schema, options, CALL, text)
  const statement = plainStatement(
    `insert into ${into} ${rows}${conflict}${returned(schema, returning)}`,
  )
  return { statement, values: text.values }
}

/** Inserts, and gives what the database answers: to one statement, or to several when the rows are many. */
export async function inserted(
  context: Context,
  insert: Insert,
  rows: readonly object[] | Description,
): Promise<readonly RawResult[]> {
  return rows instanceof Description
    ? [await insertQuery(context, insert, rows)]
    : insertRows(context, insert, newRows(context, insert.schema, rows))
}

async function insertQuery(context: Context, insert: Insert, given: Described): Promise<RawResult> {
  const query = prepared(context, 'insertAll', given)
  refuseUnowned(context, insert.schema, query)
  const columns = columnsRead(query.schema, query.state).map(({ name }) =>
    insertableColumn(insert.schema, name, CALL),
  )
  const text = new StatementText()
  const rows = text.expression(rowsOf({ ...query, around: undefined }))
  return run(context, compileInsert(context, insert, columns, rows, text))
}

/** Of rows that are tenants' it has to be seen whose they become: they keep those they had, by the same field. */
function refuseUnowned({ tenancy }: Context, schema: AnySchema, query: Described): void {
  const { source, tenant } = schema
  if (!tenant || !tenantsOf(tenancy, schema)) return
  const read = columnsRead(query.schema, query.state).find(({ name }) => name === tenant.name)
  if (read && read === query.schema.tenant) return
  throw new TenantError(
    `${CALL} for "${source}" was given a query on "${query.schema.source}" whose rows do not say whose they are. ` +
      `Have it select "${tenant.name}" of a schema that has it for its tenant, or use repo.unscoped().`,
  )
}

type Values = { readonly [name: string]: unknown }

/** Each with what is filled in where nothing is given. */
function newRows(context: Context, schema: AnySchema, rows: readonly object[]): readonly Values[] {
  const now = context.now()
  const withFallback = schema.columns.filter(({ field }) => field.fallback !== undefined)
  const given = rows.map((row) => (isRow(row) ? heldBy(schema, row) : row))
  for (const name of new Set(given.flatMap(Object.keys))) insertableColumn(schema, name, CALL)
  return given.map((row) => {
    const complete: Values = {
      ...Object.fromEntries(withFallback.map(({ name }) => [name, fallbackOf(schema, name)])),
      ...filledOnInsert(schema, now),
      ...row,
    }
    return newRowOfTenant(context, schema, complete, CALL)
  })
}

/** The columns of a built row, as `insert` takes them: what is null is nobody's yet. */
function heldBy(schema: AnySchema, row: object): Values {
  const held = schema.columns.map(({ name }): [string, unknown] => [name, Reflect.get(row, name)])
  return Object.fromEntries(held.filter(([, value]) => value != null))
}

/** The protocol counts parameters in 16 bits. */
const MOST_PARAMETERS = 65_535

async function insertRows(
  context: Context,
  insert: Insert,
  rows: readonly Values[],
): Promise<readonly RawResult[]> {
  const { schema } = insert
  const given = schema.columns.filter(({ name }) => rows.some((row) => name in row))
  // Rows that say nothing at all still have to name a column.
  const columns = given.length === 0 ? schema.columns.slice(0, 1) : given
  const atOnce = Math.floor((MOST_PARAMETERS - besideRows(context, insert)) / columns.length)
  const insertFrom = async (): Promise<readonly RawResult[]> => {
    const results: RawResult[] = []
    for (let start = 0; start < rows.length; start += atOnce) {
      const some = rows.slice(start, start + atOnce)
      results.push(await run(context, compileRows(context, insert, columns, some)))
    }
    return results
  }
  return rows.length > atOnce ? transaction(context, insertFrom) : insertFrom()
}

/** How many parameters a statement has that are of no row of its own. */
function besideRows(context: Context, { schema, options }: Insert): number {
  const text = new StatementText()
  conflictClause(context, schema, options, CALL, text)
  return text.values.length + Object.keys(options.placeholders ?? {}).length
}

function compileRows(
  context: Context,
  insert: Insert,
  columns: readonly Column[],
  rows: readonly Values[],
): BoundStatement {
  const text = new StatementText()
  const write = cellWriter(insert.schema, insert.options.placeholders ?? {}, CALL, text)
  const tuples = rows.map(
    (row) => `(${columns.map((column) => write(column, row[column.name])).join(', ')})`,
  )
  return compileInsert(context, insert, columns, `values ${tuples.join(', ')}`, text)
}
