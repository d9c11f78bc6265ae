import { type Repo, sql } from '@showrunner/data'

/** How many rows of a table point to each of these, by the column that does: for who sees every podcast's. */
export async function countBy(
  repo: Repo,
  table: string,
  column: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map()
  const key = sql.ref(column)
  const counted = await repo.run(
    sql<{ id: number; rows: number }>`select ${key}::int as id, count(*)::int as rows
      from ${sql.table(table)} where ${key} = any(${ids}::bigint[]) group by 1`,
  )
  return new Map(counted.map(({ id, rows }) => [id, rows]))
}
