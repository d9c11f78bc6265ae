import { MultipleResultsError, NotFoundError } from '../errors.ts'
import { type BoundStatement, compileSelect } from '../query/compile.ts'
import { type Source, sourceOf } from '../query/from.ts'
import { addEquals, columnsRead, type QueryState } from '../query/state.ts'
import { primaryKey } from '../schema/associations.ts'
import { type Row } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { shapeOf } from '../schema/shape.ts'
import { type Context, run } from './context.ts'
import { loadTree } from './preload.ts'

export async function all<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
): Promise<Row<S, Spec>[]> {
  const { schema, state } = sourceOf(source)
  return rowsOf(context, schema, state)
}

/** The row, when there is exactly one; undefined when there is none. */
export async function one<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  clauses: object = {},
): Promise<Row<S, Spec> | undefined> {
  const { schema, state } = sourceOf(source)
  const narrowed = addEquals(schema, state, clauses)
  const rows = await rowsOf<S, Spec>(context, schema, { ...narrowed, limit: state.limit ?? 2 })
  if (rows.length > 1) throw new MultipleResultsError(schema, printed(schema, narrowed))
  return rows[0]
}

export async function oneOrThrow<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  clauses: object = {},
): Promise<Row<S, Spec>> {
  const row = await one(context, source, clauses)
  if (row !== undefined) return row
  const { schema, state } = sourceOf(source)
  throw new NotFoundError(schema, printed(schema, addEquals(schema, state, clauses)))
}

export function idClause<S extends AnySchema, Spec>(source: Source<S, Spec>, id: unknown): object {
  const { schema } = sourceOf(source)
  return { [primaryKey(schema, 'get() finds rows by it').name]: id }
}

export async function exists<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
): Promise<boolean> {
  const { schema, state } = sourceOf(source)
  return (await scalar(context, compileSelect(schema, state, 'any'))) === 't'
}

export async function count<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
): Promise<number> {
  const { schema, state } = sourceOf(source)
  return Number(await scalar(context, compileSelect(schema, state, 'count')))
}

async function scalar(context: Context, bound: BoundStatement): Promise<string | null | undefined> {
  const { rows } = await run(context, bound)
  return rows[0]?.[0]
}

async function rowsOf<S extends AnySchema, Spec>(
  context: Context,
  schema: S,
  state: QueryState,
): Promise<Row<S, Spec>[]> {
  const { rows } = await run(context, compileSelect(schema, state, 'rows'))
  const { fromText } = shapeOf(
    schema,
    'loaded',
    Object.keys(state.preloads),
    columnsRead(schema, state),
  )
  const loaded = rows.map(fromText)
  await loadTree(context, schema, loaded, state.preloads, context.parallelPreloads)
  // The tree was written from the preloads that Spec was inferred from.
  return loaded as unknown as Row<S, Spec>[]
}

/** `where slug = "hello"`, for messages. Expressions have no short way to be said. */
function printed(schema: AnySchema, state: QueryState): string {
  const clauses = state.conditions.map((condition) => {
    if (condition.kind === 'expression') return '(an expression)'
    if (condition.kind === 'comparison') {
      const { column, operator, value } = condition
      return `${column.name} ${operator} ${printedValue(schema, column.name, value)}`
    }
    const { columns, operator, values } = condition
    const shown = columns.map(({ name }, index) => printedValue(schema, name, values[index]))
    return `(${columns.map(({ name }) => name).join(', ')}) ${operator} (${shown.join(', ')})`
  })
  return clauses.length === 0 ? '(all of them)' : `where ${clauses.join(' and ')}`
}

function printedValue(schema: AnySchema, name: string, value: unknown): string {
  return schema.fields[name]?.isRedacted ? '**redacted**' : JSON.stringify(value)
}
