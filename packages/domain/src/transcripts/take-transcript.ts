import {
  addError,
  applyAction,
  build,
  from,
  type Changeset,
  type Params,
  type Repo,
} from '@showrunner/data'
import { FeedError, transcriptText } from '@showrunner/feeds'
import { type Doer, PROGRAM } from '../activity/index.ts'
import { Episode, type EpisodeKey } from '../episodes/index.ts'
import { type Person } from '../people/index.ts'
import { tellTranscriptReady } from '../subscriptions/index.ts'
import { type DraftCue } from './draft-cue.ts'
import { type Pasted, pastedChangeset } from './pasted.ts'
import { FORMAT_TYPES, type ReadPasted, readPasted, type SpeakerCount } from './read-pasted.ts'
import { matchSpeakers, peopleById } from './speakers.ts'
import { keepVersion } from './transcript-version.ts'
import { Transcript } from './transcript.ts'
import { cuesOf, writeCues } from './write-cues.ts'

export interface TakenTranscript {
  readonly ok: true
  readonly transcript: Transcript
  readonly outcome: 'created' | 'updated' | 'unchanged'
}

export type Taken =
  TakenTranscript | { readonly ok: false; readonly changeset: Changeset<typeof Pasted> }

/** What a pasted transcript would be, and what is wrong with the form. */
export type LookedAt =
  | { readonly ok: true; readonly read: ReadPasted; readonly pasted: Pasted }
  | { readonly ok: false; readonly changeset: Changeset<typeof Pasted> }

/** Reads what a form sent, or the file that came with it, without storing it. */
export function lookAtPasted(params: Params, file?: Uint8Array): LookedAt {
  const given = { ...(params as Readonly<Record<string, unknown>>) }
  const unread = (changeset: Changeset<typeof Pasted>, message: string): LookedAt => {
    const told = addError(changeset, 'text', `cannot be read: ${message}`)
    return { ok: false, changeset: { ...told, action: 'insert' } }
  }
  try {
    if (file && file.length > 0) given['text'] = transcriptText(file)
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return unread(pastedChangeset({ ...given, text: '-' }), error.message)
  }
  const changeset = pastedChangeset(given)
  const applied = applyAction(changeset, 'insert')
  if (!applied.ok) return applied
  const read = readPasted(applied.value.text, applied.value.name ?? '')
  return read.ok ? { ok: true, read, pasted: applied.value } : unread(changeset, read.message)
}

/**
 * Makes what was pasted the episode's transcript in its language. The one it replaces is kept as a version. The same words
 * again are no change; whoever was matched to a speaker stays so.
 */
export async function takeTranscript(
  repo: Repo,
  episode: EpisodeKey,
  params: Params,
  by: Doer = PROGRAM,
): Promise<Taken> {
  const looked = lookAtPasted(params)
  if (!looked.ok) return looked
  const { read, pasted } = looked
  return takeRead(repo, episode, { read, language: pasted.language }, by)
}

/** The same with what was read before, in a language that is written as BCP 47 does. */
export async function takeRead(
  repo: Repo,
  { id: episodeId, podcastId }: EpisodeKey,
  { read, language }: { readonly read: ReadPasted; readonly language: string | null },
  by: Doer = PROGRAM,
): Promise<TakenTranscript> {
  return repo.transaction(async () => {
    // Two who paste the first transcript at one moment would make two.
    await repo.one(from(Episode).where({ id: episodeId }).select('id').lock('for update'))
    const known = await repo.one(oursIn(episodeId, language).lock('for update'))
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
    await tellTranscriptReady(repo, { id: episodeId, podcastId })
    return { ok: true, transcript: written, outcome: known ? 'updated' : 'created' }
  })
}

/** What would become of what was pasted: who its speakers are, and which transcript it replaces. */
export async function previewPasted(
  repo: Repo,
  episode: EpisodeKey,
  { speakers }: ReadPasted,
  { language }: Pasted,
): Promise<PastedPreview> {
  const ids = await matchSpeakers(
    repo,
    episode,
    speakers.map(({ name }) => name),
  )
  const people = await peopleById(repo, [...ids.values()])
  return {
    speakers: speakers.map(({ name, count }) => {
      return { name, count, person: people.get(ids.get(name) ?? 0) ?? null }
    }),
    replaces: await repo.one(oursIn(episode.id, language)),
  }
}

export interface PastedPreview {
  readonly speakers: readonly (SpeakerCount & { readonly person: Person | null })[]
  readonly replaces: Transcript | undefined
}

/** An episode's own transcript in a language. */
function oursIn(episodeId: number, language: string | null) {
  const ours = from(Transcript).where({ episodeId }).where('url', 'is', null)
  return (language === null ? ours.where('language', 'is', null) : ours.where({ language }))
    .orderBy({ position: 'asc', id: 'asc' })
    .limit(1)
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
