import { z } from 'zod'
import { parse } from '../parse.ts'

const LAST_PAGE = 10_000

const Given = z
  .object({
    q: z.string().max(200).default(''),
    sort: z
      .string()
      .regex(/^-?[a-zA-Z]{1,40}$/)
      .optional(),
    page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
  })
  .catchall(z.string().max(200))

/** What a list was asked for: `?q=ada&sort=-insertedAt&page=2&role=host`. */
export interface ListQuery {
  readonly q: string
  /** A field, with a minus in front for the other way round. */
  readonly sort: string
  readonly page: number
  /** What was chosen of the list's filters, by their names. */
  readonly chosen: Readonly<Record<string, string>>
  /** The same list at an address, with something changed. */
  readonly href: (address: string, changes: ListChanges) => string
}

export interface ListChanges {
  readonly q?: string
  readonly sort?: string
  readonly page?: number
  readonly [filter: string]: string | number | undefined
}

/** Reads what a list was asked for. Anything but what it sorts by is its usual order. */
export function listQuery(given: unknown, sorts: readonly [string, ...string[]]): ListQuery {
  // Where somebody came from narrows nothing.
  const { q, sort, page, back: _back, ...rest } = parse(Given, given)
  const known =
    sort !== undefined && sorts.some((one) => one.replace('-', '') === sort.replace('-', ''))
  const chosen = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))
  const asked = { q: q.trim(), sort: known ? sort : sorts[0], page, chosen }

  return { ...asked, href: (address, changes) => hrefOf(address, asked, changes, sorts[0]) }
}

function hrefOf(
  address: string,
  { q, sort, page, chosen }: Omit<ListQuery, 'href'>,
  changes: ListChanges,
  usual: string,
): string {
  const wanted = Object.entries({ ...chosen, q, sort, page, ...changes }).filter(
    ([name, value]) =>
      value !== undefined &&
      value !== '' &&
      !(name === 'page' && value === 1) &&
      !(name === 'sort' && value === usual),
  )
  const search = new URLSearchParams(
    wanted.map(([name, value]) => [name, String(value)] as [string, string]),
  ).toString()
  return search === '' ? address : `${address}?${search}`
}
