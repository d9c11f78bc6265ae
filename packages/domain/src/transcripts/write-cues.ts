import { from, inc, type NewRow, type Repo } from '@showrunner/data'
import { type DraftCue, isTimed } from './draft-cue.ts'
import { Transcript } from './transcript.ts'
import { TranscriptCue } from './transcript-cue.ts'

/**
 * Makes these the cues of a transcript. Only what differs is written: a cue that stays keeps its id, and with it whoever
 * has it open in a form.
 */
export async function writeCues(
  repo: Repo,
  transcript: Transcript,
  before: readonly TranscriptCue[],
  after: readonly DraftCue[],
  type = transcript.type,
): Promise<Transcript> {
  const known = new Map(before.map((row) => [row.id, row]))
  const kept = new Set<number>()
  const written: NewRow<typeof TranscriptCue>[] = []
  for (const [position, { id, ...said }] of after.entries()) {
    const row = id === null ? undefined : known.get(id)
    if (row && isSame(row, said, position)) kept.add(row.id)
    else written.push(newRow(transcript, row, said, position))
  }
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (gone.length > 0) {
    await repo.deleteAll(
      from(TranscriptCue).where({ transcriptId: transcript.id }).where('id', 'in', gone),
    )
  }
  await repo.insertAll(TranscriptCue, written, { returning: false })
  const cueCount = after.length
  // What was done to the words is noted with their version, not once more as a change of these counts.
  const [counted] = await repo.updateAll(
    from(Transcript).where({ id: transcript.id }),
    { type, cueCount, timed: isTimed(after), lockVersion: inc(1), updatedAt: new Date() },
    { returning: true },
  )
  if (!counted) throw new Error(`the transcript ${transcript.id} is gone while it is locked`)
  return counted
}

function newRow(
  { id: transcriptId, podcastId }: Transcript,
  row: TranscriptCue | undefined,
  said: Omit<DraftCue, 'id'>,
  position: number,
): NewRow<typeof TranscriptCue> {
  const { startsMs, endsMs, speaker, personId, body } = said
  return {
    ...(row && { id: row.id, insertedAt: row.insertedAt }),
    transcriptId,
    podcastId,
    position,
    startsMs,
    endsMs,
    speaker,
    personId,
    body,
  }
}

function isSame(row: TranscriptCue, said: Omit<DraftCue, 'id'>, position: number): boolean {
  return (
    row.position === position &&
    row.startsMs === said.startsMs &&
    row.endsMs === said.endsMs &&
    row.speaker === said.speaker &&
    row.personId === said.personId &&
    row.body === said.body
  )
}

export async function cuesOf(
  repo: Repo,
  { id: transcriptId }: Pick<Transcript, 'id'>,
): Promise<readonly TranscriptCue[]> {
  return repo.all(from(TranscriptCue).where({ transcriptId }).orderBy({ position: 'asc' }))
}
