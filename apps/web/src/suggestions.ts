import { SearchBusyError, suggest, type Suggestion } from '@showrunner/domain/search'
import { type FastifyInstance, type FastifyRequest } from 'fastify'

/** At a time: whoever tries many addresses is not looked things up for. */
const MOST_AT_ONCE = 2
const MOST = 5
const SHORTEST = 3

/** The words of an address, as somebody would type them: `/local-time/the-harbour-clok` is `the harbour clok`. */
export function wordsOfAddress(path: string): string {
  const parts = path.split('/').filter((part) => part !== '')
  const last = parts.findLast((part) => /\p{L}{3}/u.test(decoded(part))) ?? ''
  return decoded(last)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 100)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Half a character, which says nothing.
    return ''
  }
}

/** Finds what somebody may have meant with an address at which nothing is. Only for people, and never at the cost of others. */
export function suggestions(app: FastifyInstance) {
  let underWay = 0

  return async (request: FastifyRequest): Promise<readonly Suggestion[]> => {
    const [path = ''] = request.url.split('?')
    const text = wordsOfAddress(path)
    const isRead = request.headers.accept?.includes('text/html') ?? false
    // What asks for a file is no reader, or is mistaken in more than a letter.
    if (!isRead || text.length < SHORTEST || /\.\w{1,5}$/.test(path)) return []
    if (underWay >= MOST_AT_ONCE) return []
    underWay += 1
    try {
      const found = await suggest(app.parts.repo, { text, now: app.parts.clock() })
      return found.slice(0, MOST)
    } catch (error) {
      if (error instanceof SearchBusyError) return []
      throw error
    } finally {
      underWay -= 1
    }
  }
}
