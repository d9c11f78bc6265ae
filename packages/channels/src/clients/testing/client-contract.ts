import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type Scenario } from './scenarios.ts'

/** What a client cannot do by itself, whatever the server. */
export interface Can {
  /** Send bytes: since 1.5. */
  readonly sendBytes: boolean
  /** Be sent bytes: over WebSockets. */
  readonly getBytes: boolean
  /** Take a 403, at which those before 1.3 fail. */
  readonly beRefused: boolean
  /** Know of which join a message is: one of today in version 1 does not. */
  readonly tellJoinsApart: boolean
  /** Send more than a hundred at once: by polling since 1.8, as servers take no more in one request. */
  readonly pushMore: boolean
  /** Heartbeats are for WebSockets. */
  readonly beat: boolean
}

export type Play = (scenario: Scenario) => Promise<unknown>

/** What an official client sees, of whatever age and however it came. */
export function clientContract(can: Can, play: Play): void {
  talks(play)
  comesAndGoes(can, play)
  sends(can, play)
}

function talks(play: Play): void {
  void it('joins a room, and hears why when it may not', async () => {
    assert.deepEqual(await play('joins'), {
      in: ['ok', { welcome: 'ada' }],
      refused: ['error', { reason: 'Only for members.' }],
      wrong: [
        'error',
        {
          reason: 'invalid params',
          errors: [
            { path: 'name', message: 'Invalid input: expected string, received undefined' },
            { path: 'device', message: 'Invalid input: expected string, received number' },
          ],
        },
      ],
      nowhere: ['error', { reason: 'unmatched topic' }],
    })
  })

  void it('is answered what it pushes', async () => {
    assert.deepEqual(await play('pushes'), {
      ok: ['ok', { said: 'hello' }],
      refused: ['error', { reason: 'No.' }],
      another: ['maybe', { status: 'maybe' }],
      wrong: [
        'error',
        {
          reason: 'invalid payload',
          errors: [{ path: 'text', message: 'Invalid input: expected string, received number' }],
        },
      ],
      unknown: ['error', { reason: 'unknown event "dance"' }],
    })
  })

  void it('hears what is said in its room, and not what it said for the others alone', async () => {
    assert.deepEqual(await play('broadcasts'), [
      [
        { text: 'hello', by: 'ada' },
        { text: 'to all', by: 'ada' },
      ],
      [
        { text: 'psst', by: 'ada' },
        { text: 'hello', by: 'ada' },
        { text: 'to all', by: 'ada' },
      ],
      [{ text: 'alone', by: 'eve' }],
    ])
  })

  void it('sees who comes and goes, and by how many devices', async () => {
    assert.deepEqual(await play('presence'), {
      changes: ['ada came', 'ada came again', 'bob came', 'ada left by one', 'bob left'],
      seenByBob: { ada: ['desk', 'phone'], bob: ['tablet'] },
    })
  })
}

function comesAndGoes(can: Can, play: Play): void {
  void it('is back after a failure of its channel, and its other channels notice nothing', async () => {
    assert.deepEqual(await play('crashes'), {
      after: ['ok', { said: 'again' }],
      other: [],
      events: ['error'],
    })
  })

  void it('leaves, and may come back', { skip: !can.tellJoinsApart }, async () => {
    assert.deepEqual(await play('leaves'), {
      left: ['ok', {}],
      events: ['closed'],
      said: [{ text: 'back', by: 'ada' }],
    })
  })

  void it('is in a room once, though it joins twice', { skip: !can.tellJoinsApart }, async () => {
    assert.deepEqual(await play('joinsTwice'), {
      first: 'closed',
      second: 'joined',
      said: [
        { text: 'once', by: 'ada' },
        { text: 'twice', by: 'ada' },
      ],
    })
  })

  void it('does not come back to a channel that was closed', async () => {
    assert.deepEqual(await play('isClosed'), {
      events: ['closed'],
      state: 'closed',
      joins: 1,
      next: [['ok', { welcome: 'ada' }]],
    })
  })

  void it('comes back when it was disconnected, with all its channels', async () => {
    assert.deepEqual(await play('isDisconnected'), ['ok', { said: 'again' }])
  })
}

function sends(can: Can, play: Play): void {
  void it('is answered each of a hundred pushes at once', async () => {
    assert.equal(await play('pushesAHundred'), 100)
  })

  void it('is answered each of more pushes at once', { skip: !can.pushMore }, async () => {
    assert.equal(await play('pushesMore'), 250)
  })

  void it('sends bytes', { skip: !can.sendBytes }, async () => {
    assert.deepEqual(await play('sendsBytes'), ['ok', { sum: 253 }])
  })

  void it('is sent bytes: answers, pushes and broadcasts', { skip: !can.getBytes }, async () => {
    assert.deepEqual(await play('getsBytes'), {
      turnedTo: ['ok', [250, 2, 1]],
      own: [[0, 91, 255]],
      ofAda: [[0, 91, 255]],
      ofBob: [[0, 91, 255]],
    })
  })

  void it('is told when it may not connect', { skip: !can.beRefused }, async () => {
    assert.equal(await play('isNotAdmitted'), false)
  })

  void it('has its heartbeats answered', { skip: !can.beat }, async () => {
    assert.deepEqual(await play('beats'), ['phx_reply', 'phx_reply'])
  })
}
