import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { renderMarkup } from '@showrunner/domain/markup'
import * as fc from 'fast-check'
import { shownText } from './notes.ts'

const PLACE = { publicUrl: 'https://radio.example', headings: 3, seconds: 4000 } as const

const shown = (markdown: string, place = {}) =>
  String(shownText(renderMarkup(markdown, { moments: true }) ?? '', { ...PLACE, ...place }))

describe('a text as it is shown', () => {
  it('makes links of moments at the beginning of a line and in brackets', () => {
    assert.match(shown('- 12:34 The tide'), /<li><a href="#t=12:34">12:34<\/a> The tide<\/li>/)
    assert.match(shown('Later (1:02:03) it turned'), /\(<a href="#t=1:02:03">1:02:03<\/a>\) it/)
    assert.match(shown('One<br>00:05 Two'), /<br \/><a href="#t=0:05">00:05<\/a> Two/)
  })

  it('makes none of the time of a day, of code, of links, nor of what is after the end', () => {
    for (const text of [
      'We met at 10:30 in the morning',
      'The boat, *10:30*',
      '`12:34`',
      '[12:34 there](https://example.com)',
      '2:30:00 is too late',
      '12:34:56:78',
    ]) {
      assert.doesNotMatch(shown(text), /#t=/, text)
    }
    assert.doesNotMatch(String(shownText('<p>1:00</p>', { ...PLACE, seconds: 0 })), /#t=/)
  })

  it('keeps the moments that a writer made links of, as long as there is a sound', () => {
    const link = 'It [turned](#t=1:02:03) then'

    assert.match(shown(link), /It <a href="#t=1:02:03">turned<\/a> then/)
    assert.match(shown(link, { seconds: 0 }), /<a href="#t=1:02:03">turned<\/a>/)
    assert.match(shown(link, { seconds: undefined }), /It <a>turned<\/a> then/)
  })

  it('marks links that lead elsewhere', () => {
    assert.match(
      shown('[a](https://example.com/)'),
      /<a class="outside" href="https:\/\/example.com\/"/,
    )
    assert.match(shown('[a](https://example.com/ "A")'), /class="outside"/)
    assert.match(shown('[a](https://radio.example.evil/)'), /class="outside"/)
    assert.doesNotMatch(shown('[a](https://radio.example/b) [c](/d)'), /outside/)
  })

  it('puts its headings below that of its section, and keeps how far they are apart', () => {
    assert.match(shown('# A\n\n### B'), /<h3>A<\/h3>[\s\S]*<h4>B<\/h4>/)
    assert.match(shown('#### A'), /<h3>A<\/h3>/)
  })

  it('says what it said, whatever that is', () => {
    const words = fc.array(
      fc.constantFrom(
        '1:23',
        '(4:56)',
        '[7:08:09]',
        '<b>',
        '</a>',
        '`',
        '# ',
        '\n\n',
        ' ',
        '&',
        'x',
        '"',
        '- ',
      ),
    )
    fc.assert(
      fc.property(words, (parts) => {
        const html = renderMarkup(parts.join('')) ?? ''
        assert.equal(textOf(String(shownText(html, PLACE))), textOf(html))
      }),
    )
  })
})

function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '')
}
