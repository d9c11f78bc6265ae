import { change, from, type NewRow, type Repo } from '@showrunner/data'
import { type TranscriptLink } from '@showrunner/feeds'
import { type EpisodeKey } from '../episodes/index.ts'
import { keepVersion } from './transcript-version.ts'
import { Transcript } from './transcript.ts'

/** Longer ones do not fit an index of the database. */
const LONGEST_URL = 2000

/** What a feed says of where an episode's transcripts lie, as rows: each address once. */
export function transcriptLinkRows(
  { id: episodeId, podcastId }: EpisodeKey,
  links: readonly TranscriptLink[],
): (NewRow<typeof Transcript> & { readonly url: string })[] {
  const fit = links.filter(({ url }) => url.length <= LONGEST_URL)
  return [...new Map(fit.map((link) => [link.url, link])).values()].map((link, position) => ({
    episodeId,
    podcastId,
    position,
    ...link,
  }))
}

/** Gives an episode these links. A transcript that is still named keeps its words, and one of ours stays. */
export async function saveTranscriptLinks(
  repo: Repo,
  episode: EpisodeKey,
  links: readonly TranscriptLink[],
): Promise<void> {
  const named = new Map(transcriptLinkRows(episode, links).map((row) => [row.url, row]))
  const linked = from(Transcript).where({ episodeId: episode.id }).where('url', 'is not', null)
  for (const row of await repo.all(linked)) {
    const link = named.get(row.url ?? '')
    if (link) await repo.updateOrThrow(change(row, link))
    else {
      await keepVersion(repo, row, 'imported')
      await repo.deleteOrThrow(row)
    }
    named.delete(row.url ?? '')
  }
  await repo.insertAll(Transcript, [...named.values()])
}
