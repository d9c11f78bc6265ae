import { refuse, type Channel, type Refusal } from '@showrunner/channels'
import { NotFoundError } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type EpisodeKey } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { type ShowChannel } from './show-channel.ts'
import { type Visitor } from './visitor.ts'

export interface InShow {
  readonly episode: EpisodeKey
  readonly browser: string | undefined
}

export type OfShow = Channel<typeof ShowChannel, Visitor, InShow>

/** Does something for a visitor who has a name and may; anybody else is told why not. */
export function inName<T>(
  { visitor, state }: OfShow,
  action: 'chat' | 'moderate',
  work: (account: Account, state: InShow) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const { account } = visitor
  if (!account) return Promise.resolve(refuse('Sign in to write here.'))
  if (!live.may(account, action, state.episode)) return Promise.resolve(refuse('You may not.'))
  return visitor.within(async () => {
    try {
      return await work(account, state)
    } catch (error) {
      if (error instanceof NotFoundError) return refuse('It is not there.')
      if (!(error instanceof live.ChatError)) throw error
      return refuse({ reason: error.message, retryAfterMs: error.retryAfterMs })
    }
  })
}
