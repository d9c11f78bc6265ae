import { QueryError } from '../errors.ts'
import { hint } from '../names.ts'

/** What belongs into the query, whatever it is called there. */
const OF_A_QUERY: ReadonlySet<string> = new Set(
  'where orWhere having orderBy limit offset select selectMerge join preload groupBy distinct lock'.split(
    ' ',
  ),
)

/**
 * Refuses options that the call would pass over in silence.
 *
 * @throws QueryError
 */
export function checkOptions(
  call: string,
  options: object | undefined,
  known: readonly string[],
): void {
  for (const name of Object.keys(options ?? {})) {
    if (known.includes(name)) continue
    if (OF_A_QUERY.has(name)) {
      throw new QueryError(
        `unsupported option ${name} for ${call}. Instead, build a query and give it that: from(…).${name}(…). ` +
          `Known options: ${known.join(', ')}.`,
      )
    }
    throw new QueryError(`unknown option ${name} for ${call}.${hint('options', name, known)}`)
  }
}
