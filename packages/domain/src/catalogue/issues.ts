import { type Repo } from '@showrunner/data'
import { listIssues as listOut, type NewsIssue } from '../issues/index.ts'
import { type Slice, sliced, type Wanted } from './slice.ts'

/** The issues of the newsletter that anybody may read by then, the newest first. */
export async function listIssues(
  repo: Repo,
  wanted: Wanted,
  asOf: Date,
): Promise<Slice<NewsIssue>> {
  const { most, offset = 0, after } = wanted
  const found = await listOut(
    repo,
    (issues) =>
      (after ? issues.where('number', '<', Number(after[0])) : issues)
        .limit(most + 1)
        .offset(offset),
    asOf,
  )
  return sliced(found, wanted, ({ number }) => [number])
}
