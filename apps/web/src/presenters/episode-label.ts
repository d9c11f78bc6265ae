import { type Episode } from '@showrunner/domain/episodes'

type Labelled = Pick<Episode, 'type' | 'number' | 'numberDisplay' | 'season' | 'seasonName'>

/** What stands before the title of an episode: its number, or what else it is. */
export function episodeLabel({
  type,
  number,
  numberDisplay,
}: Pick<Labelled, 'type' | 'number' | 'numberDisplay'>): string | null {
  if (numberDisplay) return numberDisplay
  if (type === 'trailer') return 'Trailer'
  if (type === 'bonus') return 'Bonus'

  return number == null ? null : `No. ${number}`
}

/** The same with its season, for where nothing around it says which that is. */
export function fullEpisodeLabel(episode: Labelled): string | null {
  const label = episodeLabel(episode)
  const season = seasonTitle(episode)

  return season && label ? `${season}, ${label}` : (label ?? season)
}

/** `Season 2`, or the name it was given. Some shows count their seasons by the year. */
export function seasonTitle({
  season,
  seasonName,
}: Pick<Labelled, 'season' | 'seasonName'>): string | null {
  if (seasonName) return seasonName
  if (season == null) return null

  return season >= 1900 ? String(season) : `Season ${season}`
}
