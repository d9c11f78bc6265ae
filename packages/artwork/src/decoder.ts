import sharp, { type Sharp } from 'sharp'
import { pictureType } from './picture-type.ts'

/** More than any camera's. What is larger is refused before a pixel of it is made. */
export const MOST_PIXELS = 64_000_000

const SECONDS = 30

// Pictures come from strangers: what reads other types of file is not even there. Drawings in memory are our own.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadSvgBuffer',
  ],
})
sharp.cache(false)

/** Opens a picture to make others of, upright; one that is broken fails. */
export function decode(source: string | Uint8Array): Sharp {
  refuseDrawing(source)
  return sharp(source, {
    failOn: 'truncated',
    limitInputPixels: MOST_PIXELS,
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: SECONDS })
}

/** Opens it to read what it says of itself, which makes no pixels. */
export function open(source: string | Uint8Array): Sharp {
  refuseDrawing(source)
  return sharp(source, { failOn: 'none', limitInputPixels: false })
}

/** Whatever its first bytes do not name as one of ours could be a drawing, which loads and runs things. */
function refuseDrawing(source: string | Uint8Array): void {
  if (typeof source !== 'string' && !pictureType(source)) {
    throw new Error('these bytes are no JPEG, PNG or WebP')
  }
}
