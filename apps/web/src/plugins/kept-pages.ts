import { type Repo } from '@showrunner/data'
import { type Make, PageCache } from '@showrunner/live'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type z } from 'zod'
import { encode } from '../encode.ts'
import { COMMON_HEADERS, pageHeaders } from '../headers.ts'
import { type DocumentPage, type Loading, type Page, type PageAt } from '../page.ts'
import { PageAddresses } from '../page-addresses.ts'
import { withVersion } from '../page-version.ts'
import { parse } from '../parse.ts'
import { type Site } from '../presenters/frame.ts'
import { sendKept, type SendOptions } from '../send-kept.ts'

// What an address has and what is loaded for it fit, as `app.page` took them together.
type AnyPage = Page<unknown, unknown, z.ZodObject>
type AnyDocument = DocumentPage<unknown, unknown, z.ZodObject>
type AnyLoading = Loading<unknown, Record<string, unknown>>
type MakeOf = (loading: AnyLoading, key: string) => ReturnType<Make>
type PresentOf = (loading: AnyLoading) => Promise<object>
type Addresses = PageAddresses<{
  readonly query: AnyPage['query']
  readonly make: MakeOf
  readonly present: PresentOf
}>

/**
 * `app.page(address, { load, view, present })`: a page that is the same for everybody. It is made when somebody asks for it,
 * and kept until a row changes that it was made from; nobody has to say which. `app.document` is one that programs read.
 */
export default function keptPages(app: FastifyInstance): void {
  const { assets, live, clock, repo, sandboxes } = app.parts
  // Nobody hears what changes in a test's transaction: its pages are made each time, and where tests share the site for each alone.
  const pages = live?.pages ?? new PageCache({ repo, clock, unheard: sandboxes ? 'alone' : 'join' })
  const html = { ...COMMON_HEADERS, ...pageHeaders(app.parts.publicUrl, assets.connectTo) }
  const addresses: Addresses = new PageAddresses()
  const answer = answering(pages, repo)
  app.decorate('keptPages', pages)

  app.decorate('page', function page(this: FastifyInstance, address: string, page: AnyPage) {
    const options = { headers: { ...html, ...page.headers }, isDocument: false, clock }
    const present = async (loading: AnyLoading) => {
      // At the same time as the page's own. A page that is not there is told of first.
      const site: Promise<Site> = app.site()
      site.catch(() => undefined)
      const shown = await page.load(loading)
      const { words } = await site
      return { data: page.present(await site, shown), words }
    }
    const make: MakeOf = async (loading, key) => {
      const { data, words } = await present(loading)
      const made = app.views.render(page.view, data, words)
      return encode(sandboxes ? made : withVersion(made, key))
    }
    addresses.add(address, {
      query: page.query,
      make,
      present: async (loading) => (await present(loading)).data,
    })
    answer(this, address, page.query, options, make)
  })

  app.decorate(
    'document',
    function document(this: FastifyInstance, address: string, page: AnyDocument) {
      const headers = { ...COMMON_HEADERS, ...page.headers, 'content-type': page.type }
      const links = new WeakMap<Buffer, string>()
      const linkOf = (body: Buffer) => links.get(body)
      const options = { headers, isDocument: true, clock, linkOf }
      answer(this, address, page.query, options, async (loading) => {
        const shown = await page.load(loading)
        const written = await page.write(shown)
        const body = typeof written === 'string' ? encode(written) : written
        if (page.link) links.set(body, page.link(shown))
        return body
      })
    },
  )

  app.decorate('pageAt', pageAt(addresses, repo))

  // Who changes something and is led to a page finds it there as they left it.
  if (live) {
    app.addHook('onSend', async ({ method }) => {
      if (method !== 'GET' && method !== 'HEAD') await live.caughtUp()
    })
  }
}

/** Answers for a page: from memory, or made. */
function answering(pages: PageCache, repo: Repo) {
  return function answer(
    on: FastifyInstance,
    address: string,
    query: AnyPage['query'],
    options: SendOptions,
    make: MakeOf,
  ): void {
    on.get(address, { config: { isKept: true } }, (request, reply): void | Promise<void> => {
      const key = keyOf(request, query)
      const kept = pages.fresh(key)
      return kept ? sendKept(kept, request, reply, options) : makeAndSend(key, request, reply)
    })

    async function makeAndSend(key: string, request: FastifyRequest, reply: FastifyReply) {
      const asked = query ? parse(query, request.query) : {}
      const { params } = request
      const made = await pages.get(key, (clock) => make({ repo, clock, params, query: asked }, key))
      await sendKept(made, request, reply, options)
    }
  }
}

/** Finds pages for those who know their keys. */
function pageAt(addresses: Addresses, repo: Repo) {
  return (key: string): PageAt | undefined => {
    const [path = '', search] = key.split('?')
    const found = addresses.find(path)
    if (!found) return undefined
    const { query, make, present } = found.page
    const given = Object.fromEntries(new URLSearchParams(search))
    // A page has one key, and whoever writes it otherwise has it from somewhere else.
    if (query && !query.safeParse(given).success) return undefined
    if (keyOf({ url: key, query: given }, query) !== key) return undefined
    const { params } = found
    const loading = (clock: () => Date): AnyLoading => {
      return { repo, clock, params, query: query ? parse(query, given) : {} }
    }
    return {
      key,
      make: async (clock) => make(loading(clock), key),
      present: async (clock) => present(loading(clock)),
    }
  }
}

/** One page has one key: its path as browsers write it, and of what stands behind it only what the page looks at. */
function keyOf(
  { url, query: given }: Pick<FastifyRequest, 'url' | 'query'>,
  query: AnyPage['query'],
): string {
  const at = url.indexOf('?')
  const path = at === -1 ? url : url.slice(0, at)
  const bare = path.includes('%') ? encodeURI(decodeURI(path)) : path
  return at === -1 || !query ? bare : bare + searchOf(query, given)
}

/** As the page understands it: `?page=02` asks for the second page, and `?page=1` for what is there unasked. */
function searchOf(query: z.ZodObject, given: unknown): string {
  const unasked = parse(query, {})
  const said = Object.entries(parse(query, given))
    .filter(([name, value]) => value !== undefined && value !== unasked[name])
    .map(([name, value]): [string, string] => [name, String(value)])
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`
}
