import { type Base, type Changeset } from '../../changeset/changeset.ts'
import { type JoinMap, type Query } from '../../query/query.ts'
import { type Source, sourceOf } from '../../query/source.ts'
import { type Row } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Saved } from './attempt.ts'
import { type Context } from '../context.ts'
import { insertAll, type InsertAllOptions, type InsertRow } from './insert-all.ts'
import { insertInto, type InsertIntoOptions } from './insert-into.ts'
import { insertOrUpdate, type InsertOrUpdateOptions } from './insert-or-update.ts'
import { type Assignments } from './operations.ts'
import { type Returned, type Returning } from './returning.ts'
import { deleteAll, updateAll } from './update-all.ts'
import { insert, orThrow, remove, update } from './write.ts'
import { type DeleteOptions, type InsertOptions, type UpdateOptions } from './write-options.ts'

/** What a repo writes with. */
export interface Writes {
  /**
   * Stores a new row, and with it the rows in its relations. See InsertOptions for what to do about a
   * row that is in the way.
   *
   * @throws ConstraintError for a violation that the changeset does not declare · ChangeError
   */
  insert<S extends AnySchema, Spec = unknown>(
    base: Base<S, Spec>,
    options?: InsertOptions<NoInfer<S>>,
  ): Promise<Saved<S, Spec>>
  /** Writes what changed; nothing, when nothing did. @throws StaleRowError · ConstraintError · ChangeError */
  update<S extends AnySchema, Spec = unknown>(
    changeset: Changeset<S, Spec>,
    options?: UpdateOptions,
  ): Promise<Saved<S, Spec>>
  /** @throws StaleRowError · ConstraintError */
  delete<S extends AnySchema, Spec = unknown>(
    base: Base<S, Spec>,
    options?: DeleteOptions,
  ): Promise<Saved<S, Spec>>
  /** Inserts the row of the changeset when it was built in memory, and updates it when it came from the database. */
  insertOrUpdate<S extends AnySchema, Spec = unknown>(
    changeset: Changeset<S, Spec>,
    options?: InsertOrUpdateOptions<NoInfer<S>>,
  ): Promise<Saved<S, Spec>>
  /** @throws InvalidChangesetError */
  insertOrThrow<S extends AnySchema, Spec = unknown>(
    base: Base<S, Spec>,
    options?: InsertOptions<NoInfer<S>>,
  ): Promise<Row<S, Spec>>
  /** @throws InvalidChangesetError */
  updateOrThrow<S extends AnySchema, Spec = unknown>(
    changeset: Changeset<S, Spec>,
    options?: UpdateOptions,
  ): Promise<Row<S, Spec>>
  /** @throws InvalidChangesetError */
  deleteOrThrow<S extends AnySchema, Spec = unknown>(
    base: Base<S, Spec>,
    options?: DeleteOptions,
  ): Promise<Row<S, Spec>>
  /** @throws InvalidChangesetError */
  insertOrUpdateOrThrow<S extends AnySchema, Spec = unknown>(
    changeset: Changeset<S, Spec>,
    options?: InsertOrUpdateOptions<NoInfer<S>>,
  ): Promise<Row<S, Spec>>

  /** Stores what a query selects, under the same names. @throws UnknownFieldError · ChangeError */
  insertAll<
    S extends AnySchema,
    Q extends AnySchema,
    Spec,
    Joins extends JoinMap,
    const R extends Returning<S> = true,
  >(
    schema: S,
    rows: Query<Q, Spec, Joins>,
    options?: InsertAllOptions<NoInfer<S>, R>,
  ): Promise<Returned<S, R>>
  /** Stores rows in a table that has no schema, by its columns' names, and says how many, or what `returning` names. */
  insertAll<const R extends readonly string[] | false = false>(
    table: string,
    rows: readonly { readonly [column: string]: unknown }[],
    options?: InsertIntoOptions<R>,
  ): Promise<R extends false ? number : { [column: string]: unknown }[]>
  /**
   * Stores many rows at once, without changesets, and gives them back in their order. Defaults and
   * timestamps are filled in; what else a row leaves out is left to the database. Nothing is cast.
   *
   * @throws ChangeError for a value of another type than its field's · UnknownFieldError
   */
  insertAll<S extends AnySchema, const R extends Returning<S> = true>(
    schema: S,
    rows: readonly InsertRow<NoInfer<S>>[],
    options?: InsertAllOptions<NoInfer<S>, R>,
  ): Promise<Returned<S, R>>
  /**
   * Changes every row of the query and says how many there were, or gives them back. Fields are set to
   * values, or changed by `inc`, `push`, `pull` and expressions. Touches no timestamps.
   *
   * @throws ChangeError for what cannot be written · QueryError for a query that says more than which rows
   */
  updateAll<
    S extends AnySchema,
    Spec = unknown,
    Joins extends JoinMap = {},
    const R extends Returning<S> = false,
  >(
    source: S | Query<S, Spec, Joins>,
    set: Assignments<NoInfer<S>, NoInfer<Joins>>,
    options?: { readonly returning?: R },
  ): Promise<Returned<S, R>>
  /** Deletes every row of the query and says how many there were, or gives them back. @throws QueryError */
  deleteAll<S extends AnySchema, Spec = unknown, const R extends Returning<S> = false>(
    source: Source<S, Spec>,
    options?: { readonly returning?: R },
  ): Promise<Returned<S, R>>
}

/** The writes of a repo in this context. */
export function writes(context: Context): Writes {
  return {
    insert: (base, options) => insert(context, base, options),
    update: (changeset, options) => update(context, changeset, options),
    delete: (base, options) => remove(context, base, options),
    insertOrUpdate: (changeset, options) => insertOrUpdate(context, changeset, options),
    insertOrThrow: async (base, options) => orThrow(await insert(context, base, options), 'insert'),
    updateOrThrow: async (changeset, options) =>
      orThrow(await update(context, changeset, options), 'update'),
    deleteOrThrow: async (base, options) => orThrow(await remove(context, base, options), 'delete'),
    insertOrUpdateOrThrow: async (changeset, options) =>
      orThrow(await insertOrUpdate(context, changeset, options), 'insertOrUpdate'),
    // One implementation each: the types differ in what they promise of the result, which `returning` decides.
    insertAll: (async (into: AnySchema | string, rows: readonly object[], options?: object) =>
      typeof into === 'string'
        ? insertInto(context, into, rows, options)
        : insertAll(context, into, rows, options)) as Writes['insertAll'],
    updateAll: (async (source, set, options) =>
      updateAll(context, sourceOf(source), set, options)) as Writes['updateAll'],
    deleteAll: (async (source, options) =>
      deleteAll(context, sourceOf(source), options)) as Writes['deleteAll'],
  }
}
