import { from, type Repo } from '@showrunner/data'
import { type FeedDraft, type ItemDraft } from '@showrunner/feeds'
import { published } from '../episodes/index.ts'
import {
  type EpisodeInFeed,
  type FeedEpisode,
  inFull,
  type Outside,
  readItems,
  withGuidsOfTheirOwn,
} from '../feed/index.ts'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { getSettings, type Settings } from '../settings/index.ts'
import { inZone } from '../zones/index.ts'
import { audioKey } from './audio-key.ts'
import { endedItem } from './ended-item.ts'
import { hasFeeds } from './owner.ts'
import { type MemberFeedWithOwner } from './member-feed.ts'
import { formattedTitle } from './title-format.ts'

/** Where the outside world finds what a member's feed names. */
export interface MembersOutside extends Outside {
  readonly memberFeed: (token: string) => string
  readonly memberAudio: (key: string, file: string) => string
  /** A few seconds in which nothing is said. */
  readonly silence: string
  /** Where somebody becomes a member again. */
  readonly comeBack: string
}

/** What a member's feed says to who fetched it by this token, for `writeFeed`. After the membership, one thing. */
export async function getMemberFeed(
  repo: Repo,
  feed: MemberFeedWithOwner,
  token: string,
  asOf: Date,
  outside: MembersOutside,
): Promise<FeedDraft> {
  const settings = await getSettings(repo)
  const isOn = await hasFeeds(repo, feed.person)
  const podcasts = await repo.all(inOrder(podcastsOf(feed)))
  const items = isOn
    ? await itemsOf(repo, feed, podcasts, asOf, outside)
    : [await endedItem(repo, feed, settings, outside)]
  return {
    ...channelOf(feed, settings, podcasts, outside),
    selfUrl: inFull(outside.publicUrl, outside.memberFeed(token)),
    publishedAt: items[0]?.publishedAt ?? null,
    items,
  }
}

/** The podcasts in a feed, as far as anybody may see them. */
export function podcastsOf({ allPodcasts, feedPodcasts }: MemberFeedWithOwner) {
  const all = from(Podcast).pipe(visible)
  const chosen = feedPodcasts.map(({ podcastId }) => podcastId)
  return allPodcasts ? all : all.where('id', 'in', chosen)
}

function channelOf(
  { name, person }: MemberFeedWithOwner,
  { title, language, coverUrl }: Settings,
  podcasts: readonly Podcast[],
  { publicUrl }: MembersOutside,
): Omit<FeedDraft, 'items'> {
  const [only] = podcasts.length === 1 ? podcasts : []
  const cover = only?.coverUrl ?? coverUrl ?? podcasts.find((one) => one.coverUrl)?.coverUrl ?? null
  return {
    title: name,
    description: `A private feed of ${title} for ${person.name}. Its address is theirs alone.`,
    link: inFull(publicUrl, '/'),
    language: only?.language ?? language,
    author: title,
    generator: 'Showrunner',
    imageUrl: cover === null ? null : inFull(publicUrl, cover),
    explicit: podcasts.some(({ explicit }) => explicit),
    type: 'episodic',
    medium: 'podcast',
    // Nothing that finds the address by accident is to list it, or to take it elsewhere.
    blocked: true,
    blocks: [{ service: null, blocked: true }],
    locked: true,
  }
}

async function itemsOf(
  repo: Repo,
  feed: MemberFeedWithOwner,
  podcasts: readonly Podcast[],
  asOf: Date,
  outside: MembersOutside,
): Promise<readonly ItemDraft[]> {
  const since = startOf(feed)
  const found = await readItems(repo, podcasts, outside, {
    among: (episodes) => {
      const out = published(episodes, asOf)
      const wanted = since === null ? out : out.where('publishedAt', '>=', since)
      return wanted.where((eb) =>
        eb.or([
          eb('audioUrl', 'is not', null),
          ...(feed.membersAudio ? [eb('membersAudioUrl', 'is not', null)] : []),
        ]),
      )
    },
    changed: (episode) => (isForMembers(feed, episode) ? asMembersHear(episode) : episode),
  })
  return withGuidsOfTheirOwn(found).map((one) => memberItem(feed, one, outside))
}

/** Whether the recording for members is what this feed has of it. */
export function isForMembers(
  { membersAudio }: Pick<MemberFeedWithOwner, 'membersAudio'>,
  { membersAudioUrl }: Pick<EpisodeInFeed, 'membersAudioUrl'>,
): boolean {
  return membersAudio && membersAudioUrl !== null
}

/**
 * The recording for members is another one: what was measured in the public one does not hold for it, and whom it is free of
 * is not thanked.
 */
function asMembersHear(episode: EpisodeInFeed): EpisodeInFeed {
  return {
    ...episode,
    alternates: [],
    audioUrl: episode.membersAudioUrl,
    audioType: episode.membersAudioType,
    audioBytes: episode.membersAudioBytes,
    audioDuration: episode.membersAudioDuration,
    episodeSponsors: [],
    soundbites: [],
    chaptersUrl: null,
  }
}

function memberItem(
  feed: MemberFeedWithOwner,
  { episode, podcast, item }: FeedEpisode<Podcast>,
  { publicUrl, memberAudio }: MembersOutside,
): ItemDraft {
  const { title, subtitle, number, numberDisplay } = episode
  const isOther = isForMembers(feed, episode)
  const words = {
    title,
    subtitle,
    podcast: podcast.title,
    number: numberDisplay ?? (number === null ? null : String(number)),
  }
  const file = `${episode.id}.${extensionOf(episode.audioType)}`
  const cover = episode.coverUrl ?? podcast.coverUrl
  return {
    ...item,
    title: formattedTitle(feed.titleFormat, words),
    author: podcast.author ?? podcast.title,
    imageUrl: cover === null ? null : inFull(publicUrl, cover),
    enclosure: item.enclosure
      ? {
          ...item.enclosure,
          url: inFull(publicUrl, memberAudio(audioKey(feed, episode.id), file)),
        }
      : null,
    blocked: true,
    ...(isOther && {
      chapters: null,
      inlineChapters: [],
      transcripts: item.transcripts?.filter(({ type }) => type === 'text/html') ?? [],
    }),
  }
}

/** The day begins where the owner is. */
function startOf({ startsOn, person }: MemberFeedWithOwner): Date | null {
  if (startsOn === null) return null
  const local = inZone(`${startsOn}T00:00`, person.timeZone ?? 'UTC')
  // Where clocks are put forward at midnight there is none.
  return local.kind === 'moment' ? local.at : new Date(`${startsOn}T00:00:00Z`)
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
}

function extensionOf(type: string | null): string {
  return EXTENSIONS[type ?? ''] ?? 'mp3'
}
