import { type Image } from '@showrunner/feeds'
import { isCoverAgain } from '../feed/index.ts'

/** The pictures of a feed or an item besides its cover, which a feed of ours names twice. */
export function others(images: readonly Image[], imageUrl: string | null): readonly Image[] {
  return images.filter((image) => !isCoverAgain(image, imageUrl))
}
