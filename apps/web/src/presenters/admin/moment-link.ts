import { type EpisodeSheet } from '@showrunner/domain/episodes'
import { clockOf } from '@showrunner/domain/rows'
import { addresses } from '../../addresses.ts'
import { type LinkField } from '../../admin/field.ts'

/** The way to that moment on the page of the episode, to be copied; nothing of a row that is yet to be stored. */
export function momentLink(
  { podcast, slug }: Pick<EpisodeSheet, 'podcast' | 'slug'>,
  startsMs: number | null | undefined,
): readonly LinkField[] {
  if (startsMs == null) return []
  const at = clockOf(Math.floor(startsMs / 1000) * 1000)
  const href = `${addresses.episode(podcast.slug, slug)}#t=${at}`
  return [{ kind: 'link', label: `Link to ${at}`, href, isCopied: true }]
}
