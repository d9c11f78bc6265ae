import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Account } from '../accounts/index.ts'
import * as episodes from '../episodes/index.ts'
import * as podcasts from '../podcasts/index.ts'
import * as settings from '../settings/index.ts'
import * as topics from '../topics/index.ts'
import { type Actor, isAdmin, isItsHost, NotAllowedError, policy, VISITOR } from './index.ts'

const host: Actor = { ...VISITOR, person: { id: 7, handle: 'ada' }, hostOf: [3, 5] }
const ofTheirs = { id: 42, podcastId: 3 }
const ofAnother = { id: 43, podcastId: 4 }

const letters = policy('letter', { show: isItsHost, burn: isAdmin })
const diaries = policy('diary', { show: isItsHost, list: isAdmin, burn: isAdmin }, { hides: true })

function refusal(ask: () => void): NotAllowedError {
  try {
    ask()
  } catch (error) {
    if (error instanceof NotAllowedError) return error
    throw error
  }
  throw new Error('it was allowed')
}

describe('policy', () => {
  it('asks the rule of the action', () => {
    assert.equal(letters.may(host, 'show', ofTheirs), true)
    assert.equal(letters.may(host, 'show', ofAnother), false)
    assert.equal(letters.may(host, 'burn'), false)
    assert.deepEqual(letters.actions, ['show', 'burn'])
  })

  it('denies what has no rule, to an administrator too', () => {
    const admin: Actor = { ...VISITOR, isAdmin: true }

    // @ts-expect-error no rule says who may
    assert.equal(letters.may(admin, 'read', ofTheirs), false)
    // @ts-expect-error what every object has is no rule
    assert.equal(letters.may(admin, 'toString'), false)
  })

  it('does not compile when what has to be looked at is not given, or is something else', () => {
    // @ts-expect-error which episode?
    assert.throws(() => episodes.may(host, 'publish'), TypeError)
    // @ts-expect-error a podcast's id is not that of an episode's podcast
    assert.equal(episodes.may(host, 'create', { id: 3, status: 'draft' }), false)
    // @ts-expect-error an episode is not a podcast, though it has an id
    assert.equal(podcasts.may(host, 'show', ofTheirs), false)
    // @ts-expect-error whether it is published has to be known
    episodes.may(host, 'delete', ofTheirs)
    const either = ['show', 'delete'] as const
    // @ts-expect-error so it has for one action of several
    assert.ok(either.every((action) => episodes.may(host, action, ofTheirs)))
  })

  it('takes an account, and what is asked about for the error’s sake where no rule looks at it', () => {
    const asked = (account: Account, topic: topics.Topic) => topics.may(account, 'update', topic)

    assert.equal(typeof asked, 'function')
  })
})

describe('mayOrThrow', () => {
  it('says who may not do what, and what they are', () => {
    const admin: Actor = { ...host, isEditor: true }

    assert.equal(
      refusal(() => letters.mayOrThrow(host, 'show', ofAnother)).message,
      '"ada" (person 7, host of 3, 5) may not "show" the letter 43 of podcast 4.',
    )
    assert.equal(
      refusal(() => settings.mayOrThrow(admin, 'update')).message,
      '"ada" (person 7, editor and host of 3, 5) may not "update" the settings.',
    )
    assert.equal(
      refusal(() => settings.mayOrThrow({ ...host, hostOf: [] }, 'show')).message,
      '"ada" (person 7, member) may not "show" the settings.',
    )
    assert.equal(
      refusal(() => episodes.mayOrThrow(VISITOR, 'list', { podcastId: 3 })).message,
      'Somebody who is not signed in may not "list" the episode of podcast 3.',
    )
  })

  it('holds the same for a program', () => {
    const { personId, action, resource } = refusal(() => letters.mayOrThrow(host, 'burn'))

    assert.deepEqual([personId, action, resource], [7, 'burn', 'letter'])
  })

  it('hides what they may not see where a policy hides, and only that', () => {
    const isHidden = (ask: () => void) => refusal(ask).isHidden

    assert.equal(
      isHidden(() => diaries.mayOrThrow(host, 'burn', ofAnother)),
      true,
    )
    assert.equal(
      isHidden(() => diaries.mayOrThrow(host, 'burn', ofTheirs)),
      false,
    )
    assert.equal(
      isHidden(() => diaries.mayOrThrow(host, 'list')),
      false,
    )
    assert.equal(
      isHidden(() => letters.mayOrThrow(host, 'burn', ofAnother)),
      false,
    )
  })
})
