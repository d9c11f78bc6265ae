import { type AlternateEnclosure, type Image } from '@showrunner/feeds'

/** The pictures a feed has of a podcast or an episode, as rows. */
export function pictureRows(images: readonly Image[]) {
  return images.map((image, position) => ({ ...image, position }))
}

/** The other files of an episode, as rows. */
export function alternateRows(alternates: readonly AlternateEnclosure[]) {
  return alternates.map(({ length, integrity, ...alternate }, position) => ({
    ...alternate,
    position,
    // Some say it with decimals.
    bytes: length === null ? null : Math.floor(length) || null,
    integrityType: integrity?.type ?? null,
    integrityValue: integrity?.value ?? null,
  }))
}
