import {
  belongsTo,
  cast,
  check,
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
import { Person } from '../people/index.ts'

/** What somebody said beside a show. */
export const ChatMessage = schema(
  'chat_messages',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    personId: t.reference().nullable(),
    /** Plain text. */
    text: t.string(),
    /** It is kept for those who look after the chat, and shown to nobody else. */
    deletedAt: t.datetime().nullable(),
    deletedById: t.reference().nullable(),
    ...timestamps(),
  },
  () => ({
    episode: belongsTo(Episode),
    person: belongsTo(Person),
    deletedBy: belongsTo(Person, { foreignKey: 'deletedById' }),
  }),
  { tenant: 'podcastId' },
)
export type ChatMessage = Row<typeof ChatMessage>

export function chatMessageChangeset(
  message: ChatMessage,
  params: Params,
): Changeset<typeof ChatMessage> {
  return check(cast(message, params, ['text']), required('text'), length('text', { max: 500 }))
}
