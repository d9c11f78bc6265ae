import { type Left, type Limit } from '@showrunner/domain/limits'
import { type FastifyReply } from 'fastify'

/** For one who reads: so many at once, and as many again in a minute. */
export const REQUESTS_A_MINUTE = 300

/** With a token: as above, but for the token, on all nodes together. */
export const TOKEN_REQUESTS: Limit = {
  name: 'API requests of a token',
  most: 120,
  perMs: 60_000,
}

/** What somebody has left of what they may ask for. */
export interface Allowed extends Left {
  readonly isAllowed: boolean
  /** Until what was asked for would be allowed. */
  readonly retryMs: number
}

const MOST_KNOWN = 50_000

/**
 * So many at once, and as many again within the time, one after the other. Counted by this process, and in memory: to read
 * must not cost a write.
 */
export function allowance(most: number, perMs: number) {
  // When everything is there again, of those for whom it is not now.
  const freeAt = new Map<string, number>()
  const oneMs = perMs / most

  return (who: string, cost: number, now: number): Allowed => {
    const free = Math.max(freeAt.get(who) ?? now, now)
    const after = free + cost * oneMs
    const isAllowed = after <= now + perMs
    // Put last, so that whoever asked longest ago is forgotten first.
    freeAt.delete(who)
    if (isAllowed || free > now) freeAt.set(who, isAllowed ? after : free)
    if (freeAt.size > MOST_KNOWN) freeAt.delete(freeAt.keys().next().value ?? '')
    const resetMs = (isAllowed ? after : free) - now
    return {
      isAllowed,
      limit: most,
      remaining: Math.max(0, Math.floor((perMs - resetMs) / oneMs + 1e-9)),
      resetMs,
      retryMs: isAllowed ? 0 : after - now - perMs,
    }
  }
}

/** Says it in the headers of whatever is answered then, be it a failure. */
export function sayLeft({ raw }: FastifyReply, { limit, remaining, resetMs }: Left): void {
  raw.setHeader('ratelimit-limit', String(limit))
  raw.setHeader('ratelimit-remaining', String(remaining))
  raw.setHeader('ratelimit-reset', String(Math.ceil(resetMs / 1000)))
}
