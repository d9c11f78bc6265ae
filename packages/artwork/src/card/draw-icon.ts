import sharp from 'sharp'
import { decode } from '../decoder.ts'
import { pictureType } from '../picture-type.ts'

export interface IconColours {
  readonly ground: string
  readonly ink: string
  readonly accent: string
}

/** Draws an icon as a PNG, of so many pixels on each side: of the artwork, or the dial and the arrow of this program. */
export async function drawIcon(
  side: number,
  colours: IconColours,
  artwork: Uint8Array | undefined,
): Promise<Buffer> {
  if (artwork && pictureType(artwork)) {
    const made = await ofArtwork(artwork, side, colours.ground).catch(() => undefined)
    if (made) return made
  }
  return sharp(Buffer.from(dial(side, colours)))
    .png()
    .toBuffer()
}

async function ofArtwork(artwork: Uint8Array, side: number, ground: string): Promise<Buffer> {
  return decode(artwork)
    .resize(side, side, { fit: 'cover' })
    .flatten({ background: ground })
    .toColourspace('srgb')
    .png({ compressionLevel: 9 })
    .toBuffer()
}

// Four fifths of it are within any circle a phone cuts out.
function dial(side: number, { ground, ink, accent }: IconColours): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="-8 -8 48 48"><rect x="-8" y="-8" width="48" height="48" fill="${ground}"/><path d="M1 5h30M2 5v8M9 5v4M16 5v8M23 5v4M30 5v8" fill="none" stroke="${ink}" stroke-width="2"/><path d="M8 16v14l14-7z" fill="${accent}"/></svg>`
}
