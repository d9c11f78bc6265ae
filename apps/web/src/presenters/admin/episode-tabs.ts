import { type Episode, type EpisodeStage, stageOf } from '@showrunner/domain/episodes'
import { addresses } from '../../addresses.ts'
import { asLeft } from '../../admin/came-from.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'

const { admin } = addresses

/** The pages on which an episode is worked on. */
export const EPISODE_TABS = [
  'sheet',
  'audio',
  'transcripts',
  'publish',
  'live',
  'youtube',
  'downloads',
  'activity',
] as const
export type EpisodeTab = (typeof EPISODE_TABS)[number]

export function episodeTabs(
  { back }: Pick<AdminFrame, 'back'>,
  { id, podcastId }: Pick<Episode, 'id' | 'podcastId'>,
  here: EpisodeTab,
): readonly Tab[] {
  const tabs: Readonly<Record<EpisodeTab, readonly [label: string, href: string]>> = {
    sheet: ['Sheet', admin.editEpisode(podcastId, id)],
    audio: ['Audio and cover', admin.episodeAudio(podcastId, id)],
    transcripts: ['Transcripts', admin.episodeTranscripts(podcastId, id)],
    publish: ['Publish', admin.publishEpisode(podcastId, id)],
    live: ['Live', admin.episodeLive(podcastId, id)],
    youtube: ['YouTube', admin.episodeVideo(podcastId, id)],
    downloads: ['Downloads', admin.episodeDownloads(podcastId, id)],
    activity: ['Activity', admin.episodeActivity(podcastId, id)],
  }
  return EPISODE_TABS.map((name) => {
    const [label, href] = tabs[name]
    return { label, href: asLeft(href, back), count: null, isHere: name === here }
  })
}

const STAGES: Readonly<Record<EpisodeStage, readonly [words: string, tone: Tone]>> = {
  draft: ['Draft', 'quiet'],
  scheduled: ['Scheduled', 'waiting'],
  published: ['Published', 'good'],
}

/** Where an episode stands, in a word. */
export function stageBadge(
  episode: Pick<Episode, 'published' | 'publishedAt'>,
  asOf: Date,
): { readonly words: string; readonly tone: Tone } {
  const [words, tone] = STAGES[stageOf(episode, asOf)]
  return { words, tone }
}
