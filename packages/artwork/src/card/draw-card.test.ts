import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { picture } from '../testing/index.ts'
import { type Card, CARD_SHAPES, CARD_SIZES, drawCard } from '../index.ts'
import { layOut } from './layout.ts'

const CARD: Card = {
  ground: '#33558b',
  ink: '#ffffff',
  above: 'Local Time · No. 14',
  title: 'The harbour clock that was wrong',
  below: 'Ines Okafor and Łukasz Świątek',
  foot: 'Kept Radio',
}

/** How much of it is neither of one colour nor the other: letters on a ground make some. */
async function spread(drawn: Buffer): Promise<number> {
  const { channels } = await sharp(drawn).stats()
  return Math.max(...channels.map(({ stdev }) => stdev))
}

describe('drawCard', () => {
  it('draws each shape in its size, with something on it', async () => {
    const artwork = await picture({ width: 900, height: 900 })

    for (const shape of CARD_SHAPES) {
      const drawn = await drawCard(CARD, shape, artwork)
      const { width, height, format } = await sharp(drawn).metadata()
      assert.deepEqual({ width, height, format }, { ...CARD_SIZES[shape], format: 'jpeg' })
      assert.ok((await spread(await drawCard(CARD, shape, undefined))) > 20, shape)
    }
  })

  it('draws the same twice', async () => {
    assert.ok(
      (await drawCard(CARD, 'wide', undefined)).equals(await drawCard(CARD, 'wide', undefined)),
    )
  })

  it('draws without artwork what is damaged, or no picture that is taken', async () => {
    const plain = await drawCard(CARD, 'wide', undefined)
    const whole = await picture({ width: 900, height: 900 })
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')

    assert.ok((await drawCard(CARD, 'wide', whole.subarray(0, 200))).equals(plain))
    assert.ok((await drawCard(CARD, 'wide', drawing)).equals(plain))
  })
})

describe('the layout of a card', () => {
  it('leaves an emoji out, and gives the card to the artwork where letters are unknown', () => {
    const emoji = layOut({ ...CARD, title: 'Radio 🎙️ waves' }, 'wide', true)

    assert.ok(emoji.svg === layOut({ ...CARD, title: 'Radio waves' }, 'wide', true).svg)
    for (const title of ['时间', 'مرحبا بالعالم', 'Время', '🎙️']) {
      const { svg, artwork } = layOut({ ...CARD, title }, 'wide', true)
      assert.doesNotMatch(svg, /<path/)
      assert.deepEqual(artwork, { left: 285, top: 0, side: 630 })
      assert.match(layOut({ ...CARD, title }, 'wide', false).svg, /<path/, 'the small lines stay')
    }
  })

  it('keeps every letter on the card, whatever is said on it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('W', 'i', 'é', ' ', '-', '"', '<', '&'), maxLength: 600 }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...CARD_SHAPES),
        fc.boolean(),
        text,
        text,
        (shape, hasArtwork, title, below) => {
          const { svg } = layOut({ ...CARD, title, below, above: title }, shape, hasArtwork)
          const { width, height } = CARD_SIZES[shape]
          for (const [, left = '', top = '', scale = '', line = ''] of svg.matchAll(
            /<g transform="translate\((\S+) (\S+)\)"><g transform="scale\((\S+)\)">(.*?)<\/g>/g,
          )) {
            const last = /.*translate\((\S+)\)/.exec(line)?.[1] ?? '0'
            assert.ok(Number(left) + Number(last) * Number(scale) < width, title)
            assert.ok(Number(top) > 0 && Number(top) < height, title)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
