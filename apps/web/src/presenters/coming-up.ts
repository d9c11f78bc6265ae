import { type LiveShowOfEpisode } from '@showrunner/domain/live'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { type OnAir } from './frame.ts'

/** A live show that is yet to come. */
export interface ComingUp {
  readonly title: string
  readonly href: string
  readonly of: string
  readonly begins: Moment
}

export function comingUp(shows: readonly LiveShowOfEpisode[], words: Words): readonly ComingUp[] {
  return shows.map((show) => ({ ...onAirOf(show), begins: moment(show.startsAt, words) }))
}

export function onAir(shows: readonly LiveShowOfEpisode[]): readonly OnAir[] {
  return shows.map(onAirOf)
}

function onAirOf({ episode }: LiveShowOfEpisode): OnAir {
  const { podcast, slug, title } = episode
  return { title, of: podcast.title, href: addresses.episode(podcast.slug, slug) }
}
