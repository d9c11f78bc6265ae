import * as fc from 'fast-check'
import {
  findOwn,
  join,
  leave,
  merge,
  newState,
  replicaUp,
  takeDelta,
  update,
  type State,
} from '../tracker/state.ts'
import { clockOf, extract } from '../tracker/state.ts'
import { isNothing, type Part } from '../tracker/part.ts'

export const REPLICAS = ['a#1', 'b#1', 'c#1'] as const
// Few of each: what matters happens when they meet.
const TOPICS = ['red', 'blue']
const OWNERS = ['phone', 'laptop']

type Step =
  // Comes or goes, or comes or changes; and tells the others at once, or with what comes next.
  | {
      readonly do: 'toggle' | 'update'
      readonly who: number
      readonly what: number
      readonly told: boolean
    }
  | { readonly do: 'tell' | 'extract'; readonly who: number }
  | { readonly do: 'merge'; readonly who: number; readonly part: number }

const who = fc.nat({ max: REPLICAS.length - 1 })

/** What three replicas do, each for itself, and which of what they say they hear of each other. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('toggle', 'update'),
        who,
        what: fc.nat({ max: 3 }),
        told: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('tell', 'extract'), who }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('merge' as const), who, part: fc.nat({ max: 30 }) }),
    },
  ),
  { minLength: 5, maxLength: 50, size: 'max' },
)

export interface History {
  readonly states: readonly State[]
  /** Everything anybody said: deltas and whole states, some of them old. */
  readonly parts: readonly Part[]
}

export function newcomer(replica: string, known: readonly string[] = REPLICAS): State {
  return known
    .filter((other) => other !== replica)
    .reduce((state, other) => replicaUp(state, other).state, newState(replica))
}

export function play(
  done: readonly Step[],
  seen: (before: State, after: State) => void = () => {},
): History {
  const states: State[] = REPLICAS.map((replica) => newcomer(replica))
  const parts: Part[] = []
  for (const step of done) {
    const before = states[step.who] as State
    const after = taken(before, step, parts)
    states[step.who] = after
    seen(before, after)
  }
  return { states, parts }
}

function taken(state: State, step: Step, parts: Part[]): State {
  if (step.do === 'merge') {
    const part = parts[step.part % Math.max(parts.length, 1)]
    return part ? merge(state, part).state : state
  }
  if (step.do === 'extract') {
    parts.push(extract(state, clockOf(state)))
    return state
  }
  if (!('what' in step)) {
    const [delta, rest] = takeDelta(state)
    if (!isNothing(delta)) parts.push(delta)
    return rest
  }
  const after = operated(state, step.do, step.what)
  return step.told ? taken(after, { do: 'tell', who: step.who }, parts) : after
}

function operated(state: State, operation: 'toggle' | 'update', what: number): State {
  const topic = TOPICS[what & 1] ?? ''
  const owner = OWNERS[what >> 1] ?? ''
  const key = 'alice'
  const entry = findOwn(state, owner, topic, key)
  const meta = { phx_ref: `${state.replica}.${state.seen.get(state.replica)?.at(-1) ?? 0}` }
  if (!entry) return join(state, { owner, topic, key, meta }).state
  return operation === 'update' ? update(state, entry, meta).state : leave(state, entry).state
}
