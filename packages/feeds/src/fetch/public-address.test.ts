import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { guardedLookup, isPublicAddress } from './public-address.ts'

describe('isPublicAddress', () => {
  it('is true of the public internet', () => {
    const addresses = [
      '8.8.8.8',
      '100.63.255.255',
      '172.32.0.1',
      '2606:4700::1111',
      '2a00:1450::1',
      '64:ff9b::808:808',
    ]

    assert.deepEqual(
      addresses.filter((address) => !isPublicAddress(address)),
      [],
    )
  })

  it('is false of the machine itself, its neighbours and its cloud', () => {
    const addresses = [
      '127.0.0.1',
      '127.255.255.254',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '100.100.100.200',
      '168.63.129.16',
      '192.0.0.192',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
    ]

    assert.deepEqual(addresses.filter(isPublicAddress), [])
  })

  it('is false of private addresses dressed as IPv6', () => {
    const addresses = [
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '64:ff9b::10.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '2002:7f00:1::',
      '2001:0:7f00:1::',
    ]

    assert.deepEqual(addresses.filter(isPublicAddress), [])
  })
})

describe('guardedLookup', () => {
  const look = (mayReach: (address: string) => boolean, all: boolean) =>
    new Promise((resolve, reject) => {
      const lookup = guardedLookup(mayReach, (host) => new Error(`${host} is refused`))
      lookup('localhost', { all }, (error, found) =>
        error === null ? resolve(found) : reject(error),
      )
    })

  it('gives the addresses that may be reached, and no other', async () => {
    assert.equal(await look((address) => address === '127.0.0.1', false), '127.0.0.1')
    assert.deepEqual(await look((address) => address === '127.0.0.1', true), [
      { address: '127.0.0.1', family: 4 },
    ])
  })

  it('refuses a name none of whose addresses may be reached', async () => {
    await assert.rejects(look(isPublicAddress, true), { message: 'localhost is refused' })
    await assert.rejects(look(isPublicAddress, false), { message: 'localhost is refused' })
  })
})
