import { drawIcon } from '@showrunner/artwork'
import { getSettings } from '@showrunner/domain/settings'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses, ICON_SIZES } from '../addresses.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { Drawings, readArtwork } from '../drawings.ts'
import { parse } from '../parse.ts'
import { iconVersion, manifest } from '../presenters/icons.ts'

const Query = z.object({ v: z.string().optional() })

/** As in tokens.css, by day. */
const COLOURS = { ground: '#fbfaf7', ink: '#1b1815', accent: '#a8321f' } as const
const TOUCH_SIDE = 180
const FAVICON_SIDE = 32

/** The icons of the network, and what phones want to know to put it beside their apps. */
export default async function iconRoutes(app: FastifyInstance): Promise<void> {
  const drawings = new Drawings()

  app.document(addresses.manifest, {
    load: ({ repo }) => getSettings(repo),
    type: 'application/manifest+json; charset=utf-8',
    write: (network) => JSON.stringify(manifest(network)),
  })

  for (const side of ICON_SIZES) {
    app.get(addresses.icon(side), (request, reply) => send(request, reply, side))
  }
  app.get(addresses.touchIcon, (request, reply) => send(request, reply, TOUCH_SIDE))
  app.get(addresses.favicon, (request, reply) => send(request, reply, FAVICON_SIDE, asIco))

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    side: number,
    wrap?: (png: Buffer) => Buffer,
  ): Promise<FastifyReply> {
    const { v } = parse(Query, request.query)
    const { coverUrl } = await app.site()
    const version = iconVersion(coverUrl)
    const etag = `"${version}-${side}"`
    reply.headers({
      'content-type': wrap ? 'image/x-icon' : 'image/png',
      'cache-control': `public, ${v === version ? 'max-age=31536000, immutable' : 'max-age=3600'}`,
      etag,
    })
    if (isFresh(request, { etag })) return sendUnchanged(reply)
    const png = await drawings.get(`${side}-${version}`, async () =>
      drawIcon(side, COLOURS, await readArtwork(app.parts.storage, coverUrl)),
    )
    return reply.send(wrap ? wrap(png) : png)
  }
}

/** A PNG in the box that old browsers look for. */
function asIco(png: Buffer): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt8(FAVICON_SIDE, 6)
  head.writeUInt8(FAVICON_SIDE, 7)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(32, 12)
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
