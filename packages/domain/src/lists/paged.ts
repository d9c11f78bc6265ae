import { type AnySchema, type Query, type Repo, type Row } from '@showrunner/data'

/** Of rows of which there may be many. */
export const PER_PAGE = 50

/** How somebody wants to see a list. */
export interface ListOptions {
  /** Words that are looked for; empty for all. */
  readonly q?: string
  /** A field of the list; with a minus in front, the other way round. */
  readonly sort?: string
  /** From 1. */
  readonly page?: number
}

export interface Paged<R> {
  readonly rows: readonly R[]
  /** How many there are on all pages. */
  readonly total: number
  readonly perPage: number
}

/** One page of what a query finds, and how much that is in all. */
export async function paged<S extends AnySchema, Spec>(
  repo: Repo,
  query: Query<S, Spec>,
  page = 1,
): Promise<Paged<Row<S, Spec>>> {
  const [rows, total] = await Promise.all([
    repo.all(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)),
    repo.count(query),
  ])
  return { rows, total, perPage: PER_PAGE }
}
