import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Transcript } from './transcript.ts'

/** Something said by one person. Times are milliseconds from the start; null where nobody noted them. */
export const TranscriptCue = schema(
  'transcript_cues',
  {
    id: t.id(),
    transcriptId: t.reference(),
    podcastId: t.reference(),
    personId: t.reference().nullable(),
    position: t.integer(),
    startsMs: t.integer().nullable(),
    endsMs: t.integer().nullable(),
    /** As the transcript names them, whether or not we know the person. */
    speaker: t.string().nullable(),
    body: t.string(),
    ...timestamps(),
  },
  () => ({ transcript: belongsTo(Transcript), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type TranscriptCue = Row<typeof TranscriptCue>
