import { type Query } from '@showrunner/data'
import { PUBLIC_STATUSES } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import { type Episode } from './episode.ts'

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
  return episodes.where((eb) =>
    eb.exists(
      eb
        .selectFrom('podcasts')
        .select('podcasts.id')
        .whereRef('podcasts.id', '=', 'episodes.podcastId')
        .where('podcasts.status', 'in', PUBLIC_STATUSES),
    ),
  )
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
  return episodes.where((eb) =>
    eb.exists(
      eb
        .selectFrom('episode_hosts')
        .select('episode_hosts.id')
        .whereRef('episode_hosts.episodeId', '=', 'episodes.id')
        .where('episode_hosts.personId', '=', personId),
    ),
  )
}

export function guestedBy<Spec>(episodes: Episodes<Spec>, personId: number): Episodes<Spec> {
  return episodes.where((eb) =>
    eb.exists(
      eb
        .selectFrom('episode_guests')
        .select('episode_guests.id')
        .whereRef('episode_guests.episodeId', '=', 'episodes.id')
        .where('episode_guests.personId', '=', personId),
    ),
  )
}

/** Those a person helped to make without being heard. */
export function creditedTo<Spec>(episodes: Episodes<Spec>, personId: number): Episodes<Spec> {
  return episodes.where((eb) =>
    eb.exists(
      eb
        .selectFrom('episode_credits')
        .select('episode_credits.id')
        .whereRef('episode_credits.episodeId', '=', 'episodes.id')
        .where('episode_credits.personId', '=', personId),
    ),
  )
}

export function aboutTopic<Spec>(episodes: Episodes<Spec>, topicId: number): Episodes<Spec> {
  return episodes.where((eb) =>
    eb.exists(
      eb
        .selectFrom('episode_topics')
        .select('episode_topics.id')
        .whereRef('episode_topics.episodeId', '=', 'episodes.id')
        .where('episode_topics.topicId', '=', topicId),
    ),
  )
}

export function sponsoredBy<Spec>(episodes: Episodes<Spec>, sponsorId: number): Episodes<Spec> {
  return episodes.where((eb) =>
    eb.exists(
      eb
        .selectFrom('episode_sponsors')
        .select('episode_sponsors.id')
        .whereRef('episode_sponsors.episodeId', '=', 'episodes.id')
        .where('episode_sponsors.sponsorId', '=', sponsorId),
    ),
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
  return episodes.where((eb) =>
    eb.or(
      (['episode_hosts', 'episode_guests', 'episode_credits'] as const).map((table) =>
        eb.exists(
          eb
            .selectFrom(table)
            .select(`${table}.id`)
            .whereRef(`${table}.episodeId`, '=', 'episodes.id')
            .where(`${table}.personId`, '=', personId),
        ),
      ),
    ),
  )
}
