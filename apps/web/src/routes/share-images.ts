import { CARD_SHAPES, drawCard } from '@showrunner/artwork'
import { NotFoundError } from '@showrunner/data'
import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses, SHARE_FILES } from '../addresses.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { Drawings, readArtwork } from '../drawings.ts'
import { encode } from '../encode.ts'
import { parse } from '../parse.ts'
import { type Frame } from '../presenters/frame.ts'
import { networkCard, type ShareCard, versionOf } from '../presenters/share-card.ts'

const Query = z.object({ v: z.string().optional() })

/** How deep pages lie that are shared with a drawing of their own: `/posts/a-post`. */
const DEPTHS = ['', '/:first', '/:first/:second']

/** Drawn by us, and of nobody's secrets: any page may show it. */
const HEADERS = {
  'content-type': 'image/jpeg',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const

/** What the pages of the site are shared with: whatever is said of a page in its head is drawn here. */
export default async function shareImageRoutes(app: FastifyInstance): Promise<void> {
  const drawings = new Drawings()

  for (const shape of CARD_SHAPES) {
    const file = SHARE_FILES[shape]
    for (const depth of DEPTHS) {
      app.get(`${depth}/${file}`, async (request, reply) => {
        const { v } = parse(Query, request.query)
        const card = await cardAt(app, pageOf(request, file))
        return send(request, reply, { version: versionOf(card), asked: v, shape }, () =>
          drawings.get(`${shape}-${versionOf(card)}`, async () =>
            drawCard(card, shape, await readArtwork(app.parts.storage, card.coverUrl)),
          ),
        )
      })
    }
  }
}

interface Asked {
  readonly version: string
  readonly asked: string | undefined
  readonly shape: string
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { version, asked, shape }: Asked,
  draw: () => Promise<Buffer>,
): Promise<FastifyReply> {
  const etag = `"${version}-${shape}"`
  const lasting = asked === version ? 'max-age=31536000, immutable' : 'max-age=300'
  reply.headers({ ...HEADERS, etag, 'cache-control': `public, ${lasting}` })
  return isFresh(request, { etag }) ? sendUnchanged(reply) : reply.send(await draw())
}

function pageOf({ url }: FastifyRequest, file: string): string {
  const [path = ''] = url.split('?')
  return path.slice(0, -`/${file}`.length) || addresses.home
}

/** What a page is shared with. It is kept as the page is, until something changes that it says. */
async function cardAt(app: FastifyInstance, page: string): Promise<ShareCard> {
  const { body } = await app.keptPages.get(`card:${page}`, async (clock) => {
    const shown = await app.pageAt(page)?.present(clock)
    const { frame } = (shown ?? {}) as { readonly frame?: Frame }
    const card =
      frame?.card ?? (page === addresses.home ? networkCard(await app.site()) : undefined)
    if (!card) throw new NotFoundError(settings.Settings, `with a card of ${page}`)
    return encode(JSON.stringify(card))
  })
  // Written three lines above.
  return JSON.parse(body.toString()) as ShareCard
}
