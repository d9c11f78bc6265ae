import { type Change } from './change.ts'
import { type Dependency, narrowest, touches } from './dependency.ts'

interface Held<Holder> {
  /** Undefined once it is gone. */
  holder: Holder | undefined
  readonly dependencies: readonly Dependency[]
  isIndexed: boolean
}

interface OfTable<Holder> {
  readonly whole: Set<Held<Holder>>
  /** By column, then by value. */
  readonly byColumn: Map<string, Map<string, Together<Holder>>>
}

/** Of most values there is one, for which no set is made. */
type Together<Holder> = Held<Holder> | Set<Held<Holder>>

/** So many come, or go, before the tables hear of it: what is looked up for one is at hand for the others. */
const AT_ONCE = 64

/** Who depends on what, so that a change finds them without asking everybody. */
export class DependencyIndex<Holder extends object> {
  readonly #tables = new Map<string, OfTable<Holder>>()
  readonly #held = new Map<Holder, Held<Holder>>()
  #come: Held<Holder>[] = []
  #gone: Held<Holder>[] = []

  /** Of a holder that is not there. */
  add(holder: Holder, dependencies: readonly Dependency[]): void {
    const held = { holder, dependencies, isIndexed: false }
    this.#held.set(holder, held)
    if (this.#come.push(held) === AT_ONCE) this.#settle()
  }

  remove(holder: Holder): void {
    const held = this.#held.get(holder)
    if (!held) return
    this.#held.delete(holder)
    // A page that is no more is not kept in memory until then.
    held.holder = undefined
    if (held.isIndexed && this.#gone.push(held) === AT_ONCE) this.#settle()
  }

  clear(): void {
    this.#tables.clear()
    this.#held.clear()
    this.#come = []
    this.#gone = []
  }

  /** Whom a change concerns. */
  touchedBy(change: Change): ReadonlySet<Holder> {
    this.#settle()
    const concerned = new Set<Holder>()
    const table = this.#tables.get(change.table)
    if (!table) return concerned
    for (const { holder } of table.whole) if (holder) concerned.add(holder)
    for (const [column, byValue] of table.byColumn) {
      for (const { holder, dependencies } of heldBy(byValue, change.values?.get(column))) {
        if (!holder || concerned.has(holder)) continue
        if (dependencies.some((one) => touches(one, change))) concerned.add(holder)
      }
    }
    return concerned
  }

  #settle(): void {
    for (const held of this.#gone) this.#takeOut(held)
    for (const held of this.#come) if (held.holder) this.#putIn(held)
    this.#gone = []
    this.#come = []
  }

  #putIn(held: Held<Holder>): void {
    held.isIndexed = true
    for (const { table, scopes } of held.dependencies) {
      const { whole, byColumn } = found(this.#tables, table, emptyTable<Holder>)
      const scope = narrowest(scopes)
      if (!scope) {
        whole.add(held)
        continue
      }
      const values = found(byColumn, scope.column, () => new Map())
      for (const value of scope.values) {
        const known = values.get(value)
        if (!known) values.set(value, held)
        else if (known instanceof Set) known.add(held)
        else if (known !== held) values.set(value, new Set([known, held]))
      }
    }
  }

  #takeOut(held: Held<Holder>): void {
    for (const { table, scopes } of held.dependencies) {
      const ofTable = this.#tables.get(table)
      const scope = narrowest(scopes)
      if (!scope) {
        ofTable?.whole.delete(held)
        continue
      }
      const values = ofTable?.byColumn.get(scope.column)
      for (const value of scope.values) {
        const known = values?.get(value)
        if (known instanceof Set) known.delete(held)
        if (known === held || (known instanceof Set && known.size === 0)) values?.delete(value)
      }
    }
  }
}

function emptyTable<Holder>(): OfTable<Holder> {
  return { whole: new Set(), byColumn: new Map() }
}

function* heldBy<Holder>(
  byValue: ReadonlyMap<string, Together<Holder>>,
  values: readonly (string | null)[] | undefined,
): Iterable<Held<Holder>> {
  const all = values
    ? values.map((value) => (value === null ? undefined : byValue.get(value)))
    : byValue.values()
  for (const held of all) {
    if (held instanceof Set) yield* held
    else if (held) yield held
  }
}

function found<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
