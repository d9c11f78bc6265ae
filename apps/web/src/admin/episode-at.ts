import { z } from 'zod'
import { parse } from '../parse.ts'

const Id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const OfPodcast = z.object({ podcast: Id })
const OfEpisode = z.object({ podcast: Id, id: Id })

/** The podcast that an address names. */
export function withPodcast(params: unknown): number {
  return parse(OfPodcast, params).podcast
}

/** The episode that an address names, with its podcast. */
export function episodeAt(params: unknown): { readonly podcastId: number; readonly id: number } {
  const { podcast, id } = parse(OfEpisode, params)
  return { podcastId: podcast, id }
}
