import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  parseClock,
  parseDate,
  parseDuration,
  parseKeywords,
  parseNumber,
  parseUri,
  parseWebUrl,
  parseYes,
} from './values.ts'

const iso = (text: string) => parseDate(text)?.toISOString() ?? null

describe('parseDate', () => {
  it('reads what toUTCString and toISOString write, whatever the date', () => {
    const dates = fc.date({
      min: new Date('1970-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    })

    fc.assert(
      fc.property(dates, (date) => {
        const wholeSeconds = new Date(Math.floor(date.getTime() / 1000) * 1000)
        assert.deepEqual(parseDate(date.toUTCString()), wholeSeconds)
        assert.deepEqual(parseDate(date.toISOString()), date)
      }),
    )
  })

  it('reads RFC 822 dates as they are written in the wild', () => {
    assert.equal(iso('Tue, 18 May 2021 08:00:00 -0500'), '2021-05-18T13:00:00.000Z')
    assert.equal(iso('Thu, 01 Apr 2021 08:00:00 EST'), '2021-04-01T13:00:00.000Z')
    assert.equal(iso('18 May 21 8:00 PDT'), '2021-05-18T15:00:00.000Z')
    assert.equal(iso('Tuesday, 18 September 2021 08:00:00 GMT+02:00'), '2021-09-18T06:00:00.000Z')
    assert.equal(iso('Wed,  5 Jan 2022 00:00:00 +0000 (UTC)'), '2022-01-05T00:00:00.000Z')
    assert.equal(iso('Mon, 3 Jul 2023'), '2023-07-03T00:00:00.000Z')
  })

  it('reads ISO 8601 dates, with UTC where no zone is named', () => {
    assert.equal(iso('2021-09-26T07:30:00.000-0600'), '2021-09-26T13:30:00.000Z')
    assert.equal(iso('2021-09-26 07:30'), '2021-09-26T07:30:00.000Z')
    assert.equal(iso('2021-09-26'), '2021-09-26T00:00:00.000Z')
    assert.equal(iso('September 26, 2021 07:30:00 +0200'), '2021-09-26T05:30:00.000Z')
  })

  it('gives null for what is no date', () => {
    for (const text of [
      '',
      'soon',
      '31 Feb 2021 08:00:00 GMT',
      '2021-13-01',
      'Tue, 18 May 2021 25:00:00 GMT',
      '1 Foo 2020',
    ]) {
      assert.equal(parseDate(text), null, text)
    }
  })
})

describe('parseDuration', () => {
  it('reads clocks, seconds and ISO durations', () => {
    assert.equal(parseDuration('1:02:03'), 3723)
    assert.equal(parseDuration('62:03'), 3723)
    assert.equal(parseDuration(' 3723 '), 3723)
    assert.equal(parseDuration('3723.5'), 3724)
    assert.equal(parseDuration('PT1H2M3S'), 3723)
  })

  it('gives null for what is none, and for what is longer than a year of listening', () => {
    for (const text of ['', 'an hour', '-5', '1:2:3:4', '99999:00:00', 'PT']) {
      assert.equal(parseDuration(text), null, text)
    }
  })

  it('keeps fractions where a clock has them', () => {
    assert.equal(parseClock('00:01:02.345'), 62.345)
    assert.equal(parseClock('01:02,5'), 62.5)
  })
})

describe('parseWebUrl', () => {
  it('keeps an address letter for letter, and encodes only what no address may hold', () => {
    assert.equal(parseWebUrl(' https://Example.com?'), 'https://Example.com?')
    assert.equal(parseWebUrl('http://a.example/b c.mp3'), 'http://a.example/b%20c.mp3')
  })

  it('resolves against where the feed is', () => {
    assert.equal(parseWebUrl('/a.mp3', 'https://a.example/feed'), 'https://a.example/a.mp3')
    assert.equal(parseWebUrl('//cdn.example/a', 'https://a.example/feed'), 'https://cdn.example/a')
  })

  it('gives null for what a browser would run, and for what is no address', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'a.mp3',
      'https://',
    ]) {
      assert.equal(parseWebUrl(text), null, text)
    }
  })
})

describe('the small ones', () => {
  it('reads yes and no in every spelling', () => {
    assert.deepEqual(['Yes', 'TRUE', 'explicit', '1'].map(parseYes), [true, true, true, true])
    assert.deepEqual(['no', 'False', 'clean', '0'].map(parseYes), [false, false, false, false])
    assert.deepEqual(['', 'maybe'].map(parseYes), [null, null])
  })

  it('finds the number in words around it', () => {
    assert.deepEqual(['12', 'S2', 'Episode 315.5', '-3', 'none'].map(parseNumber), [
      12,
      2,
      315.5,
      null,
      null,
    ])
  })

  it('splits keywords at commas, each once', () => {
    assert.deepEqual(parseKeywords(' a, b c ,,a,\n'), ['a', 'b c'])
  })

  it('keeps addresses of other schemes, but none that runs', () => {
    assert.equal(
      parseUri('at://did:plc:x/app.bsky.feed.post/1'),
      'at://did:plc:x/app.bsky.feed.post/1',
    )
    assert.equal(parseUri('JavaScript:alert(1)'), null)
  })
})
