import {
  belongsTo,
  build,
  from,
  schema,
  t,
  timestamps,
  type Repo,
  type Row,
} from '@showrunner/data'
import { type Doer, PROGRAM, record } from '../activity/index.ts'
import { Episode, type EpisodeKey } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { type DraftCue } from './draft-cue.ts'
import { type Transcript } from './transcript.ts'
import { TranscriptCue } from './transcript-cue.ts'

export const TRANSCRIPT_ACTIONS = [
  'imported',
  'taken',
  'edited',
  'shifted',
  'renamed',
  'matched',
  'replaced words',
  'restored',
  'deleted',
] as const
/** What was done to a transcript. */
export type TranscriptAction = (typeof TRANSCRIPT_ACTIONS)[number]

export type KeptCue = Omit<DraftCue, 'id'>

/** What a transcript said before something was done to it. */
export const TranscriptVersion = schema(
  'transcript_versions',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    url: t.string().nullable(),
    type: t.string(),
    language: t.string().nullable(),
    rel: t.string().nullable(),
    digest: t.string().nullable(),
    cues: t.json<readonly KeptCue[]>(),
    cueCount: t.integer(),
    action: t.enum(TRANSCRIPT_ACTIONS),
    personId: t.reference().nullable(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type TranscriptVersion = Row<typeof TranscriptVersion>

/** A transcript among those of its episode: the one at an address, or ours in a language. */
export type TranscriptKey = Pick<Transcript, 'episodeId' | 'url' | 'language'>

export const TOGETHER_MS = 10 * 60_000

/**
 * Keeps what a transcript says, before this is done to it, and notes that it was done. Of what one person does in a row
 * there is the version before the first: a page of cues is saved many times.
 */
export async function keepVersion(
  repo: Repo,
  transcript: Transcript,
  action: TranscriptAction,
  by: Doer = PROGRAM,
  asOf: Date = new Date(),
): Promise<void> {
  if (transcript.cueCount === 0) return
  const personId = by.person?.id ?? null
  if (await goesOn(repo, transcript, action, personId, asOf)) return
  if (by !== PROGRAM && action !== 'deleted') await note(repo, transcript, action, by)
  const cues = await repo.all(
    from(TranscriptCue).where({ transcriptId: transcript.id }).orderBy({ position: 'asc' }),
  )
  if (cues.length === 0) return
  const { podcastId, episodeId, url, type, language, rel, digest } = transcript
  await repo.insertOrThrow(
    build(TranscriptVersion, {
      podcastId,
      episodeId,
      url,
      type,
      language,
      rel,
      digest,
      action,
      personId,
      cues: cues.map(keptCue),
      cueCount: cues.length,
      insertedAt: asOf,
    }),
  )
}

/** The words are in rows that nobody counts one by one, so no change of a transcript's own row tells of them. */
async function note(
  repo: Repo,
  { id, podcastId, language, lockVersion }: Transcript,
  action: TranscriptAction,
  by: Doer,
): Promise<void> {
  const title = language === null ? 'Transcript' : `Transcript (${language})`
  const subject = { type: 'transcript', id, title, podcastId, version: lockVersion }
  await record(repo, by, { action, subject })
}

function keptCue({ startsMs, endsMs, speaker, personId, body }: TranscriptCue): KeptCue {
  return { startsMs, endsMs, speaker, personId, body }
}

async function goesOn(
  repo: Repo,
  key: TranscriptKey,
  action: TranscriptAction,
  personId: number | null,
  asOf: Date,
): Promise<boolean> {
  if (action !== 'edited') return false
  const last = await repo.one(versionsOf(key).select('action', 'personId', 'insertedAt').limit(1))
  return (
    last !== undefined &&
    last.action === action &&
    last.personId === personId &&
    asOf.getTime() - last.insertedAt.getTime() < TOGETHER_MS
  )
}

/** Of one transcript, the newest first. */
function versionsOf({ episodeId, url, language }: TranscriptKey) {
  const ofEpisode = from(TranscriptVersion)
    .where({ episodeId })
    .orderBy({ insertedAt: 'desc', id: 'desc' })
  if (url !== null) return ofEpisode.where({ url })
  const ours = ofEpisode.where('url', 'is', null)
  return language === null ? ours.where('language', 'is', null) : ours.where({ language })
}

/** What was kept of an episode's transcripts, deleted ones too, the newest first and without the words. */
export async function listVersions(repo: Repo, { id: episodeId }: Pick<EpisodeKey, 'id'>) {
  return repo.all(
    from(TranscriptVersion)
      .where({ episodeId })
      .orderBy({ insertedAt: 'desc', id: 'desc' })
      .select('id', 'url', 'type', 'language', 'action', 'cueCount', 'personId', 'insertedAt')
      .limit(MOST_LISTED)
      .preload('person'),
  )
}

const MOST_LISTED = 200
