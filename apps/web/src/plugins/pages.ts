import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { compress } from '../compress.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { encode } from '../encode.ts'
import { pageHeaders } from '../headers.ts'
import { type Pages } from '../pages.ts'
import { readViews } from '../views.ts'
import { en, type Words } from '../words/index.ts'

const VIEWS = fileURLToPath(new URL('../../views', import.meta.url))

/** `reply.html(view, data)`: a page, with its headers, compressed for those who ask, not sent to those who have it. */
export default function pages(app: FastifyInstance): void {
  const { assets, development, publicUrl } = app.parts
  const views = readViews(VIEWS, { reread: development ?? false })
  const headers = pageHeaders(publicUrl, assets.connectTo)
  app.decorate('views', views)

  app.decorateReply('html', async function html<
    Name extends keyof Pages,
  >(this: FastifyReply, view: Name, data: Pages[Name]) {
    const words = await wordsOf(app, view)
    return sendPage(this.headers(headers), encode(views.render(view, data, words)))
  })
}

/** The admin area is in English; what says that the database is away does not ask it. */
async function wordsOf(app: FastifyInstance, view: keyof Pages): Promise<Words> {
  if (view.startsWith('admin/')) return en
  return view === 'errors/plain' ? app.words() : (await app.site()).words
}

async function sendPage(reply: FastifyReply, page: Buffer): Promise<FastifyReply> {
  const etag = `W/"${page.length.toString(36)}-${crc32(page).toString(36)}"`
  reply.header('etag', etag).header('vary', 'accept-encoding')
  if (reply.statusCode === 200 && isFresh(reply.request, { etag })) return sendUnchanged(reply)

  const { body, encoding } = await compress(page, reply.request.headers['accept-encoding'])
  if (encoding) reply.header('content-encoding', encoding)

  return reply.send(body)
}
