import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { inZone, isZone, localIn } from './index.ts'

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
] as const

const aZone = fc.constantFrom(...ZONES)
const aMoment = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000))
const aWallClock = aMoment.map((date) => date.toISOString().slice(0, 16))

describe('isZone', () => {
  it('knows the zones of the world by their names', () => {
    for (const zone of ZONES) assert.ok(isZone(zone), zone)
  })

  it('takes nothing else, not even what the clock library would', () => {
    for (const name of ['', 'Berlin', 'Europe/Nowhere', '+02:00', 'UTC+2', 'system', 'local']) {
      assert.ok(!isZone(name), name)
    }
  })

  it('says no to any text that is none, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => !isZone(text) || Boolean(localIn(new Date(0), text))),
    )
  })
})

describe('inZone', () => {
  it('is the moment at which a clock on the wall there shows this', () => {
    assert.deepEqual(inZone('2026-11-20T18:30', 'Europe/Berlin'), {
      kind: 'moment',
      at: new Date('2026-11-20T17:30:00Z'),
      comesAgainAt: null,
    })
    assert.deepEqual(inZone('2026-07-01T00:15', 'America/New_York'), {
      kind: 'moment',
      at: new Date('2026-07-01T04:15:00Z'),
      comesAgainAt: null,
    })
  })

  it('says of an hour that clocks are put forward over that it does not exist', () => {
    assert.deepEqual(inZone('2026-03-29T02:30', 'Europe/Berlin'), { kind: 'does-not-exist' })
    assert.deepEqual(inZone('2026-03-08T02:00', 'America/New_York'), { kind: 'does-not-exist' })
    assert.deepEqual(inZone('2026-10-04T02:15', 'Australia/Lord_Howe'), { kind: 'does-not-exist' })
  })

  it('takes the first of an hour that comes twice, and says when it comes again', () => {
    assert.deepEqual(inZone('2026-10-25T02:30', 'Europe/Berlin'), {
      kind: 'moment',
      at: new Date('2026-10-25T00:30:00Z'),
      comesAgainAt: new Date('2026-10-25T01:30:00Z'),
    })
    assert.deepEqual(inZone('2026-04-05T01:45', 'Australia/Lord_Howe'), {
      kind: 'moment',
      at: new Date('2026-04-04T14:45:00Z'),
      comesAgainAt: new Date('2026-04-04T15:15:00Z'),
    })
  })

  it('refuses what is no time', () => {
    const texts = [
      '',
      'soon',
      '2026-02-30T10:00',
      '2026-01-01T24:00',
      '2026-01-01',
      '0000-01-01T00:00',
    ]
    for (const text of texts) {
      assert.deepEqual(inZone(text, 'UTC'), { kind: 'not-a-time' }, text)
    }
  })

  it('asks for a zone that is one', () => {
    assert.throws(() => inZone('2026-11-20T18:30', 'Moon/Tranquility'), RangeError)
  })

  it('is undone by localIn, wherever the time exists', () => {
    fc.assert(
      fc.property(aWallClock, aZone, (wallClock, zone) => {
        const found = inZone(wallClock, zone)
        if (found.kind === 'does-not-exist') return
        assert.ok(found.kind === 'moment')
        assert.equal(localIn(found.at, zone).wallClock, wallClock)
        if (found.comesAgainAt) assert.equal(localIn(found.comesAgainAt, zone).wallClock, wallClock)
      }),
    )
  })

  it('leads back to the moment, or where the time of day came twice, to the first or the second of the two', () => {
    fc.assert(
      fc.property(aMoment, aZone, (date, zone) => {
        const found = inZone(localIn(date, zone).wallClock, zone)
        assert.ok(found.kind === 'moment')
        const either = [found.at.getTime(), found.comesAgainAt?.getTime()]
        assert.ok(either.includes(date.getTime()))
        assert.ok(!found.comesAgainAt || found.at < found.comesAgainAt)
      }),
    )
  })
})

describe('localIn', () => {
  it('says how far it is from UTC just then, and what that is called', () => {
    const winter = localIn(new Date('2026-01-20T12:00:00Z'), 'Europe/Berlin')
    const summer = localIn(new Date('2026-07-20T12:00:00Z'), 'Europe/Berlin')

    assert.deepEqual(winter, {
      wallClock: '2026-01-20T13:00',
      offset: '+01:00',
      zoneName: 'CET',
    })
    assert.deepEqual(summer, {
      wallClock: '2026-07-20T14:00',
      offset: '+02:00',
      zoneName: 'CEST',
    })
  })
})
