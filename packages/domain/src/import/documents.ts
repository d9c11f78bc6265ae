import { createHash } from 'node:crypto'
import { from, type Repo } from '@showrunner/data'
import {
  FeedError,
  fetchDocument,
  readChapters,
  readTranscript,
  type Feed,
  type FeedItem,
  type TranscriptLink,
} from '@showrunner/feeds'
import { Episode, type EpisodeKey, replaceChapters } from '../episodes/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { saveTranscript } from '../transcripts/index.ts'
import { Patience } from './patience.ts'
import { type Run } from './run.ts'

const AT_ONCE = 6
const LIMITS = { maxBytes: 20_000_000, timeoutMs: 30_000, connectMs: 5000 }

export interface DocumentsSummary {
  /** Read for the first time, or changed since. */
  readonly saved: number
  readonly unchanged: number
  /** Not had or not readable: the feed's address for it is kept. */
  readonly failed: number
}

export const NO_DOCUMENTS: DocumentsSummary = { saved: 0, unchanged: 0, failed: 0 }

type Result = keyof DocumentsSummary

/** One document that the feed names by its address, and what to do with it. */
interface Wanted {
  readonly url: string
  readonly save: (body: Uint8Array) => Promise<Result>
}

/** Fetches the chapters and transcripts that a feed names. One that fails leaves what was known of it as it was. */
export async function saveDocuments(
  run: Run,
  podcast: Podcast,
  feed: Feed,
  allowPrivate: boolean,
): Promise<DocumentsSummary> {
  const episodes = await knownEpisodes(run.repo, podcast)
  const isOurs = feed.generator === 'Showrunner'
  const queue = feed.items.flatMap((item) =>
    wantedBy(run.repo, item, episodes.get(item.guid), isOurs),
  )
  const total = queue.length
  const patience = new Patience()
  const results: Result[] = []
  const work = async () => {
    for (let wanted = queue.shift(); wanted; wanted = queue.shift()) {
      run.pause()
      results.push(await attempt(run, wanted, patience, allowPrivate))
      run.tell({ type: 'fetched', done: results.length, total })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  for (const message of patience.complaints()) run.warn(message)
  const count = (result: Result) => results.filter((one) => one === result).length
  return { saved: count('saved'), unchanged: count('unchanged'), failed: count('failed') }
}

interface Known extends EpisodeKey {
  readonly chaptersDigest: string | null
}

async function knownEpisodes(repo: Repo, podcast: Podcast): Promise<ReadonlyMap<string, Known>> {
  const rows = await repo.all(
    from(Episode)
      .where({ podcastId: podcast.id })
      .select('id', 'podcastId', 'guid', 'chaptersDigest'),
  )
  return new Map(rows.map((row) => [row.guid, row]))
}

function wantedBy(
  repo: Repo,
  item: FeedItem,
  episode: Known | undefined,
  isOurs: boolean,
): Wanted[] {
  if (!episode) return []
  const { chapters, inlineChapters, transcripts } = item
  const wanted = bestOfEachLanguage(transcripts).map((link) => transcript(repo, episode, link))
  // Chapters in the feed itself are read already. Of ours the document says more: when one ends, and which are not listed.
  if (!chapters || (inlineChapters.length > 0 && !isOurs)) return wanted
  return [chaptersAt(repo, episode, chapters.url), ...wanted]
}

function chaptersAt(repo: Repo, episode: Known, url: string): Wanted {
  return {
    url,
    async save(body) {
      const digest = createHash('sha256').update(body).digest('hex')
      if (digest === episode.chaptersDigest) return 'unchanged'
      await replaceChapters(repo, episode, readChapters(body, url), digest)
      return 'saved'
    },
  }
}

function transcript(repo: Repo, episode: Known, link: TranscriptLink): Wanted {
  return {
    url: link.url,
    async save(body) {
      const cues = readTranscript(body, link.type)
      const outcome = await saveTranscript(repo, episode, { ...link, cues })
      return outcome === 'unchanged' ? 'unchanged' : 'saved'
    },
  }
}

/** From the form that says most (times, speakers) to the one that says least. */
const FORMS = ['json', 'vtt', 'srt', 'subrip', 'html', 'plain', 'text']

function bestOfEachLanguage(links: readonly TranscriptLink[]): readonly TranscriptLink[] {
  const rank = ({ type }: TranscriptLink) => {
    const form = FORMS.findIndex((name) => type.includes(name))
    return form === -1 ? FORMS.length : form
  }
  const best = new Map<string | null, TranscriptLink>()
  for (const link of links.toSorted((a, b) => rank(a) - rank(b))) {
    if (!best.has(link.language)) best.set(link.language, link)
  }
  return [...best.values()]
}

async function attempt(
  run: Run,
  { url, save }: Wanted,
  patience: Patience,
  allowPrivate: boolean,
): Promise<Result> {
  if (patience.isOver(url)) return 'failed'
  try {
    const fetched = await fetchDocument(url, { ...LIMITS, allowPrivate })
    patience.answered(url)
    return fetched.status === 'fetched' ? await save(fetched.body) : 'unchanged'
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    patience.failed(url, error)
    run.warn(error.message.includes(url) ? error.message : `${url}: ${error.message}`)
    return 'failed'
  }
}
