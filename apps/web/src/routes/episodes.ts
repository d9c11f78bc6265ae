import * as episodes from '@showrunner/domain/episodes'
import { type FastifyInstance } from 'fastify'
import { episodePage } from '../presenters/episode-page.ts'
import { EPISODE } from './slugs.ts'

export default async function episodeRoutes(app: FastifyInstance): Promise<void> {
  app.page(EPISODE, {
    load: ({ repo, clock, params: { podcast, episode } }) =>
      episodes.getEpisodePage(repo, podcast, episode, clock()),
    view: 'episode/show',
    present: episodePage,
  })
}
