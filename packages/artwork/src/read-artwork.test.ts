import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { COVER, LOGO, PORTRAIT, readArtwork } from './index.ts'
import { picture } from './testing/index.ts'

const refused = (source: Uint8Array | string, code: string, message = /./, rules = COVER) =>
  assert.rejects(readArtwork(source, rules), { name: 'ArtworkError', code, message })

describe('readArtwork', () => {
  it('tells a JPEG, a PNG and a WebP by what is in them', async () => {
    const jpeg = await readArtwork(await picture({ width: 1400 }), COVER)
    const png = await readArtwork(await picture({ width: 3000, type: 'png' }), COVER)
    const webp = await readArtwork(await picture({ width: 1500, type: 'webp' }), COVER)

    assert.deepEqual(
      [jpeg.type, jpeg.width, jpeg.height, jpeg.mediaType],
      ['jpeg', 1400, 1400, 'image/jpeg'],
    )
    assert.deepEqual([png.type, png.width, png.extension], ['png', 3000, 'png'])
    assert.deepEqual([webp.type, webp.width, webp.name], ['webp', 1500, 'WebP'])
  })

  it('reads a file as it reads bytes', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'artwork-test-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const bytes = await picture({ width: 1400 })
    await writeFile(join(folder, 'not-a-name.exe'), bytes)

    const read = await readArtwork(join(folder, 'not-a-name.exe'), COVER)

    assert.deepEqual(read, await readArtwork(bytes, COVER))
    assert.equal(read.bytes, bytes.length)
  })

  it('asks of a cover that it is square, and between 1400 and 3000 pixels wide', async () => {
    await refused(await picture({ width: 1399 }), 'too-small', /1399 × 1399 .* at least 1400/)
    await refused(await picture({ width: 3001 }), 'too-large', /3001 × 3001 .* at most 3000/)
    await refused(
      await picture({ width: 2000, height: 1999 }),
      'not-square',
      /Crop it to 1999 × 1999/,
    )
    await refused(
      await picture({ width: 900, height: 4000 }),
      'not-square',
      /Crop it to 1400 × 1400/,
    )
  })

  it('asks of a face or a logo only that it is not tiny', async () => {
    await refused(await picture({ width: 199, height: 400 }), 'too-small', /at least 200/, PORTRAIT)
    const wide = await readArtwork(await picture({ width: 900, height: 200 }), LOGO)
    assert.deepEqual([wide.width, wide.height], [900, 200])
  })

  it('measures a photo as it is seen, not as it lies in the file', async () => {
    const lying = await sharp(await picture({ width: 300, height: 200 }))
      .withMetadata({ orientation: 6 })
      .toBuffer()

    const { width, height } = await readArtwork(lying, PORTRAIT)

    assert.deepEqual([width, height], [200, 300])
  })

  it('takes a picture for print', async () => {
    const cmyk = await sharp(await picture({ width: 400 }))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer()
    assert.equal((await sharp(cmyk).metadata()).space, 'cmyk')

    assert.equal((await readArtwork(cmyk, PORTRAIT)).width, 400)
  })
})

describe('what readArtwork refuses', () => {
  it('is nothing, and what is no picture', async () => {
    await refused(Buffer.alloc(0), 'empty')
    await refused(Buffer.from('PK\x03\x04 an archive'), 'not-a-picture', /Choose a JPEG/)
    await refused(Buffer.from('<html><script>alert(1)</script>'), 'not-a-picture')
    await refused(Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$'), 'not-a-picture')
  })

  it('is a picture of another type, which it calls by its name', async () => {
    const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    await refused(Buffer.from(svg), 'unsupported', /an SVG drawing/)
    await refused(Buffer.from('GIF89a\x01\x00\x01\x00'), 'unsupported', /a GIF/)
    await refused(Buffer.from('\0\0\0\x18ftypheic'), 'unsupported', /a HEIC photo/)
  })

  it('is cut short, in each type', async () => {
    const halfOf = async (type: 'jpeg' | 'png' | 'webp') => {
      const whole = await noise(1400, type)
      return whole.subarray(0, whole.length / 2)
    }
    await refused(await halfOf('jpeg'), 'damaged', /Export it again/)
    await refused(await halfOf('png'), 'damaged')
    await refused(await halfOf('webp'), 'damaged')
  })

  it('has only the beginning of a picture, and then something else', async () => {
    const start = (await picture({ width: 1400 })).subarray(0, 20)
    await refused(Buffer.concat([start, Buffer.from('<?php system($_GET[0]); ?>')]), 'damaged')
    await refused(Buffer.from('\xff\xd8\xff<svg onload=alert(1)>', 'latin1'), 'damaged')
    await refused(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'damaged')
  })

  it('unpacks to more than the memory holds, which is told before it is unpacked', async () => {
    const began = performance.now()

    await refused(bomb(30_000, 30_000), 'too-large', /30000 × 30000/)
    await refused(bomb(60_000, 60_000), 'too-large', /./, LOGO)

    assert.ok(performance.now() - began < 2000)
  })

  it('moves', async () => {
    const frames = [await picture({ width: 1400 }), await picture({ width: 1400, colour: '#f00' })]
    const webp = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    const png = await picture({ width: 1400, type: 'png' })
    const control = Buffer.concat([Buffer.alloc(4), Buffer.from('acTL'), Buffer.alloc(12)])

    await refused(webp, 'animated', /one frame/)
    await refused(Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]), 'animated')
  })

  it('has more bytes than a picture may have', async () => {
    const padded = Buffer.concat([await picture({ width: 1400 }), Buffer.alloc(20_000_000)])
    await refused(padded, 'too-many-bytes', /21 MB.*at most 20/)
  })
})

/** A picture that cannot be packed much. */
async function noise(width: number, type: 'jpeg' | 'png' | 'webp'): Promise<Buffer> {
  const create = {
    width,
    height: width,
    channels: 3,
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  } as const
  return sharp({ create: { ...create, background: '#000' } })
    .toFormat(type)
    .toBuffer()
}

/** A PNG of one grey, of which a few kilobytes are many pixels. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const rows = deflateSync(Buffer.alloc(1_000_000))
  const end = [part('IDAT', rows), part('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), part('IHDR', header), ...end])
}

function part(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
