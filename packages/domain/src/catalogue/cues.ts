import { from, type Loaded, NotFoundError, type Repo } from '@showrunner/data'
import { Episode, published } from '../episodes/index.ts'
import { getPodcast } from '../podcasts/index.ts'
import { Transcript, TranscriptCue } from '../transcripts/index.ts'
import { type Slice, sliced, type Wanted } from './slice.ts'

export interface CuesAsked extends Wanted {
  readonly podcast: string
  readonly episode: string
  /** As BCP 47 writes it; any, where none is said. */
  readonly language?: string | undefined
  /** What is said at that moment of the episode or later. */
  readonly fromMs?: number | undefined
  /** What begins before that moment. */
  readonly toMs?: number | undefined
}

export interface CuesOfTranscript extends Slice<Loaded<typeof TranscriptCue, ['person']>> {
  readonly transcript: Transcript
}

/** @throws NotFoundError where there is no such episode that is out, or nobody wrote down what is said. */
export async function listCues(
  repo: Repo,
  asked: CuesAsked,
  asOf: Date,
): Promise<CuesOfTranscript> {
  const { id: podcastId } = await getPodcast(repo, asked.podcast)
  const out = published(from(Episode).select('id'), asOf)
  const { id: episodeId } = await repo.getByOrThrow(out, { podcastId, slug: asked.episode })
  const written = from(Transcript)
    .where({ episodeId })
    .where('cueCount', '>', 0)
    .orderBy({ position: 'asc', id: 'asc' })
  const { language } = asked
  const transcript = await repo.one(
    (language === undefined ? written : written.where({ language })).limit(1),
  )
  if (!transcript) throw new NotFoundError(Transcript, `of "${asked.episode}"`)
  const found = await repo.all(
    within(transcript.id, asked)
      .orderBy({ position: 'asc', id: 'asc' })
      .limit(asked.most + 1)
      .offset(asked.offset ?? 0)
      .preload('person'),
  )
  return { transcript, ...sliced(found, asked, ({ position, id }) => [position, id]) }
}

function within(transcriptId: number, { fromMs, toMs, after }: CuesAsked) {
  let cues = from(TranscriptCue).where({ transcriptId })
  // One without an end is over where it begins, as far as anybody knows.
  if (fromMs !== undefined) {
    cues = cues.where((eb) => eb(eb.fn.coalesce('endsMs', 'startsMs'), '>=', fromMs))
  }
  if (toMs !== undefined) cues = cues.where('startsMs', '<', toMs)
  const [position, id] = after ?? []
  return after ? cues.where(['position', 'id'], '>', [Number(position), Number(id)]) : cues
}
