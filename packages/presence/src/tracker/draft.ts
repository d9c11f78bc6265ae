import { sameIdentity, type Entry } from './entry.ts'
import { NO_HELD, type Held } from './part.ts'
import { PersistentMap } from './persistent-map.ts'
import { type Replica } from './replica.ts'
import { type Changed, type State, type Topic } from './state.ts'

/** A state that is being changed, by one who has not shown it to anybody. */
export interface Draft {
  add(entry: Entry): void
  remove(entry: Entry): void
  done(rest: Partial<State>): Changed
}

export function draftOf(state: State): Draft {
  return new Drafting(state)
}

class Drafting implements Draft {
  readonly #state: State
  readonly #edit = {}
  readonly #held: Map<Replica, Held>
  #topics: State['topics']
  #owners: State['owners']
  #shadowed: Set<Entry>
  readonly #joins: Entry[] = []
  readonly #leaves: Entry[] = []

  constructor(state: State) {
    this.#state = state
    this.#held = new Map(state.held)
    this.#topics = state.topics
    this.#owners = state.owners
    this.#shadowed = new Set(state.shadowed)
  }

  add(entry: Entry): void {
    this.#hold(entry.replica, (held) => held.set(entry.clock, entry, this.#edit))
    const rival = this.#shown(entry).find((other) => sameIdentity(other, entry))
    if (rival && rival.clock > entry.clock) {
      this.#shadowed.add(entry)
      return
    }
    if (rival) {
      this.#hide(rival)
      this.#shadowed.add(rival)
    }
    this.#show(entry)
  }

  remove(entry: Entry): void {
    const own = this.#held.get(entry.replica)?.get(entry.clock)
    if (!own) return
    this.#hold(entry.replica, (held) => held.delete(entry.clock, this.#edit))
    if (this.#shadowed.delete(own)) return
    this.#hide(own)
    const [next] = [...this.#shadowed]
      .filter((other) => sameIdentity(other, own))
      .sort((one, other) => other.clock - one.clock)
    if (!next) return
    this.#shadowed.delete(next)
    this.#show(next)
  }

  done(rest: Partial<State>): Changed {
    const shadowed = this.#shadowed.size === 0 ? [] : [...this.#shadowed]
    const held = this.#held
    return {
      state: {
        ...this.#state,
        held,
        topics: this.#topics,
        owners: this.#owners,
        shadowed,
        ...rest,
      },
      diff: { joins: this.#joins, leaves: this.#leaves },
    }
  }

  #shown({ topic, key }: Entry): readonly Entry[] {
    return this.#topics.get(topic)?.get(key) ?? []
  }

  #show(entry: Entry): void {
    this.#place(entry, [...this.#shown(entry), entry])
    this.#own(entry, (held) => held.set(entry.clock, entry, this.#edit))
    if (!this.#state.down.has(entry.replica)) this.#joins.push(entry)
  }

  #hide(entry: Entry): void {
    this.#place(
      entry,
      this.#shown(entry).filter((other) => other !== entry),
    )
    this.#own(entry, (held) => held.delete(entry.clock, this.#edit))
    if (!this.#state.down.has(entry.replica)) this.#leaves.push(entry)
  }

  #place({ topic, key }: Entry, entries: readonly Entry[]): void {
    const keys: Topic = this.#topics.get(topic) ?? PersistentMap.empty()
    const changed =
      entries.length === 0 ? keys.delete(key, this.#edit) : keys.set(key, entries, this.#edit)
    this.#topics =
      changed.size === 0
        ? this.#topics.delete(topic, this.#edit)
        : this.#topics.set(topic, changed, this.#edit)
  }

  #own({ replica, owner }: Entry, change: (held: Held) => Held): void {
    if (replica !== this.#state.replica) return
    const held = change(this.#owners.get(owner) ?? NO_HELD)
    this.#owners =
      held.size === 0
        ? this.#owners.delete(owner, this.#edit)
        : this.#owners.set(owner, held, this.#edit)
  }

  #hold(replica: Replica, change: (held: Held) => Held): void {
    this.#held.set(replica, change(this.#held.get(replica) ?? NO_HELD))
  }
}
