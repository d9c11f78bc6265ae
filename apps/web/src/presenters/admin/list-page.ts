import { comingFrom } from '../../admin/came-from.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type ListQuery } from '../../admin/list-query.ts'

/** A list of what there is: searched, filtered, sorted, in pages. */
export interface ListPage extends AdminPage {
  readonly intro: string | null
  readonly address: string
  /** What is looked for; null where a list is not searched. */
  readonly q: string | null
  readonly searchLabel: string
  /** The pages of what the list is a part of. */
  readonly around: readonly Tab[]
  /** The parts of the list. */
  readonly tabs: readonly Tab[]
  readonly filters: readonly ListFilter[]
  /** What else was chosen, as by a tab: it holds while the list is searched. */
  readonly kept: readonly { readonly name: string; readonly value: string }[]
  readonly columns: readonly Column[]
  readonly rows: readonly ListRow[]
  readonly count: string
  readonly previousHref: string | null
  readonly nextHref: string | null
  readonly create: { readonly label: string; readonly href: string } | null
  /** Said when there is nothing: in all, or of what was looked for. */
  readonly empty: string
  /** What can be done with several at once. */
  readonly bulk: (Bulk & { readonly back: string }) | null
}

export interface Tab {
  readonly label: string
  readonly href: string
  readonly count: number | null
  readonly isHere: boolean
}

/** A choice that narrows the list. */
export interface ListFilter {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export interface Column {
  readonly title: string
  /** Where the list is sorted by it; null when it cannot be. */
  readonly sortHref: string | null
  readonly sorted: 'ascending' | 'descending' | null
  readonly isNumber: boolean
}

export interface ListRow {
  readonly id: number
  readonly href: string
  readonly title: string
  readonly subtitle: string | null
  readonly picture: string | null
  readonly badge: { readonly words: string; readonly tone: Tone } | null
  readonly cells: readonly string[]
}

export type Tone = 'quiet' | 'good' | 'waiting' | 'bad'

export interface Bulk {
  readonly action: string
  readonly actions: readonly { readonly value: string; readonly label: string }[]
}

interface ColumnWords {
  readonly title: string
  /** The field that sorts it. */
  readonly sort?: string
  readonly isNumber?: boolean
}

interface ListWords {
  readonly address: string
  readonly noun: readonly [one: string, several: string]
  readonly intro?: string
  readonly searchLabel?: string
  readonly around?: readonly Tab[]
  readonly tabs?: readonly Tab[]
  /** What the tabs choose, where `empty` is about the tab. */
  readonly chosenByTab?: string
  readonly filters?: readonly ListFilter[]
  readonly columns: readonly ColumnWords[]
  readonly create?: { readonly label: string; readonly href: string } | null
  readonly empty: string
  readonly bulk?: Bulk | null
}

export function listPage(
  frame: AdminFrame,
  query: ListQuery,
  found: { readonly total: number; readonly perPage: number },
  rows: readonly ListRow[],
  words: ListWords,
): ListPage {
  const { address, noun, columns } = words
  const { total, perPage } = found
  const [one, several] = noun
  const { chosen } = query
  const filters = words.filters ?? []
  // Of a tab that is empty, its list says itself what that means.
  const narrowing = Object.keys(chosen).filter((name) => name !== words.chosenByTab)
  const isNarrowed = query.q !== '' || narrowing.length > 0

  return {
    frame,
    intro: words.intro ?? null,
    address,
    q: query.q,
    searchLabel: words.searchLabel ?? `Search ${several}`,
    around: words.around ?? [],
    tabs: words.tabs ?? [],
    filters,
    kept: Object.entries(chosen)
      .map(([name, value]) => ({ name, value }))
      .filter(({ name }) => !filters.some((filter) => filter.name === name)),
    columns: columns.map(({ title, sort, isNumber = false }) => ({
      title,
      isNumber,
      sortHref:
        sort === undefined ? null : query.href(address, { sort: turned(query, sort), page: 1 }),
      sorted: sort === undefined ? null : sortedBy(query, sort),
    })),
    rows: rows.map((row) => ({ ...row, href: fromHere(row.href, query.href(address, {})) })),
    count: `${total.toLocaleString('en')} ${total === 1 ? one : several}`,
    previousHref: query.page > 1 ? query.href(address, { page: query.page - 1 }) : null,
    nextHref: query.page * perPage < total ? query.href(address, { page: query.page + 1 }) : null,
    create: words.create ?? null,
    empty: isNarrowed ? `No ${several} match this.` : words.empty,
    bulk: words.bulk ? { ...words.bulk, back: query.href(address, {}) } : null,
  }
}

/** What a narrowed list leads to, leads back to it as it is. */
function fromHere(href: string, here: string): string {
  const isOurs = href.startsWith('/admin/') && here.startsWith('/admin/')
  return isOurs && here.includes('?') ? comingFrom(href, here) : href
}

function sortedBy({ sort }: ListQuery, field: string): Column['sorted'] {
  if (sort === field) return 'ascending'
  return sort === `-${field}` ? 'descending' : null
}

function turned({ sort }: ListQuery, field: string): string {
  return sort === field ? `-${field}` : field
}
