import { addError, build, from, type Changeset, type Params, type Repo } from '@showrunner/data'
import { type Doer, PROGRAM } from '../activity/index.ts'
import { type EpisodeKey } from '../episodes/index.ts'
import { type DraftCue } from './draft-cue.ts'
import { type Pasted, pastedChangeset } from './pasted.ts'
import { FORMAT_TYPES, type ReadPasted, readPasted } from './read-pasted.ts'
import { matchSpeakers } from './speakers.ts'
import { keepVersion } from './transcript-version.ts'
import { Transcript } from './transcript.ts'
import { cuesOf, writeCues } from './write-cues.ts'

export type Taken =
  | {
      readonly ok: true
      readonly transcript: Transcript
      readonly outcome: 'created' | 'updated' | 'unchanged'
    }
  | { readonly ok: false; readonly changeset: Changeset<typeof Pasted> }

/** What a pasted transcript would be, and what is wrong with the form. */
export type LookedAt =
  | { readonly ok: true; readonly read: ReadPasted; readonly language: string | null }
  | { readonly ok: false; readonly changeset: Changeset<typeof Pasted> }

/** Reads what a form sent, without storing it. */
export function lookAtPasted(params: Params): LookedAt {
  const changeset = pastedChangeset(params)
  if (!changeset.valid) return { ok: false, changeset: { ...changeset, action: 'insert' } }
  const { text, language, name } = { ...changeset.row, ...changeset.changes }
  const read = readPasted(text, name ?? '')
  if (read.ok) return { ok: true, read, language }
  return {
    ok: false,
    changeset: { ...addError(changeset, 'text', sentence(read.message)), action: 'insert' },
  }
}

/**
 * Makes what was pasted the episode's transcript in its language. The one it replaces is kept as a version. The same words
 * again are no change; whoever was matched to a speaker stays so.
 */
export async function takeTranscript(
  repo: Repo,
  { id: episodeId, podcastId }: EpisodeKey,
  params: Params,
  by: Doer = PROGRAM,
): Promise<Taken> {
  const looked = lookAtPasted(params)
  if (!looked.ok) return looked
  const { read, language } = looked
  return repo.transaction(async () => {
    const ours = from(Transcript).where({ episodeId }).where('url', 'is', null)
    const known = await repo.one(
      (language === null ? ours.where('language', 'is', null) : ours.where({ language }))
        .orderBy({ position: 'asc', id: 'asc' })
        .limit(1)
        .lock('for update'),
    )
    const type = FORMAT_TYPES[read.format]
    const transcript =
      known ??
      (await repo.insertOrThrow(build(Transcript, { episodeId, podcastId, language, type })))
    const before = await cuesOf(repo, transcript)
    const people = await matchSpeakers(repo, { id: episodeId, podcastId }, namesIn(read))
    const matched = new Map([...people, ...matchedIn(before)])
    const cues = read.cues.map((cue) => {
      return { ...cue, personId: matched.get(cue.speaker ?? '') ?? null }
    })
    if (isSaid(before, cues)) return { ok: true, transcript, outcome: 'unchanged' }
    await keepVersion(repo, transcript, 'taken', by)
    const written = await writeCues(repo, transcript, before, cues, type)
    return { ok: true, transcript: written, outcome: known ? 'updated' : 'created' }
  })
}

function namesIn({ speakers }: ReadPasted): readonly string[] {
  return speakers.map(({ name }) => name)
}

function matchedIn(
  cues: readonly Pick<DraftCue, 'speaker' | 'personId'>[],
): ReadonlyMap<string, number> {
  return new Map(
    cues.flatMap(({ speaker, personId }): [string, number][] =>
      speaker !== null && personId !== null ? [[speaker, personId]] : [],
    ),
  )
}

function isSaid(before: readonly Omit<DraftCue, 'id'>[], after: readonly DraftCue[]): boolean {
  const said = (cues: readonly Omit<DraftCue, 'id'>[]) =>
    JSON.stringify(
      cues.map(({ startsMs, endsMs, speaker, personId, body }) => {
        return [startsMs, endsMs, speaker, personId, body]
      }),
    )
  return before.length === after.length && said(before) === said(after)
}

function sentence(message: string): string {
  return `cannot be read: ${message}`
}
