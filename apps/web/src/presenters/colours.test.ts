import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { contrast, inkOn, parseHex, readableOn, toHex } from './colours.ts'
import { palette } from './palette.ts'

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('contrast', () => {
  it('is WCAG’s', () => {
    assert.equal(contrast([0, 0, 0], [1, 1, 1]), 21)
    assert.equal(contrast(parseHex('#767676'), [1, 1, 1]).toFixed(2), '4.54')
  })
})

describe('readableOn', () => {
  it('gives a colour text can be read in, on any ground', () => {
    fc.assert(
      fc.property(colours, colours, (ground, colour) => {
        const readable = readableOn(parseHex(ground), parseHex(colour))
        return contrast(readable, parseHex(ground)) >= 4.5
      }),
    )
  })

  it('keeps a colour that can be read as it is', () => {
    assert.equal(toHex(readableOn([1, 1, 1], parseHex('#0f6e63'))), '#0f6e63')
  })
})

describe('palette', () => {
  it('is readable on paper and at night, whatever colour a show chose', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const of = properties(palette({ slug: 'show', colour }))
        const light = contrast(parseHex(of['--on-light'] ?? ''), parseHex('#fbfaf7'))
        const dark = contrast(parseHex(of['--on-dark'] ?? ''), parseHex('#161310'))
        return light >= 4.5 && dark >= 4.5 && of['--cover'] === colour
      }),
    )
  })

  it('gives a show without a colour the same one each time, and nothing but a colour', () => {
    const show = { slug: 'slack-water', colour: null }

    assert.equal(palette(show), palette(show))
    assert.match(
      palette({ slug: 'x', colour: '#fff" onload="' }),
      /^--on-light:#[0-9a-f]{6};--on-dark:/,
    )
  })

  it('writes on a cover in whichever of black and white reads better', () => {
    assert.equal(toHex(inkOn(parseHex('#ffe600'))), '#000000')
    assert.equal(toHex(inkOn(parseHex('#163b4a'))), '#ffffff')
  })
})

function properties(style: string): Record<string, string> {
  return Object.fromEntries(style.split(';').map((property) => property.split(':')))
}
