import { type Repo, sql } from '@showrunner/data'
import { type Pointing, POINTING, pointingName, type Uses } from './pointing.ts'

/** What points to somebody, for who sees every podcast; with how much of it somebody else has, too. */
export async function usesOf(repo: Repo, id: number, otherId = id): Promise<readonly Uses[]> {
  const uses: Uses[] = []
  for (const pointing of POINTING) {
    const { table, column } = pointing
    const [counted] = await repo.run(
      sql<{ rows: number; there: number }>`
        select count(*)::int as rows, count(*) filter (where ${isThere(pointing, otherId)})::int as there
        from ${sql.table(table)} as mine where mine.${sql.ref(column)} = ${id}`,
    )
    const { rows, there } = counted ?? { rows: 0, there: 0 }
    const names = 'names' in pointing
    if (rows > 0) {
      uses.push({ of: pointingName(pointing), rows, there: id === otherId ? 0 : there, names })
    }
  }
  return uses
}

/** In a query of `mine`: whether somebody has a row there can be only one of. */
export function isThere({ table, column, oneFor }: Pointing, id: number) {
  if (!oneFor) return sql<boolean>`false`
  const same = oneFor.map(
    (key) => sql`and theirs.${sql.ref(key)} is not distinct from mine.${sql.ref(key)}`,
  )
  return sql<boolean>`exists (
    select from ${sql.table(table)} as theirs
    where theirs.${sql.ref(column)} = ${id} ${sql.join(same, sql` `)})`
}

/** Of these people, those whom something names. */
export async function namedAmong(repo: Repo, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const asked = POINTING.filter((pointing) => 'names' in pointing).map(
    ({ table, column }) =>
      sql<{ id: number }>`select ${sql.ref(column)}::int as id from ${sql.table(table)}
        where ${sql.ref(column)} = any(${ids}::bigint[])`,
  )
  const named = await repo.run(sql<{ id: number }>`${sql.join(asked, sql` union `)}`)
  return new Set(named.map(({ id }) => id))
}
