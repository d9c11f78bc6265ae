import { pictureOfWidth, pictureSizes } from '@showrunner/domain/uploads'
import { narrowTitleSize, type TitleSize } from './title-size.ts'

/** A picture, and the title set in type that lies beneath it. */
export interface Cover {
  readonly imageUrl: string | null
  /** The sizes it is there in, for a browser to choose from. */
  readonly srcset: string | null
  readonly title: string
  readonly size: TitleSize
}

const SHOWN_WIDTH = 800

export function cover(title: string, imageUrl: string | null): Cover {
  const sizes = pictureSizes(imageUrl).map(({ webp, width }) => `${webp} ${width}w`)
  return {
    imageUrl: imageUrl === null ? null : pictureOfWidth(imageUrl, SHOWN_WIDTH),
    srcset: sizes.length > 0 ? sizes.join(', ') : null,
    title,
    size: narrowTitleSize(title, { short: 22, long: 30 }),
  }
}
