/**
 * What a podcast's feed says, as plain data. `null` and an empty list mean the feed does not say.
 * Times within an episode are whole milliseconds; addresses are absolute http(s) unless noted.
 */
export interface Feed {
  readonly title: string
  readonly subtitle: string | null
  /** As written: plain text or HTML. */
  readonly description: string | null
  readonly summary: string | null
  readonly link: string | null
  /** The feed's own address, from `atom:link rel="self"`. */
  readonly selfUrl: string | null
  /** WebSub hubs, from `atom:link rel="hub"`. */
  readonly hubUrls: readonly string[]
  /** The next page of a paged feed (RFC 5005), with what is older. */
  readonly nextPageUrl: string | null
  readonly previousPageUrl: string | null
  readonly firstPageUrl: string | null
  readonly lastPageUrl: string | null
  /** Where the feed has moved to, from `itunes:new-feed-url`. */
  readonly newFeedUrl: string | null
  readonly language: string | null
  readonly author: string | null
  readonly owner: Owner | null
  readonly copyright: string | null
  readonly generator: string | null
  readonly imageUrl: string | null
  readonly images: readonly Image[]
  readonly categories: readonly Category[]
  readonly keywords: readonly string[]
  readonly explicit: boolean | null
  readonly type: FeedType | null
  readonly complete: boolean
  readonly blocked: boolean
  /** `podcast:block`, each for one service or, without one, for all. */
  readonly blocks: readonly ServiceBlock[]
  /** `podcast:guid`, verbatim. */
  readonly guid: string | null
  readonly locked: boolean | null
  readonly lockedOwner: string | null
  readonly medium: string | null
  readonly license: License | null
  readonly locations: readonly Location[]
  readonly funding: readonly Funding[]
  readonly people: readonly Person[]
  readonly trailers: readonly Trailer[]
  readonly txts: readonly Txt[]
  readonly podroll: readonly RemoteItem[]
  readonly publisher: RemoteItem | null
  readonly remoteItems: readonly RemoteItem[]
  readonly values: readonly Value[]
  readonly updateFrequency: UpdateFrequency | null
  readonly socialInteracts: readonly SocialInteract[]
  readonly chat: Chat | null
  readonly usesPodping: boolean
  readonly publishedAt: Date | null
  readonly updatedAt: Date | null
  readonly items: readonly FeedItem[]
  readonly liveItems: readonly LiveItem[]
}

/** One episode. */
export interface FeedItem {
  /** Verbatim: podcast apps know an episode by it, letter for letter. */
  readonly guid: string
  readonly guidIsPermaLink: boolean
  readonly title: string
  /** `itunes:title`: the title without show name and number. */
  readonly itunesTitle: string | null
  readonly subtitle: string | null
  /** As written: plain text or HTML. */
  readonly description: string | null
  /** `itunes:summary`. */
  readonly summary: string | null
  /** `content:encoded`: the notes in HTML, as written. It has not been sanitised. */
  readonly contentHtml: string | null
  readonly link: string | null
  readonly publishedAt: Date | null
  readonly enclosure: Enclosure | null
  readonly durationSeconds: number | null
  readonly season: number | null
  readonly seasonName: string | null
  /** May have decimals (`315.5`). */
  readonly episode: number | null
  readonly episodeDisplay: string | null
  readonly episodeType: EpisodeType | null
  readonly author: string | null
  readonly imageUrl: string | null
  readonly images: readonly Image[]
  readonly explicit: boolean | null
  readonly blocked: boolean
  readonly keywords: readonly string[]
  readonly categories: readonly string[]
  readonly people: readonly Person[]
  readonly transcripts: readonly TranscriptLink[]
  readonly chapters: ChaptersLink | null
  /** Podlove simple chapters, given in the feed itself. */
  readonly inlineChapters: readonly Chapter[]
  readonly soundbites: readonly Soundbite[]
  readonly socialInteracts: readonly SocialInteract[]
  readonly license: License | null
  readonly locations: readonly Location[]
  readonly funding: readonly Funding[]
  readonly alternateEnclosures: readonly AlternateEnclosure[]
  readonly contentLinks: readonly ContentLink[]
  readonly txts: readonly Txt[]
  readonly values: readonly Value[]
  readonly chat: Chat | null
}

/** A show that is announced, on air, or just over. */
export interface LiveItem extends FeedItem {
  readonly status: LiveStatus
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** A feed to write: what is left out is not said. */
export type FeedDraft = Partial<Omit<Feed, 'title' | 'items' | 'liveItems'>> & {
  readonly title: string
  readonly items: Iterable<ItemDraft>
  readonly liveItems?: readonly LiveItemDraft[]
}

/** An episode to write: what is left out is not said. */
export type ItemDraft = Partial<Omit<FeedItem, 'guid' | 'title'>> & Pick<FeedItem, 'guid' | 'title'>

export type LiveItemDraft = ItemDraft & Pick<LiveItem, 'status' | 'startsAt' | 'endsAt'>

export const FEED_TYPES = ['episodic', 'serial'] as const
export type FeedType = (typeof FEED_TYPES)[number]

export const EPISODE_TYPES = ['full', 'trailer', 'bonus'] as const
export type EpisodeType = (typeof EPISODE_TYPES)[number]

export const LIVE_STATUSES = ['pending', 'live', 'ended'] as const
export type LiveStatus = (typeof LIVE_STATUSES)[number]

/** The audio (or video) file of an episode. */
export interface Enclosure {
  readonly url: string
  readonly type: string | null
  /** In bytes. */
  readonly length: number | null
}

export interface Person {
  readonly name: string
  /** Lower case; `host` where the feed does not say. */
  readonly role: string
  /** Lower case; `cast` where the feed does not say. */
  readonly group: string
  readonly imageUrl: string | null
  readonly link: string | null
}

/** A chapter of an episode. */
export interface Chapter {
  readonly startsMs: number
  readonly endsMs: number | null
  readonly title: string | null
  readonly link: string | null
  readonly imageUrl: string | null
  /** Not listed, but its artwork and link are shown while it plays. */
  readonly hidden: boolean
}

/** Something said: one caption or one paragraph of a transcript. Text is plain, not HTML or Markdown. */
export interface Cue {
  readonly startsMs: number | null
  readonly endsMs: number | null
  readonly speaker: string | null
  readonly text: string
}

export interface Owner {
  readonly name: string | null
  readonly email: string | null
}

export interface Category {
  readonly name: string
  readonly subcategory: string | null
}

export interface Image {
  readonly url: string
  readonly alt: string | null
  readonly type: string | null
  readonly purpose: string | null
  readonly aspectRatio: string | null
  readonly width: number | null
  readonly height: number | null
}

export interface ServiceBlock {
  readonly service: string | null
  readonly blocked: boolean
}

export interface License {
  /** An SPDX-like slug, or the licence's own words. */
  readonly name: string
  readonly url: string | null
}

export interface Location {
  readonly name: string
  readonly rel: string | null
  readonly geo: string | null
  readonly osm: string | null
  readonly country: string | null
}

export interface Funding {
  readonly url: string
  readonly text: string
}

export interface Trailer {
  readonly title: string
  readonly url: string
  readonly publishedAt: Date | null
  readonly type: string | null
  readonly length: number | null
  readonly season: number | null
}

export interface Txt {
  readonly purpose: string | null
  readonly text: string
}

/** Another feed, or an episode of one. */
export interface RemoteItem {
  readonly feedGuid: string
  readonly feedUrl: string | null
  readonly itemGuid: string | null
  readonly medium: string | null
  readonly title: string | null
}

/** Who is paid, and how, when a listener pays. */
export interface Value {
  readonly type: string
  readonly method: string
  readonly suggested: string | null
  readonly recipients: readonly ValueRecipient[]
}

export interface ValueRecipient {
  readonly name: string | null
  readonly type: string
  readonly address: string
  /** A share of the whole, as written: percent or any other unit. */
  readonly split: string
  readonly customKey: string | null
  readonly customValue: string | null
  readonly fee: boolean
}

export interface UpdateFrequency {
  readonly text: string
  readonly rrule: string | null
  readonly startsAt: Date | null
  readonly complete: boolean
}

export interface SocialInteract {
  readonly protocol: string
  /** Any scheme but a script's: `https:`, `at:`, `nostr:` … Null where comments are disabled. */
  readonly uri: string | null
  readonly accountId: string | null
  readonly accountUrl: string | null
  readonly priority: number | null
}

export interface Chat {
  readonly server: string
  readonly protocol: string
  readonly accountId: string | null
  readonly space: string | null
}

export interface TranscriptLink {
  readonly url: string
  readonly type: string
  readonly language: string | null
  /** `captions` where the cues follow the speech. */
  readonly rel: string | null
}

export interface ChaptersLink {
  readonly url: string
  readonly type: string
}

/** A part worth quoting. */
export interface Soundbite {
  readonly startsMs: number
  readonly durationMs: number
  readonly title: string | null
}

export interface AlternateEnclosure {
  readonly type: string
  readonly length: number | null
  readonly bitrate: number | null
  readonly height: number | null
  readonly language: string | null
  readonly title: string | null
  readonly rel: string | null
  readonly codecs: string | null
  readonly isDefault: boolean
  /** Any scheme but a script's: `https:`, `ipfs:` … */
  readonly sources: readonly Source[]
  readonly integrity: Integrity | null
}

interface Source {
  readonly uri: string
  readonly contentType: string | null
}

export interface Integrity {
  readonly type: string
  readonly value: string
}

export interface ContentLink {
  readonly url: string
  readonly text: string
}
