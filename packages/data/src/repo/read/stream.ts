import { QueryError, TransactionError } from '../../errors.ts'
import { columnsRead } from '../../query/columns-read.ts'
import { compileSelect } from '../../query/compile.ts'
import { type Source, sourceOf } from '../../query/source.ts'
import { plainStatement } from '../../query/statement.ts'
import { type Row } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { shapeOf } from '../../schema/shape.ts'
import { type Context, read, run } from '../context.ts'
import { checkOptions } from '../options.ts'
import { prepared } from '../tenancy/prepare.ts'
import { inTransaction } from '../transaction.ts'

/** How a stream reads. */
export interface StreamOptions {
  /** How many rows are fetched at once. 500 unless said. */
  readonly maxRows?: number
}

let cursors = 0

/** The rows of a query, some at a time: see Repo.stream. */
export async function* stream<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  options: StreamOptions = {},
): AsyncGenerator<Row<S, Spec>, void, undefined> {
  checkOptions('repo.stream()', options, ['maxRows'])
  const { maxRows = 500 } = options
  const { schema, state } = prepared(context, 'stream', sourceOf(source))
  if (Object.keys(state.preloads).length > 0) {
    throw new QueryError(
      `preloads are not supported on streams, and the query on "${schema.source}" has some. ` +
        `Stream without them, and give the rows you collect to repo.preload().`,
    )
  }
  if (!Number.isSafeInteger(maxRows) || maxRows < 1) {
    throw new QueryError(`repo.stream() takes maxRows from 1, got: ${maxRows}`)
  }
  if (!inTransaction(context)) {
    throw new TransactionError(
      `repo.stream() on "${schema.source}" reads by a cursor, which lives in a transaction. ` +
        `Call it, and go through its rows, inside repo.transaction().`,
    )
  }
  const { fromText } = shapeOf(schema, 'loaded', [], columnsRead(schema, state))
  const cursor = `stream_${(cursors += 1)}`
  const { statement, values } = compileSelect(schema, state, 'rows')
  const declare = plainStatement(`declare ${cursor} no scroll cursor for ${statement.text}`)
  await run(context, { statement: declare, values })
  const fetch = plainStatement(`fetch forward ${maxRows} from ${cursor}`)
  try {
    for (;;) {
      const rows = await read(context, { statement: fetch, values: [] }, (raw) =>
        raw.rows.map(fromText),
      )
      // fromText makes the columns that Spec was inferred from.
      yield* rows as unknown as Row<S, Spec>[]
      if (rows.length < maxRows) break
    }
  } finally {
    // Where the transaction has failed or ended, the cursor went with it.
    const close = plainStatement(`close ${cursor}`)
    if (inTransaction(context)) {
      await run(context, { statement: close, values: [] }).catch(() => undefined)
    }
  }
}
