import { type Repo } from '@showrunner/data'
import { type Make } from '@showrunner/live'
import { type z } from 'zod'
import { type Pages } from './pages.ts'
import { type Site } from './presenters/frame.ts'

/** What a page is loaded with. It reads nothing but by this repo, and takes the time from this clock, whose moments it is woken at. */
export interface Loading<Params, Query> {
  readonly repo: Repo
  readonly clock: () => Date
  readonly params: Params
  readonly query: Query
}

/** What a page needs. */
interface Loaded<Shown, Params, Query extends z.ZodObject> {
  /** What it looks at behind the question mark: anything else there makes no other page. */
  readonly query?: Query
  /** Beside those of every page. */
  readonly headers?: Readonly<Record<string, string>>
  load(loading: Loading<Params, z.infer<Query>>): Promise<Shown>
}

/** A page of the site: what it needs, and a view, which is a function of that. */
export interface Page<
  Shown,
  Params,
  Query extends z.ZodObject,
  Name extends keyof Pages = keyof Pages,
> extends Loaded<Shown, Params, Query> {
  readonly view: Name
  present(site: Site, shown: Shown): Pages[Name]
}

/** A page that programs read: it says since when it is as it is, and how long it may be kept. */
export interface DocumentPage<Shown, Params, Query extends z.ZodObject> extends Loaded<
  Shown,
  Params,
  Query
> {
  readonly type: string
  write(shown: Shown): string | Promise<Buffer>
  /** The value of its `Link` header: what else it belongs to. */
  link?(shown: Shown): string
}

/** A page at an address of its own, and how it is made. */
export interface PageAt {
  readonly key: string
  readonly make: Make
  /** What its view is given. */
  readonly present: (clock: () => Date) => Promise<object>
}

/** The parameters that an address names: `/:podcast(^…$)/:episode(^…$)`. */
export type ParamsOf<Address extends string> =
  Address extends `${string}:${infer Name}(${infer Rest}`
    ? { readonly [K in Name]: string } & ParamsOf<Rest>
    : {}
