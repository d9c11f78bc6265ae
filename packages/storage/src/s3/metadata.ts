import { type About, type Stored } from '../storage.ts'

/** What S3 says of an object, whatever else it was asked. */
export interface Answer {
  readonly ContentLength?: number | undefined
  readonly ContentRange?: string | undefined
  readonly ContentType?: string | undefined
  readonly ETag?: string | undefined
  readonly LastModified?: Date | undefined
  readonly Metadata?: Record<string, string> | undefined
}

/** What goes along with an object. The disposition is for who gets it from the bucket itself. */
export function metadataOf({ type, name }: About) {
  if (name === undefined) return { ContentType: type }
  const encoded = encodedName(name)
  return {
    ContentType: type,
    ContentDisposition: `inline; filename*=UTF-8''${encoded}`,
    Metadata: { name: encoded },
  }
}

export function storedIn(key: string, answer: Answer): Stored {
  const { ContentLength = 0, ContentType, ETag = '', LastModified, Metadata } = answer
  return {
    key,
    bytes: ContentLength,
    type: ContentType ?? 'application/octet-stream',
    etag: ETag.replace(/^W\//, '').replaceAll('"', ''),
    modifiedAt: LastModified ?? new Date(0),
    name: decodedName(Metadata?.['name']),
  }
}

// Headers take no other letters.
function encodedName(name: string): string {
  const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percent)
}

/** Somebody else may have written it otherwise. */
function decodedName(encoded: string | undefined): string | undefined {
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
