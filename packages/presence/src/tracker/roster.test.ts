import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyRoster, heard, left, looked, type Roster } from './roster.ts'
import { nameOf, newVersion, replicaOf, versionOf } from './replica.ts'

const PERIODS = { downMs: 10, goneMs: 30 }

const known = (...replicas: string[]): Roster =>
  replicas.reduce((roster, replica) => heard(roster, replica, 0).roster, emptyRoster())

const words = (turns: readonly { is: string; replica: string }[]) =>
  turns.map(({ is, replica }) => `${replica} ${is}`)

describe('a replica', () => {
  it('has a name, in any letters, and a version', () => {
    const replica = replicaOf('web#1', 'v2')

    assert.deepEqual([nameOf(replica), versionOf(replica)], ['web#1', 'v2'])
  })

  it('has another version each time it starts, and a later one sorts after', () => {
    const [one, two] = [newVersion(1_000, Math.random), newVersion(1_000, Math.random)]

    assert.notEqual(one, two)
    assert.ok(newVersion(1_000, () => 0.999) < newVersion(1_001, () => 0))
    assert.ok(newVersion(999, () => 0) < newVersion(1_800_000_000_000, () => 0))
  })
})

describe('the roster', () => {
  it('takes in who is heard for the first time', () => {
    const { turns, counts, roster } = heard(emptyRoster(), 'a#1', 5)

    assert.deepEqual([words(turns), counts], [['a#1 up'], true])
    assert.deepEqual(words(heard(roster, 'a#1', 6).turns), [])
  })

  it('takes somebody to be down after a silence, once, and up when they are heard', () => {
    const roster = known('a#1')

    assert.deepEqual(words(looked(roster, 10, PERIODS).turns), [])
    const down = looked(roster, 11, PERIODS)
    assert.deepEqual(words(down.turns), ['a#1 down'])
    assert.deepEqual(words(looked(down.roster, 12, PERIODS).turns), [])
    assert.deepEqual(words(heard(down.roster, 'a#1', 13).turns), ['a#1 up'])
  })

  it('gives somebody up after a long silence, down or not', () => {
    const down = looked(known('a#1'), 11, PERIODS).roster

    assert.deepEqual(words(looked(down, 31, PERIODS).turns), ['a#1 gone'])
    assert.deepEqual(words(looked(known('a#1'), 31, PERIODS).turns), ['a#1 down', 'a#1 gone'])
    assert.deepEqual(words(heard(looked(down, 31, PERIODS).roster, 'a#1', 32).turns), ['a#1 up'])
  })

  it('puts a new version in the place of the old one, down or not', () => {
    const roster = known('a#1')
    const down = looked(roster, 11, PERIODS).roster

    assert.deepEqual(words(heard(roster, 'a#2', 1).turns), ['a#1 down', 'a#1 gone', 'a#2 up'])
    assert.deepEqual(words(heard(down, 'a#2', 12).turns), ['a#1 gone', 'a#2 up'])
  })

  it('does not listen to a version that was replaced', () => {
    const { roster } = heard(known('a#1'), 'a#2', 1)

    assert.deepEqual(heard(roster, 'a#1', 2), { roster, turns: [], counts: false })
  })

  it('does not listen to an older version that it had not heard of, unless the newer one is silent', () => {
    const roster = known('a#2')

    assert.deepEqual(heard(roster, 'a#1', 2), { roster, turns: [], counts: false })
    const down = looked(roster, 11, PERIODS).roster
    assert.deepEqual(words(heard(down, 'a#1', 12).turns), ['a#2 gone', 'a#1 up'])
  })

  it('lets go at once of who says goodbye, and does not hear what they said before', () => {
    const { roster, turns } = left(known('a#1', 'b#1'), 'a#1', 1)

    assert.deepEqual(words(turns), ['a#1 down', 'a#1 gone'])
    assert.equal(heard(roster, 'a#1', 2).counts, false)
    assert.deepEqual(words(heard(roster, 'a#2', 2).turns), ['a#2 up'])
    assert.equal(heard(left(emptyRoster(), 'c#1', 1).roster, 'c#1', 2).counts, false)
  })

  it('does not remember for ever who has gone', () => {
    const { roster } = left(known('a#1'), 'a#1', 0)

    assert.equal(looked(roster, 30, PERIODS).roster.retired.size, 1)
    assert.equal(looked(roster, 31, PERIODS).roster.retired.size, 0)
  })
})
