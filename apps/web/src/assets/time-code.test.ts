import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { figures, momentCode, spoken, startIn } from '../../assets/scripts/player/time-code.ts'
import { timeCode } from '../presenters/durations.ts'

describe('the time codes of the player', () => {
  it('are written as the page writes them', () => {
    for (const seconds of [0, 9, 75, 3599, 3600, 4332.8, 36_000]) {
      assert.equal(figures(seconds), timeCode(seconds).figures)
    }
  })

  it('are said in words to who hears them', () => {
    assert.equal(spoken(4332, 'en'), '1 hour 12 minutes 12 seconds')
    assert.equal(spoken(61, 'en'), '1 minute 1 second')
    assert.equal(spoken(0, 'en'), '0 seconds')
    assert.equal(spoken(61, 'de'), '1 Minute 1 Sekunde')
  })

  it('are read from an address, in every way people write them', () => {
    const start = (address: string) => startIn(new URL(address, 'https://radio.example/show/one'))

    assert.equal(start('#t=1:12:12'), 4332)
    assert.equal(start('#t=2:05'), 125)
    assert.equal(start('#t=62:03'), 3723)
    assert.equal(start('#t=1H2M3S'), 3723)
    assert.equal(start('#t=90.5'), 90.5)
    assert.equal(start('?t=75'), 75)
    assert.equal(start('?t=1h2m3s'), 3723)
    assert.equal(start('?t=2m'), 120)
    assert.equal(start('?t=9#t=10'), 10)
    assert.equal(start('#t=soon'), undefined)
    assert.equal(start('#t='), undefined)
    assert.equal(start(`#t=${'9'.repeat(400)}`), undefined)
    assert.equal(start('#chapters'), undefined)
  })
  it('come back from an address as they were written into it, either way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), (seconds) => {
        const code = momentCode(seconds)

        assert.match(code, /^[\dhms]+$/)
        assert.equal(startIn({ hash: '', search: `?t=${code}` }), seconds)
        assert.equal(startIn({ hash: `#t=${figures(seconds)}`, search: '' }), seconds)
      }),
    )
  })

  it('are sound or nothing, whatever an address says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seconds = startIn({ hash: `#t=${encodeURIComponent(text)}`, search: '' })

        assert.ok(seconds === undefined || (seconds >= 0 && Number.isFinite(seconds)))
      }),
    )
  })
})
