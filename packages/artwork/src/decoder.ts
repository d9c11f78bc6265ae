import sharp, { type Sharp } from 'sharp'

/** More than any camera's. What is larger is refused before a pixel of it is made. */
export const MOST_PIXELS = 64_000_000

const SECONDS = 30

// Pictures come from strangers: what reads other types of file is not even there.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'],
})
sharp.cache(false)

/** Opens a picture to make others of, upright; one that is broken fails. */
export function decode(source: string | Uint8Array): Sharp {
  return sharp(source, {
    failOn: 'truncated',
    limitInputPixels: MOST_PIXELS,
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: SECONDS })
}

/** Opens it to read what it says of itself, which makes no pixels. */
export function open(source: string | Uint8Array): Sharp {
  return sharp(source, { failOn: 'none', limitInputPixels: false })
}
