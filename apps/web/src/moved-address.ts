import { NotFoundError } from '@showrunner/data'
import { findByOldHandle } from '@showrunner/domain/people'
import { findNewsItem } from '@showrunner/domain/news'
import { findMovedPost } from '@showrunner/domain/posts'
import { isGone, isPostGone, movedTo } from '@showrunner/domain/publishing'
import { findRedirect } from '@showrunner/domain/redirects'
import { RESERVED_PODCAST_SLUGS } from '@showrunner/domain/slugs'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addresses } from './addresses.ts'
import { oldAddress } from './old-addresses.ts'

const SLUG = '[a-z0-9][a-z0-9_-]*'
const BENEATH_PODCAST = new RegExp(`^/(${SLUG})(?:/(${SLUG}))?(/[^?]*)?(\\?.*)?$`)
const POST = new RegExp(`^/posts/(${SLUG})(?:\\?|$)`)
const NEWS_ITEM = /^\/news\/((?:[a-z0-9_-]+-)?([1-9]\d{0,14}))(?:\?|$)/
const PERSON = new RegExp(`^/person/(${SLUG})(/feed(?:\\.json)?)?(?:\\?|$)`)

/** What became of an address that leads nowhere: it leads there now, or what was there is gone. */
export type Became =
  { readonly status: 301 | 302; readonly target: string } | { readonly status: 410 }

/**
 * What became of an address at which nothing is: whatever somebody here said of it, else the new name of what it was of, else
 * where the like of it was on sites before this one. Undefined where nobody knows of it.
 */
export async function whatBecameOf(
  app: FastifyInstance,
  { method, url }: Pick<FastifyRequest, 'method' | 'url'>,
): Promise<Became | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const led = await findRedirect(app.parts.repo, url)
  if (led) return became(led.status, led.target, url)

  const moved = await movedAddress(app, url)
  if (moved !== undefined) return { status: 301, target: moved }

  const [path = ''] = url.split('?')
  const { repo, clock, membershipUrl } = app.parts
  const hasPage = (address: string) => isPage(app, address)
  const old = await oldAddress(path, { repo, now: clock(), membershipUrl, hasPage })
  if (old) return became(old.status, old.target, url)
  return (await wasTakenDown(app, path)) ? { status: 410 } : undefined
}

function became(status: 301 | 302 | 410, target: string | null, url: string): Became {
  if (status === 410 || target === null) return { status: 410 }
  const at = url.indexOf('?')
  const query = at === -1 || target.includes('?') ? '' : url.slice(at)
  return { status, target: target + query }
}

/**
 * Its podcast, its episode, its post, was called so when it was out. Whatever lies beneath them has moved along: feeds,
 * chapters, transcripts.
 */
async function movedAddress({ parts }: FastifyInstance, url: string): Promise<string | undefined> {
  const [, handle, feed = ''] = PERSON.exec(url) ?? []
  if (handle !== undefined) {
    const person = await findByOldHandle(parts.repo, handle)
    return person && addresses.person(person.handle) + feed
  }

  const [, post] = POST.exec(url) ?? []
  if (post !== undefined) {
    const slug = await findMovedPost(parts.repo, post, parts.clock())
    return slug && addresses.post(slug)
  }

  // What stands before the number of a news item is for people: whatever it is, the number finds it.
  const [, item, number] = NEWS_ITEM.exec(url) ?? []
  if (item !== undefined) {
    const found = await findNewsItem(parts.repo, Number(number), parts.clock())
    const address = found && addresses.newsItem(found)
    return address === `/news/${item}` ? undefined : address
  }

  const [, podcast, episode, rest = '', query = ''] = BENEATH_PODCAST.exec(url) ?? []
  if (podcast === undefined || RESERVED_PODCAST_SLUGS.includes(podcast)) return undefined

  const now = await movedTo(parts.repo, { podcast, episode }, parts.clock())
  if (!now) return undefined
  const address =
    now.episode === undefined
      ? addresses.podcast(now.podcast)
      : addresses.episode(now.podcast, now.episode)
  return address + rest + query
}

async function wasTakenDown({ parts }: FastifyInstance, path: string): Promise<boolean> {
  const [, post] = POST.exec(path) ?? []
  if (post !== undefined) return isPostGone(parts.repo, post)
  const [, podcast, episode] = BENEATH_PODCAST.exec(path) ?? []
  if (podcast === undefined || RESERVED_PODCAST_SLUGS.includes(podcast)) return false
  return isGone(parts.repo, { podcast, episode })
}

/** Whether a page is there. Of one that nobody asked for lately it has to be made to know. */
async function isPage(app: FastifyInstance, address: string): Promise<boolean> {
  const page = app.pageAt(address)
  if (!page) return false
  try {
    await app.keptPages.get(page.key, page.make)
    return true
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}
