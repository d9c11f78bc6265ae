import { type Way } from '@showrunner/domain/downloads'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'

/** What a player asks to see whether it may ask for parts: nobody hears that. */
const PROBE_BYTES = 2
/** About what is said before the bytes of a file. */
const HEAD_BYTES = 700
const SOUND = /\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|flac|wav|webm)$/i
const RANGE = /^bytes=(\d*)-(\d*)$/
const PREFETCH = /prefetch|prerender|preview/i

/** Notes how much of a sound file somebody is sent, when it is: nothing waits for that, and nothing else changes. */
export function countSent(
  app: FastifyInstance,
  key: string,
  request: FastifyRequest,
  { raw }: FastifyReply,
): void {
  if (!mayCount(key, request)) return
  const { socket } = request.raw
  const before = socket.bytesWritten
  // Once they are gone nobody knows from where they asked.
  const asking = whose(app, key, request)
  let isNoted = false
  const note = (isWhole: boolean) => {
    if (isNoted) return
    isNoted = true
    if (raw.statusCode !== 200 && raw.statusCode !== 206) return
    const whole = Number(raw.getHeader('content-length') ?? 0)
    if (raw.statusCode === 206 && whole <= PROBE_BYTES) return
    const written = socket.bytesWritten - before - HEAD_BYTES
    const sent = isWhole ? whole : Math.min(whole, written)
    if (sent > 0) app.downloads.sent({ ...asking, sent })
  }
  // All of it is sent, or they went away before.
  raw.once('finish', () => note(true))
  raw.once('close', () => note(raw.writableFinished))
}

/** Notes which part of a file somebody is led to that lies elsewhere. */
export function countAsked(app: FastifyInstance, key: string, request: FastifyRequest): void {
  if (!mayCount(key, request)) return
  const [, from, to] = RANGE.exec(request.headers.range ?? '') ?? []
  const isLast = from === '' && to !== undefined && to !== ''
  const start = from === undefined || from === '' ? 0 : Number(from)
  const end = to === undefined || to === '' ? null : Number(to) - (isLast ? 1 : 0)
  if (end !== null && end - start + 1 <= PROBE_BYTES) return
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end ?? 0)) return

  app.downloads.sent({ ...whose(app, key, request), sent: { start, end } })
}

function mayCount(key: string, { method, headers }: FastifyRequest): boolean {
  if (method !== 'GET' || !SOUND.test(key)) return false
  const purposes = [
    headers['sec-purpose'],
    headers['purpose'],
    headers['x-purpose'],
    headers['x-moz'],
  ]
  return !purposes.some((purpose) => PREFETCH.test(String(purpose ?? '')))
}

function whose(app: FastifyInstance, key: string, request: FastifyRequest) {
  return {
    address: `/uploads/${key}`,
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    way: wayOf(app.parts.publicUrl, request),
  }
}

/** Our pages say where they are when they fetch from here, also those that are shown on pages elsewhere. */
function wayOf(publicUrl: string, { headers }: FastifyRequest): Way {
  const { referer } = headers
  if (referer?.startsWith(`${publicUrl}/`)) {
    return /\/embed(?:$|[?#])/.test(referer) ? 'embed' : 'site'
  }
  return headers['sec-fetch-site'] === 'same-origin' ? 'site' : 'app'
}
