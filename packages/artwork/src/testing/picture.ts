import sharp from 'sharp'

export interface NewPicture {
  readonly width: number
  readonly height?: number
  readonly type?: 'jpeg' | 'png' | 'webp'
  readonly colour?: string
}

/** A picture of one colour, square unless said. */
export function picture({
  width,
  height = width,
  type = 'jpeg',
  colour = '#2f6f8f',
}: NewPicture): Promise<Buffer> {
  const plain = { width, height, channels: 3, background: colour } as const
  return sharp({ create: plain }).toFormat(type).toBuffer()
}
