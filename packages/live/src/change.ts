/** What a statement changed in one table, as the triggers tell it. */
export interface Change {
  readonly table: string
  /** By column, what stood there in the rows before and after. Any value, of a column that is not here; any row, without. */
  readonly values: ReadonlyMap<string, readonly (string | null)[]> | undefined
}

/** What a notice on the channel says: a change, or that everything before it has been heard. */
export type Notice =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'barrier'; readonly id: string }

const BARRIER = 'barrier '

export function barrierNotice(id: string): string {
  return BARRIER + id
}

/** Undefined for what is no notice of ours: whoever is let to the database may send one by hand. */
export function readNotice(payload: string): Notice | undefined {
  if (payload.startsWith(BARRIER)) return { kind: 'barrier', id: payload.slice(BARRIER.length) }
  const told = parsed(payload)
  if (typeof told?.table !== 'string') return undefined
  const { table, values } = told
  return {
    kind: 'change',
    change: { table, values: values && new Map(Object.entries(values)) },
  }
}

interface Told {
  readonly table: string
  readonly values?: Readonly<Record<string, readonly (string | null)[]>>
}

// What is an object with a table our triggers wrote.
function parsed(payload: string): Partial<Told> | null {
  try {
    return JSON.parse(payload) as Partial<Told> | null
  } catch {
    return null
  }
}
