import { type Episode } from '@showrunner/domain/episodes'

/** What stands before the title of an episode: its number, or what else it is. */
export function episodeLabel({
  type,
  number,
  numberDisplay,
}: Pick<Episode, 'type' | 'number' | 'numberDisplay'>): string | null {
  if (numberDisplay) return numberDisplay
  if (type === 'trailer') return 'Trailer'
  if (type === 'bonus') return 'Bonus'

  return number == null ? null : `No. ${number}`
}
