import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newcomer } from '../testing/histories.ts'
import { held, visible } from '../testing/views.ts'
import { type Diff, type Entry } from './entry.ts'
import { isNothing, mergedParts, type Part } from './part.ts'
import {
  clockOf,
  extract,
  findOwn,
  getByKey,
  getByOwner,
  join,
  leave,
  list,
  merge,
  newState,
  replicaDown,
  replicaGone,
  replicaUp,
  takeDelta,
  update,
  type State,
} from './state.ts'

const KNOWN = ['a#1', 'b#1', 'c#1']
const [newA, newB, newC] = KNOWN.map((replica) => () => newcomer(replica, KNOWN)) as [
  () => State,
  () => State,
  () => State,
]

const joining = (key: string, owner = 'phone', topic = 'lobby') => ({
  topic,
  key,
  owner,
  meta: { from: owner },
})
const withKeys = (state: State, ...keys: string[]) =>
  keys.reduce((rest, key) => join(rest, joining(key)).state, state)
const left = (state: State, key: string) => leave(state, own(state, key)).state

function own(state: State, key: string): Entry {
  const entry = findOwn(state, 'phone', 'lobby', key)
  assert.ok(entry, `${state.replica} does not track ${key}`)
  return entry
}

const all = (state: State): Part => extract(state, clockOf(state))
const keys = (entries: readonly Entry[]) => entries.map(({ key }) => key).sort()
const shown = (state: State) => keys(list(state, 'lobby'))
const changed = ({ joins, leaves }: Diff) => ({ joins: keys(joins), leaves: keys(leaves) })

describe('a state', () => {
  it('begins with nothing', () => {
    const state = newState('a#1')

    assert.deepEqual([list(state, 'lobby'), held(state)], [[], []])
    assert.deepEqual(clockOf(state), new Map([['a#1', 0]]))
    assert.equal(isNothing(state.delta), true)
  })

  it('shows who joined, and no longer who left', () => {
    const state = withKeys(newA(), 'alice', 'bob')
    assert.deepEqual(shown(state), ['alice', 'bob'])
    assert.deepEqual(shown(left(state, 'alice')), ['bob'])
    assert.deepEqual(shown(state), ['alice', 'bob'])
  })

  it('sees the users of other servers, and tells of them once', () => {
    const [a, b] = [withKeys(newA(), 'alice'), withKeys(newB(), 'bob')]

    const merged = merge(a, all(b))
    assert.deepEqual(shown(merged.state), ['alice', 'bob'])
    assert.deepEqual(changed(merged.diff), { joins: ['bob'], leaves: [] })
    assert.deepEqual(changed(merge(merged.state, all(b)).diff), { joins: [], leaves: [] })

    const gone = merge(merged.state, all(left(b, 'bob')))
    assert.deepEqual(changed(gone.diff), { joins: [], leaves: ['bob'] })
    assert.deepEqual(shown(gone.state), ['alice'])
  })

  it('hides the users of a server that is cut off, and shows who is there when it is back', () => {
    const b = withKeys(newB(), 'bob', 'eve')
    const a = merge(withKeys(newA(), 'alice'), all(b)).state

    const down = replicaDown(a, 'b#1')
    assert.deepEqual(changed(down.diff), { joins: [], leaves: ['bob', 'eve'] })
    assert.deepEqual(shown(down.state), ['alice'])
    const meanwhile = withKeys(left(b, 'eve'), 'mia')

    const up = replicaUp(down.state, 'b#1')
    assert.deepEqual(changed(up.diff), { joins: ['bob', 'eve'], leaves: [] })
    const healed = merge(up.state, all(meanwhile))
    assert.deepEqual(changed(healed.diff), { joins: ['mia'], leaves: ['eve'] })
    assert.deepEqual(shown(healed.state), ['alice', 'bob', 'mia'])
  })

  it('hears of joins through another node', () => {
    const a = withKeys(newA(), 'alice')
    const b = merge(withKeys(newB(), 'bob'), all(a)).state

    assert.deepEqual(changed(merge(newC(), all(b)).diff), { joins: ['alice', 'bob'], leaves: [] })
  })

  it('hears of ends through another node', () => {
    const a = withKeys(newA(), 'alice')
    const c = merge(newC(), all(a)).state
    const b = merge(newB(), all(left(a, 'alice'))).state

    assert.deepEqual(changed(merge(c, all(b)).diff), { joins: [], leaves: ['alice'] })
  })

  it('takes in what it is told of a server that is down, and shows it when that is up', () => {
    const b = withKeys(newB(), 'bob')
    const c = replicaDown(merge(newC(), all(b)).state, 'b#1').state
    const a = merge(newA(), all(withKeys(left(b, 'bob'), 'mia'))).state

    const told = merge(c, all(a))
    assert.deepEqual([changed(told.diff), shown(told.state)], [{ joins: [], leaves: [] }, []])
    assert.deepEqual(changed(replicaUp(told.state, 'b#1').diff), { joins: ['mia'], leaves: [] })
  })

  it('forgets a server that is gone, and takes in nothing of it from others', () => {
    const b = withKeys(newB(), 'bob')
    const a = merge(withKeys(newA(), 'alice'), all(b)).state
    const c = merge(newC(), all(b)).state

    const gone = replicaGone(replicaDown(a, 'b#1').state, 'b#1').state
    assert.deepEqual([shown(gone), held(gone)], [['alice'], ['a#1:1']])
    assert.deepEqual(changed(merge(gone, all(c)).diff), { joins: [], leaves: [] })

    const back = merge(replicaUp(gone, 'b#1').state, all(c))
    assert.deepEqual(changed(back.diff), { joins: ['bob'], leaves: [] })
  })

  it('forgets a server that had not been down, telling that its users left', () => {
    const a = merge(newA(), all(withKeys(newB(), 'bob'))).state

    assert.deepEqual(changed(replicaGone(a, 'b#1').diff), { joins: [], leaves: ['bob'] })
  })

  it('finds what an owner tracks, its own and nobody else’s', () => {
    const b = withKeys(newB(), 'bob')
    const a = merge(withKeys(newA(), 'alice', 'bob'), all(b)).state

    assert.deepEqual(keys(getByOwner(a, 'phone')), ['alice', 'bob'])
    assert.deepEqual(getByOwner(a, 'nobody'), [])
    assert.deepEqual(getByOwner(left(left(a, 'alice'), 'bob'), 'phone'), [])
  })

  it('finds a key in a topic, on every device, without servers that are down', () => {
    const b = withKeys(newB(), 'alice')
    const twice = join(withKeys(newA(), 'alice'), joining('alice', 'laptop')).state
    const a = merge(join(twice, joining('alice', 'phone', 'kitchen')).state, all(b)).state
    const who = (state: State) =>
      getByKey(state, 'lobby', 'alice')
        .map(({ replica, owner }) => `${replica} ${owner}`)
        .sort()

    assert.deepEqual(who(a), ['a#1 laptop', 'a#1 phone', 'b#1 phone'])
    assert.deepEqual(who(replicaDown(a, 'b#1').state), ['a#1 laptop', 'a#1 phone'])
    assert.deepEqual(getByKey(a, 'lobby', 'nobody'), [])
    assert.deepEqual(getByKey(a, 'nowhere', 'alice'), [])
  })

  it('P12: changes a meta in one step, which is a join and a leave', () => {
    const before = withKeys(newA(), 'alice')
    const { state, diff } = update(before, own(before, 'alice'), { from: 'train' })

    assert.deepEqual(changed(diff), { joins: ['alice'], leaves: ['alice'] })
    assert.deepEqual(
      list(state, 'lobby').map(({ meta }) => meta),
      [{ from: 'train' }],
    )
    const other = merge(merge(newB(), all(before)).state, all(state))
    assert.deepEqual(changed(other.diff), { joins: ['alice'], leaves: ['alice'] })
    assert.deepEqual(
      list(other.state, 'lobby').map(({ meta }) => meta),
      [{ from: 'train' }],
    )
  })
})

describe('a delta', () => {
  it('is what happened since the last one', () => {
    const [first, a] = takeDelta(withKeys(newA(), 'alice'))
    const [second, rest] = takeDelta(withKeys(left(a, 'alice'), 'bob'))

    assert.deepEqual([held(first), held(second)], [['a#1:1'], ['a#1:3']])
    assert.equal(isNothing(takeDelta(rest)[0]), true)
    const b = merge(newB(), first).state
    assert.deepEqual(changed(merge(b, second).diff), { joins: ['bob'], leaves: ['alice'] })
  })

  it('is of use also when one before it is missing', () => {
    const [first, a] = takeDelta(withKeys(newA(), 'alice'))
    const [, missed] = takeDelta(withKeys(a, 'bob'))
    const [third] = takeDelta(withKeys(missed, 'carol'))

    const b = merge(merge(newB(), third).state, first).state
    assert.deepEqual(shown(b), ['alice', 'carol'])
    // It knows that there is a gap: whoever knows more is asked.
    assert.equal(clockOf(b).get('a#1'), 1)
    assert.deepEqual(shown(merge(b, all(missed)).state), ['alice', 'bob', 'carol'])
  })

  it('holds nothing of who came and went, and still tells that there was something', () => {
    const [delta] = takeDelta(left(withKeys(newA(), 'alice'), 'alice'))

    assert.deepEqual([held(delta), delta.seen.get('a#1')], [[], [1, 2]])
  })

  it('can be put together with others, and what ended stays ended, whatever comes first', () => {
    const [first, a] = takeDelta(withKeys(newA(), 'alice', 'bob'))
    const [second] = takeDelta(left(a, 'alice'))

    for (const both of [mergedParts(first, second), mergedParts(second, first)]) {
      assert.deepEqual(held(both), ['a#1:2'])
      assert.deepEqual(visible(merge(newB(), both).state), ['a#1:2'])
    }
    const late = merge(merge(newB(), second).state, first).state
    assert.deepEqual(shown(late), ['bob'])
  })

  it('does not make up for an update that was missed, by telling only that what it made has ended', () => {
    const [first, a] = takeDelta(withKeys(newA(), 'alice'))
    const [, updated] = takeDelta(update(a, own(a, 'alice'), { from: 'train' }).state)
    const [third] = takeDelta(left(updated, 'alice'))

    const b = merge(merge(newB(), first).state, third).state
    // As long as alice is shown, there has to be a gap that somebody notices.
    assert.deepEqual([shown(b), clockOf(b).get('a#1')], [['alice'], 1])
  })

  it('of a whole holds only what is of use to who asks', () => {
    const a = merge(withKeys(newA(), 'alice'), all(withKeys(newB(), 'bob'))).state

    assert.deepEqual(held(extract(a, new Map([['b#1', 0]]))), ['b#1:1'])
    assert.deepEqual([...extract(a, new Map([['b#1', 0]])).seen.keys()], ['b#1'])
  })
})

describe('phoenix_pubsub #148: an old value from a third node after a new one with a gap before it', () => {
  const [, before] = takeDelta(withKeys(newA(), 'alice'))
  const stale = merge(newB(), all(before)).state
  const [, gone] = takeDelta(left(before, 'alice'))
  const [newest, now] = takeDelta(withKeys(gone, 'alice'))

  it('does not replace what is newer, and the newer one stays', () => {
    let c = merge(newC(), newest).state
    assert.deepEqual(visible(c), ['a#1:3'])
    const told = merge(c, all(stale))
    assert.deepEqual(
      [changed(told.diff), visible(told.state)],
      [{ joins: [], leaves: [] }, ['a#1:3']],
    )
    c = merge(told.state, all(now)).state
    assert.deepEqual([visible(c), held(c)], [['a#1:3'], ['a#1:3']])
  })

  it('is replaced when the newer one comes after it', () => {
    const { state, diff } = merge(merge(newC(), all(stale)).state, newest)

    assert.deepEqual(
      [visible(state), changed(diff)],
      [['a#1:3'], { joins: ['alice'], leaves: ['alice'] }],
    )
    assert.deepEqual(held(merge(state, all(now)).state), ['a#1:3'])
  })
})
