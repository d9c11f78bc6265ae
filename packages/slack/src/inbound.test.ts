import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readSlackEvent, slackSignature, verifySlackRequest } from './index.ts'
import { signedEvent, teamJoin } from './testing/index.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'

function verify(
  { payload, headers }: ReturnType<typeof signedEvent>,
  { secret = SECRET, at = NOW, body = payload } = {},
): boolean {
  const [timestamp, signature] = [
    headers['x-slack-request-timestamp'],
    headers['x-slack-signature'],
  ]
  return verifySlackRequest(Buffer.from(body), timestamp, signature, secret, at)
}

describe('verifySlackRequest', () => {
  it('signs as Slack’s own example does', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'

    assert.equal(
      slackSignature(Buffer.from(body), '1531420618', SECRET),
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    )
  })

  it('takes what is signed, for five minutes, and nothing else', () => {
    const event = signedEvent(teamJoin('U1'), SECRET, NOW)
    const later = (minutes: number) => ({ at: new Date(NOW.getTime() + minutes * 60_000) })

    assert.equal(verify(event), true)
    assert.equal(verify(event, later(5)), true)
    assert.equal(verify(event, later(5.1)), false)
    assert.equal(verify(event, later(-5.1)), false)
    assert.equal(verify(event, { secret: 'another' }), false)
    assert.equal(verify(event, { body: `${event.payload} ` }), false)
    assert.equal(verify(signedEvent({}, '', NOW), { secret: '' }), false)
    assert.equal(verifySlackRequest(Buffer.from(''), undefined, undefined, SECRET, NOW), false)
  })

  it('takes no signature but the one, and breaks at none', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (timestamp, signature) => {
        assert.equal(
          verifySlackRequest(Buffer.from('{}'), timestamp, signature, SECRET, NOW),
          false,
        )
      }),
    )
  })
})

describe('readSlackEvent', () => {
  it('knows what it was asked for, and keeps apart what it was not', () => {
    const challenge = { type: 'url_verification', token: 'x', challenge: '3eZbrw1aB' }
    const event = (event: object) => ({ type: 'event_callback', event_id: 'Ev1', event })

    assert.deepEqual(readSlackEvent(challenge), {
      type: 'url_verification',
      challenge: '3eZbrw1aB',
    })
    assert.deepEqual(readSlackEvent(teamJoin('U1', 'Ev1')), {
      type: 'team_join',
      eventId: 'Ev1',
      userId: 'U1',
    })
    assert.deepEqual(readSlackEvent(event({ type: 'team_join', user: 'U2' })), {
      type: 'team_join',
      eventId: 'Ev1',
      userId: 'U2',
    })
    assert.deepEqual(readSlackEvent(event({ type: 'message', text: 'Hi' })), {
      type: 'other',
      eventId: 'Ev1',
      name: 'message',
    })
    assert.equal(
      readSlackEvent(event({ type: 'team_join', user: { id: 'U3', is_bot: true } }))?.type,
      'other',
    )
  })

  it('breaks at nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        assert.equal(readSlackEvent(body), undefined)
      }),
    )
  })
})
