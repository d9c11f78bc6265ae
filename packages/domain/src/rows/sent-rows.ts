import { type Params } from '@showrunner/data'

/** What a form sends of one row. */
export type SentRow = Readonly<Record<string, unknown>>

type Sent = Readonly<Record<string, unknown>>

/** What was sent by these names, and nothing else of it. */
export function only(params: Params, names: readonly string[]): Params {
  return isRecord(params)
    ? Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)))
    : params
}

/** The rows a form sends of an association; undefined where it sends none of it, which changes nothing. */
export function sentRows(params: Params, association: string): readonly SentRow[] | undefined {
  const sent = isRecord(params) ? params[association] : undefined
  if (Array.isArray(sent)) return sent.filter(isRecord)
  return isRecord(sent) ? Object.values(sent).filter(isRecord) : undefined
}

/** The same params with something done to the rows of an association. */
export function changeRows(
  params: Params,
  association: string,
  change: (rows: readonly SentRow[]) => readonly SentRow[],
): Params {
  const rows = sentRows(params, association)
  return rows && isRecord(params) ? { ...params, [association]: change(rows) } : params
}

/**
 * The same params with every row there is: one that a form does not send, as somebody else has made it since, stays. A row
 * goes when the form says so.
 */
export function withRowsThere(
  params: Params,
  association: string,
  there: readonly { readonly id: number }[],
): Params {
  return changeRows(params, association, (rows) => {
    const sent = new Set(rows.map(({ id }) => String(id)))
    return [...rows, ...there.filter(({ id }) => !sent.has(String(id)))]
  })
}

function isRecord(value: unknown): value is Sent {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
