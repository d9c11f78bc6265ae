import {
  belongsTo,
  cast,
  check,
  format,
  length,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { Person } from '../people/index.ts'

/** What whoever makes a show says while it goes on: a sentence, a link. It stays with the episode. */
export const LiveNote = schema(
  'live_notes',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    personId: t.reference().nullable(),
    /** Plain text. */
    text: t.string(),
    url: t.string().nullable(),
    /** How far the show had come, if it was on air. */
    atMs: t.integer().nullable(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type LiveNote = Row<typeof LiveNote>

export function liveNoteChangeset(note: LiveNote, params: Params): Changeset<typeof LiveNote> {
  return check(
    cast(note, params, ['text', 'url']),
    required('text'),
    length('text', { max: 1000 }),
    length('url', { max: 2000 }),
    format('url', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
  )
}
