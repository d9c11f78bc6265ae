/** The types of picture taken here. */
export const PICTURE_TYPES = ['jpeg', 'png', 'webp'] as const
export type PictureType = (typeof PICTURE_TYPES)[number]

/** How many bytes of a file are enough to tell what picture it is. */
export const PICTURE_HEAD_BYTES = 4096

export interface PictureFormat {
  readonly mediaType: string
  readonly extension: string
  /** What people call it. */
  readonly name: string
}

export const FORMATS: Readonly<Record<PictureType, PictureFormat>> = {
  jpeg: { mediaType: 'image/jpeg', extension: 'jpg', name: 'JPEG' },
  png: { mediaType: 'image/png', extension: 'png', name: 'PNG' },
  webp: { mediaType: 'image/webp', extension: 'webp', name: 'WebP' },
}

/** Tells the type of a picture by its first bytes, whatever its name; undefined where it is none that is taken here. */
export function pictureType(head: Uint8Array): PictureType | undefined {
  const start = Buffer.from(head.subarray(0, 16)).toString('latin1')
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  return start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP' ? 'webp' : undefined
}

/** What people call a picture of a type that is not taken here; undefined where it is no picture at all. */
export function otherPictureName(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, PICTURE_HEAD_BYTES)).toString('latin1')
  if (/^GIF8[79]a/.test(start)) return 'a GIF'
  if (/^BM[^]{4}\0{4}/.test(start)) return 'a BMP'
  if (/^(?:II\*\0|MM\0\*)/.test(start)) return 'a TIFF'
  if (start.startsWith('8BPS')) return 'a Photoshop file'
  if (/^[^]{4}ftyp(?:heic|heix|mif1|hevc)/.test(start)) return 'a HEIC photo'
  if (/^[^]{4}ftypavi[fs]/.test(start)) return 'an AVIF'
  // Drawings are programs as well: they may load and run things.
  return /<svg[\s>]/i.test(start) ? 'an SVG drawing' : undefined
}

/** A PNG with more than one frame says so before its first. */
export function isAnimatedPng(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, PICTURE_HEAD_BYTES)).includes('acTL')
}
