import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { newcomer, play, REPLICAS, steps } from '../testing/histories.ts'
import { runs } from '../testing/env.ts'
import { held, knowledge, named, visible, whole } from '../testing/views.ts'
import {
  clockOf,
  extract,
  list,
  merge,
  replicaDown,
  replicaGone,
  replicaUp,
  type State,
} from './state.ts'
import { countDots, hasDot } from './dots.ts'
import { mergedParts, type Part } from './part.ts'
import { fitting, pushed, type Generations } from './generations.ts'

// The laws of the document, over what three replicas may have done and heard. The numbers are its own (§4.8). How many
// histories are tried can be raised: TRACKER_RUNS=100000 npm test packages/presence.
const RUNS = runs(2_500)

const observer = () => newcomer('d#1')
const after = (state: State, parts: readonly Part[]) =>
  parts.reduce<State>((before, part) => merge(before, part).state, state)

const picks = fc.array(fc.nat(), { maxLength: 20, size: 'max' })
const picked = (parts: readonly Part[], numbers: readonly number[]): Part[] =>
  numbers.flatMap((number) => parts[number % Math.max(parts.length, 1)] ?? [])

describe('the laws of merging', () => {
  it('P1, P3: any order of what was said, with repetitions, gives the same', () => {
    fc.assert(
      fc.property(steps, picks, fc.infiniteStream(fc.nat()), (done, numbers, order) => {
        const { parts } = play(done)
        const some = picked(parts, numbers)
        const shuffled = [...some, ...some.slice(0, 3)]
          .map((part) => ({ part, place: order.next().value }))
          .sort((one, other) => one.place - other.place)
          .map(({ part }) => part)

        assert.deepEqual(whole(after(observer(), shuffled)), whole(after(observer(), some)))
      }),
      RUNS,
    )
  })

  it('P2: it does not matter what is put together first', () => {
    fc.assert(
      fc.property(steps, picks, (done, numbers) => {
        const [one, two, three] = picked(play(done).parts, numbers)
        if (!one || !two || !three) return

        assert.deepEqual(
          knowledge(mergedParts(mergedParts(one, two), three)),
          knowledge(mergedParts(one, mergedParts(two, three))),
        )
        assert.deepEqual(
          whole(after(observer(), [mergedParts(one, two)])),
          whole(after(observer(), [one, two])),
        )
      }),
      RUNS,
    )
  })

  it('P3: what is heard again changes nothing and is no news', () => {
    fc.assert(
      fc.property(steps, picks, (done, numbers) => {
        const some = picked(play(done).parts, numbers)
        const state = after(observer(), some)
        for (const part of some) {
          const again = merge(state, part)
          assert.deepEqual(again.diff, { joins: [], leaves: [] })
          assert.deepEqual(whole(again.state), whole(state))
        }
      }),
      RUNS,
    )
  })

  it('P4: when all have told each other all, all see what the owners hold', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (done, backwards) => {
        const { states } = play(done)
        const wholes = states.map((state) => extract(state, clockOf(state)))
        if (backwards) wholes.reverse()

        const expected = states
          .flatMap((state) =>
            list(state, 'red')
              .concat(list(state, 'blue'))
              .filter(({ replica }) => replica === state.replica),
          )
          .map(named)
          .sort()
        for (const state of [...states, observer()]) {
          const synced = after(state, wholes)
          assert.deepEqual(visible(synced), expected)
          assert.deepEqual(held(synced), expected)
        }
      }),
      RUNS,
    )
  })

  it('P5, P8: what was seen stays seen, and what was undone does not come back', () => {
    fc.assert(
      fc.property(steps, (done) => {
        play(done, (before, now) => {
          for (const [replica, dots] of before.seen) {
            for (const clock of [dots[0], dots.at(-1)]) {
              if (clock !== undefined) assert.ok(hasDot(now.seen.get(replica) ?? [], clock))
            }
            assert.ok(countDots(now.seen.get(replica) ?? []) >= countDots(dots))
            now.held.get(replica)?.forEach((entry) => {
              const undone =
                hasDot(dots, entry.clock) && !before.held.get(replica)?.get(entry.clock)
              assert.ok(!undone, `${named(entry)} came back`)
            })
          }
        })
      }),
      RUNS,
    )
  })

  it('P6: what is held goes only when its owner undid it', () => {
    fc.assert(
      fc.property(steps, (done) => {
        const { states } = play(done)
        const truth = new Map(states.map((state) => [state.replica, state]))
        for (const state of states) {
          for (const [replica, dots] of state.seen) {
            truth
              .get(replica)
              ?.held.get(replica)
              ?.forEach((entry) => {
                if (hasDot(dots, entry.clock))
                  assert.ok(state.held.get(replica)?.get(entry.clock), named(entry))
              })
          }
        }
      }),
      RUNS,
    )
  })

  it('P7: nothing that others say touches what a replica holds itself', () => {
    fc.assert(
      fc.property(steps, picks, fc.nat({ max: 2 }), (done, numbers, who) => {
        const { states, parts } = play(done)
        const state = states[who] as State
        const slander: Part = { seen: new Map([[state.replica, [1, 1_000]]]), held: new Map() }
        const heard = after(state, [...picked(parts, numbers), slander])

        assert.deepEqual(
          heard.held.get(state.replica)?.keys(),
          state.held.get(state.replica)?.keys(),
        )
        assert.deepEqual(heard.seen.get(state.replica), state.seen.get(state.replica))
      }),
      RUNS,
    )
  })

  it('P10, P17: what was missed, by the smallest generation, is worth the whole', () => {
    fc.assert(
      fc.property(steps, picks, fc.nat({ max: 2 }), (done, numbers, who) => {
        const { states, parts } = play(done)
        const state = states[who] as State
        const heardParts = parts.filter((part) => part.seen.size === 1)
        const generations = heardParts.reduce<Generations>(
          (all, part) => pushed(all, part, [4, 8, 30]),
          [],
        )
        const asking = after(observer(), picked(parts, numbers))
        const full = extract(state, clockOf(asking))
        const answer = fitting(generations, full, state.delta, clockOf(asking))
        if (!answer) return

        // What the generations hold beyond this state is true as well.
        const truth = after(after(asking, [full]), [answer])
        assert.deepEqual(whole(after(asking, [answer])).visible, whole(truth).visible)
      }),
      RUNS,
    )
  })

  it('P11: what was said to join and to leave adds up to what is seen, in each topic', () => {
    fc.assert(
      fc.property(steps, picks, fc.array(fc.nat({ max: 8 })), (done, numbers, turns) => {
        const { parts } = play(done)
        const counted = new Map<string, number>()
        let state = observer()
        const changes = picked(parts, numbers).map((part) => (now: State) => merge(now, part))
        const kinds = [replicaDown, replicaUp, replicaGone]
        for (const turn of turns) {
          const [kind, replica] = [kinds[turn % 3], REPLICAS[Math.floor(turn / 3)]]
          if (kind && replica)
            changes.splice(turn % (changes.length + 1), 0, (now) => kind(now, replica))
        }

        for (const change of changes) {
          const { state: next, diff } = change(state)
          for (const entry of diff.joins)
            counted.set(named(entry), (counted.get(named(entry)) ?? 0) + 1)
          for (const entry of diff.leaves)
            counted.set(named(entry), (counted.get(named(entry)) ?? 0) - 1)
          state = next
          const there = [...counted].filter(([, count]) => count !== 0)
          assert.ok(there.every(([, count]) => count === 1))
          assert.deepEqual(there.map(([name]) => name).sort(), visible(state))
        }
      }),
      RUNS,
    )
  })

  it('P13: down and up again shows the same as before', () => {
    fc.assert(
      fc.property(steps, picks, fc.nat({ max: 2 }), (done, numbers, who) => {
        const state = after(observer(), picked(play(done).parts, numbers))
        const replica = REPLICAS[who] as string

        const down = replicaDown(state, replica)
        const up = replicaUp(down.state, replica)

        assert.ok(visible(down.state).every((name) => !name.startsWith(replica)))
        assert.deepEqual(down.diff.leaves.map(named).sort(), up.diff.joins.map(named).sort())
        assert.deepEqual(whole(up.state), whole(state))
      }),
      RUNS,
    )
  })

  it('shows of an owner, for a key, only what it did last', () => {
    fc.assert(
      fc.property(steps, picks, (done, numbers) => {
        const state = after(observer(), picked(play(done).parts, numbers))
        for (const topic of ['red', 'blue']) {
          const shown = list(state, topic)
          const identities = shown.map(({ replica, owner, key }) => [replica, owner, key].join())
          assert.equal(new Set(identities).size, identities.length)
        }
      }),
      RUNS,
    )
  })
})
