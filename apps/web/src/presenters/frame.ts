import { absolute, addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { head, type Head } from './head.ts'
import { type ShareCard } from './share-card.ts'
import { titleSize, type TitleSize } from './title-size.ts'

/** What the network says of itself, and what every page of it carries. */
export interface Site {
  readonly title: string
  readonly tagline: string | null
  readonly language: string
  /** The texts of the pages, in that language. */
  readonly words: Words
  readonly coverUrl: string | null
  readonly publicUrl: string
  /** The tags that fetch styles and scripts. */
  readonly assets: SafeHtml
  readonly adminAssets: SafeHtml
  readonly embedAssets: SafeHtml
  /** Whether anything of the network's own is there to be read. */
  readonly hasPosts: boolean
  readonly hasNews: boolean
  /** Live shows that are on air now. */
  readonly onAir: readonly OnAir[]
  /** Where else the network is. */
  readonly socials: readonly SiteLink[]
  /** What stands at the foot of every page besides. */
  readonly footnotes: readonly SiteLink[]
}

/** A show that is on air, as every page says it. */
export interface OnAir extends SiteLink {
  readonly of: string
}

export interface SiteLink {
  readonly title: string
  readonly href: string
}

/** What a page says of itself. Addresses are the site's own, without a host. */
export interface Subject {
  readonly title: string
  /** What it is a part of, for the title of the document: the network, unless said. */
  readonly of?: string
  readonly description: string | null
  readonly address: string
  /** Where it appeared first, if that is elsewhere. */
  readonly canonical?: string | null
  readonly image?: string | null
  readonly type?: 'website' | 'article' | 'profile'
  readonly feeds?: readonly FeedLink[]
  readonly audioUrl?: string | null
  readonly audioType?: string | null
  /** Of what it is about, where that is another than the network's. */
  readonly language?: string
  /** What it is shared with: drawn, at `addresses.shareImage` of its address. The network's, unless said. */
  readonly card?: ShareCard
  /** Where a player of it is, to be shown on other sites. */
  readonly player?: string
  readonly published?: Date | null
  readonly modified?: Date | null
  /** Of those who speak or wrote, the pages. */
  readonly authors?: readonly string[]
  readonly topics?: readonly string[]
  /** What it is below, from the top; itself is added. */
  readonly crumbs?: readonly SiteLink[]
  /** The pages before and after it, where there is more than one. */
  readonly paging?: { readonly newer: string | null; readonly older: string | null }
  /** Where Apple Podcasts has the show. */
  readonly appleUrl?: string | null
  readonly jsonLd?: object | readonly object[]
  readonly section?: 'home' | 'podcasts' | 'posts' | 'news' | 'about'
  /** Kept out of search engines. */
  readonly unlisted?: boolean
}

export interface FeedLink {
  readonly title: string
  readonly href: string
  /** RSS unless said. */
  readonly type?: string
}

/** The head of a page, its masthead and its colophon, in words. */
export interface Frame {
  readonly site: Site
  readonly nameplate: TitleSize
  readonly title: string
  readonly documentTitle: string
  readonly description: string
  readonly canonical: string
  readonly image: string | null
  readonly feeds: readonly FeedLink[]
  readonly head: Head
  /** What it is shared with; null where that is the network's. */
  readonly card: ShareCard | null
  readonly section: Subject['section']
  readonly unlisted: boolean
  /** Of the site, without a host. */
  readonly address: string
  readonly addresses: typeof addresses
}

export function frame(site: Site, subject: Subject): Frame {
  const image = subject.image ?? site.coverUrl
  const description =
    subject.description ?? site.tagline ?? site.words.frame.podcastsFrom(site.title)
  const canonical = subject.canonical ?? site.publicUrl + subject.address

  return {
    site,
    nameplate: titleSize(site.title, { short: 17, long: 30 }),
    title: subject.title,
    documentTitle: documentTitle(subject, site),
    description,
    canonical,
    image: image ? absolute(site.publicUrl, image) : null,
    feeds: subject.feeds ?? [],
    head: head(site, subject, { description, canonical }),
    card: subject.card ?? null,
    section: subject.section,
    unlisted: subject.unlisted ?? false,
    address: subject.address,
    addresses,
  }
}

function documentTitle({ title, of }: Subject, site: Site): string {
  const whole = of ?? site.title

  return title === whole ? title : `${title} · ${whole}`
}
