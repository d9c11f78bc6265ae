import { CARD_SIZES } from '@showrunner/artwork'
import { absolute, addresses, SHARE_FILES } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Site, type Subject } from './frame.ts'
import { breadcrumbs } from './json-ld.ts'
import { altOf, networkCard, versionOf } from './share-card.ts'

/** One `<meta>`: those of Open Graph are named by a property. */
export interface Meta {
  readonly property?: string
  readonly name?: string
  readonly content: string
}

/** What the head of a page says to those who do not look at it: other sites, search engines, phones. */
export interface Head {
  readonly metas: readonly Meta[]
  /** Data, each a script element of its own. */
  readonly jsonLd: readonly SafeHtml[]
  readonly newer: string | null
  readonly older: string | null
}

/** Of the embedded player, as it is shown beside a message. */
const PLAYER = { width: 500, height: 220 } as const

const APPLE_ID = /^https:\/\/(?:podcasts|itunes)\.apple\.com\/.*\/id(\d+)/

export function head(
  site: Site,
  subject: Subject,
  said: { readonly description: string; readonly canonical: string },
): Head {
  const [, appleId] = APPLE_ID.exec(subject.appleUrl ?? '') ?? []
  const data = [subject.jsonLd ?? [], crumbsOf(site, subject)].flat()
  return {
    metas: [
      ...openGraph(site, subject, said),
      ...imageOf(site, subject),
      ...articleOf(site, subject),
      ...cardOf(site, subject, said),
      ...(appleId === undefined
        ? []
        : [{ name: 'apple-itunes-app', content: `app-id=${appleId}` }]),
    ],
    jsonLd: subject.unlisted ? [] : data.map(dataBlock),
    newer: subject.paging?.newer ?? null,
    older: subject.paging?.older ?? null,
  }
}

function openGraph(
  site: Site,
  subject: Subject,
  { description, canonical }: { readonly description: string; readonly canonical: string },
): readonly Meta[] {
  const { title, type = 'website', audioUrl, audioType, language = site.language } = subject
  const audio = audioUrl ? absolute(site.publicUrl, audioUrl) : null
  return [
    { property: 'og:site_name', content: site.title },
    { property: 'og:type', content: type },
    { property: 'og:title', content: title },
    { property: 'og:description', content: description },
    { property: 'og:url', content: canonical },
    { property: 'og:locale', content: localeOf(language) },
    ...(audio === null ? [] : [{ property: 'og:audio', content: audio }]),
    ...(audio === null || !audioType ? [] : [{ property: 'og:audio:type', content: audioType }]),
  ]
}

/** `en` is `en_US` to others, `pt-BR` is `pt_BR`. */
function localeOf(language: string): string {
  try {
    const locale = new Intl.Locale(language)
    const { region = 'US' } = locale.region === undefined ? locale.maximize() : locale
    return `${locale.language}_${region}`
  } catch {
    // Feeds name languages that nobody knows.
    return 'en_US'
  }
}

function imageOf(site: Site, subject: Subject): readonly Meta[] {
  const address = imageAddress(site, subject)
  const { width, height } = CARD_SIZES.wide
  return [
    { property: 'og:image', content: address },
    { property: 'og:image:type', content: 'image/jpeg' },
    { property: 'og:image:width', content: String(width) },
    { property: 'og:image:height', content: String(height) },
    { property: 'og:image:alt', content: altOf(subject.card ?? networkCard(site)) },
  ]
}

function imageAddress(site: Site, { card, address }: Subject): string {
  const page = card ? address.replace(/\?.*$/, '') : addresses.home
  const version = versionOf(card ?? networkCard(site))
  return site.publicUrl + addresses.shareImage(page, SHARE_FILES.wide, version)
}

function articleOf(site: Site, subject: Subject): readonly Meta[] {
  if (subject.type !== 'article') return []
  const { published, modified, authors = [], topics = [], of } = subject
  return [
    ...(published
      ? [{ property: 'article:published_time', content: published.toISOString() }]
      : []),
    ...(published && modified && modified > published
      ? [{ property: 'article:modified_time', content: modified.toISOString() }]
      : []),
    ...authors.map((author) => ({ property: 'article:author', content: site.publicUrl + author })),
    ...(of === undefined ? [] : [{ property: 'article:section', content: of }]),
    ...topics.map((topic) => ({ property: 'article:tag', content: topic })),
  ]
}

function cardOf(
  site: Site,
  subject: Subject,
  { description }: { readonly description: string },
): readonly Meta[] {
  const { player, title } = subject
  return [
    { name: 'twitter:card', content: player ? 'player' : 'summary_large_image' },
    { name: 'twitter:title', content: title },
    { name: 'twitter:description', content: description },
    { name: 'twitter:image', content: imageAddress(site, subject) },
    { name: 'twitter:image:alt', content: altOf(subject.card ?? networkCard(site)) },
    ...(player
      ? [
          { name: 'twitter:player', content: site.publicUrl + player },
          { name: 'twitter:player:width', content: String(PLAYER.width) },
          { name: 'twitter:player:height', content: String(PLAYER.height) },
        ]
      : []),
  ]
}

function crumbsOf(site: Site, { crumbs = [], title, address }: Subject): readonly object[] {
  return crumbs.length === 0 ? [] : [breadcrumbs(site, [...crumbs, { title, href: address }])]
}

// A "<" would let a title close the script element it is written into.
function dataBlock(data: object): SafeHtml {
  return safeHtml(JSON.stringify(data).replaceAll('<', '\\u003c'))
}
