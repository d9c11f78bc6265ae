import { type Repo } from '@showrunner/data'
import { countBy } from './count-by.ts'
import { type Paged } from './paged.ts'

/** A row, and how many others use it. */
export type InUse<R> = R & { readonly uses: number }

/** The same page, with how many rows of a table point to each of its rows, by the column that does. */
export async function withUses<R extends { readonly id: number }>(
  repo: Repo,
  { rows, ...rest }: Paged<R>,
  table: string,
  column: string,
): Promise<Paged<InUse<R>>> {
  const ids = rows.map(({ id }) => id)
  const uses = await countBy(repo, table, column, ids)
  return { ...rest, rows: rows.map((row) => ({ ...row, uses: uses.get(row.id) ?? 0 })) }
}
