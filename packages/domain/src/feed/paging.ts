import { NotFoundError } from '@showrunner/data'
import { type FeedDraft } from '@showrunner/feeds'
import { Episode } from '../episodes/index.ts'

/** A part of what a feed would hold, by RFC 5005. */
export interface FeedPage {
  /** From 1, with what is newest. */
  readonly page: number
  readonly pages: number
  /** How many are on a page; all of them, without one. */
  readonly size: number | null
}

/** @throws NotFoundError when there is no such page. */
export function feedPage(page: number, total: number, size: number | null): FeedPage {
  const pages = size === null ? 1 : Math.max(1, Math.ceil(total / size))
  if (page > pages) throw new NotFoundError(Episode, `on page ${page} of ${pages} of the feed`)
  return { page, pages, size }
}

type PageLinks = Pick<
  FeedDraft,
  'selfUrl' | 'firstPageUrl' | 'previousPageUrl' | 'nextPageUrl' | 'lastPageUrl'
>

/** What a page of the feed at this address says of the others. A feed that is whole says nothing of pages. */
export function pageLinks(address: string, { page, pages }: FeedPage): PageLinks {
  const at = (number: number) => (number > 1 ? `${address}?page=${number}` : address)
  if (pages === 1) return { selfUrl: address }
  return {
    selfUrl: at(page),
    firstPageUrl: at(1),
    previousPageUrl: page > 1 ? at(page - 1) : null,
    nextPageUrl: page < pages ? at(page + 1) : null,
    lastPageUrl: at(pages),
  }
}
