import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { pieces } from '../../assets/scripts/live-show/pieces.ts'
import { remaining } from '../../assets/scripts/live-show/remaining.ts'
import { liveScript } from '../words/en/live-script.ts'

const hrefs = (text: string) => pieces(text).flatMap(({ href }) => href ?? [])

describe('what somebody writes in a chat', () => {
  it('has links where web addresses are, without what ends the sentence', () => {
    assert.deepEqual(hrefs('See https://a.example/b?c=1, or (http://d.example/e).'), [
      'https://a.example/b?c=1',
      'http://d.example/e',
    ])
    assert.deepEqual(hrefs('https://a.example/Tide_(sea)'), ['https://a.example/Tide_(sea)'])
  })

  it('leads nowhere else', () => {
    assert.deepEqual(
      hrefs('javascript:alert(1) data:text/html,x //a.example a.example https://'),
      [],
    )
  })

  it('is all there, whatever it is, and every link is one of the web', () => {
    const parts = fc.array(
      fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('https://', '<b>', '"', ')', '. ')),
    )
    fc.assert(
      fc.property(parts, (texts) => {
        const text = texts.join('')
        const found = pieces(text)
        assert.equal(found.map((piece) => piece.text).join(''), text)
        for (const { href } of found) assert.ok(!href || /^https?:\/\//.test(href))
      }),
    )
  })
})

describe('how long it is until a show', () => {
  it('is said by the second in the last day, and in days and hours before', () => {
    const [second, hour, day] = [1000, 3_600_000, 86_400_000]
    assert.equal(remaining(2 * day + 3 * hour, liveScript), '2 days 3 hours')
    assert.equal(remaining(day, liveScript), '1 day')
    assert.equal(remaining(day - second, liveScript), '23:59:59')
    assert.equal(remaining(hour + 61 * second, liveScript), '1:01:01')
    assert.equal(remaining(59 * second, liveScript), '00:59')
    assert.equal(remaining(0, liveScript), '')
  })
})
