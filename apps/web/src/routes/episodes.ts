import * as episodes from '@showrunner/domain/episodes'
import { type FastifyInstance } from 'fastify'
import { episodePage } from '../presenters/episode-page.ts'
import { EPISODE } from './slugs.ts'

export default async function episodeRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.get<{ Params: { podcast: string; episode: string } }>(EPISODE, async (request, reply) => {
    const { podcast, episode } = request.params
    const [site, shown] = await Promise.all([
      app.site(),
      episodes.getEpisodePage(repo, podcast, episode, clock()),
    ])
    return reply.html('episode/show', episodePage(site, shown))
  })
}
