import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isOnThisMachine, visitorAt } from './visitor.ts'

describe('isOnThisMachine', () => {
  it('is true for loopback addresses, and for no others', () => {
    assert.deepEqual(['127.0.0.1', '127.9.8.7', '::1', '::ffff:127.0.0.1'].map(isOnThisMachine), [
      true,
      true,
      true,
      true,
    ])
    assert.deepEqual(['10.0.0.2', '192.0.2.127', '1.127.0.1', '::2', ''].map(isOnThisMachine), [
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('visitorAt', () => {
  it('is an IPv4 address, however it is written', () => {
    assert.equal(visitorAt('192.0.2.7'), '192.0.2.7')
    assert.equal(visitorAt('::ffff:192.0.2.7'), '192.0.2.7')
  })

  it('is the network of an IPv6 address', () => {
    assert.equal(visitorAt('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
    assert.equal(visitorAt('2001:0db8:0001:0002::1'), '2001:db8:1:2::/64')
    assert.equal(visitorAt('2001:db8::1'), '2001:db8:0:0::/64')
    assert.equal(visitorAt('::1'), '0:0:0:0::/64')
    assert.equal(visitorAt('fe80::1%eth0'), 'fe80:0:0:0::/64')
  })
})
