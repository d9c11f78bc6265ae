import { QueryError, TenantError } from '../../errors.ts'
import { snakeCase } from '../../names.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { type Context } from '../context.ts'
import { type AnyInsertAllOptions, inserted } from './insert-all.ts'
import { type AnyConflictOptions, type AnyTarget, CONFLICT_OPTIONS } from './on-conflict.ts'
import { checkOptions } from '../options.ts'
import { describedRows } from '../run.ts'

/** What `insertAll` may be told about a table that is given by its name. */
export interface InsertIntoOptions<R extends readonly string[] | false> {
  /** The columns to give back, read by their types in the database. With none: how many rows there are. */
  readonly returning?: R
  readonly onConflict?: 'raise' | 'nothing' | { readonly replace: readonly string[] }
  readonly conflictTarget?: AnyTarget
  readonly placeholders?: { readonly [name: string]: unknown }
}

/** See Repo: `insertAll` of a table that has no schema, whose values go to the database as they are. */
export async function insertInto(
  context: Context,
  table: string,
  rows: readonly object[],
  options: InsertIntoOptions<readonly string[] | false> = {},
): Promise<unknown> {
  checkOptions('repo.insertAll()', options, ['returning', 'placeholders', ...CONFLICT_OPTIONS])
  if (context.tenancy.kind === 'tenants') {
    throw new TenantError(
      `insertAll('${table}', …) knows the table by its name only, so it cannot be seen whose the rows are. Give it a schema, or use repo.unscoped().`,
    )
  }
  const { returning, ...others } = options
  if (others.onConflict && !isPossible(others.onConflict)) {
    throw new QueryError(
      `insertAll('${table}', …) knows the table by its name only, so onConflict is 'nothing' or { replace: […] }. Give it a schema for anything else.`,
    )
  }
  const columns = returning === false ? [] : (returning ?? [])
  const schema = tableOf(table, [...rows.flatMap(Object.keys), ...columns, ...namedIn(others)])
  const wanted = schema.columns.filter(({ name }) => columns.includes(name))
  const insert = { schema, options: others, returning: wanted }
  const results = await inserted(context, insert, rows)
  return wanted.length === 0
    ? results.reduce((sum, { count }) => sum + count, 0)
    : results.flatMap(describedRows)
}

function isPossible(onConflict: NonNullable<AnyInsertAllOptions['onConflict']>): boolean {
  return (
    onConflict === 'raise' ||
    onConflict === 'nothing' ||
    Object.hasOwn(Object(onConflict), 'replace')
  )
}

function namedIn({ onConflict, conflictTarget }: AnyConflictOptions): readonly string[] {
  const replaced = typeof onConflict === 'object' ? (onConflict.replace ?? []) : []
  const targets =
    typeof conflictTarget === 'object' && !isList(conflictTarget) ? [] : [conflictTarget]
  return [...replaced, ...targets.flat()].filter((name) => name !== undefined)
}

function isList(target: unknown): target is readonly string[] {
  return Array.isArray(target)
}

/** What can be said of a table of which these columns are spoken of. */
function tableOf(source: string, names: readonly string[]): AnySchema {
  const unique = [...new Set(names)]
  const field = t.any()
  return {
    kind: 'table',
    source,
    fields: Object.fromEntries(unique.map((name) => [name, field])),
    associations: () => ({}),
    columns: unique.map((name, index) => ({ name, column: snakeCase(name), field, index })),
    virtuals: [],
    primaryKey: [],
    tenant: undefined,
  }
}
