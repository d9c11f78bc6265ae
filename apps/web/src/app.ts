import { fileURLToPath } from 'node:url'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Parts } from './parts.ts'
import healthRoutes from './routes/health.ts'
import homeRoutes from './routes/home.ts'
import { readViews } from './views.ts'

const VIEWS = fileURLToPath(new URL('../views', import.meta.url))

/** The whole site, ready to `listen` or to `inject`. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const app = Fastify({ logger: parts.logger ?? false, trustProxy: true })
  const views = readViews(VIEWS, { reread: parts.development ?? false })

  app.decorate('parts', { clock: () => new Date(), ...parts })
  app.decorateReply('html', function html(view, data) {
    return this.type('text/html; charset=utf-8').send(views.render(view, data))
  })

  await parts.assets.serve(app)
  await app.register(healthRoutes)
  await app.register(homeRoutes)
  app.addHook('onClose', () => parts.assets.close())

  return app
}
