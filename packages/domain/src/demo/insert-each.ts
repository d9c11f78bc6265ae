import { type AnySchema, type Changeset, type Repo, type Row } from '@showrunner/data'

/** Stores a list in its order; the place in it is what `position` is made from. */
export async function insertEach<Item, S extends AnySchema>(
  repo: Repo,
  items: readonly Item[],
  changeset: (item: Item, position: number) => Changeset<S> | Promise<Changeset<S>>,
): Promise<Row<S>[]> {
  const rows: Row<S>[] = []
  for (const [position, item] of items.entries()) {
    rows.push(await repo.insertOrThrow(await changeset(item, position)))
  }
  return rows
}
