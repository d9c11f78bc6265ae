import { type Query } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { type Podcast, PUBLIC_STATUSES } from './podcast.ts'

type Podcasts<Spec> = Query<typeof Podcast, Spec>

/** What anybody may see: neither drafts nor archived ones. */
export function visible<Spec>(podcasts: Podcasts<Spec>): Podcasts<Spec> {
  return podcasts.where('status', 'in', PUBLIC_STATUSES)
}

/** What somebody may `show` in the admin area, drafts and archived ones too. */
export function visibleTo<Spec>(actor: Actor, podcasts: Podcasts<Spec>): Podcasts<Spec> {
  return actor.isAdmin ? podcasts : podcasts.where('id', 'in', actor.hostOf)
}

export function inOrder<Spec>(podcasts: Podcasts<Spec>): Podcasts<Spec> {
  return podcasts.orderBy({ position: 'asc', title: 'asc', id: 'asc' })
}

/** Those a person hosts today. */
export function hostedBy<Spec>(podcasts: Podcasts<Spec>, personId: number): Podcasts<Spec> {
  return podcasts.where((eb) =>
    eb.exists(
      eb
        .selectFrom('podcast_hosts')
        .select('podcast_hosts.id')
        .whereRef('podcast_hosts.podcastId', '=', 'podcasts.id')
        .where('podcast_hosts.personId', '=', personId)
        .where('podcast_hosts.retired', '=', false),
    ),
  )
}

/** Those a person helps to make without being heard. */
export function creditedTo<Spec>(podcasts: Podcasts<Spec>, personId: number): Podcasts<Spec> {
  return podcasts.where((eb) =>
    eb.exists(
      eb
        .selectFrom('podcast_credits')
        .select('podcast_credits.id')
        .whereRef('podcast_credits.podcastId', '=', 'podcasts.id')
        .where('podcast_credits.personId', '=', personId),
    ),
  )
}
