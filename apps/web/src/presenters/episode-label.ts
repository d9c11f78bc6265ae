import { type Episode } from '@showrunner/domain/episodes'
import { type Words } from '../words/index.ts'

type Labelled = Pick<Episode, 'type' | 'number' | 'numberDisplay' | 'season' | 'seasonName'>

/** What stands before the title of an episode: its number, or what else it is. */
export function episodeLabel(
  { type, number, numberDisplay }: Pick<Labelled, 'type' | 'number' | 'numberDisplay'>,
  words: Words,
): string | null {
  if (numberDisplay) return numberDisplay
  if (type === 'trailer') return words.episode.trailer
  if (type === 'bonus') return words.episode.bonus

  return number == null ? null : words.episode.number(number)
}

/** The same with its season, for where nothing around it says which that is. */
export function fullEpisodeLabel(episode: Labelled, words: Words): string | null {
  const label = episodeLabel(episode, words)
  const season = seasonTitle(episode, words)

  return season && label ? `${season}, ${label}` : (label ?? season)
}

/** `Season 2`, or the name it was given. Some shows count their seasons by the year. */
export function seasonTitle(
  { season, seasonName }: Pick<Labelled, 'season' | 'seasonName'>,
  words: Words,
): string | null {
  if (seasonName) return seasonName
  if (season == null) return null

  return season >= 1900 ? String(season) : words.episode.season(season)
}
