/** Pages of every other site may read an answer, and what its headers say. */
export const OPEN_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
} as const
