/** What every answer carries. */
export const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
} as const

/** The style element Turbo makes for its progress bar: the same for every page, so its hash lets it in. */
const TURBO_PROGRESS_BAR = 'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='

/**
 * What a page carries besides. Pictures and sound may come from anywhere, because feeds point anywhere; scripts only from
 * here. Styles in attributes are custom properties: a show's colours, the length of a rule.
 */
export function pageHeaders(
  publicUrl: string,
  connectTo: readonly string[],
): Readonly<Record<string, string>> {
  // 'self' means the socket too, but not to Safari before 15.4.
  const socket = publicUrl.replace(/^http(s?:\/\/[^/]+).*/, 'ws$1')
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' '${TURBO_PROGRESS_BAR}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: https: http:",
    "media-src 'self' https: http:",
    `connect-src ${["'self'", socket, ...connectTo].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // While the server starts again, Vite's page waits for it in a worker.
    ...(connectTo.length > 0 ? ["worker-src 'self' blob:"] : []),
  ]

  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cache-control': 'no-cache',
  }
}

/** The same for the player that pages elsewhere have in a frame: it alone may be framed, by anybody. */
export function embedHeaders(
  publicUrl: string,
  connectTo: readonly string[],
): Readonly<Record<string, string>> {
  const headers = pageHeaders(publicUrl, connectTo)
  const policy = headers['content-security-policy'] ?? ''

  return {
    ...headers,
    'content-security-policy': policy.replace("frame-ancestors 'none'", 'frame-ancestors *'),
    'cross-origin-opener-policy': 'unsafe-none',
  }
}

/** For a kept mail in its frame: its own styles, and nothing else of its own. */
export const KEPT_MAIL_HEADERS = {
  ...COMMON_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation; frame-ancestors 'self'",
  'cache-control': 'no-store',
} as const

/** For files somebody uploaded: whatever they hold, it runs nothing. */
export const UPLOAD_HEADERS = {
  ...COMMON_HEADERS,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const
