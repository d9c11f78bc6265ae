import { type AnySchema, type Changeset, type Repo } from '@showrunner/data'
import { type Conflict, conflictOf, type SentParams } from '@showrunner/domain/conflicts'

/** Said where what was asked was not done. */
export const OVERTAKEN = 'Somebody has changed it in the meantime: look at it again.'

/** A form to show again: over the row as it is now, with what somebody changed in it, and what others did meanwhile. */
export interface Rebased<Row, S extends AnySchema> {
  readonly row: Row
  readonly changeset: Changeset<S>
  readonly conflict: Conflict | null
}

interface Newest<Row, S extends AnySchema> {
  readonly read: () => Promise<Row>
  readonly propose: (row: Row, params: SentParams) => Promise<Changeset<S>> | Changeset<S>
}

/**
 * What to show after a save was refused. Where others saved in between, the form goes on from theirs: saved again it
 * changes what it was to change, and undoes nothing of what they did.
 */
export async function rebased<Row, S extends AnySchema>(
  repo: Repo,
  row: Row,
  refused: Changeset<S>,
  { read, propose }: Newest<Row, S>,
): Promise<Rebased<Row, S>> {
  const conflict = (await conflictOf(repo, refused)) ?? null
  if (!conflict || conflict.version === null) return { row, changeset: refused, conflict }

  const newest = await read()
  const changeset = await propose(newest, conflict.merged)
  return { row: newest, changeset, conflict }
}
