import { Readable } from 'node:stream'
import { sizes } from '@showrunner/artwork'
import { newKey } from '@showrunner/storage'
import { addressOf, keyOf, storeUnder, type StoringParts } from './stored-file.ts'

/** The widths that pictures are made in, besides their own. */
const WIDTHS = [200, 400, 800, 1200]
const WIDEST = 3000

/** `podcasts/3/w3000/<random>.jpg`: beside it lie `w1200/<random>.jpg`, `w1200/<random>.webp`, and so on. */
const SIZED = /^(.+)\/w(\d+)\/([0-9a-f]{32})\.jpg$/

/** A picture in the sizes it is there in, the smallest first. */
export interface PictureSize {
  readonly width: number
  readonly jpeg: string
  readonly webp: string
}

/** The sizes of a picture by its address: none, where it is no picture that was uploaded here. */
export function pictureSizes(address: string | null): readonly PictureSize[] {
  const [, folder, width, random] = SIZED.exec(keyOf(address) ?? '') ?? []
  if (!folder || !width || !random) return []
  const own = Number(width)
  return [...WIDTHS.filter((one) => one < own), own].map((one) => ({
    width: one,
    jpeg: addressOf(sizedKey(folder, one, random, 'jpg')),
    webp: addressOf(sizedKey(folder, one, random, 'webp')),
  }))
}

/** The smallest that is at least so wide, as a JPEG; the address itself, where there are no sizes. */
export function pictureOfWidth(address: string, width: number): string {
  const all = pictureSizes(address)
  return (all.find((one) => one.width >= width) ?? all.at(-1))?.jpeg ?? address
}

/** Stores a picture in its sizes. Gives the key of the one in its own size. */
export async function storePicture(
  parts: StoringParts,
  source: string | Uint8Array,
  folder: string,
): Promise<string> {
  const random = newKey('picture').split('/').at(-1) ?? ''
  let mainKey: string | undefined
  for await (const { width, extension, mediaType, data } of sizes(source, WIDTHS, WIDEST)) {
    const key = sizedKey(folder, width, random, extension)
    mainKey ??= key
    await storeUnder(parts, Readable.from([data]), { key, mainKey, type: mediaType })
  }
  if (mainKey === undefined) throw new Error('a picture without a size')
  return mainKey
}

function sizedKey(folder: string, width: number, random: string, extension: string): string {
  return `${folder}/w${width}/${random}.${extension}`
}
