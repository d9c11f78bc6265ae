import { addError, type Changeset, change, type Repo, type Saved } from '@showrunner/data'
import { dequeue } from '@showrunner/jobs'
import { type Episode, firstPublishedBy, isOut } from '../episodes/index.ts'
import { blockersOf, checkEpisode } from './checklist.ts'
import { type EpisodeToCheck, lockEpisode } from './checked-episode.ts'
import { tellOfEpisode } from '../webhooks/index.ts'
import { appearanceKey, appearLater } from './jobs.ts'
import { tellLater } from './tell-later.ts'

type OneEpisode = Pick<Episode, 'id'>

/** What whoever publishes wants. */
export interface Intent {
  /** When it is to appear; at once, where no moment is said. */
  readonly at?: Date | undefined
  /** Whether its guests are thanked by mail when it does; as was said before, where nothing is. */
  readonly thanksGuests?: boolean | undefined
}

/**
 * Publishes an episode now, or lets it appear by itself at a later moment. One that waits for its moment is published
 * now, or given another; one that is out stays as it is. What the checklist calls a blocker refuses it.
 */
export async function publishEpisode(
  repo: Repo,
  { id }: OneEpisode,
  { at, thanksGuests }: Intent,
  asOf: Date,
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const episode = await lockEpisode(repo, id)
    const refused = refusal(episode, asOf, at)
    return refused
      ? { ok: false, changeset: refused }
      : appearAt(repo, episode, { at: at ?? asOf, thanksGuests }, asOf)
  })
}

/**
 * Another moment for an episode that is scheduled; of one that is out, only another date in the past: to be hidden again
 * it is unpublished.
 */
export async function rescheduleEpisode(
  repo: Repo,
  { id }: OneEpisode,
  { at, thanksGuests }: Intent & { readonly at: Date },
  asOf: Date,
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const episode = await lockEpisode(repo, id)
    const message = refusedMoment(episode, at, asOf)
    if (message === undefined) return appearAt(repo, episode, { at, thanksGuests }, asOf)
    return { ok: false, changeset: addError(change(episode), 'publishedAt', message) }
  })
}

/** Makes an episode a draft again. Its address stays its own, and its guid. */
export async function unpublishEpisode(
  repo: Repo,
  { id }: OneEpisode,
  asOf: Date,
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const episode = await lockEpisode(repo, id)
    const waited = await dequeue(repo.unscoped(), appearanceKey(episode.id))
    const firstPublishedAt = firstPublishedBy(episode, asOf)
    // What waited has told nobody: when it is out again, it is for the first time.
    const told = waited ? null : firstPublishedAt
    const saved = await repo.update(
      change(episode, {
        published: false,
        firstPublishedAt,
        appearedAt: episode.appearedAt ?? told,
      }),
    )
    if (saved.ok && isOut(episode, asOf) && !waited)
      await tellOfEpisode(repo, 'episode.unpublished', saved.value, asOf)
    return saved
  })
}

async function appearAt(
  repo: Repo,
  episode: EpisodeToCheck,
  { at: publishedAt, thanksGuests }: Intent & { readonly at: Date },
  asOf: Date,
): Promise<Saved<typeof Episode>> {
  const saved = await repo.update(
    change(episode, {
      published: true,
      publishedAt,
      firstPublishedAt: firstPublishedBy(episode, asOf),
      ...(thanksGuests !== undefined && { thanksGuests }),
    }),
  )
  if (!saved.ok) return saved
  if (episode.appearedAt !== null) await tellAgain(repo, episode, saved.value, asOf)
  else await appearLater(repo, { id: episode.id, publishedAt }, { byItself: publishedAt > asOf })
  return saved
}

/** Of one that has been out before: now, or by a job at its moment. */
async function tellAgain(
  repo: Repo,
  before: EpisodeToCheck,
  episode: Episode,
  asOf: Date,
): Promise<void> {
  if (isOut(before, asOf)) return
  if (isOut(episode, asOf)) await tellOfEpisode(repo, 'episode.published', episode, asOf)
  else if (episode.publishedAt) await tellLater(repo, episode.id, episode.publishedAt)
}

function refusal(
  episode: EpisodeToCheck,
  asOf: Date,
  at: Date | undefined,
): Changeset<typeof Episode> | undefined {
  if (isOut(episode, asOf)) return addError(change(episode), 'published', 'is out already')
  const blockers = blockersOf(checkEpisode(episode, asOf, { at }))
  if (blockers.length === 0) return undefined
  return blockers.reduce<Changeset<typeof Episode>>(
    (changeset, { field, message, code }) => addError(changeset, field, message, { code }),
    change(episode),
  )
}

function refusedMoment(episode: Episode, at: Date, asOf: Date): string | undefined {
  if (Number.isNaN(at.getTime())) return 'is no time'
  if (!episode.published) return 'is only of an episode that is published, or will be'
  if (isOut(episode, asOf) && at > asOf)
    return 'lies ahead, and the episode is out: unpublish it first'
  return undefined
}
