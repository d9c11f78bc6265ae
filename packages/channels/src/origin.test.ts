import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ChannelError } from './errors.ts'
import { originCheck, type Asked, type CheckOrigin } from './origin.ts'

const ASKED: Asked = { protocol: 'https:', host: 'example.com' }

function allowed(option: CheckOrigin, origins: readonly string[], asked = ASKED): string[] {
  const mayConnect = originCheck(option)
  return origins.filter((origin) => mayConnect(origin, asked))
}

describe('originCheck', () => {
  it('lets in nobody of whom it cannot be said where they are from, unless it is not asked', () => {
    const nobodies = [
      'null',
      '',
      'file://',
      'file:///tmp/page.html',
      'example.com',
      'http://',
      '//x',
    ]

    assert.deepEqual(allowed(true, nobodies), [])
    assert.deepEqual(allowed('same', nobodies), [])
    assert.deepEqual(allowed(['//example.com'], nobodies), [])
    assert.deepEqual(allowed(false, nobodies), nobodies)
    assert.deepEqual(
      allowed((origin) => origin === 'null', nobodies),
      ['null'],
    )
  })

  it('lets in clients that are no pages', () => {
    const options: CheckOrigin[] = [true, false, 'same', ['//other.com'], () => false]

    assert.deepEqual(
      options.map((option) => originCheck(option)(undefined, ASKED)),
      [true, true, true, true, true],
    )
  })

  it('compares hosts, whatever their case, port and scheme', () => {
    const origins = ['https://EXAMPLE.com', 'http://example.com:81', 'https://example.com.evil.org']

    assert.deepEqual(
      allowed(true, origins, { ...ASKED, host: 'Example.COM:8443' }),
      origins.slice(0, 2),
    )
  })

  it('compares scheme and port as well, of which the usual one need not be said', () => {
    const origins = [
      'https://example.com',
      'https://example.com:443',
      'http://example.com',
      'https://example.com:444',
    ]

    assert.deepEqual(allowed('same', origins), origins.slice(0, 2))
    assert.deepEqual(allowed('same', origins, { ...ASKED, host: 'example.com:444' }), [
      'https://example.com:444',
    ])
  })

  it('lets in those of a list, in which what is left out may be anything', () => {
    const origins = [
      'https://example.com',
      'http://example.com',
      'http://example.com:81',
      'https://a.example.com',
    ]

    assert.deepEqual(allowed(['https://example.com'], origins), ['https://example.com'])
    assert.deepEqual(allowed(['//example.com'], origins), origins.slice(0, 3))
    assert.deepEqual(allowed(['//example.com:81'], origins), ['http://example.com:81'])
    assert.deepEqual(
      allowed(['http://example.com:81', '//a.example.com'], origins),
      origins.slice(2),
    )
  })

  it('lets in a host and all below it, and none that only ends alike', () => {
    const origins = [
      'http://ex.com',
      'http://a.ex.com',
      'http://b.a.ex.com',
      'http://prefix-ex.com',
      'http://ex.com.org',
    ]

    assert.deepEqual(allowed(['//*.ex.com'], origins), origins.slice(0, 3))
  })

  it('knows hosts of other letters and addresses of version 6', () => {
    const origins = [
      'https://xn--mnchen-3ya.de',
      'https://münchen.de',
      'http://[::1]:80',
      'http://[0:0:0:0:0:0:0:1]',
    ]

    assert.deepEqual(allowed(['//München.de', '//[0::1]'], origins), origins)
    assert.deepEqual(allowed(true, origins, { ...ASKED, host: '[::1]:4000' }), origins.slice(2))
  })

  it('is not taken in by names of users', () => {
    const origins = [
      'https://example.com@evil.org',
      'https://evil.org@example.com',
      'https://user:pass@example.com',
    ]

    assert.deepEqual(allowed(true, origins), [])
    assert.deepEqual(allowed(['//example.com'], origins), [])
  })

  it('refuses to start with an entry that is no origin', () => {
    const entries = [
      'example.com',
      'https://',
      '*',
      'https://example.com/path',
      '//a@example.com',
      '//*',
    ]

    for (const entry of entries) {
      assert.throws(
        () => originCheck([entry]),
        new ChannelError(
          `expected an origin like "https://example.com", "//example.com:81" or "//*.example.com", got: "${entry}"`,
        ),
      )
    }
  })
})
