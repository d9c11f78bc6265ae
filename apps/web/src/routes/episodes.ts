import * as live from '@showrunner/domain/live'
import { type FastifyInstance } from 'fastify'
import { calendarFile } from '../presenters/calendar-file.ts'
import { episodeOrShowPage } from '../presenters/show-page.ts'
import { EPISODE } from './slugs.ts'

export default async function episodeRoutes(app: FastifyInstance): Promise<void> {
  app.page(EPISODE, {
    load: ({ repo, clock, params: { podcast, episode } }) =>
      live.getEpisodeOrShow(repo, podcast, episode, clock()),
    view: 'episode/show',
    present: episodeOrShowPage,
  })

  app.document(`${EPISODE}/live.ics`, {
    load: ({ repo, clock, params: { podcast, episode } }) =>
      live.getShowAt(repo, podcast, episode, clock()),
    type: 'text/calendar; charset=utf-8',
    write: (show) => calendarFile(app.parts.publicUrl, show),
  })
}
