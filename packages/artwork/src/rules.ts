import { ArtworkError } from './errors.ts'

/** What is asked of a picture besides being one. Lengths are in pixels. */
export interface ArtworkRules {
  readonly square: boolean
  /** The least the shorter side may have. */
  readonly least: number
  /** The most the longer side may have. */
  readonly most: number
  readonly mostBytes: number
}

const MB = 1_000_000

/** Of a podcast or an episode: what the podcast directories ask for. */
export const COVER: ArtworkRules = { square: true, least: 1400, most: 3000, mostBytes: 20 * MB }

/** Of a person, or of who sponsors: of any shape. */
export const PORTRAIT: ArtworkRules = { square: false, least: 200, most: 8000, mostBytes: 20 * MB }
export const LOGO: ArtworkRules = PORTRAIT

/** @throws ArtworkError */
export function refuseSize(
  { width, height }: { readonly width: number; readonly height: number },
  { square, least, most }: ArtworkRules,
): void {
  const size = `${width} × ${height} pixels`
  if (square && width !== height)
    throw new ArtworkError(
      'not-square',
      `It has ${size}, and a cover is square. Crop it to ${ideal(Math.min(width, height), least, most)}.`,
    )
  if (Math.min(width, height) < least)
    throw new ArtworkError(
      'too-small',
      `It has ${size}, and needs at least ${least} × ${least}. Export it larger: stretching a small picture makes it blurred.`,
    )
  if (Math.max(width, height) > most)
    throw new ArtworkError(
      'too-large',
      `It has ${size}, and may have at most ${most} × ${most}. Export it smaller.`,
    )
}

function ideal(side: number, least: number, most: number): string {
  const fitting = Math.min(most, Math.max(least, side))
  return `${fitting} × ${fitting} pixels`
}
