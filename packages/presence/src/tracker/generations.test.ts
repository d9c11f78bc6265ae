import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newcomer } from '../testing/histories.ts'
import { held } from '../testing/views.ts'
import { fitting, pushed, type Generations } from './generations.ts'
import { isNothing, NOTHING, type Part } from './part.ts'
import {
  clockOf,
  findOwn,
  join,
  leave,
  merge,
  replicaGone,
  takeDelta,
  type State,
} from './state.ts'

const SIZES = [2, 5, 6]
const KNOWN = ['a#1', 'b#1']

function joined(state: State, key: string): readonly [Part, State] {
  return takeDelta(join(state, { topic: 'red', owner: 'phone', key, meta: {} }).state)
}

function grown(count: number) {
  let state = newcomer('a#1', KNOWN)
  let generations: Generations = []
  for (let number = 1; number <= count; number++) {
    const [delta, next] = joined(state, `key${number}`)
    generations = pushed(generations, delta, SIZES)
    state = next
  }
  return { state, generations }
}

const clocks = (generations: Generations) =>
  generations.map((part) =>
    held(part)
      .map((name) => Number(name.split(':')[1]))
      .sort((one, other) => one - other),
  )

describe('generations', () => {
  it('gather what happened, each up to its size, and start again with what the one before holds', () => {
    // An entry and its range: one change has the size 2, two in a row 3.
    assert.deepEqual(clocks(grown(1).generations), [[1], [1], [1]])
    assert.deepEqual(clocks(grown(2).generations), [[2], [1, 2], [1, 2]])
    assert.deepEqual(clocks(grown(4).generations), [[4], [1, 2, 3, 4], [1, 2, 3, 4]])
    assert.deepEqual(clocks(grown(5).generations), [[5], [5], [1, 2, 3, 4, 5]])
    assert.deepEqual(clocks(grown(6).generations), [[6], [5, 6], [5, 6]])
  })

  it('give the smallest with which somebody knows all', () => {
    const { state, generations } = grown(5)
    const from = (clock: number) => {
      const part = fitting(generations, state, NOTHING, new Map([['a#1', clock]]))
      return part && held(part).length
    }

    assert.deepEqual([5, 4, 3, 0].map(from), [1, 1, 5, 5])
  })

  it('give nothing that would not do, so that the whole is sent', () => {
    const { state, generations } = grown(9)

    assert.equal(fitting(generations, state, NOTHING, new Map([['a#1', 0]])), undefined)
    assert.equal(fitting([], state, NOTHING, new Map([['a#1', 8]])), undefined)
  })

  it('do not do where there is a gap', () => {
    const { state, generations } = grown(1)
    const [, missed] = joined(state, 'missed')
    const [delta, last] = joined(missed, 'last')
    const gapped = pushed(generations, delta, SIZES)

    assert.equal(fitting(gapped, last, NOTHING, new Map([['a#1', 0]])), undefined)
    assert.ok(fitting(gapped, last, NOTHING, new Map([['a#1', 2]])))
  })

  it('count in what has not been told yet', () => {
    const { state, generations } = grown(1)
    const { state: pending } = join(state, { topic: 'red', owner: 'phone', key: 'new', meta: {} })

    assert.equal(fitting(generations, pending, NOTHING, new Map([['a#1', 0]])), undefined)
    const part = fitting(generations, pending, pending.delta, new Map([['a#1', 0]]))
    assert.deepEqual(part && held(part), ['a#1:1', 'a#1:2'])
  })

  it('bring what has ended too', () => {
    const { state, generations } = grown(1)
    const entry = findOwn(state, 'phone', 'red', 'key1')
    assert.ok(entry)
    const [ended, after] = takeDelta(leave(state, entry).state)
    const part = fitting(pushed(generations, ended, SIZES), after, NOTHING, new Map([['a#1', 1]]))
    assert.ok(part)

    const other = merge(newcomer('b#1', KNOWN), grown(1).generations[0] ?? NOTHING).state
    assert.deepEqual(held(other), ['a#1:1'])
    assert.deepEqual(held(merge(other, part).state), [])
  })

  it('are of no use to who does not know the replica any more', () => {
    const { generations } = grown(1)
    const { state } = replicaGone(newcomer('b#1', KNOWN), 'a#1')

    assert.equal(clockOf(state).has('a#1'), false)
    assert.deepEqual(held(merge(state, generations[0] ?? NOTHING).state), [])
  })

  it('keep nothing of nothing', () => {
    assert.equal(isNothing(takeDelta(newcomer('a#1'))[0]), true)
  })
})
