import { type AnyChangeset, type Changeset } from '../../changeset/changeset.ts'
import { type RowOf } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Context, run } from '../context.ts'
import { type Repo } from '../repo.ts'
import { savepoint } from '../transaction.ts'
import { type Written } from './write-related.ts'
import { type Writer } from './write-row.ts'
import { type RowOptions, writeTree } from './write-tree.ts'

/** One row that was written, with everything in its relations. */
export interface WriteEvent {
  /** What the repo was asked for: an upsert that found a row is an `insert` too. */
  readonly operation: 'insert' | 'update' | 'delete'
  readonly schema: AnySchema
  /** As the database has it now; of a delete, as it was. Rows that were written with it are in its relations. */
  readonly row: RowOf<AnySchema>
  /** As it was read, and may have been changed by others since; nothing, of an insert. */
  readonly before: RowOf<AnySchema> | undefined
  /** What was written: in `changes`, fields, and the changesets of nested rows. What was prepared for the row is among it. */
  readonly changeset: Changeset<AnySchema>
  /** The moment of the write, that of its timestamps. */
  readonly at: Date
}

/** Is told of a write inside its transaction. When it throws, the write is undone. The repo is the one it watches through. */
export type WriteListener = (event: WriteEvent, repo: Repo) => void | Promise<void>

/** Of a context: a listener with the repo that it is given. */
export type Watcher = (event: WriteEvent) => void | Promise<void>

/** Writes as an unwatched repo does, tells the watchers what was written, and undoes it when one of them throws. */
export async function writeWatched(
  context: Context,
  given: AnyChangeset,
  options: RowOptions,
): Promise<Written> {
  return savepoint(context, async () => {
    const now = context.now()
    let [writtenRows, prepared] = [0, given]
    const writer: Writer = {
      context,
      now,
      send: async (bound) => {
        const result = await run(context, bound)
        writtenRows += result.count
        return result
      },
      onPrepared: (of, changeset) => {
        if (of === given) prepared = changeset
      },
    }
    const written = await writeTree(writer, given, options)
    // What was stale and may be, and what a conflict kept out, changed nothing.
    if (!written.ok || writtenRows === 0) return written
    const event = eventOf(prepared, written.row, now)
    for (const watcher of context.watchers) await watcher(event)
    return written
  })
}

function eventOf(changeset: AnyChangeset, row: RowOf<AnySchema>, at: Date): WriteEvent {
  const { action, schema, row: before } = changeset
  const operation = action === 'insert' ? 'insert' : action === 'delete' ? 'delete' : 'update'
  return {
    operation,
    schema,
    row,
    before: operation === 'insert' ? undefined : before,
    // Which schema it is of, is told beside it.
    changeset: changeset as Changeset<AnySchema>,
    at,
  }
}
