import { type FeedDraft } from '@showrunner/feeds'

/** The same feed at its address as JSON Feed. Hubs are told of the other one only. */
export function inJson(draft: FeedDraft): FeedDraft {
  return {
    ...draft,
    selfUrl: atJson(draft.selfUrl),
    nextPageUrl: atJson(draft.nextPageUrl),
    hubUrls: [],
  }
}

function atJson(address: string | null | undefined): string | null {
  return address?.replace(/\/feed(?=\?|$)/, '/feed.json') ?? null
}
