import { findByOldHandle } from '@showrunner/domain/people'
import { findMovedPost } from '@showrunner/domain/posts'
import { movedTo } from '@showrunner/domain/publishing'
import { RESERVED_PODCAST_SLUGS } from '@showrunner/domain/slugs'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addresses } from './addresses.ts'

const SLUG = '[a-z0-9][a-z0-9_-]*'
const BENEATH_PODCAST = new RegExp(`^/(${SLUG})(?:/(${SLUG}))?(/[^?]*)?(\\?.*)?$`)
const POST = new RegExp(`^/posts/(${SLUG})(?:\\?|$)`)
const PERSON = new RegExp(`^/person/(${SLUG})(?:\\?|$)`)

/**
 * Where an address that leads nowhere leads by now: its podcast, its episode, its post, was called so when it was out. Whatever
 * lies beneath them has moved along: feeds, chapters, transcripts.
 */
export async function movedAddress(
  { parts }: FastifyInstance,
  { method, url }: FastifyRequest,
): Promise<string | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const [, handle] = PERSON.exec(url) ?? []
  if (handle !== undefined) {
    const person = await findByOldHandle(parts.repo, handle)
    return person && addresses.person(person.handle)
  }

  const [, post] = POST.exec(url) ?? []
  if (post !== undefined) {
    const slug = await findMovedPost(parts.repo, post, parts.clock())
    return slug && addresses.post(slug)
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
