import { el, field, type Markup, parent } from './xml.ts'

/** A list of feeds that podcast apps take in at once. */
export interface FeedList {
  readonly title: string
  readonly ownerName?: string | null
  readonly feeds: readonly ListedFeed[]
}

export interface ListedFeed {
  readonly title: string
  readonly feedUrl: string
  readonly link: string | null
  readonly description: string | null
  readonly language: string | null
}

/** Writes OPML 2.0, to be served as `text/x-opml`. The same list gives the same bytes. */
export function writeOpml({ title, ownerName, feeds }: FeedList): string {
  const head: Markup[] = [field('title', title), field('ownerName', ownerName)]
  const opml = parent('opml', { version: '2.0' }, [
    parent('head', {}, head),
    parent('body', {}, feeds.map(outline)),
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${opml}\n`
}

function outline({ title, feedUrl, link, description, language }: ListedFeed): string {
  return el('outline', {
    type: 'rss',
    text: title,
    title,
    xmlUrl: feedUrl,
    htmlUrl: link,
    description,
    language,
  })
}
