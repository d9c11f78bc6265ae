import { QueryError } from '../../errors.ts'
import { isRecord } from '../../schema/casts.ts'

const CLAUSES =
  'where orWhere join groupBy having orderBy limit offset distinct lock select selectMerge preload update'.split(
    ' ',
  )

/**
 * What a repo function reads from, when nothing that is given beside it is a clause of a query: of that
 * nothing would come.
 *
 * @throws QueryError
 */
export function sourceAlone<Source>(
  call: string,
  source: Source,
  options: readonly unknown[],
): Source {
  for (const given of options) {
    if (!isRecord(given)) continue
    const clause = CLAUSES.find((name) => name in given)
    if (clause === undefined) continue
    throw new QueryError(
      `unsupported option ${clause} for repo.${call}(). Instead, build a query and give it that: ` +
        `repo.${call}(from(…).${clause}(…)).`,
    )
  }
  return source
}
