import {
  belongsTo,
  cast,
  check,
  foreignKey,
  format,
  hasMany,
  required,
  schema,
  t,
  timestamps,
  unique,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { TranscriptCue } from './transcript-cue.ts'

/**
 * The words of an episode in one language. `url` is where the imported feed said it lies, null for one of ours;
 * it may have no cues: then it could not be read, and only its address is known.
 */
export const Transcript = schema(
  'transcripts',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    position: t.integer().default(0),
    url: t.string().nullable(),
    type: t.string().default('text/vtt'),
    language: t.string().nullable(),
    rel: t.string().nullable(),
    /** Of the document at `url` as it was last read. */
    digest: t.string().nullable(),
    cueCount: t.integer().default(0),
    /** Whether its cues have times, so that it can serve as captions. */
    timed: t.boolean().default(false),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    episode: belongsTo(Episode),
    cues: hasMany(TranscriptCue, { order: { position: 'asc' } }),
  }),
  { tenant: 'podcastId' },
)
export type Transcript = Row<typeof Transcript>

export function transcriptChangeset(
  transcript: Transcript,
  params: Params,
): Changeset<typeof Transcript> {
  return check(
    cast(transcript, params, ['position', 'url', 'type', 'language', 'rel']),
    required('type'),
    format('url', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    unique(['episodeId', 'url'], { errorField: 'url' }),
    foreignKey('episodeId'),
  )
}
