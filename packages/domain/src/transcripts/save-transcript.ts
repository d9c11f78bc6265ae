import { createHash } from 'node:crypto'
import { build, change, from, type NewRow, type Repo } from '@showrunner/data'
import { type Cue } from '@showrunner/feeds'
import { type EpisodeKey } from '../episodes/index.ts'
import { listPeopleNamed, nameKey } from '../people/index.ts'
import { tellTranscriptReady } from '../subscriptions/index.ts'
import { inTime } from './draft-cue.ts'
import { Transcript } from './transcript.ts'
import { TranscriptCue } from './transcript-cue.ts'
import { keepVersion } from './transcript-version.ts'

/** A transcript as it was read: where, in what form, and the words. */
export interface TranscriptDocument {
  /** Null for one of ours, of which an episode has one for each language. */
  readonly url: string | null
  readonly type: string
  readonly language: string | null
  readonly rel: string | null
  readonly cues: readonly Cue[]
}

/** Gives an episode this transcript, in the place of an earlier reading of it. The same words again are no change. */
export async function saveTranscript(
  repo: Repo,
  { id: episodeId, podcastId }: EpisodeKey,
  document: TranscriptDocument,
): Promise<'created' | 'updated' | 'unchanged'> {
  const digest = digestOf(document.cues)
  return repo.transaction(async () => {
    const known = await findTranscript(repo, episodeId, document)
    if (known?.digest === digest) return 'unchanged'
    const { type, language, rel, url, cues } = document
    const timed = cues.length > 0 && cues.every(({ startsMs }) => startsMs !== null)
    const values = { type, language, rel, url, digest, timed, cueCount: cues.length }
    if (known) await keepVersion(repo, known, 'imported')
    const transcript = known
      ? await repo.updateOrThrow(change(known, { ...values, lockVersion: known.lockVersion + 1 }))
      : await repo.insertOrThrow(build(Transcript, { episodeId, podcastId, ...values }))
    await repo.deleteAll(from(TranscriptCue).where({ transcriptId: transcript.id }))
    await repo.insertAll(TranscriptCue, cueRows(transcript, cues, await speakers(repo, cues)))
    await tellTranscriptReady(repo, { id: episodeId, podcastId })
    return known ? 'updated' : 'created'
  })
}

async function findTranscript(
  repo: Repo,
  episodeId: number,
  { url, language }: TranscriptDocument,
): Promise<Transcript | undefined> {
  const ofEpisode = from(Transcript).where({ episodeId })
  if (url !== null) return repo.getBy(ofEpisode, { url })
  const ours = ofEpisode.where('url', 'is', null).orderBy({ position: 'asc', id: 'asc' })
  const inLanguage =
    language === null ? ours.where('language', 'is', null) : ours.where({ language })
  return repo.one(inLanguage.limit(1))
}

/** Who the speakers are: a name that two people share says nothing. */
async function speakers(repo: Repo, cues: readonly Cue[]): Promise<ReadonlyMap<string, number>> {
  const names = cues.flatMap(({ speaker }) => speaker ?? [])
  const byName = Map.groupBy(await listPeopleNamed(repo, names), ({ name }) => nameKey(name))
  return new Map(
    [...byName].flatMap(([name, people]) =>
      people.length === 1 && people[0] ? [[name, people[0].id] as const] : [],
    ),
  )
}

function cueRows(
  { id: transcriptId, podcastId }: Transcript,
  cues: readonly Cue[],
  people: ReadonlyMap<string, number>,
): NewRow<typeof TranscriptCue>[] {
  return cues.map(({ startsMs, endsMs, speaker, text }, position) => {
    const start = inTime(startsMs)
    const end = inTime(endsMs)
    return {
      transcriptId,
      podcastId,
      position,
      startsMs: start,
      endsMs: start !== null && end !== null && end > start ? end : null,
      speaker,
      personId: (speaker !== null && people.get(nameKey(speaker))) || null,
      body: text,
    }
  })
}

function digestOf(cues: readonly Cue[]): string {
  return createHash('sha256').update(JSON.stringify(cues)).digest('hex')
}
