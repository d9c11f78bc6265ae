import { disableTypes, imageSize, types } from 'image-size'
import { type Picture } from './chapter.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
}

// Pictures come from strangers: formats nobody puts into a recording are not even tried.
disableTypes(types.filter((type) => !(type in MEDIA_TYPES)))

/** What picture these bytes are, by what is in them; null where they are none. */
export function pictureIn(data: Uint8Array): Picture | null {
  try {
    const { width, height, type = '' } = imageSize(data)
    const mediaType = MEDIA_TYPES[type]
    return mediaType && width > 0 && height > 0 ? { data, mediaType, width, height } : null
  } catch {
    return null
  }
}
