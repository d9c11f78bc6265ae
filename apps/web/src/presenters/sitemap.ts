import { type Everything } from '@showrunner/domain/site'
import { addresses } from '../addresses.ts'
import { escapeHtml } from '../safe-html.ts'

/** A page, and when it last changed, as far as is known. */
interface Line {
  readonly address: string
  readonly changedAt?: Date
}

/** What the sitemap lists, kind by kind: a new kind of public page is a line here. */
const KINDS: readonly ((all: Everything) => readonly Line[])[] = [
  (all) => FIXED.filter(({ when }) => when(all)).map(({ address }) => ({ address })),
  ({ podcasts }) => podcasts.map((one) => line(addresses.podcast(one.slug), one)),
  ({ episodes }) => episodes.map((one) => line(addresses.episode(one.podcast, one.slug), one)),
  ({ liveShows }) => liveShows.map((one) => line(addresses.episode(one.podcast, one.slug), one)),
  ({ posts }) => posts.map((one) => line(addresses.post(one.slug), one)),
  ({ news }) => news.map((one) => line(addresses.newsItem(one), one)),
  ({ newsIssues }) => newsIssues.map((one) => line(addresses.newsIssue(one.slug), one)),
  ({ newsSources }) => newsSources.map((one) => line(addresses.newsSource(one.slug), one)),
  ({ people }) => people.map((one) => line(addresses.person(one.slug), one)),
  ({ topics }) => topics.map((one) => line(addresses.topic(one.slug), one)),
  ({ sponsors }) => sponsors.map((one) => line(addresses.sponsor(one.slug), one)),
  ({ years }) => years.map((year) => ({ address: addresses.archiveYear(year) })),
  ({ podcastYears }) =>
    podcastYears.map(({ podcast, year }) => ({ address: addresses.podcastYear(podcast, year) })),
  ({ withPopular }) => withPopular.map((slug) => ({ address: addresses.popular(slug) })),
  ({ withRecommended }) =>
    withRecommended.map((slug) => ({ address: addresses.recommended(slug) })),
  ({ texts }) => texts.map((text) => ({ address: addresses[text] })),
]

/** Pages that are one of a kind, and when they have something to say. */
const FIXED: readonly { readonly address: string; readonly when: (all: Everything) => boolean }[] =
  [
    { address: addresses.home, when: () => true },
    { address: addresses.podcasts, when: () => true },
    { address: addresses.about, when: () => true },
    { address: addresses.guest, when: () => true },
    { address: addresses.feeds, when: () => true },
    { address: addresses.apiPage, when: () => true },
    { address: addresses.request, when: ({ takesRequests }) => takesRequests },
    { address: addresses.people, when: ({ people }) => people.length > 0 },
    { address: addresses.topics, when: ({ topics }) => topics.length > 0 },
    { address: addresses.sponsors, when: ({ sponsors }) => sponsors.length > 0 },
    { address: addresses.archive, when: ({ years }) => years.length > 0 },
    { address: addresses.posts, when: ({ posts }) => posts.length > 0 },
    { address: addresses.news, when: ({ news }) => news.length > 0 },
    { address: addresses.newsIssues, when: ({ newsIssues }) => newsIssues.length > 0 },
    { address: addresses.newsSources, when: ({ newsSources }) => newsSources.length > 0 },
  ]

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

function line(address: string, { changedAt }: { readonly changedAt: Date }): Line {
  return { address, changedAt }
}

/** All pages in one file, or where they are too many the list of those files. */
export function sitemap(publicUrl: string, all: Everything, most: number): string {
  const lines = linesOf(all)
  if (lines.length <= most) return urlset(publicUrl, lines)
  const parts = Array.from({ length: Math.ceil(lines.length / most) }, (_, index) => {
    const newest = newestOf(partOf(lines, index + 1, most))
    return entry('sitemap', publicUrl, { address: addresses.sitemapPart(index + 1), ...newest })
  })
  return document('sitemapindex', parts)
}

/** One of those files, counted from 1; undefined where there are not so many. */
export function sitemapPart(
  publicUrl: string,
  all: Everything,
  { part, most }: { readonly part: number; readonly most: number },
): string | undefined {
  const lines = linesOf(all)
  const own = lines.length <= most ? [] : partOf(lines, part, most)
  return own.length === 0 ? undefined : urlset(publicUrl, own)
}

function linesOf(all: Everything): readonly Line[] {
  return KINDS.flatMap((kind) => kind(all))
}

function partOf(lines: readonly Line[], part: number, most: number): readonly Line[] {
  return lines.slice((part - 1) * most, part * most)
}

function newestOf(lines: readonly Line[]): Pick<Line, 'changedAt'> {
  const times = lines.flatMap(({ changedAt }) => (changedAt ? [changedAt.getTime()] : []))
  return times.length === 0 ? {} : { changedAt: new Date(times.reduce((a, b) => Math.max(a, b))) }
}

function urlset(publicUrl: string, lines: readonly Line[]): string {
  return document(
    'urlset',
    lines.map((one) => entry('url', publicUrl, one)),
  )
}

function document(root: string, entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${entries.join('\n')}\n</${root}>\n`
}

function entry(name: string, publicUrl: string, { address, changedAt }: Line): string {
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''
  return `<${name}><loc>${escapeHtml(publicUrl + address)}</loc>${changed}</${name}>`
}
