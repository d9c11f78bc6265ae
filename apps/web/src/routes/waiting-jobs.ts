import * as accounts from '@showrunner/domain/accounts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parse } from '../parse.ts'

const Named = z.object({ name: z.string().default('Ada Byron') })

/**
 * For tests only. What waits in a sandbox no worker can see, so `POST /sandbox/jobs` does it, and names what it did; and
 * `POST /sandbox/administrator` signs in one that only the sandbox has.
 */
export default async function waitingJobRoutes(app: FastifyInstance): Promise<void> {
  const { performWaiting, repo, clock } = app.parts
  if (!performWaiting) return

  app.post('/sandbox/jobs', async () => performWaiting())

  app.post('/sandbox/administrator', async ({ query }, reply) => {
    const person = await accounts.anotherAdministrator(repo, parse(Named, query).name)
    return reply.beginSession(await accounts.startSession(repo, person, {}, clock())).send()
  })
}
