import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { picture } from '../testing/index.ts'
import { type Card, CARD_SHAPES, CARD_SIZES, drawCard } from '../index.ts'
import { layOut } from './layout.ts'
import { facesOf, lettered } from './lettering.ts'
import { SANS, SERIF } from './typeface.ts'

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
  const title = (text: string) => layOut({ ...CARD, title: text }, 'wide', true).svg

  it('leaves an emoji out, but not the number in one', () => {
    assert.ok(title('Radio 🎙️ waves 👩‍👩‍👧🇸🇪') === title('Radio waves'))
    assert.ok(title('1️⃣ Radio') === title('1 Radio'))
  })

  it('letters a title the same whichever way its accents are written', () => {
    for (const text of [
      'Čtvrtek ve Zlíně',
      'Đồng hồ bến cảng',
      'Ёжик и Йод',
      'ὁ ἄνθρωπος',
      'がぎぐ',
    ]) {
      assert.ok(title(text.normalize('NFD')) === title(text.normalize('NFC')), text)
    }
  })

  it('does not turn letters around because a sign says so', () => {
    assert.ok(title('\u202eRadio waves\u202c') === title('Radio waves'))
  })

  it('is headed with whose it is where the title cannot be said, and is artwork where nothing can', () => {
    for (const text of [
      'ภาษาไทย',
      'Radio ภาษาไทย',
      '한국어',
      'बंदरगाह',
      '🎙️',
      `Zalgo${'\u0301'.repeat(9)}`,
    ]) {
      const { svg } = layOut({ ...CARD, title: text }, 'wide', true)
      const headed = layOut({ ...CARD, title: 'Local Time · No. 14', above: null }, 'wide', true)
      assert.ok(svg === headed.svg, text)
      const silent = { ...CARD, above: null, title: text, below: text, foot: null }
      const alone = layOut(silent, 'wide', true)
      assert.deepEqual(alone.artwork, { left: 285, top: 0, side: 630 })
      assert.doesNotMatch(alone.svg, /<path/)
      assert.match(layOut(silent, 'wide', false).svg, /<path/, 'the dial is there')
    }
  })

  it('stands on the other side of its artwork where the title is read from the right', () => {
    assert.equal(layOut({ ...CARD, title: 'השעון בנמל' }, 'wide', true).artwork?.left, 64)
    assert.equal(layOut({ ...CARD, title: 'ساعة الميناء' }, 'wide', true).artwork?.left, 64)
    assert.equal(layOut({ ...CARD, title: 'Water: مدّ' }, 'wide', true).artwork?.left, 668)
  })

  it('is bounded for hostile titles', () => {
    for (const text of [
      `a${'\u0301'.repeat(10_000)}`,
      '👩‍👩‍👧‍👦'.repeat(5_000),
      '\u202e\u2067'.repeat(10_000),
      'مدّ Ж '.repeat(10_000),
      'W'.repeat(100_000),
      '\ud800'.repeat(1_000),
    ]) {
      assert.ok(title(text).length < 2_000_000)
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
            /<g transform="translate\((\S+) (\S+)\)"><g transform="scale\((\S+) \S+\)">(.*?)<\/g>/g,
          )) {
            const last = /.*translate\((\S+) \S+\)/.exec(line)?.[1] ?? '0'
            assert.ok(Number(left) + Number(last) * Number(scale) < width, title)
            assert.ok(Number(top) > 0 && Number(top) < height, title)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('lettered', () => {
  it('says a text of the scripts it knows wholly', () => {
    const letters = Array.from(
      'abzßÿĄđŁơưẾỹАбёЖяЇґΑωάςאבתםابپچگیۀم港口的時計あがアー、「」 -–:!?0123456789«»„“’…№€',
    )
    const text = fc.array(fc.constantFrom(...letters), { maxLength: 60 }).map((all) => all.join(''))
    fc.assert(
      fc.property(text, fc.constantFrom(SERIF, SANS), (said, faces) => {
        const whole = lettered(faces, said)
        if (!/[\p{L}\p{N}]/u.test(said)) assert.equal(whole, undefined)
        else assert.equal(whole?.text, said.replaceAll(/ +/g, ' ').trim().normalize('NFC'))
      }),
    )
  })

  it('leaves no letter, digit or mark of any text out, or says none of it', () => {
    // One picture counts as a letter: ℹ.
    const seen = (text: string) => text.replaceAll(/[^\p{L}\p{N}\p{M}]|ℹ/gu, '')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const whole = lettered(SERIF, text)
        if (!whole) return
        const asked = text.normalize('NFC').replaceAll(/[\ufe00-\ufe0f\u20e3]/g, '')
        assert.equal(seen(whole.text), seen(asked))
        for (const word of whole.text.split(' ')) {
          const set: readonly { readonly text: string }[] = facesOf(whole.faces, word) ?? []
          assert.equal(set.map((part) => part.text).join(''), word)
        }
      }),
    )
  })
})
