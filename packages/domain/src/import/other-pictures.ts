import { type Image } from '@showrunner/feeds'

/** The pictures of a feed or an item besides its artwork: a feed of ours names that twice. */
export function others(images: readonly Image[], imageUrl: string | null): readonly Image[] {
  const isArtwork = ({ url, purpose }: Image) => url === imageUrl && purpose === 'artwork'
  return images.length === 1 && images.every(isArtwork) ? [] : images
}
