import { localPubSub, natsPubSub, postgresPubSub, type PubSub } from '@showrunner/pubsub'
import { CommandError, errorMessage } from '../errors.ts'
import { type Env, withoutPassword } from '../env.ts'
import { tell } from '../output.ts'

/** How the nodes hear each other: over NATS where there is one, and else over the database they share. */
export async function pubsubOf(
  { NATS_URL, SANDBOX }: Pick<Env, 'NATS_URL' | 'SANDBOX'>,
  databaseUrl: string,
): Promise<PubSub> {
  // The site that tests share has no other nodes.
  if (SANDBOX) return localPubSub({ log })
  if (NATS_URL === undefined) return postgresPubSub({ databaseUrl, log })
  try {
    return await natsPubSub({ servers: NATS_URL, log })
  } catch (error) {
    throw new CommandError(
      `NATS does not answer at ${withoutPassword(NATS_URL)} (${errorMessage(error)}). Start it, or leave NATS_URL out: the nodes then hear each other over PostgreSQL.`,
    )
  }
}

const log = (level: 'error' | 'warning' | 'info' | 'debug', message: string): void => {
  if (level === 'error' || level === 'warning') tell(message)
}
