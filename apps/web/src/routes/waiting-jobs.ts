import { type FastifyInstance } from 'fastify'

/** For tests only: what waits in a sandbox no worker can see, so `POST /sandbox/jobs` does it, and names what it did. */
export default async function waitingJobRoutes(app: FastifyInstance): Promise<void> {
  const { performWaiting } = app.parts
  if (!performWaiting) return

  app.post('/sandbox/jobs', async () => performWaiting())
}
