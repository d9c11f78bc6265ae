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

/** @throws SyntaxError for what is no notice of ours. */
export function readNotice(payload: string): Notice {
  if (payload.startsWith(BARRIER)) return { kind: 'barrier', id: payload.slice(BARRIER.length) }
  // Only our triggers write to the channel.
  const { table, values } = JSON.parse(payload) as {
    readonly table: string
    readonly values?: Readonly<Record<string, readonly (string | null)[]>>
  }
  return {
    kind: 'change',
    change: { table, values: values && new Map(Object.entries(values)) },
  }
}
