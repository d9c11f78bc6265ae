import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import sharp from 'sharp'
import { type Sized, sizes } from './index.ts'
import { picture } from './testing/index.ts'

const made = (source: Uint8Array, widths: readonly number[]): Promise<Sized[]> =>
  collected(sizes(source, widths))

describe('sizes', () => {
  it('makes a JPEG and a WebP of each width and of its own, and none that is larger', async () => {
    const all = await made(await picture({ width: 700, height: 350 }), [300, 600, 1200])

    assert.deepEqual(
      all.map(({ type, width, height }) => `${type} ${width} × ${height}`),
      [
        'jpeg 700 × 350',
        'webp 700 × 350',
        'jpeg 600 × 300',
        'webp 600 × 300',
        'jpeg 300 × 150',
        'webp 300 × 150',
      ],
    )
    for (const { data, type, width } of all) {
      const read = await sharp(data).metadata()
      assert.deepEqual(
        [read.format, read.width, read.space, read.hasAlpha],
        [type, width, 'srgb', false],
      )
    }
  })

  it('makes none wider than it is asked for', async () => {
    const all: number[] = []
    for await (const { width } of sizes(await picture({ width: 900 }), [200], 600)) all.push(width)

    assert.deepEqual(all, [600, 600, 200, 200])
  })

  it('keeps nothing of what the picture said of itself, and nothing that was hidden behind it', async () => {
    const told = await sharp(await picture({ width: 400 }))
      .withExif({ IFD0: { Artist: 'Ada Byron' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
      .toBuffer()
    const polyglot = Buffer.concat([told, Buffer.from('<script>alert(1)</script>')])
    assert.ok(polyglot.includes('Ada Byron'))

    for (const { data } of await made(polyglot, [200])) {
      const { exif, xmp, iptc } = await sharp(data).metadata()
      assert.deepEqual([exif, xmp, iptc], [undefined, undefined, undefined])
      assert.ok(!data.includes('Ada Byron') && !data.includes('<script>'))
    }
  })

  it('stands upright what lay on its side', async () => {
    const lying = await sharp(await picture({ width: 400, height: 200 }))
      .withMetadata({ orientation: 6 })
      .toBuffer()

    const [first] = await made(lying, [])

    assert.deepEqual([first?.width, first?.height], [200, 400])
  })

  it('puts what is transparent on white, and the colours of print into those of a screen', async () => {
    const clear = { width: 300, height: 300, channels: 4, background: '#00000000' } as const
    const png = await sharp({ create: clear }).png().toBuffer()
    const cmyk = await sharp(await picture({ width: 300, colour: '#ff0000' }))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer()

    const [onWhite] = await made(png, [])
    const [onScreen] = await made(cmyk, [])

    assert.deepEqual(await firstPixel(onWhite), [255, 255, 255])
    const [red = 0, green = 255, blue = 255] = await firstPixel(onScreen)
    assert.ok(red > 200 && green < 80 && blue < 80, `${red} ${green} ${blue}`)
    assert.equal((await sharp(onScreen?.data).metadata()).space, 'srgb')
  })
})

async function firstPixel(picture: Sized | undefined): Promise<number[]> {
  const pixels = await sharp(picture?.data).raw().toBuffer()
  return [...pixels.subarray(0, 3)]
}

async function collected(given: AsyncIterable<Sized>): Promise<Sized[]> {
  const all: Sized[] = []
  for await (const one of given) all.push(one)
  return all
}
