import { NotFoundError } from '@showrunner/data'
import * as episodes from '@showrunner/domain/episodes'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { embedHeaders } from '../headers.ts'
import { type Loading } from '../page.ts'
import { deckPage } from '../presenters/deck-page.ts'
import { EMBED_THEMES, embedPage } from '../presenters/embed-page.ts'
import { playData } from '../presenters/play-data.ts'
import { EPISODE } from './slugs.ts'

interface EpisodeAddress {
  readonly podcast: string
  readonly episode: string
}

const Query = z.object({ theme: z.enum(EMBED_THEMES).default('auto').catch('auto') })

/** What players are made of: the one at the foot of the page, and the one on pages elsewhere. */
export default async function playerRoutes(app: FastifyInstance): Promise<void> {
  const { publicUrl, assets } = app.parts

  app.page(addresses.player, {
    headers: { 'x-robots-tag': 'noindex' },
    load: async () => undefined,
    view: 'player/deck',
    present: deckPage,
  })

  app.document(`${EPISODE}/play.json`, {
    load: async (loading) => {
      const data = playData(await heard(loading))
      if (!data) throw notHeard(loading.params)
      return data
    },
    type: 'application/json; charset=utf-8',
    write: (data) => JSON.stringify(data),
  })

  app.page(`${EPISODE}/embed`, {
    query: Query,
    headers: embedHeaders(publicUrl, assets.connectTo),
    load: async (loading) => {
      const episode = await heard(loading)
      if (!episode.audioUrl) throw notHeard(loading.params)
      return { episode, theme: loading.query.theme }
    },
    view: 'embed/show',
    present: embedPage,
  })
}

function heard({ repo, clock, params }: Loading<EpisodeAddress, object>) {
  return episodes.getEpisodeWithChapters(repo, params.podcast, params.episode, clock())
}

function notHeard({ episode }: EpisodeAddress): NotFoundError {
  return new NotFoundError(episodes.Episode, `"${episode}" with something to be heard`)
}
