import { from, type Repo } from '@showrunner/data'
import { type Doer } from '../activity/index.ts'
import { type DraftCue } from './draft-cue.ts'
import { type AppliedRows, type SentRow, withRows } from './save-rows.ts'
import { matchSpeakers } from './speakers.ts'
import { keepVersion, type TranscriptAction } from './transcript-version.ts'
import { Transcript } from './transcript.ts'
import { cuesOf, writeCues } from './write-cues.ts'

export type SavedCues =
  | { readonly ok: true; readonly transcript: Transcript }
  | ({ readonly ok: false } & Pick<AppliedRows, 'problems' | 'clashes'>)

/**
 * Saves rows of a transcript. Either all of them are, or none, and then it says which cannot be, and which somebody else
 * has changed meanwhile. Who edits other cues at the same time is in nobody's way.
 */
export async function saveCues(
  repo: Repo,
  transcriptId: number,
  rows: readonly SentRow[],
  by: Doer,
): Promise<SavedCues> {
  return editing(repo, transcriptId, async (transcript, before) => {
    const { cues, problems, clashes } = withRows(before, rows)
    if (problems.length > 0 || clashes.length > 0) return { ok: false, problems, clashes }
    const people = await newlyMatched(repo, transcript, before, cues)
    const after = cues.map((cue) => {
      return { ...cue, personId: cue.personId ?? people.get(cue.speaker ?? '') ?? null }
    })
    return {
      ok: true,
      transcript: await write(repo, transcript, before, after, 'edited', by),
    }
  })
}

/** Speakers who were not there before, as far as it is clear who they are. */
async function newlyMatched(
  repo: Repo,
  { episodeId, podcastId }: Transcript,
  before: readonly DraftCue[],
  after: readonly DraftCue[],
): Promise<ReadonlyMap<string, number>> {
  const known = new Set(before.map(({ speaker }) => speaker))
  const names = new Set(after.flatMap(({ speaker }) => speaker ?? []))
  const added = [...names].filter((name) => !known.has(name))
  if (added.length === 0) return new Map()
  return matchSpeakers(repo, { id: episodeId, podcastId }, added)
}

/** Does something to a transcript that nobody else changes meanwhile. */
export async function editing<T>(
  repo: Repo,
  transcriptId: number,
  work: (transcript: Transcript, cues: Awaited<ReturnType<typeof cuesOf>>) => Promise<T>,
): Promise<T> {
  return repo.transaction(async () => {
    const transcript = await repo.oneOrThrow(
      from(Transcript).where({ id: transcriptId }).lock('for update'),
    )
    return work(transcript, await cuesOf(repo, transcript))
  })
}

/** Writes what was made of the cues, and keeps what they said before. */
export async function write(
  repo: Repo,
  transcript: Transcript,
  before: Awaited<ReturnType<typeof cuesOf>>,
  after: readonly DraftCue[],
  action: TranscriptAction,
  by: Doer,
): Promise<Transcript> {
  if (before.length === after.length && after.every((cue, index) => isSame(cue, before[index])))
    return transcript
  await keepVersion(repo, transcript, action, by)
  return writeCues(repo, transcript, before, after)
}

function isSame(cue: DraftCue, row: DraftCue | undefined): boolean {
  return (
    row !== undefined &&
    row.id === cue.id &&
    row.startsMs === cue.startsMs &&
    row.endsMs === cue.endsMs &&
    row.speaker === cue.speaker &&
    row.personId === cue.personId &&
    row.body === cue.body
  )
}
