import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  getMember,
  listMembers,
  listSubscriptions,
  MEMBERFUL_EVENTS,
  readEvent,
  SIGNATURE_HEADER,
  verifySignature,
} from './index.ts'
import { DOCUMENTED, fakeMemberful, payload, signed } from './testing/index.ts'

const SECONDS = 1_758_640_033
const PLAN = { id: 42, name: 'Gold', slug: 'gold' }

describe('verifySignature', () => {
  const { payload: body, headers } = signed(payload('member_signup'), 'current')
  const signature = headers[SIGNATURE_HEADER]

  it('takes what the current or the previous secret signed, in the forms there are', () => {
    assert.equal(verifySignature(body, signature, ['current']), true)
    assert.equal(verifySignature(body, signature, ['new', 'current']), true)
    assert.equal(verifySignature(body, signature?.toUpperCase(), ['current']), true)
    assert.equal(verifySignature(body, ` sha256=${signature} `, ['current']), true)
  })

  it('takes nothing else', () => {
    assert.equal(verifySignature(body, signature, ['another']), false)
    assert.equal(verifySignature(body, signature, []), false)
    assert.equal(verifySignature(Buffer.from(`${String(body)} `), signature, ['current']), false)
    const wrong = [undefined, '', 'x', signature?.slice(1), `${signature}00`, `sha1=${signature}`]
    for (const header of wrong) assert.equal(verifySignature(body, header, ['current']), false)
    assert.equal(verifySignature(body, [signature ?? ''], ['current']), false)
  })

  it('holds for any bytes, and for no others', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), fc.string(), (one, other, secret) => {
        const header = signed(Buffer.from(one).toString('hex'), secret).headers[SIGNATURE_HEADER]
        const hex = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('hex'))
        const isSame = Buffer.compare(one, other) === 0
        return (
          verifySignature(hex(one), header, [secret]) &&
          verifySignature(hex(other), header, [secret]) === isSame
        )
      }),
    )
  })
})

describe('readEvent', () => {
  it('knows every event that is documented, and whom it is about', () => {
    const read = DOCUMENTED.map((event) => readEvent(JSON.stringify(event)))

    assert.deepEqual(
      read.map((event) => event?.name),
      MEMBERFUL_EVENTS,
    )
    assert.ok(read.every((event) => event?.topic !== 'unknown'))
    for (const event of read) {
      const isOfMember = ['member', 'subscription', 'order'].includes(event?.topic ?? '')
      assert.equal(event?.memberId, isOfMember ? 0 : undefined, event?.name)
    }
  })

  it('keeps no card, address, phone number or answer, wherever they are', () => {
    const unknown = {
      event: 'member.moved',
      member: { id: 7, email: 'a@example.com', nickname: 'Jo', new_home: { street: 'Street' } },
      changed: {
        address: ['Street', 'City'],
        phone_number: ['555-12345', null],
        email: ['a', 'b'],
      },
      lists: [{ credit_card: { exp_year: 2040 }, plan: { billing_address: 'Street' } }],
      payment_method: { brand: 'visa', last4: '4242' },
      paid: {
        last_four: '4242',
        exp_month: 1,
        mobile: '555-12345',
        region: 'Street',
        vat_id: 'DE123',
      },
    }
    const kept = [...DOCUMENTED, unknown].map((event) =>
      JSON.stringify(readEvent(JSON.stringify(event))?.payload),
    )

    for (const text of kept) {
      assert.doesNotMatch(
        text,
        /Street|Postal|555-12345|2040|exp_|cus_|Custom field|shoes|"0{18}"|receipt text|DE123|4242/,
      )
    }
    assert.deepEqual(readEvent(JSON.stringify(unknown))?.payload, {
      event: 'member.moved',
      member: { id: 7, email: 'a@example.com' },
      changed: { email: ['a', 'b'] },
      lists: [{ plan: {} }],
      paid: {},
    })
  })

  it('marks what it does not know, and what has no name', () => {
    const read = (event: object) => readEvent(JSON.stringify(event))

    assert.deepEqual(
      [read({ event: 'gift.given' })?.name, read({})?.name],
      ['gift.given', 'unnamed'],
    )
    assert.deepEqual(
      [read({ event: 'gift.given' })?.topic, read({})?.topic],
      ['unknown', 'unknown'],
    )
  })

  it('is nothing of what is no JSON object', () => {
    for (const body of ['', '{', '[]', 'null', '7', 'event=member_signup', '"x"']) {
      assert.equal(readEvent(body), undefined, body)
    }
  })

  it('holds nothing that a database does not keep', () => {
    const event = readEvent('{"event":"x","a\\u0000":"b\\u0000","c":["\\ud800"]}')

    assert.deepEqual(event?.payload, { event: 'x', a: 'b', c: ['\ufffd'] })
    assert.equal(readEvent('{"event":"a\\u0000b\\ud800"}')?.name, 'ab\ufffd')
    assert.equal(readEvent('{"event":"\\u0000"}')?.name, 'unnamed')
  })

  it('falls over nothing that is deep, and keeps of it what is near', () => {
    const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    const objects = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const event = readEvent(
      `{"event":"x","near":[[1]],"lists":${deep(200_000)},"objects":${objects}}`,
    )

    assert.deepEqual([event?.name, event?.payload['near']], ['x', [[1]]])
    assert.ok(JSON.stringify(event?.payload).length < 1000)
    const member = readEvent(`{"member":{"id":7,"email":${deep(200_000)}}}`)
    assert.equal(member?.memberId, 7)
    const inside = `${'{"member":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    assert.ok(JSON.stringify(readEvent(`{"event":"y","x":${inside}}`)?.payload).length < 1000)
  })

  it('knows whom it is about where the number is text, and nobody by what is no number', () => {
    const about = (id: string) => readEvent(`{"member":{"id":${id}}}`)?.memberId

    assert.deepEqual(['7', '"7"'].map(about), [7, 7])
    const none = [
      '"x"',
      '1.5',
      '1e300',
      '99999999999999999999',
      '"99999999999999999999"',
      'null',
      '{}',
    ]
    assert.deepEqual(new Set(none.map(about)), new Set([undefined]))
  })
})

describe('the API', () => {
  const subscription = { id: 1, active: true, createdAt: SECONDS, expiresAt: null, plan: PLAN }
  const ADA = { id: 7, email: 'ada@example.com', fullName: 'Ada', subscriptions: [subscription] }

  it('gives a member as they are now, or nobody', async (t) => {
    const { site } = await fakeMemberful(t, [ADA])

    assert.deepEqual(await getMember(site, 7), {
      ...ADA,
      unrestrictedAccess: false,
      subscriptions: [{ ...subscription, autorenew: true, createdAt: new Date(SECONDS * 1000) }],
    })
    assert.equal(await getMember(site, 8), undefined)
  })

  it('gives members and subscriptions page by page', async (t) => {
    const people = [1, 2, 3].map((id) => ({ ...ADA, id, email: `${id}@example.com` }))
    const { site } = await fakeMemberful(t, people)

    const first = await listMembers(site)
    const second = await listMembers(site, first.next)
    assert.deepEqual(
      [...first.nodes, ...second.nodes].map(({ id }) => id),
      [1, 2, 3],
    )
    assert.equal(second.next, undefined)
    const subscriptions = await listSubscriptions(site)
    assert.deepEqual(
      subscriptions.nodes.map(({ member, plan }) => [member?.email, plan?.name]),
      [
        ['1@example.com', 'Gold'],
        ['2@example.com', 'Gold'],
      ],
    )
  })

  it('says what went wrong, and neither the key nor whom it was about', async (t) => {
    const fake = await fakeMemberful(t, [ADA])
    const fails = async (message: string, site = fake.site) =>
      assert.rejects(getMember(site, 7), (error: Error) => {
        assert.deepEqual([error.name, error.message], ['MemberfulError', message])
        assert.doesNotMatch(String(error.stack), /k3y|ada@/)
        return true
      })

    await fails('Memberful refused Member: Invalid authentication token.', {
      ...fake.site,
      apiKey: 'wrong',
    })
    fake.trouble = 'Something broke.'
    await fails('Memberful refused Member: Something broke.')
    fake.trouble = 429
    await fails('Memberful answered 429 to Member.')
    fake.trouble = 0
    await fails('Memberful did not answer Member.', { ...fake.site, patienceMs: 50 })
    await fails('Memberful did not answer Member.', { ...fake.site, site: 'http://127.0.0.1:1' })
    fake.trouble = 'Member not found'
    assert.equal(await getMember(fake.site, 7), undefined)
  })
})
