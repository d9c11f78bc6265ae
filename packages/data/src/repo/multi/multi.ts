import { type Base, type Changeset } from '../../changeset/changeset.ts'
import { type JoinMap, type Query } from '../../query/query.ts'
import { type Source } from '../../query/source.ts'
import { type Row } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { BuiltMulti } from './built-multi.ts'
import { type InsertAllOptions, type InsertRow } from '../write/insert-all.ts'
import { type InsertOrUpdateOptions } from '../write/insert-or-update.ts'
import { type MultiOperation } from './multi-operation.ts'
import { type Assignments } from '../write/operations.ts'
import { type Repo } from '../repo.ts'
import { type Returned, type Returning } from '../write/returning.ts'
import {
  type DeleteOptions,
  type InsertOptions,
  type UpdateOptions,
} from '../write/write-options.ts'

/** What `repo.transaction(multi)` comes to: every result by name; or where it failed, by what, and what was done till then and is undone. */
export type MultiResult<Results, Failures> =
  { readonly ok: true; readonly value: Results } | MultiFailure<Results, Failures>

/** Told apart by `name`. The value of a failed write is its changeset. */
export type MultiFailure<Results, Failures> = {
  readonly [N in keyof Failures & string]: {
    readonly ok: false
    readonly name: N
    readonly value: Failures[N]
    readonly changes: Partial<Results>
  }
}[keyof Failures & string]

/** What a function given to `run` answers. It may pass on what `repo.insert` gave it. */
export type RunResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly value: unknown }
  | { readonly ok: false; readonly changeset: unknown }

type ValueOf<R> = R extends { readonly ok: true; readonly value: infer V } ? V : never
type FailureOf<R> = R extends { readonly ok: false; readonly changeset: infer C }
  ? C
  : R extends { readonly ok: false; readonly value: infer V }
    ? V
    : never

/** A name that is not taken, as far as the compiler knows the names. */
type Fresh<N extends string, Results> = string extends keyof Results
  ? N
  : {} extends { readonly [K in N]: 1 }
    ? N
    : N extends keyof Results
      ? never
      : N

type Named<N extends string, T> = { readonly [K in N]: T }

/** A value, or a function that makes it of what was done before. */
type From<Results, T> = T | ((results: Results) => T | Promise<T>)

type WithRow<R, F, N extends string, S extends AnySchema, Spec> = Multi<
  R & Named<N, Row<S, Spec>>,
  F & Named<N, Changeset<S, Spec>>
>

/**
 * Operations to run one after the other in one transaction, each with a name under which those after it,
 * and whoever runs it, find its result. It is a value: each method gives a new one, and nothing runs until
 * `repo.transaction` gets it. `Multi` alone is the type of one whose names are not known.
 */
export interface Multi<
  R = { readonly [name: string]: unknown },
  F = { readonly [name: string]: unknown },
> {
  /** For the compiler: what it comes to, by name. Never set. */
  readonly results?: R
  /** For the compiler: what may fail, by name. Never set. */
  readonly failures?: F

  /** As `repo.insert`. An invalid changeset is found before anything runs. @throws QueryError for a name that is taken, as every method does. */
  insert<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    base: From<R, Base<S, Spec>>,
    options?: InsertOptions<NoInfer<S>>,
  ): WithRow<R, F, N, S, Spec>
  /** As `repo.update`. */
  update<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    changeset: From<R, Changeset<S, Spec>>,
    options?: UpdateOptions,
  ): WithRow<R, F, N, S, Spec>
  /** As `repo.delete`. */
  delete<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    base: From<R, Base<S, Spec>>,
    options?: DeleteOptions,
  ): WithRow<R, F, N, S, Spec>
  /** As `repo.insertOrUpdate`. */
  insertOrUpdate<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    changeset: From<R, Changeset<S, Spec>>,
    options?: InsertOrUpdateOptions<NoInfer<S>>,
  ): WithRow<R, F, N, S, Spec>

  /** As `repo.insertAll`. */
  insertAll<N extends string, S extends AnySchema, const G extends Returning<S> = true>(
    name: N & Fresh<N, R>,
    schema: S,
    rows: From<R, readonly InsertRow<NoInfer<S>>[]>,
    options?: InsertAllOptions<NoInfer<S>, G>,
  ): Multi<R & Named<N, Returned<S, G>>, F>
  /** As `repo.updateAll`. */
  updateAll<
    N extends string,
    S extends AnySchema,
    Spec = unknown,
    Joins extends JoinMap = {},
    const G extends Returning<S> = false,
  >(
    name: N & Fresh<N, R>,
    source: From<R, S | Query<S, Spec, Joins>>,
    set: Assignments<NoInfer<S>, NoInfer<Joins>>,
    options?: { readonly returning?: G },
  ): Multi<R & Named<N, Returned<S, G>>, F>
  /** As `repo.deleteAll`. */
  deleteAll<
    N extends string,
    S extends AnySchema,
    Spec = unknown,
    const G extends Returning<S> = false,
  >(
    name: N & Fresh<N, R>,
    source: From<R, Source<S, Spec>>,
    options?: { readonly returning?: G },
  ): Multi<R & Named<N, Returned<S, G>>, F>

  /** As `repo.one`. */
  one<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    source: From<R, Source<S, Spec>>,
  ): Multi<R & Named<N, Row<S, Spec> | undefined>, F>
  /** As `repo.all`. */
  all<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    source: From<R, Source<S, Spec>>,
  ): Multi<R & Named<N, Row<S, Spec>[]>, F>
  /** As `repo.exists`. */
  exists<N extends string, S extends AnySchema, Spec = unknown>(
    name: N & Fresh<N, R>,
    source: From<R, Source<S, Spec>>,
  ): Multi<R & Named<N, boolean>, F>

  /** Anything else: gets the results so far and the repo, and answers `{ ok: true, value }` or `{ ok: false, value }`. */
  run<N extends string, Result extends RunResult>(
    name: N & Fresh<N, R>,
    work: (results: R, repo: Repo) => Result | Promise<Result>,
  ): Multi<R & Named<N, ValueOf<Result>>, F & Named<N, FailureOf<Result>>>
  /** A value that is known already. */
  put<N extends string, T>(name: N & Fresh<N, R>, value: T): Multi<R & Named<N, T>, F>
  /** Fails with this value, before anything runs. */
  error<N extends string, T>(name: N & Fresh<N, R>, value: T): Multi<R, F & Named<N, T>>

  /** The operations of the Multi that the function makes of the results so far. */
  merge<R2, F2>(make: (results: R) => Multi<R2, F2> | Promise<Multi<R2, F2>>): Multi<R & R2, F & F2>
  /** These operations, and after them those of the other. */
  append<R2, F2>(other: Multi<R2, F2>): Multi<R & R2, F & F2>
  /** The operations of the other, and after them these. */
  prepend<R2, F2>(other: Multi<R2, F2>): Multi<R & R2, F & F2>

  /** Prints the results so far, or these of them, when it comes to it. */
  inspect(options?: {
    readonly only?: keyof R | readonly (keyof R)[]
    readonly label?: string
  }): Multi<R, F>
  /** What would be done, in its order, by name: for tests that run nothing. */
  toList(): readonly (readonly [name: string, operation: MultiOperation])[]
}

/** Makes a Multi. */
export const Multi = {
  /** One with nothing to do, for its methods to add to. */
  new(): Multi<{}, {}> {
    // Its methods check at run time what Multi's types promise the compiler.
    return new BuiltMulti([]) as unknown as Multi<{}, {}>
  },
} as const
