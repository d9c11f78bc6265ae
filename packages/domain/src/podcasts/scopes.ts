import { from, type Query, subquery } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { type Podcast, PUBLIC_STATUSES } from './podcast.ts'
import { PodcastCredit } from './podcast-credit.ts'
import { PodcastHost } from './podcast-host.ts'
import { PodcastTopic } from './podcast-topic.ts'

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
  const hosting = from(PodcastHost).where({ personId, retired: false })
  return podcasts.where('id', 'in', subquery(hosting.select('podcastId')))
}

/** Those a person helps to make without being heard. */
export function creditedTo<Spec>(podcasts: Podcasts<Spec>, personId: number): Podcasts<Spec> {
  const credits = from(PodcastCredit).where({ personId })
  return podcasts.where('id', 'in', subquery(credits.select('podcastId')))
}

/** Whose new episodes begin with that topic. */
export function aboutTopic<Spec>(podcasts: Podcasts<Spec>, topicId: number): Podcasts<Spec> {
  const topics = from(PodcastTopic).where({ topicId })
  return podcasts.where('id', 'in', subquery(topics.select('podcastId')))
}
