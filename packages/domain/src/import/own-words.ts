import { from, type Repo } from '@showrunner/data'
import { type Feed, type FeedItem } from '@showrunner/feeds'
import { type Episode, EpisodeLink, EpisodeSponsor } from '../episodes/index.ts'
import { description, withoutParts } from '../feed/index.ts'
import { withFullAddresses } from '../markup/index.ts'

/** An item as it is read into an episode we have: in a feed of ours its sponsors and links stand beside its notes. */
export async function itemOfOurs(
  repo: Repo,
  { id: episodeId }: Pick<Episode, 'id'>,
  item: FeedItem,
): Promise<FeedItem> {
  if (!item.contentHtml?.includes('class="showrunner-')) return item
  const around = {
    sponsors: await repo.exists(from(EpisodeSponsor).where({ episodeId })),
    links: await repo.exists(from(EpisodeLink).where({ episodeId })),
  }
  return { ...item, contentHtml: withoutParts(item.contentHtml, around) || null }
}

/**
 * Of what an item says: what we say ourselves, in a feed of ours that comes back. Nothing of that has to be written, so notes stay
 * as they were written, and files where they are.
 */
export function saidAlready(
  episode: Episode,
  item: FeedItem,
  { selfUrl }: Pick<Feed, 'selfUrl'>,
): readonly string[] {
  const origin = URL.parse(selfUrl ?? '')?.origin
  if (origin === undefined) return []
  const { summary, notesHtml, audioUrl, coverUrl, imported } = episode
  const inFull = (address: string | null) => address && new URL(address, origin).href
  const notes = withFullAddresses(notesHtml ?? '', origin, item.link ?? undefined)
  const sameNotes = (item.contentHtml ?? '') === notes.trim()
  const said: Readonly<Record<string, boolean>> = {
    notes: sameNotes,
    summary: sameNotes && summary === null && item.description === description(notesHtml),
    audioUrl: item.enclosure?.url === inFull(audioUrl),
    coverUrl: item.imageUrl === inFull(coverUrl),
    // Of one that was made here, these lead to itself.
    ...(imported === null && { websiteUrl: true, chaptersUrl: true, transcripts: true }),
  }
  return Object.keys(said).filter((name) => said[name])
}
