import { inspect } from 'node:util'

import {
  type Action,
  type Base,
  type Changeset,
  changesetOf,
  withState,
} from '../../changeset/changeset.ts'
import { invalidChangeset } from '../../changeset/invalid-changeset.ts'
import { QueryError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { isRow, schemaOf } from '../../schema/instance.ts'
import { type Row } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Saved } from './attempt.ts'
import { type Context, run, runGuarded } from '../context.ts'
import { checkOptions } from '../options.ts'
import { savepoint } from '../transaction.ts'
import {
  type AnyInsertOptions,
  DELETE_OPTIONS,
  type DeleteOptions,
  INSERT_OPTIONS,
  UPDATE_OPTIONS,
  type UpdateOptions,
} from './write-options.ts'
import { type Written } from './write-related.ts'
import { type Writer } from './write-row.ts'
import {
  isIdle,
  isLeaf,
  needsTransaction,
  type RowOptions,
  surfaced,
  writeOwn,
  writeTree,
} from './write-tree.ts'
import { writeWatched } from './write-watched.ts'

/** See Repo. */
export async function insert<S extends AnySchema, Spec>(
  context: Context,
  base: Base<S, Spec>,
  options: AnyInsertOptions = {},
): Promise<Saved<S, Spec>> {
  checkOptions('repo.insert()', options, INSERT_OPTIONS)
  return write(context, begin(base, 'insert'), options)
}

/** See Repo. */
export async function update<S extends AnySchema, Spec>(
  context: Context,
  changeset: Changeset<S, Spec>,
  options: UpdateOptions = {},
): Promise<Saved<S, Spec>> {
  checkOptions('repo.update()', options, UPDATE_OPTIONS)
  if (isRow(changeset)) {
    throw new QueryError(
      `repo.update() takes a changeset, and was given a row of ${titleOf(schemaOf(changeset))}: there is nothing to say about it. ` +
        `Use change(row, { … }).`,
    )
  }
  return write(context, begin(changeset, 'update'), options)
}

/** See Repo. */
export async function remove<S extends AnySchema, Spec>(
  context: Context,
  base: Base<S, Spec>,
  options: DeleteOptions = {},
): Promise<Saved<S, Spec>> {
  checkOptions('repo.delete()', options, DELETE_OPTIONS)
  return write(context, begin(base, 'delete'), options)
}

export function orThrow<S extends AnySchema, Spec>(
  saved: Saved<S, Spec>,
  action: Action | 'insertOrUpdate',
): Row<S, Spec> {
  if (saved.ok) return saved.value
  throw invalidChangeset(saved.changeset, action)
}

/** The changeset for this action. @throws QueryError for one of another action, and of a schema without a table. */
function begin<S extends AnySchema, Spec>(base: Base<S, Spec>, action: Action): Changeset<S, Spec> {
  refuseOther(`repo.${action}()`, base)
  const changeset = changesetOf(base)
  if (changeset.schema.kind !== 'table') {
    throw new QueryError(
      `repo.${action}() was given ${titleOf(changeset.schema)}, which has no table. Store it in a row, with castEmbed or putEmbed.`,
    )
  }
  if (changeset.action !== undefined && changeset.action !== action) {
    throw new QueryError(`a changeset for ${changeset.action} was given to repo.${action}()`)
  }
  return withState(changeset, { action })
}

/** @throws QueryError for what is neither a changeset nor a row. */
export function refuseOther(call: string, base: unknown): void {
  if (isRow(base) || (isObject(base) && 'changes' in base && 'schema' in base)) return
  throw new QueryError(
    `${call} takes a changeset or a row, got: ${inspect(base, { depth: 0 })}. ` +
      `Make a row with build(), and a changeset with cast() or change().`,
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

async function write<S extends AnySchema, Spec>(
  context: Context,
  changeset: Changeset<S, Spec>,
  options: RowOptions,
): Promise<Saved<S, Spec>> {
  const given = changeset.valid ? surfaced(changeset) : changeset
  if (!given.valid) return savedAs({ ok: false, changeset: given })
  if (isIdle(given, options)) return savedAs({ ok: true, row: given.row })
  if (context.watchers.length > 0) return savedAs(await writeWatched(context, given, options))
  if (isLeaf(given)) return savedAs(await writeOwn(alone(context), given, given, options))
  if (!needsTransaction(given)) {
    return savedAs(await writeTree(alone(context), given, options))
  }
  // A failure is undone by whoever made the transaction, and leaves one around it usable.
  return savepoint(context, async () => {
    const writer: Writer = {
      context,
      now: context.now(),
      send: (bound) => run(context, bound),
    }
    return savedAs(await writeTree(writer, given, options))
  })
}

/** For the one statement that a write is. */
function alone(context: Context): Writer {
  return { context, now: context.now(), send: (bound) => runGuarded(context, bound) }
}

/** What came of a changeset is a row, or a changeset, of the same schema, with the same loaded. */
function savedAs<S extends AnySchema, Spec>(written: Written): Saved<S, Spec> {
  return written.ok
    ? { ok: true, value: written.row as unknown as Row<S, Spec> }
    : { ok: false, changeset: written.changeset as Changeset<S, Spec> }
}
