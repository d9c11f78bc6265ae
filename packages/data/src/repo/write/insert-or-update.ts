import { type Changeset } from '../../changeset/changeset.ts'
import { QueryError } from '../../errors.ts'
import { isRow, schemaOf, stateOf } from '../../schema/instance.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Saved } from './attempt.ts'
import { type Context } from '../context.ts'
import { type ConflictOptions } from './on-conflict.ts'
import { checkOptions } from '../options.ts'
import { insert, refuseOther, update } from './write.ts'
import { INSERT_OPTIONS, UPDATE_OPTIONS, type UpdateOptions } from './write-options.ts'

/** What `repo.insertOrUpdate` may be told: what of it is about the write that it comes to counts. */
export type InsertOrUpdateOptions<S extends AnySchema> = ConflictOptions<S> & UpdateOptions

/** See Repo. Whether the row has an id says nothing: a new one may be given its own. */
export async function insertOrUpdate<S extends AnySchema, Spec>(
  context: Context,
  changeset: Changeset<S, Spec>,
  options: InsertOrUpdateOptions<S> = {},
): Promise<Saved<S, Spec>> {
  const call = 'repo.insertOrUpdate()'
  checkOptions(call, options, [...INSERT_OPTIONS, ...UPDATE_OPTIONS])
  if (isRow(changeset)) {
    throw new QueryError(
      `${call} takes a changeset, and was given a row of "${schemaOf(changeset).source}": there is nothing to say about it. Use change(row).`,
    )
  }
  refuseOther(call, changeset)
  const { onConflict: _1, conflictTarget: _2, ...ofUpdate } = options
  const { allowStale: _3, force: _4, ...ofInsert } = options
  switch (stateOf(changeset.row)) {
    case 'built':
      // Without what is only an update's, these are what ConflictOptions say.
      return insert(context, changeset, ofInsert as ConflictOptions<S>)
    case 'loaded':
      return update(context, changeset, ofUpdate)
    default:
      throw new QueryError(
        `${call} was given a changeset of a row of "${changeset.schema.source}" that has been deleted. Build a new one.`,
      )
  }
}
