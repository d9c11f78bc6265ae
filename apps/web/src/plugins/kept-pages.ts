import { PageCache } from '@showrunner/live'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { COMMON_HEADERS, pageHeaders } from '../headers.ts'
import { type z } from 'zod'
import { type Page } from '../page.ts'
import { type Site } from '../presenters/frame.ts'
import { parse } from '../parse.ts'
import { sendKept } from '../send-kept.ts'

/** What its address has and what it loads fit, as `app.page` took it so. */
type AnyPage = Page<unknown, unknown, z.ZodObject>

/**
 * `app.page(address, { load, view })`: a page that is the same for everybody. It is made when somebody asks for it, and kept
 * until a row changes that it was made from; nobody has to say which.
 */
export default function keptPages(app: FastifyInstance): void {
  const { assets, live, clock, repo, sandboxes } = app.parts
  // Nobody hears what changes in a test's transaction: its pages are made each time, and where tests share the site for each alone.
  const pages = live?.pages ?? new PageCache({ repo, clock, unheard: sandboxes ? 'alone' : 'join' })
  const html = { ...COMMON_HEADERS, ...pageHeaders(assets.connectTo) }
  app.decorate('keptPages', pages)

  app.decorate('page', function declare(this: FastifyInstance, address: string, page: AnyPage) {
    const { headers: own, isDocument, render } = page.view
    const headers = isDocument ? { ...COMMON_HEADERS, ...own } : { ...html, ...own }
    const options = { headers, isDocument, clock }

    this.get(address, (request, reply): void | Promise<void> => {
      const key = keyOf(request, page.query)
      const kept = pages.fresh(key)
      if (kept) return sendKept(kept, request, reply, options)
      return make(key, request, reply)
    })

    async function make(key: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const query = page.query ? parse(page.query, request.query) : {}
      const { params } = request
      const made = await pages.get(key, async (clock) => {
        let reading: Promise<Site> | undefined
        const site = (): Promise<Site> => (reading ??= app.site())
        // At the same time as the page's own; a page that is not there is told of first.
        if (!isDocument) site().catch(() => undefined)
        const shown = await page.load({ repo, clock, params, query })
        return render({ views: app.views, site }, shown)
      })
      await sendKept(made, request, reply, options)
    }
  })

  // Who changes something and is led to a page finds it there as they left it.
  if (live) {
    app.addHook('onSend', async ({ method }) => {
      if (method !== 'GET' && method !== 'HEAD') await live.caughtUp()
    })
  }
}

/** One page has one key: its path as browsers write it, and of what stands behind it only what the page looks at. */
function keyOf({ url, query: given }: FastifyRequest, query: AnyPage['query']): string {
  const at = url.indexOf('?')
  const path = at === -1 ? url : url.slice(0, at)
  const known = at === -1 || !query ? [] : Object.keys(query.shape).toSorted()
  const wanted = known.flatMap((name) => {
    const value = (given as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  })
  const bare = path.includes('%') ? encodeURI(decodeURI(path)) : path
  return wanted.length === 0 ? bare : `${bare}?${new URLSearchParams(wanted).toString()}`
}
