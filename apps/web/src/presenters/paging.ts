import { type Words } from '../words/index.ts'

/** The way from one page of a list to the others. */
export interface Paging {
  readonly newer: string | null
  readonly older: string | null
  /** `51 to 100 of 312`; nothing where one page holds them all. */
  readonly range: string | null
}

interface OnePage {
  readonly page: number
  readonly pages: number
  readonly perPage: number
  readonly total: number
}

export function pagingOf(
  { page, pages, perPage, total }: OnePage,
  { lists }: Words,
  address: (page: number) => string,
): Paging {
  const from = (page - 1) * perPage + 1
  const to = Math.min(total, from + perPage - 1)

  return {
    newer: page > 1 ? address(page - 1) : null,
    older: page < pages ? address(page + 1) : null,
    range: pages > 1 ? lists.range(from, to, total) : null,
  }
}
