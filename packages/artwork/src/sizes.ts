import { type Sharp } from 'sharp'
import { decode } from './decoder.ts'

/** A picture made of another. */
export interface Sized {
  readonly type: 'jpeg' | 'webp'
  readonly mediaType: string
  readonly extension: string
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

const QUALITY = { jpeg: 84, webp: 80 } as const

/**
 * Makes a JPEG and a WebP of each width: in sRGB, on white where it was transparent, upright, without a word of what the
 * original said of itself (where it was taken, by whom). A width beyond the original's is left out; its own width comes
 * first, or `most` where it is wider. They come one after the other, so only one is in memory.
 */
export async function* sizes(
  source: string | Uint8Array,
  widths: readonly number[],
  most = Infinity,
): AsyncGenerator<Sized> {
  const { autoOrient } = await decode(source).metadata()
  const own = Math.min(autoOrient.width, most)
  const wanted = new Set([own, ...widths.filter((width) => width < own)])
  for (const width of [...wanted].toSorted((a, b) => b - a)) {
    yield await sized(source, width, 'jpeg')
    yield await sized(source, width, 'webp')
  }
}

async function sized(
  source: string | Uint8Array,
  width: number,
  type: 'jpeg' | 'webp',
): Promise<Sized> {
  const plain = decode(source)
    .resize({ width, withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
  const { data, info } = await encoded(plain, type).toBuffer({ resolveWithObject: true })
  return {
    type,
    mediaType: type === 'jpeg' ? 'image/jpeg' : 'image/webp',
    extension: type === 'jpeg' ? 'jpg' : 'webp',
    width: info.width,
    height: info.height,
    data,
  }
}

function encoded(picture: Sharp, type: 'jpeg' | 'webp'): Sharp {
  return type === 'jpeg'
    ? picture.jpeg({ quality: QUALITY.jpeg, progressive: true, mozjpeg: true })
    : picture.webp({ quality: QUALITY.webp, effort: 3 })
}
