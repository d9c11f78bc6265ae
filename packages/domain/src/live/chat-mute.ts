import { belongsTo, schema, t, timestamps, type Loaded, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'

/** Somebody who may read and not write, in the chats of a podcast. */
export const ChatMute = schema(
  'chat_mutes',
  {
    id: t.id(),
    podcastId: t.reference(),
    personId: t.reference(),
    mutedById: t.reference().nullable(),
    /** Null: until somebody lets them speak again. */
    until: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person), mutedBy: belongsTo(Person, { foreignKey: 'mutedById' }) }),
  { tenant: 'podcastId' },
)
export type ChatMute = Row<typeof ChatMute>
export type MutedPerson = Loaded<typeof ChatMute, ['person']>
