import { narrowTitleSize, type TitleSize } from './title-size.ts'

/** A picture, and the title set in type that lies beneath it. */
export interface Cover {
  readonly imageUrl: string | null
  readonly title: string
  readonly size: TitleSize
}

export function cover(title: string, imageUrl: string | null): Cover {
  return { imageUrl, title, size: narrowTitleSize(title, { short: 22, long: 30 }) }
}
