import * as episodes from '@showrunner/domain/episodes'
import { getDiscussion } from '@showrunner/domain/comments'
import * as live from '@showrunner/domain/live'
import { type FastifyInstance } from 'fastify'
import { calendarFile } from '../presenters/calendar-file.ts'
import { discussionPart } from '../presenters/discussion.ts'
import { episodeOrShowPage } from '../presenters/show-page.ts'
import { transcriptReadPage } from '../presenters/transcript-read-page.ts'
import { EPISODE } from './slugs.ts'

export default async function episodeRoutes(app: FastifyInstance): Promise<void> {
  app.page(EPISODE, {
    load: async ({ repo, clock, params: { podcast, episode } }) => {
      const found = await live.getEpisodeOrShow(repo, podcast, episode, clock())
      const { id } = found.isOut ? found.shown.episode : found.episode
      const said = found.isOut ? await getDiscussion(repo, { of: 'episode', id }, clock()) : null
      return { found, said }
    },
    view: 'episode/show',
    present: (site, { found, said }) => ({
      ...episodeOrShowPage(site, found),
      discussion: said && discussionPart(said, site.words),
    }),
  })

  app.page(`${EPISODE}/transcript`, {
    load: ({ repo, clock, params: { podcast, episode } }) =>
      episodes.getEpisodeToRead(repo, podcast, episode, clock()),
    view: 'transcript/read',
    present: transcriptReadPage,
  })

  app.document(`${EPISODE}/live.ics`, {
    load: ({ repo, clock, params: { podcast, episode } }) =>
      live.getShowAt(repo, podcast, episode, clock()),
    type: 'text/calendar; charset=utf-8',
    write: (show) => calendarFile(app.parts.publicUrl, show),
  })
}
