import { type Repo } from '@showrunner/data'
import { type z } from 'zod'
import { type PageView } from './page-view.ts'

/** What a page is loaded with. It reads nothing but by this repo, and takes the time from this clock, whose moments it is woken at. */
export interface Loading<Params, Query> {
  readonly repo: Repo
  readonly clock: () => Date
  readonly params: Params
  readonly query: Query
}

/** A page: what it needs, and a function of that. */
export interface Page<Shown, Params, Query extends z.ZodObject> {
  /** What it looks at behind the question mark: anything else there makes no other page. */
  readonly query?: Query
  load(loading: Loading<Params, z.infer<Query>>): Promise<Shown>
  readonly view: PageView<Shown>
}

/** The parameters that an address names: `/:podcast(^…$)/:episode(^…$)`. */
export type ParamsOf<Address extends string> =
  Address extends `${string}:${infer Name}(${infer Rest}`
    ? { readonly [K in Name]: string } & ParamsOf<Rest>
    : {}
