import sharp, { type OverlayOptions } from 'sharp'
import { decode } from '../decoder.ts'
import { pictureType } from '../picture-type.ts'
import { type Card, CARD_SIZES, type CardShape } from './card.ts'
import { layOut } from './layout.ts'

const SECONDS = 30

/**
 * Draws a card as a JPEG: the same bytes for the same words and artwork on every machine, whatever fonts it has. Artwork that
 * cannot be read is left out.
 */
export async function drawCard(
  card: Card,
  shape: CardShape,
  artwork: Uint8Array | undefined,
): Promise<Buffer> {
  const picture = artwork && pictureType(artwork) ? artwork : undefined
  return paint(card, shape, picture).catch((error: unknown) => {
    if (picture) return paint(card, shape, undefined)
    throw error
  })
}

async function paint(
  card: Card,
  shape: CardShape,
  artwork: Uint8Array | undefined,
): Promise<Buffer> {
  const layout = layOut(card, shape, artwork !== undefined)
  const { width, height } = CARD_SIZES[shape]
  const base = sharp({ create: { width, height, channels: 3, background: card.ground } })
  const overlays: OverlayOptions[] = [{ input: Buffer.from(layout.svg), left: 0, top: 0 }]
  if (artwork && layout.artwork) {
    const { left, top, side } = layout.artwork
    overlays.push({ input: await square(artwork, side), left, top })
  }
  return base
    .composite(overlays)
    .jpeg({ quality: 84, progressive: true, mozjpeg: true, chromaSubsampling: '4:4:4' })
    .timeout({ seconds: SECONDS })
    .toBuffer()
}

async function square(artwork: Uint8Array, side: number): Promise<Buffer> {
  return decode(artwork)
    .resize(side, side, { fit: 'cover' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer()
}
