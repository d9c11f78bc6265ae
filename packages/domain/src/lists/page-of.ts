import { type AnySchema, NotFoundError, type Query, type Repo, type Row } from '@showrunner/data'
import { type Paged, paged } from './paged.ts'

/** A page that is there, and where it stands among the others. */
export interface OnePage<R> extends Paged<R> {
  /** From 1. */
  readonly page: number
  readonly pages: number
}

/** One page of what anybody may see. @throws NotFoundError when there are fewer: only the first may be empty. */
export async function pageOf<S extends AnySchema, Spec>(
  repo: Repo,
  query: Query<S, Spec>,
  page: number,
): Promise<OnePage<Row<S, Spec>>> {
  const { rows, total, perPage } = await paged(repo, query, page)
  const pages = Math.max(1, Math.ceil(total / perPage))
  if (page > pages) throw new NotFoundError(query.schema, `on page ${page} of ${pages}`)
  return { rows, total, perPage, page, pages }
}
