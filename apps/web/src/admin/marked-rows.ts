import { z } from 'zod'
import { localPath } from '../local-path.ts'
import { parse } from '../parse.ts'
import { RowId } from '../row-id.ts'

/** More than a list has on a page. */
const MOST = 200

const Sent = z.object({
  ids: z.record(z.string(), RowId).default({}),
  back: z.string().max(2_000).optional(),
})

/** The rows that were marked in a list, as its form sends them: `ids[5]=5`, and where the list was. */
export interface MarkedRows {
  readonly ids: readonly number[]
  /** The list as it was seen, or at least its first page. */
  readonly back: string
}

export function markedRows(body: unknown, listAddress: string): MarkedRows {
  const { ids, back } = parse(Sent, body ?? {})
  const path = localPath(back)
  const isList = path === listAddress || path?.startsWith(`${listAddress}?`) === true
  return {
    ids: [...new Set(Object.values(ids))].slice(0, MOST),
    back: isList ? path : listAddress,
  }
}
