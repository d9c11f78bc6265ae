import { createCounter, tagsIn } from '@showrunner/domain/downloads'
import { type FastifyInstance } from 'fastify'

/** `app.downloads`: what is listened to, noted in memory and written down once a second. */
export default function downloads(app: FastifyInstance): void {
  const { repo, clock, storage } = app.parts
  const counter = createCounter({
    repo,
    clock,
    before: tagsIn(storage),
    failed: (error) => app.log.error(error, 'What was listened to could not be counted.'),
  })
  app.decorate('downloads', counter)
  app.addHook('onClose', () => counter.close())
}
