import { type ClientConfig, type Pool } from 'pg'

import { type Aggregated, type Clauses, type JoinMap, type NameIn } from '../query/query.ts'
import { type Source } from '../query/source.ts'
import { isRow } from '../schema/instance.ts'
import { type Row, type RowOf } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Database, pooled } from './connection/connection.ts'
import { type Ambient, type Context, newAmbient } from './context.ts'
import { type QueryListener } from './event.ts'
import { type PrepareQuery, type QueryOperation, type QueryOptions } from './tenancy/prepare.ts'
import { refuseRaw, type TenantId, tenancyOf } from './tenancy/tenancy.ts'
import { BuiltMulti } from './multi/built-multi.ts'
import { Lanes } from './connection/lanes.ts'
import { load } from './read/load.ts'
import { type Multi, type MultiResult } from './multi/multi.ts'
import { type Preloads, preloader } from './preload/preloads.ts'
import { aggregate, count } from './read/aggregate.ts'
import { all, exists, idClause, one, oneOrThrow } from './read/read.ts'
import { sourceAlone } from './read/source-alone.ts'
import { reload, reloadOrThrow } from './read/reload.ts'
import { stream, type StreamOptions } from './read/stream.ts'
import { type Read } from './recording/read.ts'
import { recorded } from './recording/recorded.ts'
import { type RowsOf, type Runnable, runCompiled, type RunOptions } from './run.ts'
import { runMulti } from './multi/run-multi.ts'
import { checkout, inTransaction, rollback, savepoint, transaction } from './transaction.ts'
import { type Watcher, type WriteListener } from './write/write-watched.ts'
import { type Writes, writes } from './write/writes.ts'

/** The only thing that talks to the database. */
export interface Repo extends Preloads, Writes {
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
  /** Every row whose fields equal these. */
  allBy<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    clauses: Clauses<NoInfer<S>>,
  ): Promise<Row<S, Spec>[]>
  /** The row as it is now, with nothing loaded; undefined when it is gone. */
  reload<S extends AnySchema>(row: RowOf<S>): Promise<Row<S> | undefined>
  /** The rows as they are now, in their order, by one statement; undefined in the place of one that is gone. */
  reload<S extends AnySchema>(rows: readonly RowOf<S>[]): Promise<(Row<S> | undefined)[]>
  /** @throws NotFoundError */
  reloadOrThrow<S extends AnySchema>(row: RowOf<S>): Promise<Row<S>>
  /** @throws NotFoundError */
  reloadOrThrow<S extends AnySchema>(rows: readonly RowOf<S>[]): Promise<Row<S>[]>
  /** Whether there is any row. */
  exists<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<boolean>
  /** How many rows there are: of a query with a limit, at most so many. */
  count<S extends AnySchema, Spec = unknown>(source: Source<S, Spec>): Promise<number>
  /** How many rows there are, or how many have this field. */
  aggregate<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}>(
    source: Source<S, Spec, Joins>,
    operation: 'count',
    field?: NameIn<NoInfer<S>, NoInfer<Joins>>,
  ): Promise<number>
  /** One value made of a field of all rows; null when there is none. @throws QueryError with groupBy. */
  aggregate<
    S extends AnySchema,
    N extends NameIn<NoInfer<S>, NoInfer<Joins>>,
    Spec = unknown,
    Joins extends JoinMap = {},
  >(
    source: Source<S, Spec, Joins>,
    operation: 'sum' | 'avg' | 'min' | 'max',
    field: N,
  ): Promise<Aggregated<S, Joins, N> | null>
  /**
   * The rows of a query one after the other, without holding them all: `for await (const row of …)`,
   * inside a transaction.
   *
   * @throws TransactionError outside one · QueryError for a query with preloads.
   */
  stream<S extends AnySchema, Spec = unknown>(
    source: Source<S, Spec>,
    options?: StreamOptions,
  ): AsyncIterable<Row<S, Spec>>

  /**
   * Runs the function in a transaction, which every repo call inside it joins. It is rolled back when
   * the function throws or gives a failed result (`{ ok: false }`), and then that is passed on.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** Runs the operations of a Multi in a transaction, and says what each came to, or which one failed. */
  transaction<Results, Failures>(
    multi: Multi<Results, Failures>,
  ): Promise<MultiResult<Results, Failures>>
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

  /**
   * Runs what Kysely built (see `tablesOf`) or an `sql` template, in the transaction there is, and gives its rows.
   * @throws QueryError inside `recorded` for SQL whose tables nobody named.
   */
  run<Result>(query: Runnable<Result>, options?: RunOptions): Promise<RowsOf<Result>>
  /**
   * A row of a schema made of what `run` found: text as PostgreSQL writes it, or values, by the names of
   * fields or of columns. Touching what is not there throws FieldNotSelectedError, as after `select`; what
   * the schema does not know is passed over.
   *
   * @throws CastError for a value that is not of its field's type.
   */
  load<S extends AnySchema>(schema: S, raw: { readonly [name: string]: unknown }): Row<S>

  /**
   * A repo that reads and writes only what belongs to these tenants, of schemas that declare a tenant; on the
   * same connections, in the transaction there is. Of no tenants it reads nothing, and writes are refused.
   * @throws TenantError for a tenant that this repo itself is not for.
   */
  forTenant(ids: TenantId | readonly TenantId[]): Repo
  /** A repo that reads and writes what belongs to any tenant. */
  unscoped(): Repo
  /** A repo whose `prepareQuery` is told these options as well. */
  withOptions(options: QueryOptions): Repo
  /**
   * A repo whose writes of single rows (`insert`, `update`, `delete`, `insertOrUpdate`, and those of a Multi)
   * are told, each in its transaction and once it is done, with its nested rows as one; a write that changes
   * nothing is not. When the listener throws, the write is undone. What the listener writes with the repo that
   * it is handed, the one `watched` was called on, it is not told of again. Many rows at once are not told.
   */
  watched(listener: WriteListener): Repo

  /**
   * Runs the function, and adds to the list every read inside it, by this repo and all that are made from the same, before it
   * runs: which table, and which of its rows could change the answer. What is read by SQL by hand is named: `run(…, { reads })`.
   */
  recorded<T>(reads: Read[], work: () => T): T

  /**
   * Tells of every statement that ran, with its parameters: secrets among them. The answer stops it. A
   * listener that throws disturbs nothing: there is a warning, and it is told no more.
   */
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
  /**
   * Is given every query before it runs, and gives the one that does: reads, preloads among them
   * (`options.purpose`), `updateAll`, `deleteAll`, `stream` and `insertAll` of a query. Not called for
   * writes of single rows, nor for joins and subqueries inside a query.
   */
  readonly prepareQuery?: PrepareQuery
  /** What `prepareQuery` is told of each call, where `repo.withOptions` says nothing else. */
  readonly defaultOptions?: (operation: QueryOperation) => QueryOptions
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
  options: RepoOptions = {},
  ambient: Ambient = newAmbient(),
): Repo {
  const { parallelPreloads = true, now = () => new Date() } = options
  return repoIn({
    ...ambient,
    database,
    listeners: new Set(),
    now,
    parallelPreloads,
    tenancy: { kind: 'unsaid' },
    prepareQuery: options.prepareQuery,
    defaultOptions: options.defaultOptions,
    options: {},
    watchers: [],
  })
}

function repoIn(context: Context): Repo {
  const repo: Repo = {
    ...reads(context),
    ...writes(context),
    preload: preloader(context),
    // One implementation serves both: what a Multi comes to is of the type that its own type says.
    transaction: (async (work: BuiltMulti | (() => Promise<unknown>)) =>
      work instanceof BuiltMulti
        ? runMulti(repo, work)
        : transaction(context, work)) as Repo['transaction'],
    savepoint: (work) => savepoint(context, work),
    rollback: (value) => rollback(context, value),
    inTransaction: () => inTransaction(context),
    checkout: (work) => checkout(context, work),
    run: async (query, options) => {
      refuseRaw(context.tenancy)
      return runCompiled(context, query, options)
    },
    load,
    forTenant: (ids) => repoIn({ ...context, tenancy: tenancyOf(context.tenancy, ids) }),
    unscoped: () => repoIn({ ...context, tenancy: { kind: 'unscoped' } }),
    withOptions: (given) => repoIn({ ...context, options: { ...context.options, ...given } }),
    watched: (listener) => {
      const watcher: Watcher = (event) => listener(event, repo)
      return repoIn({ ...context, watchers: [...context.watchers, watcher] })
    },
    recorded: (into, work) => recorded(context, into, work),
    onQuery(listener) {
      context.listeners.add(listener)
      return () => context.listeners.delete(listener)
    },
    close: () => context.database.close(),
  }
  return repo
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
  | 'allBy'
  | 'exists'
  | 'count'
  | 'aggregate'
  | 'stream'
  | 'reload'
  | 'reloadOrThrow'
> {
  return {
    all: async (source, ...rest) => all(context, sourceAlone('all', source, rest)),
    allBy: async (source, clauses, ...rest) =>
      all(context, sourceAlone('allBy', source, rest), clauses),
    one: async (source, ...rest) => one(context, sourceAlone('one', source, rest)),
    oneOrThrow: async (source, ...rest) =>
      oneOrThrow(context, sourceAlone('oneOrThrow', source, rest)),
    get: async (source, id, ...rest) =>
      one(context, sourceAlone('get', source, rest), idClause(source, id)),
    getOrThrow: async (source, id, ...rest) =>
      oneOrThrow(context, sourceAlone('getOrThrow', source, rest), idClause(source, id)),
    getBy: async (source, clauses, ...rest) =>
      one(context, sourceAlone('getBy', source, rest), clauses),
    getByOrThrow: async (source, clauses, ...rest) =>
      oneOrThrow(context, sourceAlone('getByOrThrow', source, rest), clauses),
    exists: async (source, ...rest) => exists(context, sourceAlone('exists', source, rest)),
    count: async (source, ...rest) => count(context, sourceAlone('count', source, rest)),
    // One implementation serves overloads that differ in what they promise of the result.
    aggregate: (async (
      source: Source<AnySchema, unknown>,
      operation: string,
      field?: string,
      ...rest: readonly unknown[]
    ) =>
      aggregate(
        context,
        sourceAlone('aggregate', source, [field, ...rest]),
        operation,
        field,
      )) as Repo['aggregate'],
    stream: (source, options) => stream(context, source, options),
    reload: (async (given: GivenRows) =>
      oneOrMany(given, (rows) => reload(context, rows))) as Repo['reload'],
    reloadOrThrow: (async (given: GivenRows) =>
      oneOrMany(given, (rows) => reloadOrThrow(context, rows))) as Repo['reloadOrThrow'],
  }
}

type GivenRows = RowOf<AnySchema> | readonly RowOf<AnySchema>[]

/** Gives for one row what it was, and for a list a list. */
async function oneOrMany(
  given: GivenRows,
  work: (rows: readonly RowOf<AnySchema>[]) => Promise<readonly unknown[]>,
): Promise<unknown> {
  if (isRow(given)) return (await work([given]))[0]
  return work(given)
}
