import { type AnySchema, type Changeset, type Repo, schemaOf } from '@showrunner/data'
import { changesSince, subjectType } from '../activity/index.ts'

/** Which version a row is of now, and whose. */
export interface LatestVersion {
  readonly version: number
  /** Null: the program's own, or nobody wrote it down. */
  readonly by: string | null
  readonly at: Date | null
}

/** For whoever has the row open: a version made after theirs is one that they have not seen. */
export async function latestVersion(
  repo: Repo,
  row: { readonly id: number; readonly lockVersion: number },
): Promise<LatestVersion> {
  const { id, lockVersion: version } = row
  const type = subjectType(schemaOf(row as object as Changeset<AnySchema>['row']))
  const log = await changesSince(repo, { type, id }, version - 1)
  const last = log.at(-1)
  return { version, by: last?.personName ?? null, at: last?.at ?? null }
}
