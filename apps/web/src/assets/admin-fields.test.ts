import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lettersIn } from '../../assets/scripts/admin/letters.ts'
import { lastPart } from '../../assets/scripts/admin/last-part.ts'

describe('a slug that is pasted as an address', () => {
  it('is its last part, without what is asked or meant in it', () => {
    assert.equal(lastPart(' https://radio.example/local-time/tides/?a=b#t=1:00 '), 'tides')
    assert.equal(lastPart('radio.example/local-time/tides'), 'tides')
    assert.equal(lastPart('/tides'), 'tides')
  })

  it('is taken as it is where it is no address', () => {
    assert.equal(lastPart('tides'), undefined)
    assert.equal(lastPart('Tides and/or clocks'), undefined)
    assert.equal(lastPart('https://radio.example/'), undefined)
    assert.equal(lastPart(''), undefined)
  })
})

describe('the count of letters', () => {
  it('says what apps cut, counts as readers do, and is silent where there is nothing', () => {
    assert.equal(lettersIn('', 60), '')
    assert.equal(lettersIn('a', 60), '1 letter')
    assert.equal(lettersIn('cafe\u0301 👩‍👩‍👧', 60), '6 letters')
    assert.equal(lettersIn('a'.repeat(61), 60), '61 letters: apps cut it after about 60')
  })
})
