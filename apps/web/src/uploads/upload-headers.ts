import { isLastingKey, type Stored } from '@showrunner/storage'
import { UPLOAD_HEADERS } from '../headers.ts'

/** What an answer about a file carries, whether the file comes along, in part, or not at all. */
export function uploadHeaders(stored: Stored): Readonly<Record<string, string>> {
  return {
    ...UPLOAD_HEADERS,
    'accept-ranges': 'bytes',
    'cache-control': isLastingKey(stored.key)
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=3600',
    etag: `"${stored.etag}"`,
    'last-modified': stored.modifiedAt.toUTCString(),
    ...(stored.name === undefined
      ? {}
      : { 'content-disposition': `inline; filename*=UTF-8''${encoded(stored.name)}` }),
  }
}

// RFC 8187 takes fewer signs as they are than encodeURIComponent leaves.
function encoded(name: string): string {
  const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percent)
}
