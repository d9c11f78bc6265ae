import { type ClientConfig, type Pool } from 'pg'

import { type Base, type Changeset } from '../changeset/changeset.ts'
import { type Source } from '../query/from.ts'
import { type Clauses } from '../query/query.ts'
import { isRow } from '../schema/instance.ts'
import {
  type NewRow,
  type Preload,
  type Row,
  type RowLoadedWith,
  type SpecOfList,
  type Values,
} from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Saved } from './attempt.ts'
import { type Database, pooled } from './connection.ts'
import { type Ambient, type Context, newAmbient } from './context.ts'
import { type QueryListener } from './event.ts'
import { Lanes } from './lanes.ts'
import { preloadInto } from './preload.ts'
import { all, count, exists, idClause, one, oneOrThrow } from './read.ts'
import { type RowsOf, type Runnable, runCompiled } from './run.ts'
import { checkout, inTransaction, rollback, savepoint, transaction } from './transaction.ts'
import { insert, orThrow, remove, update } from './write.ts'
import { deleteAll, insertAll, updateAll } from './write-all.ts'

/** How a preload runs: `{ parallel: false }` as the last argument loads one branch after the other. */
export interface PreloadOptions {
  readonly parallel?: boolean
}

/** The only thing that talks to the database. */
export interface Repo {
  /** Every row of a query or schema. */
  all<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<Row<S, Spec>[]>
  /** @throws MultipleResultsError when the query finds more than one row and has no limit. */
  one<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
  ): Promise<Row<S, Spec> | undefined>
  /** @throws NotFoundError · MultipleResultsError */
  oneOrThrow<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<Row<S, Spec>>
  /** By primary key; text from an address is cast. @throws CastError when it cannot be. */
  get<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    id: number | string,
  ): Promise<Row<S, Spec> | undefined>
  /** @throws NotFoundError · CastError */
  getOrThrow<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    id: number | string,
  ): Promise<Row<S, Spec>>
  /** By fields. @throws MultipleResultsError */
  getBy<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    clauses: Clauses<NoInfer<S>>,
  ): Promise<Row<S, Spec> | undefined>
  /** @throws NotFoundError · MultipleResultsError */
  getByOrThrow<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    clauses: Clauses<NoInfer<S>>,
  ): Promise<Row<S, Spec>>
  exists<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<boolean>
  count<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<number>

  /** Stores a new row. @throws ConstraintError for a violation that the changeset does not declare. */
  insert<S extends AnySchema, Spec = unknown>(base: Base<S, Spec>): Promise<Saved<S, Spec>>
  /** Writes what changed; nothing, when nothing did. @throws StaleRowError · ConstraintError */
  update<S extends AnySchema, Spec = unknown>(
    changeset: Changeset<S, Spec>,
  ): Promise<Saved<S, Spec>>
  /** @throws StaleRowError · ConstraintError */
  delete<S extends AnySchema, Spec = unknown>(base: Base<S, Spec>): Promise<Saved<S, Spec>>
  /** @throws InvalidChangesetError */
  insertOrThrow<S extends AnySchema, Spec = unknown>(base: Base<S, Spec>): Promise<Row<S, Spec>>
  /** @throws InvalidChangesetError */
  updateOrThrow<S extends AnySchema, Spec = unknown>(
    changeset: Changeset<S, Spec>,
  ): Promise<Row<S, Spec>>
  /** @throws InvalidChangesetError */
  deleteOrThrow<S extends AnySchema, Spec = unknown>(base: Base<S, Spec>): Promise<Row<S, Spec>>

  /** Stores many rows at once, without changesets, and gives them back in their order. */
  insertAll<S extends AnySchema>(schema: S, rows: readonly NewRow<NoInfer<S>>[]): Promise<Row<S>[]>
  /** Sets these fields on every row of the query and says how many there were. Touches no timestamps. */
  updateAll<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    set: Values<NoInfer<S>>,
  ): Promise<number>
  /** Deletes every row of the query and says how many there were. */
  deleteAll<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<number>

  /** Copies of the rows with these associations loaded. What is loaded already is not read again. */
  preload<S extends AnySchema, Spec, const P extends readonly (Preload<S> | PreloadOptions)[]>(
    row: RowLoadedWith<S, Spec>,
    ...preloads: P
  ): Promise<Row<S, Spec & SpecOfList<P>>>
  preload<S extends AnySchema, Spec, const P extends readonly (Preload<S> | PreloadOptions)[]>(
    rows: readonly RowLoadedWith<S, Spec>[],
    ...preloads: P
  ): Promise<Row<S, Spec & SpecOfList<P>>[]>

  /**
   * Runs the function in a transaction, which every repo call inside it joins. It is rolled back when
   * the function throws or gives a failed result (`{ ok: false }`), and then that is passed on.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /**
   * As `transaction`, but inside another it may fail alone: what it wrote is undone, and the outer one
   * goes on. What the outer transaction sends meanwhile waits for its end.
   */
  savepoint<T>(work: () => Promise<T>): Promise<T>
  /**
   * Ends the transaction from anywhere inside it: everything is undone, and `transaction` rejects with a
   * RollbackError that holds the value. @throws TransactionError outside a transaction.
   */
  rollback(value?: unknown): never
  /** Whether the calling code runs in a transaction. */
  inTransaction(): boolean
  /** Keeps one connection for everything inside, for what a session holds: a setting, a temporary table, a lock. */
  checkout<T>(work: () => Promise<T>): Promise<T>

  /** Runs what Kysely built (see `tablesOf`) or an `sql` template, in the transaction there is, and gives its rows. */
  run<Result>(query: Runnable<Result>): Promise<RowsOf<Result>>

  /** Tells of every statement that ran, with its parameters: secrets among them. The answer stops it. */
  onQuery(listener: QueryListener): () => void
  close(): Promise<void>
}

export interface RepoOptions {
  /** `postgres://…`. The repo opens connections of its own as it needs them, and closes them. */
  readonly url?: string
  /** A pool of yours, instead. It stays open. Its sessions should print dates in the ISO style. */
  readonly pool?: Pool
  /** Connections at most. 10 unless said. */
  readonly connections?: number
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string
  /** A statement that takes longer is cancelled. No limit unless said. */
  readonly statementTimeoutMs?: number
  /** Whether branches of a preload run at the same time. They do unless said. */
  readonly parallelPreloads?: boolean
  /** The clock behind `timestamps()`. */
  readonly now?: () => Date
}

export function createRepo(options: RepoOptions): Repo {
  return repoOn(databaseOf(options), options)
}

/** The database that these options name. */
export function databaseOf(options: RepoOptions): Database {
  const { pool, connections = 10 } = options
  return pool ? pooled(pool) : new Lanes(clientConfig(options), connections)
}

/** What every session of ours starts with: text forms that do not depend on the server's settings. */
export const SESSION = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601'

function clientConfig({ url, applicationName, statementTimeoutMs }: RepoOptions): ClientConfig {
  return {
    ...(url === undefined ? {} : { connectionString: url }),
    application_name: applicationName ?? 'showrunner',
    options: SESSION,
    connectionTimeoutMillis: 10_000,
    // Finds out that the other side is gone, where nothing says so.
    keepAlive: true,
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
  }
}

/** A repo on any database: a pool, or the one connection of a sandbox. */
export function repoOn(
  database: Database,
  { parallelPreloads = true, now = () => new Date() }: RepoOptions = {},
  ambient: Ambient = newAmbient(),
): Repo {
  const context: Context = {
    ...ambient,
    database,
    listeners: new Set(),
    now,
    parallelPreloads,
  }
  return {
    ...reads(context),
    ...writes(context),
    preload: preloader(context),
    transaction: (work) => transaction(context, work),
    savepoint: (work) => savepoint(context, work),
    rollback: (value) => rollback(context, value),
    inTransaction: () => inTransaction(context),
    checkout: (work) => checkout(context, work),
    run: (query) => runCompiled(context, query),
    onQuery(listener) {
      context.listeners.add(listener)
      return () => context.listeners.delete(listener)
    },
    close: () => database.close(),
  }
}

function reads(
  context: Context,
): Pick<
  Repo,
  | 'all'
  | 'one'
  | 'oneOrThrow'
  | 'get'
  | 'getOrThrow'
  | 'getBy'
  | 'getByOrThrow'
  | 'exists'
  | 'count'
> {
  return {
    all: (source) => all(context, source),
    one: (source) => one(context, source),
    oneOrThrow: (source) => oneOrThrow(context, source),
    get: async (source, id) => one(context, source, idClause(source, id)),
    getOrThrow: async (source, id) => oneOrThrow(context, source, idClause(source, id)),
    getBy: (source, clauses) => one(context, source, clauses),
    getByOrThrow: (source, clauses) => oneOrThrow(context, source, clauses),
    exists: (source) => exists(context, source),
    count: (source) => count(context, source),
  }
}

function writes(
  context: Context,
): Pick<
  Repo,
  | 'insert'
  | 'update'
  | 'delete'
  | 'insertOrThrow'
  | 'updateOrThrow'
  | 'deleteOrThrow'
  | 'insertAll'
  | 'updateAll'
  | 'deleteAll'
> {
  return {
    insert: (base) => insert(context, base),
    update: (changeset) => update(context, changeset),
    delete: (base) => remove(context, base),
    insertOrThrow: async (base) => orThrow(await insert(context, base), 'insert'),
    updateOrThrow: async (changeset) => orThrow(await update(context, changeset), 'update'),
    deleteOrThrow: async (base) => orThrow(await remove(context, base), 'delete'),
    insertAll: (schema, rows) => insertAll(context, schema, rows),
    updateAll: (source, set) => updateAll(context, source, set),
    deleteAll: (source) => deleteAll(context, source),
  }
}

function preloader(context: Context): Repo['preload'] {
  const preload = async (given: unknown, ...args: readonly unknown[]): Promise<unknown> => {
    const rows = (Array.isArray(given) ? given : [given]).filter((row) => isRow(row))
    const options = args.filter(isOptions)
    const preloads = args.filter((arg) => !isOptions(arg))
    const copies = await preloadInto(context, rows, preloads, options.at(-1)?.parallel)
    return Array.isArray(given) ? copies : copies[0]
  }
  // The tree is written from the very preloads that the result's type is inferred from.
  return preload as Repo['preload']
}

function isOptions(argument: unknown): argument is { parallel: boolean } {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'parallel' in argument &&
    typeof argument.parallel === 'boolean'
  )
}
