import { type Change } from './change.ts'
import { type Dependency, narrowest, touches } from './dependency.ts'

interface Held<Holder> {
  readonly holder: Holder
  readonly dependency: Dependency
}

type Holders<Holder> = Set<Held<Holder>>

interface OfTable<Holder> {
  readonly whole: Holders<Holder>
  /** By column, then by value. */
  readonly byColumn: Map<string, Map<string, Holders<Holder>>>
}

/** Who depends on what, so that a change finds them without asking everybody. */
export class DependencyIndex<Holder extends object> {
  readonly #tables = new Map<string, OfTable<Holder>>()
  readonly #places = new Map<Holder, (() => void)[]>()

  add(holder: Holder, dependencies: readonly Dependency[]): void {
    const places = this.#places.get(holder) ?? []
    this.#places.set(holder, places)
    for (const dependency of dependencies) {
      const held = { holder, dependency }
      const { whole, byColumn } = this.#table(dependency.table)
      const scope = narrowest(dependency.scopes)
      if (!scope) {
        whole.add(held)
        places.push(() => whole.delete(held))
        continue
      }
      const values = found(byColumn, scope.column, () => new Map<string, Holders<Holder>>())
      for (const value of scope.values) {
        const holders = found(values, value, () => new Set<Held<Holder>>())
        holders.add(held)
        places.push(() => {
          holders.delete(held)
          if (holders.size === 0) values.delete(value)
        })
      }
    }
  }

  remove(holder: Holder): void {
    for (const leave of this.#places.get(holder) ?? []) leave()
    this.#places.delete(holder)
  }

  clear(): void {
    this.#tables.clear()
    this.#places.clear()
  }

  /** Whom a change concerns. */
  touchedBy(change: Change): ReadonlySet<Holder> {
    const concerned = new Set<Holder>()
    const table = this.#tables.get(change.table)
    if (!table) return concerned
    for (const { holder } of table.whole) concerned.add(holder)
    for (const [column, byValue] of table.byColumn) {
      for (const holders of holdersOf(byValue, change.values?.get(column))) {
        for (const { holder, dependency } of holders) {
          if (!concerned.has(holder) && touches(dependency, change)) concerned.add(holder)
        }
      }
    }
    return concerned
  }

  #table(name: string): OfTable<Holder> {
    return found(this.#tables, name, () => ({ whole: new Set(), byColumn: new Map() }))
  }
}

function* holdersOf<Holder>(
  byValue: ReadonlyMap<string, Holders<Holder>>,
  values: readonly (string | null)[] | undefined,
): Iterable<Holders<Holder>> {
  if (!values) yield* byValue.values()
  for (const value of values ?? []) {
    const holders = value === null ? undefined : byValue.get(value)
    if (holders) yield holders
  }
}

function found<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
