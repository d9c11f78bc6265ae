import { type FeedDraft, type ItemDraft, type Person } from '../feed.ts'

/** Writes the same feed as JSON Feed 1.1, to be served as `application/feed+json`. Of a podcast it says less than RSS does. */
export function writeJsonFeed(feed: FeedDraft): string {
  const items = Array.from(feed.items, jsonItem)
  const document = said({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.link,
    feed_url: feed.selfUrl,
    description: feed.description,
    next_url: feed.nextPageUrl,
    icon: feed.imageUrl,
    language: feed.language,
    authors: authorsOf(feed.people ?? [], feed.author),
    expired: feed.complete || null,
    hubs: (feed.hubUrls ?? []).map((url) => ({ type: 'WebSub', url })),
    items,
  })
  // Without items it says so: the list is required.
  return `${JSON.stringify({ ...document, items }, wellFormed, 1)}\n`
}

function jsonItem(item: ItemDraft): object {
  const { link, contentHtml, description } = item
  return said({
    id: item.guid,
    url: link,
    title: item.title,
    content_html: contentHtml,
    // One of the two has to be there.
    content_text: contentHtml ? null : (description ?? ''),
    summary: description,
    image: item.imageUrl,
    date_published: item.publishedAt?.toISOString(),
    authors: authorsOf(item.people ?? [], item.author),
    tags: [...new Set([...(item.keywords ?? []), ...(item.categories ?? [])])],
    attachments: item.enclosure ? [attachment(item, item.enclosure)] : [],
  })
}

function attachment(
  { durationSeconds }: ItemDraft,
  { url, type, length }: NonNullable<ItemDraft['enclosure']>,
): object {
  return said({
    url,
    mime_type: type ?? 'audio/mpeg',
    size_in_bytes: length,
    duration_in_seconds: durationSeconds,
  })
}

/** Whoever is heard; and where nobody is named, who publishes it. */
function authorsOf(people: readonly Person[], author: string | null | undefined) {
  const cast = people.filter(({ group }) => group === 'cast')
  if (cast.length === 0) return author ? [{ name: author }] : []
  return cast.map(({ name, link, imageUrl }) => said({ name, url: link, avatar: imageUrl }))
}

/** Without what is not said. */
function said(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value != null && (!Array.isArray(value) || value.length > 0),
    ),
  )
}

/** Halves of surrogate pairs are no characters, in JSON either. */
function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value
}
