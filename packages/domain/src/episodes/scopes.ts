import { dynamic, from, type Query, subquery } from '@showrunner/data'
import { Podcast, visible } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import { Episode } from './episode.ts'
import { EpisodeCredit } from './episode-credit.ts'
import { EpisodeGuest } from './episode-guest.ts'
import { EpisodeHost } from './episode-host.ts'
import { EpisodeSponsor } from './episode-sponsor.ts'
import { EpisodeTopic } from './episode-topic.ts'

type Episodes<Spec> = Query<typeof Episode, Spec>

/** Released by then. One that is published for a later moment is scheduled, and appears when that moment comes. */
export function published<Spec>(episodes: Episodes<Spec>, asOf: Date): Episodes<Spec> {
  return episodes.where({ published: true }).where('publishedAt', '<=', asOf)
}

export function scheduled<Spec>(episodes: Episodes<Spec>, asOf: Date): Episodes<Spec> {
  return episodes.where({ published: true }).where('publishedAt', '>', asOf)
}

/** Of podcasts that anybody may see. */
export function ofVisiblePodcasts<Spec>(episodes: Episodes<Spec>): Episodes<Spec> {
  const seen = from(Podcast).pipe(visible).select('id')
  return episodes.where('podcastId', 'in', subquery(seen))
}

/** What somebody may `show` in the admin area, drafts and all. */
export function visibleTo<Spec>(actor: Actor, episodes: Episodes<Spec>): Episodes<Spec> {
  return actor.isAdmin ? episodes : episodes.where('podcastId', 'in', actor.hostOf)
}

export function newestFirst<Spec>(episodes: Episodes<Spec>): Episodes<Spec> {
  return episodes.orderBy({ publishedAt: 'desc', id: 'desc' })
}

function oldestFirst<Spec>(episodes: Episodes<Spec>): Episodes<Spec> {
  return episodes.orderBy({ publishedAt: 'asc', id: 'asc' })
}

/** Released before that moment, the nearest first; of two at one moment, the one written first is the earlier. */
export function before<Spec>(episodes: Episodes<Spec>, moment: Date, id: number): Episodes<Spec> {
  return episodes.where(['publishedAt', 'id'], '<', [moment, id]).pipe(newestFirst)
}

/** Released after that moment, the nearest first. */
export function after<Spec>(episodes: Episodes<Spec>, moment: Date, id: number): Episodes<Spec> {
  return episodes.where(['publishedAt', 'id'], '>', [moment, id]).pipe(oldestFirst)
}

export function hostedBy<Spec>(episodes: Episodes<Spec>, personId: number): Episodes<Spec> {
  return episodes.where('id', 'in', hosted(personId))
}

export function guestedBy<Spec>(episodes: Episodes<Spec>, personId: number): Episodes<Spec> {
  return episodes.where('id', 'in', guested(personId))
}

/** Those a person helped to make without being heard. */
export function creditedTo<Spec>(episodes: Episodes<Spec>, personId: number): Episodes<Spec> {
  return episodes.where('id', 'in', credited(personId))
}

export function aboutTopic<Spec>(episodes: Episodes<Spec>, topicId: number): Episodes<Spec> {
  return episodes.where(
    'id',
    'in',
    subquery(from(EpisodeTopic).where({ topicId }).select('episodeId')),
  )
}

export function sponsoredBy<Spec>(episodes: Episodes<Spec>, sponsorId: number): Episodes<Spec> {
  return episodes.where(
    'id',
    'in',
    subquery(from(EpisodeSponsor).where({ sponsorId }).select('episodeId')),
  )
}

/** Released in that year, as it is counted in UTC. */
export function releasedIn<Spec>(episodes: Episodes<Spec>, year: number): Episodes<Spec> {
  return episodes
    .where('publishedAt', '>=', new Date(Date.UTC(year, 0)))
    .where('publishedAt', '<', new Date(Date.UTC(year + 1, 0)))
}

/** Those a person is heard in or helped to make. */
export function withPerson<Spec>(episodes: Episodes<Spec>, personId: number): Episodes<Spec> {
  return episodes.where(
    dynamic(Episode)
      .and('id', 'in', hosted(personId))
      .or('id', 'in', guested(personId))
      .or('id', 'in', credited(personId)),
  )
}

function hosted(personId: number) {
  return subquery(from(EpisodeHost).where({ personId }).select('episodeId'))
}

function guested(personId: number) {
  return subquery(from(EpisodeGuest).where({ personId }).select('episodeId'))
}

function credited(personId: number) {
  return subquery(from(EpisodeCredit).where({ personId }).select('episodeId'))
}
