/** What clients were told, all of them together; and of whom the first of them was that joined, and the last. */
export interface Told {
  readonly texts: number
  readonly bytes: number
  readonly first: Presences
  readonly last: Presences
}

interface Presences {
  /** How many it knows in the end. */
  readonly known: number
  /** How many times it was told that somebody is there: in its list, and in diffs. */
  readonly tellings: number
  readonly diffs: number
}

type Metas = Record<string, { readonly metas: readonly unknown[] }>

/** Reads what a client of presences was sent: a `presence_state`, and then `presence_diff`s. */
export function presencesOf(texts: readonly string[]): Presences {
  const known = new Set<string>()
  let tellings = 0
  let diffs = 0
  for (const text of texts) {
    const [, , , event, payload] = JSON.parse(text) as [string, string, string, string, object]
    if (event !== 'presence_state' && event !== 'presence_diff') continue
    if (event === 'presence_diff') diffs += 1
    const joins = event === 'presence_state' ? payload : (payload as { joins: Metas }).joins
    for (const [key, { metas }] of Object.entries(joins as Metas)) {
      known.add(key)
      tellings += metas.length
    }
  }
  return { known: known.size, tellings, diffs }
}
