import { type Preload, type SpecOfList } from '../../schema/preloads.ts'
import { type Row, type RowLoadedWith } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Context } from '../context.ts'
import { preloadInto } from './preload.ts'

/** How a preload runs: the last argument of `repo.preload`. */
export interface PreloadOptions {
  /** `false` loads one branch after the other. They run side by side unless said, or in a transaction. */
  readonly parallel?: boolean
  /** `true` reads what is loaded already again, and forgets what was loaded on it. */
  readonly force?: boolean
}

type Wanted<S extends AnySchema> = readonly (Preload<S> | PreloadOptions)[]

/** What a repo does for rows that are there already. */
export interface Preloads {
  /**
   * Copies of the rows with these associations loaded; nothing, and nothing among rows, stays what it is.
   * What is loaded already is not read again, but what hangs below it is loaded.
   *
   * @throws UnknownAssociationError · QueryError for rows of several schemas.
   */
  preload<S extends AnySchema, Spec, const P extends Wanted<S>>(
    row: RowLoadedWith<S, Spec>,
    ...preloads: P
  ): Promise<Row<S, Spec & SpecOfList<P>>>
  preload<S extends AnySchema, Spec, const P extends Wanted<S>>(
    rows: readonly RowLoadedWith<S, Spec>[],
    ...preloads: P
  ): Promise<Row<S, Spec & SpecOfList<P>>[]>
  preload<S extends AnySchema, Spec, Nothing extends null | undefined, const P extends Wanted<S>>(
    row: RowLoadedWith<S, Spec> | Nothing,
    ...preloads: P
  ): Promise<Row<S, Spec & SpecOfList<P>> | Nothing>
  preload<S extends AnySchema, Spec, Nothing extends null | undefined, const P extends Wanted<S>>(
    rows: readonly (RowLoadedWith<S, Spec> | Nothing)[],
    ...preloads: P
  ): Promise<(Row<S, Spec & SpecOfList<P>> | Nothing)[]>
}

/** `preload` on this repo. */
export function preloader(context: Context): Preloads['preload'] {
  const preload = async (given: unknown, ...args: readonly unknown[]): Promise<unknown> => {
    const options = Object.assign({}, ...args.filter(isOptions)) as PreloadOptions
    const preloads = args.filter((arg) => !isOptions(arg))
    if (Array.isArray(given)) return preloadInto(context, given, preloads, options)
    const [copy] = await preloadInto(context, [given], preloads, options)
    return copy
  }
  // The tree is written from the very preloads that the result's type is inferred from.
  return preload as Preloads['preload']
}

/** No association is preloaded by a boolean. */
function isOptions(argument: unknown): argument is PreloadOptions {
  if (typeof argument !== 'object' || argument === null) return false
  const entries = Object.entries(argument)
  return (
    entries.length > 0 &&
    entries.every(
      ([name, value]) =>
        (name === 'parallel' || name === 'force') &&
        (typeof value === 'boolean' || value === undefined),
    )
  )
}
