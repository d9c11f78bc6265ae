import { from, type Repo, sql } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { Episode, type EpisodeKey, isOut, ofVisiblePodcasts } from '../episodes/index.ts'
import { type MailedOf, mailSubscriber, mailSubscribers } from './jobs.ts'
import { SubscriptionMail } from './subscription-mail.ts'
import { Subscription } from './subscription.ts'

const BATCH = 500

/** An episode that appears with an older date than this was out elsewhere before, and is no news. */
const NEWS_MS = 7 * 24 * 60 * 60_000

/** Lets everybody who subscribed to its podcast be mailed of an episode that has just appeared. */
export async function tellSubscribers(
  repo: Repo,
  { id: episodeId, podcastId, publishedAt }: Pick<Episode, 'id' | 'podcastId' | 'publishedAt'>,
  asOf: Date,
): Promise<void> {
  if (publishedAt && publishedAt.getTime() < asOf.getTime() - NEWS_MS) return
  if (!(await repo.exists(goingOn(null).where({ podcastId })))) return
  await enqueue(repo, mailSubscribers, { episodeId, of: 'episode', after: 0 })
}

/** Lets everybody who waits for it be mailed that an episode has a transcript. */
export async function tellTranscriptReady(
  repo: Repo,
  { id: episodeId, podcastId }: EpisodeKey,
): Promise<void> {
  const waiting = goingOn(episodeId).where({ podcastId })
  if (!(await repo.exists(waiting))) return
  await enqueue(repo, mailSubscribers, { episodeId, of: 'transcript', after: 0 })
}

interface Batch {
  readonly episodeId: number
  readonly of: MailedOf
  readonly after: number
}

/** A mail for each that has none of this episode yet: so nobody gets two, however often this is done. */
export async function mailBatch(
  repo: Repo,
  { episodeId, of, after }: Batch,
  asOf: Date,
): Promise<void> {
  await repo.transaction(async () => {
    const episode = await repo.get(ofVisiblePodcasts(from(Episode)), episodeId)
    if (!episode || !isOut(episode, asOf)) return
    if (of === 'transcript' && !(await hasTranscript(repo, episodeId))) return
    const { podcastId } = episode
    const wanted = goingOn(of === 'episode' ? null : episodeId).where({ podcastId })
    const batch = await repo.all(wanted.where('id', '>', after).orderBy({ id: 'asc' }).limit(BATCH))
    const mails = await repo.insertAll(
      SubscriptionMail,
      batch.map(({ id: subscriptionId }) => ({ podcastId, subscriptionId, episodeId })),
      { onConflict: 'nothing', returning: ['id'] },
    )
    for (const { id: mailId } of mails) await enqueue(repo, mailSubscriber, { mailId })
    const last = batch.at(-1)
    if (last && batch.length === BATCH)
      await enqueue(repo, mailSubscribers, { episodeId, of, after: last.id })
  })
}

function goingOn(episodeId: number | null) {
  const all = from(Subscription).where('unsubscribedAt', 'is', null)
  return episodeId === null ? all.where('episodeId', 'is', null) : all.where({ episodeId })
}

async function hasTranscript(repo: Repo, episodeId: number): Promise<boolean> {
  const found = await repo.run(
    sql`select 1 from transcripts where episode_id = ${episodeId} and cue_count > 0 limit 1`,
  )
  return found.length > 0
}
