import { z } from 'zod'
import { parse } from '../parse.ts'
import { RowId } from '../row-id.ts'

const OfPodcast = z.object({ podcast: RowId })
const OfEpisode = z.object({ podcast: RowId, id: RowId })

/** The podcast that an address names. */
export function withPodcast(params: unknown): number {
  return parse(OfPodcast, params).podcast
}

/** The episode that an address names, with its podcast. */
export function episodeAt(params: unknown): { readonly podcastId: number; readonly id: number } {
  const { podcast, id } = parse(OfEpisode, params)
  return { podcastId: podcast, id }
}
