import { type FeedDraft } from '@showrunner/feeds'

/** What a feed says of itself before it is read: its own address, and the hubs that tell of it (WebSub). */
export function feedLinks({ selfUrl, hubUrls = [] }: FeedDraft): string {
  const links = hubUrls.map((url) => `<${url}>; rel="hub"`)
  return [...links, ...(selfUrl ? [`<${selfUrl}>; rel="self"`] : [])].join(', ')
}
