/** What a row is called in the content, to its id. */
export type Ids = ReadonlyMap<string, number>

export interface Named {
  readonly people: Ids
  readonly topics: Ids
  readonly sponsors: Ids
}

export function idOf(ids: Ids, name: string): number {
  const id = ids.get(name)
  if (id === undefined)
    throw new Error(`the demo names "${name}", but has only: ${[...ids.keys()].join(', ')}`)
  return id
}
