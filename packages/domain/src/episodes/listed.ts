import { type Query } from '@showrunner/data'
import { type Episode } from './episode.ts'

/** What a list shows of an episode, and what plays it. Notes are long, and a list shows none of them. */
const LISTED = [
  'id',
  'podcastId',
  'slug',
  'title',
  'subtitle',
  'summary',
  'type',
  'season',
  'seasonName',
  'number',
  'numberDisplay',
  'publishedAt',
  'coverUrl',
  'audioUrl',
  'audioType',
  'audioDuration',
] as const

export type ListedEpisode = Pick<Episode, (typeof LISTED)[number]>

export function listed<Spec>(episodes: Query<typeof Episode, Spec>) {
  return episodes.select(...LISTED)
}
