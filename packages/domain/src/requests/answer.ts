import {
  build,
  cast,
  check,
  embedded,
  length,
  required,
  t,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { LONGEST_MESSAGE } from './request-message.ts'

/** What a podcast may make of a request. */
export const ANSWERS = ['pending', 'accepted', 'declined', 'failed'] as const
export type AnswerStatus = (typeof ANSWERS)[number]

/** The form that answers a request. */
export const Answer = embedded({
  /** Null: nothing but the message. */
  status: t.enum(ANSWERS).nullable(),
  /** What is mailed to whoever asked; nothing is, without. */
  body: t.string().nullable(),
  /** The episode that answers it, when there is one already. */
  episodeId: t.integer().nullable(),
  /** Of the request as it was seen. */
  lockVersion: t.integer(),
})
export type Answer = Row<typeof Answer>

export function answerFormChangeset(params: Params): Changeset<typeof Answer> {
  const answer = cast(build(Answer), params, ['status', 'body', 'episodeId', 'lockVersion'])
  const saysNothing = (answer.changes.status ?? null) === null
  return check(
    answer,
    required('lockVersion'),
    required(saysNothing ? ['body'] : [], { message: 'needs some words' }),
    length('body', { max: LONGEST_MESSAGE }),
  )
}
