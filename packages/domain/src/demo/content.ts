import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AccountState } from '../community/index.ts'
import { type ReactionKind } from '../live/index.ts'
import { type RequestStatus } from '../requests/index.ts'
import { type DemoToken } from './seed-token.ts'

/** For a changeset to judge. */
export type Fields = Readonly<Record<string, unknown>>

/** Beside `src`: see the README there. */
export const CONTENT = join(import.meta.dirname, '../../demo')

export interface NetworkFile {
  readonly settings: Fields
  readonly people: readonly (Fields & { readonly handle: string; readonly avatarUrl?: string })[]
  readonly topics: readonly (Fields & { readonly slug: string })[]
  readonly sponsors: readonly (Fields & {
    readonly slug: string
    /** Its people, who read its report. */
    readonly reps?: readonly { readonly name: string; readonly email: string }[]
  })[]
  /** Of the site it had before this one. */
  readonly redirects: readonly (Fields & { readonly path: string })[]
}

interface Credit extends Fields {
  readonly person: string
}

interface PodcastFile extends Fields {
  readonly guid: string
  readonly coverUrl: string
  readonly hosts: readonly string[]
  readonly topics: readonly string[]
  readonly credits: readonly Credit[]
}

interface EpisodeFile extends Fields {
  readonly guid: string
  /** Negative for one that is scheduled, missing for a draft. */
  readonly publishedDaysAgo?: number
  readonly recordedDaysAgo?: number
  /** What it was called before: those addresses lead to it. */
  readonly formerSlugs?: readonly string[]
  readonly coverUrl?: string
  readonly chapters?: readonly (Fields & { readonly imageUrl?: string })[]
  readonly hosts: readonly string[]
  readonly guests: readonly Credit[]
  readonly topics: readonly string[]
  readonly sponsors: readonly (Fields & { readonly sponsor: string })[]
  readonly links: readonly Fields[]
  readonly credits: readonly Credit[]
}

export interface DemoRequest extends Fields {
  readonly podcast: string
  readonly by: { readonly name: string; readonly email: string }
  readonly daysAgo: number
  readonly status: RequestStatus
  /** The slug of what was made of it. */
  readonly episode?: string
  readonly messages?: readonly {
    /** The handle of whoever answers, or `submitter`. */
    readonly from: string
    readonly daysAgo: number
    readonly body: string
  }[]
}

/** Somebody of whom Memberful told, and how far they are in Slack. */
export interface DemoSubscriber {
  readonly name: string
  readonly email: string
  readonly plan: string
  readonly joinedDaysAgo: number
  /** Negative where what was paid has ended. */
  readonly paidForDays: number
  readonly endedDaysAgo?: number
  readonly slack: AccountState
  /** Why they wait. */
  readonly trouble?: string
}

export interface MembershipsFile {
  readonly inviteUrl: string
  readonly inviteUrlDaysLeft: number
  readonly members: readonly DemoSubscriber[]
  /** Who only signed up. */
  readonly visitor: { readonly name: string; readonly email: string; readonly daysAgo: number }
  readonly others: readonly { readonly daysAgo: number; readonly event: object }[]
  /** What is applied as soon as jobs are done. */
  readonly waiting: object
}

export interface DemoPodcast extends PodcastFile {
  readonly slug: string
  readonly folder: string
  readonly episodes: readonly DemoEpisode[]
}

export interface DemoEpisode extends EpisodeFile {
  readonly slug: string
  readonly folder: string
  readonly notes: string
  /** Paths; null for a draft. */
  readonly audio: string | null
  readonly transcript: string | null
}

export async function readNetwork(): Promise<NetworkFile> {
  return readJson(join(CONTENT, 'network.json'))
}

export interface DemoPost extends Fields {
  readonly guid: string
  /** Negative for one that is scheduled, missing for a draft. */
  readonly publishedDaysAgo?: number
  readonly author: string
  readonly editor: string | null
  readonly topics: readonly string[]
  readonly slug: string
  readonly body: string
}

export async function readPosts(): Promise<readonly DemoPost[]> {
  const folder = join(CONTENT, 'posts')
  const slugs = await foldersWith(folder, 'post.json')
  return Promise.all(
    slugs.map(async (slug) => ({
      ...(await readJson<DemoPost>(join(folder, slug, 'post.json'))),
      slug,
      body: await readFile(join(folder, slug, 'body.md'), 'utf8'),
    })),
  )
}

export interface DemoNewsItem extends Fields {
  readonly key: string
  /** By its slug. */
  readonly source?: string
  readonly episode?: readonly [podcast: string, episode: string]
  readonly topics: readonly string[]
  readonly logger?: string
  /** A handle, or an address. */
  readonly submitter?: string
  readonly remark?: string
  readonly publishedDaysAgo?: number
  /** Where it is not published. */
  readonly status?: 'queued' | 'submitted'
}

export interface DemoComment {
  readonly key: string
  /** A news item by its key, or an episode. */
  readonly about: string | readonly [podcast: string, episode: string]
  readonly below?: string
  /** A handle, or an address. */
  readonly by: string
  /** Whose first one it is: it waits. */
  readonly isNew?: boolean
  readonly hoursAgo: number
  readonly body: string
}

export interface NewsFile {
  readonly sources: readonly (Fields & { readonly slug: string })[]
  readonly items: readonly DemoNewsItem[]
  readonly issues: readonly (Fields & {
    readonly publishedDaysAgo: number
    readonly items: readonly (readonly [key: string, withPicture: boolean])[]
  })[]
  readonly comments: readonly DemoComment[]
}

export async function readNews(): Promise<NewsFile> {
  return readJson(join(CONTENT, 'news.json'))
}

export interface DemoFeed extends Fields {
  /** Their address. */
  readonly owner: string
  readonly daysAgo: number
  /** By their slugs. */
  readonly podcasts?: readonly string[]
}

export async function readFeeds(): Promise<readonly DemoFeed[]> {
  return readJson(join(CONTENT, 'feeds.json'))
}

export interface SubscriptionsFile {
  readonly subscribers: readonly {
    /** Null for the newsletter. */
    readonly podcast: string | null
    readonly name: string
    readonly email: string
    readonly daysAgo: number
    readonly endedDaysAgo?: number
  }[]
  readonly webhook: {
    readonly url: string
    readonly events: readonly string[]
    readonly daysAgo: number
    /** What it answered to a test, the first time and the last. */
    readonly tries: readonly { readonly status: number; readonly answer: string }[]
  }
}

export async function readSubscriptions(): Promise<SubscriptionsFile> {
  return readJson(join(CONTENT, 'subscriptions.json'))
}

export async function readTokens(): Promise<readonly DemoToken[]> {
  return readJson(join(CONTENT, 'tokens.json'))
}

export async function readRequests(): Promise<readonly DemoRequest[]> {
  return readJson(join(CONTENT, 'requests.json'))
}

export interface DemoShow {
  readonly podcast: string
  readonly episode: string
  /** Negative for one that is over. */
  readonly inDays: number
  readonly minutes: number
  readonly streamUrl: string | null
  readonly notes: readonly {
    readonly by: string
    readonly text: string
    readonly url?: string
    readonly atSeconds?: number
  }[]
  /** After it began, or before now. */
  readonly chat: readonly {
    readonly by: string
    readonly text: string
    readonly atMinutes?: number
    readonly minutesAgo?: number
  }[]
  readonly reactions?: Partial<Record<ReactionKind, number>>
}

export async function readShows(): Promise<readonly DemoShow[]> {
  return readJson(join(CONTENT, 'shows.json'))
}

export async function readMemberships(): Promise<MembershipsFile> {
  return readJson(join(CONTENT, 'memberships.json'))
}

export async function readPodcasts(): Promise<readonly DemoPodcast[]> {
  return Promise.all((await foldersWith(CONTENT, 'podcast.json')).map(readPodcast))
}

async function readPodcast(slug: string): Promise<DemoPodcast> {
  const folder = join(CONTENT, slug)
  const file = await readJson<PodcastFile>(join(folder, 'podcast.json'))
  const names = await foldersWith(folder, 'episode.json')
  return {
    ...file,
    slug,
    folder,
    episodes: await Promise.all(names.map((name) => readEpisode(folder, name))),
  }
}

async function readEpisode(podcast: string, slug: string): Promise<DemoEpisode> {
  const folder = join(podcast, slug)
  return {
    ...(await readJson<EpisodeFile>(join(folder, 'episode.json'))),
    slug,
    folder,
    notes: await readFile(join(folder, 'notes.md'), 'utf8'),
    audio: pathWhere(folder, 'audio.mp3'),
    transcript: pathWhere(folder, 'transcript.vtt'),
  }
}

async function foldersWith(folder: string, file: string): Promise<string[]> {
  const entries = await readdir(folder)
  return entries.filter((name) => existsSync(join(folder, name, file))).toSorted()
}

function pathWhere(folder: string, file: string): string | null {
  const path = join(folder, file)
  return existsSync(path) ? path : null
}

// The files are ours: every value in them goes through a changeset, and the test stores all of them.
async function readJson<File>(path: string): Promise<File> {
  return JSON.parse(await readFile(path, 'utf8')) as File
}
