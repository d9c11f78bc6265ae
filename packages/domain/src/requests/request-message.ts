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
import { Person } from '../people/index.ts'
import { EpisodeRequest } from './episode-request.ts'

export const LONGEST_MESSAGE = 5_000

/** One thing said about a request: by the podcast, or by whoever asked. */
export const RequestMessage = schema(
  'request_messages',
  {
    id: t.id(),
    podcastId: t.reference(),
    requestId: t.reference(),
    author: t.enum(['staff', 'submitter']),
    personId: t.reference().nullable(),
    body: t.string(),
    ...timestamps(),
  },
  () => ({
    request: belongsTo(EpisodeRequest, { foreignKey: 'requestId' }),
    person: belongsTo(Person),
  }),
  { tenant: 'podcastId' },
)
export type RequestMessage = Row<typeof RequestMessage>

export function messageChangeset(
  message: RequestMessage,
  params: Params,
): Changeset<typeof RequestMessage> {
  return check(
    cast(message, params, ['body']),
    required('podcastId', 'requestId', 'author', 'body'),
    length('body', { max: LONGEST_MESSAGE }),
  )
}
