import { dynamic, from, type Loaded, type Repo } from '@showrunner/data'
import { episodesCreditedTo, episodesGuestedBy, episodesHostedBy } from '../episodes/index.ts'
import { PodcastHost, PUBLIC_STATUSES } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import { type ListedPost, listPostsBy, Post, visibleTo } from '../posts/index.ts'
import { type Appearance, countAppearances, listAppearances } from './appearances.ts'
import { Person } from './person.ts'

const MOST = 20

type HostOf = Loaded<typeof PodcastHost, ['podcast']>

/** The newest episodes of somebody, and how many there are. */
export interface Part {
  readonly episodes: readonly Appearance[]
  readonly total: number
}

/** Everything that somebody who works here may know of a person. */
export interface PersonDesk {
  readonly person: Person
  /** What they host or hosted. */
  readonly podcasts: readonly HostOf[]
  readonly hosted: Part
  readonly guested: Part
  readonly credited: Part
  readonly posts: readonly (Post | ListedPost)[]
}

/** @throws NotFoundError */
export async function getPersonDesk(
  repo: Repo,
  actor: Actor,
  id: number,
  asOf: Date,
): Promise<PersonDesk> {
  const person = await repo.getOrThrow(Person, id)
  const [podcasts, hosted, guested, credited, posts] = await Promise.all([
    listPodcasts(repo, actor, id),
    partOf(repo, actor, 'episode_hosts', id, asOf),
    partOf(repo, actor, 'episode_guests', id, asOf),
    partOf(repo, actor, 'episode_credits', id, asOf),
    listPosts(repo, actor, id, asOf),
  ])
  return { person, podcasts, hosted, guested, credited, posts }
}

const PARTS = {
  episode_hosts: episodesHostedBy,
  episode_guests: episodesGuestedBy,
  episode_credits: episodesCreditedTo,
} as const

async function partOf(
  repo: Repo,
  actor: Actor,
  table: keyof typeof PARTS,
  id: number,
  asOf: Date,
): Promise<Part> {
  const [counts, episodes] = await Promise.all([
    countAppearances(repo, actor, table, [id], asOf),
    listAppearances(repo, actor, (all) => PARTS[table](all, id), { most: MOST, asOf }),
  ])
  return { episodes, total: counts.get(id) ?? 0 }
}

/** That somebody hosts a podcast which nobody knows of yet is for who works on it. */
async function listPodcasts(
  repo: Repo,
  { isAdmin, hostOf }: Actor,
  personId: number,
): Promise<readonly HostOf[]> {
  const hosts = from(PodcastHost).where({ personId }).preload('podcast')
  const all = await repo.unscoped().all(hosts.orderBy({ retired: 'asc', id: 'asc' }))
  const isPublic = (status: string) => (PUBLIC_STATUSES as readonly string[]).includes(status)
  return all.filter(
    ({ podcastId, podcast }) => isAdmin || hostOf.includes(podcastId) || isPublic(podcast.status),
  )
}

async function listPosts(repo: Repo, actor: Actor, id: number, asOf: Date) {
  const theirs = dynamic(Post).or('authorId', '=', id).or('editorId', '=', id)
  const own = await repo.all(
    visibleTo(actor, from(Post).where(theirs))
      .orderBy({ updatedAt: 'desc', id: 'desc' })
      .limit(MOST),
  )
  const out = actor.isAdmin ? [] : await listPostsBy(repo, id, asOf)
  return [...own, ...out.filter((post) => !own.some((one) => one.id === post.id))].slice(0, MOST)
}
