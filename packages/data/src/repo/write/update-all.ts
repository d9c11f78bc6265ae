import { type BoundStatement } from '../../query/compile.ts'
import { type Described } from '../../query/model.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { compileDeleteAll, compileUpdateAll } from './bulk.ts'
import { type Context, run } from '../context.ts'
import { checkOptions } from '../options.ts'
import { prepared } from '../tenancy/prepare.ts'
import { resultOf, returnedColumns, type Returning } from './returning.ts'
import { changesOfTenant } from '../tenancy/tenant-writes.ts'

interface BulkOptions {
  readonly returning?: Returning<AnySchema>
}

/** See Repo. */
export async function updateAll(
  context: Context,
  given: Described,
  set: Readonly<Record<string, unknown>>,
  options: BulkOptions = {},
): Promise<unknown> {
  const call = 'updateAll()'
  return ran(context, given, call, options, (returning) => {
    const query = prepared(context, 'updateAll', given)
    return compileUpdateAll(query, changesOfTenant(context, query, set, call), returning)
  })
}

/** See Repo. */
export async function deleteAll(
  context: Context,
  given: Described,
  options: BulkOptions = {},
): Promise<unknown> {
  return ran(context, given, 'deleteAll()', options, (returning) =>
    compileDeleteAll(prepared(context, 'deleteAll', given), returning),
  )
}

async function ran(
  context: Context,
  { schema }: Described,
  call: string,
  options: BulkOptions,
  compile: (returning: readonly Column[]) => BoundStatement,
): Promise<unknown> {
  checkOptions(`repo.${call}`, options, ['returning'])
  const columns = returnedColumns(schema, options.returning ?? false, call)
  return resultOf(schema, columns, [await run(context, compile(columns))])
}
