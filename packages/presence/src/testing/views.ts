import { type Entry } from '../tracker/entry.ts'
import { type Part } from '../tracker/part.ts'
import { list, type State } from '../tracker/state.ts'

/** A dot as text. */
export const named = ({ replica, clock }: Entry): string => `${replica}:${clock}`

/** All that a reader can see. */
export function visible(state: State): string[] {
  return state.topics
    .keys()
    .flatMap((topic) => list(state, topic).map(named))
    .sort()
}

export function held(part: Part): string[] {
  return [...part.held.values()].flatMap((own) => own.values().map(named)).sort()
}

/** What tells two pieces of knowledge apart. */
export function knowledge(part: Part) {
  return {
    seen: [...part.seen]
      .filter(([, dots]) => dots.length > 0)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
    held: held(part),
  }
}

/** What tells two states apart, for readers and for those they talk to. */
export function whole(state: State) {
  return { ...knowledge(state), visible: visible(state) }
}
