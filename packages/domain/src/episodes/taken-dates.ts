import { from, type Repo } from '@showrunner/data'
import { Episode } from './episode.ts'

/** Something of a podcast that has its date already. */
export interface TakenDate {
  readonly at: Date
  readonly kind: 'recording' | 'release'
  readonly episode: Pick<Episode, 'id' | 'podcastId' | 'title'>
}

interface Between {
  readonly since: Date
  readonly until: Date
}

/** When a podcast records and releases between two moments, the earliest first. */
export async function listTakenDates(
  repo: Repo,
  podcastId: number,
  { since, until }: Between,
): Promise<readonly TakenDate[]> {
  const theirs = from(Episode)
    .where({ podcastId })
    .select('id', 'podcastId', 'title', 'recordedAt', 'publishedAt')
  const [recordings, releases] = await Promise.all([
    repo.all(theirs.where('recordedAt', '>=', since).where('recordedAt', '<', until)),
    repo.all(
      theirs
        .where({ published: true })
        .where('publishedAt', '>=', since)
        .where('publishedAt', '<', until),
    ),
  ])
  return [
    ...recordings.flatMap((episode) => taken(episode, 'recording', episode.recordedAt)),
    ...releases.flatMap((episode) => taken(episode, 'release', episode.publishedAt)),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

function taken(
  { id, podcastId, title }: TakenDate['episode'],
  kind: TakenDate['kind'],
  at: Date | null,
): readonly TakenDate[] {
  return at === null ? [] : [{ at, kind, episode: { id, podcastId, title } }]
}
