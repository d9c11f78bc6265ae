import { type Scope } from '@showrunner/data'
import { type Change } from './change.ts'
import { type Dependency, narrowest, touches } from './dependency.ts'

interface Held<Holder> {
  readonly holder: Holder
  readonly dependency: Dependency
  /** What it is looked up by. */
  readonly scope: Scope | undefined
}

type Holders<Holder> = Set<Held<Holder>>

interface OfTable<Holder> {
  readonly whole: Holders<Holder>
  /** By column, then by value. Of most values there is one, for which no set is made. */
  readonly byColumn: Map<string, Map<string, Held<Holder> | Holders<Holder>>>
}

/** Who depends on what, so that a change finds them without asking everybody. */
export class DependencyIndex<Holder extends object> {
  readonly #tables = new Map<string, OfTable<Holder>>()
  readonly #held = new Map<Holder, Held<Holder>[]>()

  add(holder: Holder, dependencies: readonly Dependency[]): void {
    const all = found(this.#held, holder, () => [])
    for (const dependency of dependencies) {
      const scope = narrowest(dependency.scopes)
      const held = { holder, dependency, scope }
      all.push(held)
      const { whole, byColumn } = this.#table(dependency.table)
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

  remove(holder: Holder): void {
    for (const held of this.#held.get(holder) ?? []) {
      const { dependency, scope } = held
      const table = this.#tables.get(dependency.table)
      if (!scope) {
        table?.whole.delete(held)
        continue
      }
      const values = table?.byColumn.get(scope.column)
      for (const value of scope.values) {
        const known = values?.get(value)
        if (known instanceof Set) known.delete(held)
        if (known === held || (known instanceof Set && known.size === 0)) values?.delete(value)
      }
    }
    this.#held.delete(holder)
  }

  clear(): void {
    this.#tables.clear()
    this.#held.clear()
  }

  /** Whom a change concerns. */
  touchedBy(change: Change): ReadonlySet<Holder> {
    const concerned = new Set<Holder>()
    const table = this.#tables.get(change.table)
    if (!table) return concerned
    for (const { holder } of table.whole) concerned.add(holder)
    for (const [column, byValue] of table.byColumn) {
      for (const { holder, dependency } of heldBy(byValue, change.values?.get(column))) {
        if (!concerned.has(holder) && touches(dependency, change)) concerned.add(holder)
      }
    }
    return concerned
  }

  #table(name: string): OfTable<Holder> {
    return found(this.#tables, name, () => ({ whole: new Set(), byColumn: new Map() }))
  }
}

function* heldBy<Holder>(
  byValue: ReadonlyMap<string, Held<Holder> | Holders<Holder>>,
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
