import { type Image } from '@showrunner/feeds'
import { type Picture } from '../pictures/index.ts'
import { inFull } from './addresses.ts'

/** The cover as those look for it who know pictures by what they are for. */
export function coverAgain(url: string): Image {
  const unknown = { alt: null, type: null, width: null, height: null }
  return { url, ...unknown, aspectRatio: '1/1', purpose: 'artwork' }
}

/** Whether a feed says here nothing but what its cover says. */
export function isCoverAgain(image: Image, cover: string | null): boolean {
  if (cover === null) return false
  const ours = Object.entries(coverAgain(cover))
  return ours.every(([name, value]) => Reflect.get(image, name) === value)
}

/** All the pictures of a podcast or an episode: its cover too, unless one of them is that already. */
export function picturesOf(
  cover: string | null,
  pictures: readonly Picture[],
  publicUrl: string,
): readonly Image[] {
  const images = pictures.map(({ url, alt, type, purpose, aspectRatio, width, height }): Image => ({
    url: inFull(publicUrl, url),
    alt,
    type,
    purpose,
    aspectRatio,
    width,
    height,
  }))
  const isSaid = cover === null || images.some((image) => standsInFor(image, cover))
  return isSaid ? images : [coverAgain(cover), ...images]
}

function standsInFor({ url, purpose, aspectRatio }: Image, cover: string): boolean {
  const isArtwork = purpose?.toLowerCase().split(/\s+/).includes('artwork') ?? false
  const isSquare = aspectRatio === null || aspectRatio === '1/1'
  return url === cover || (isArtwork && isSquare)
}
