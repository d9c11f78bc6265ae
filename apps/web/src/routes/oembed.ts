import { NotFoundError } from '@showrunner/data'
import * as episodes from '@showrunner/domain/episodes'
import { movedTo } from '@showrunner/domain/publishing'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { oembed } from '../presenters/oembed.ts'
import { oembedXml } from '../presenters/oembed-xml.ts'

const Query = z.object({
  url: z.string().max(2000),
  format: z.string().default('json'),
  maxwidth: z.coerce.number().int().min(1).optional(),
  maxheight: z.coerce.number().int().min(1).optional(),
})

const SLUG = '[a-z0-9][a-z0-9_-]*'
const EPISODE_PATH = new RegExp(`^/+(${SLUG})/(${SLUG})(?:/embed)?/*$`)

/** What sites ask that turn a link to an episode into its player. */
export default async function oembedRoutes(app: FastifyInstance): Promise<void> {
  app.get(addresses.oembed, async (request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=300')
    const { url, format, ...room } = parse(Query, request.query)
    if (format !== 'json' && format !== 'xml') {
      return reply.code(501).send({ error: `There is json and xml, but not "${format}".` })
    }
    const answer = oembed(await app.site(), await episodeAt(app, url), room)

    return format === 'xml'
      ? reply.type('text/xml; charset=utf-8').send(oembedXml(answer))
      : reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
  })
}

/** @throws NotFoundError for whatever is no address of ours, or of no episode that can be heard. */
async function episodeAt({ parts }: FastifyInstance, given: string) {
  const { repo, publicUrl, clock } = parts
  const url = URL.parse(given)
  const [, podcast = '', episode = ''] = EPISODE_PATH.exec(url?.pathname ?? '') ?? []
  if (!podcast || url?.host !== new URL(publicUrl).host) throw notHeard(given)

  const now = await movedTo(repo, { podcast, episode }, clock())
  const found = await episodes.getEpisodeWithChapters(
    repo,
    now?.podcast ?? podcast,
    now?.episode ?? episode,
    clock(),
  )
  if (!found.audioUrl) throw notHeard(given)
  return found
}

function notHeard(address: string): NotFoundError {
  return new NotFoundError(episodes.Episode, `${address}, with something to be heard`)
}
