import { QueryError } from '../../errors.ts'
import { type Aggregate, AGGREGATES, compileAggregate } from '../../query/compile.ts'
import { knownAmong } from '../../query/conditions.ts'
import { type JoinMap } from '../../query/query.ts'
import { namesOf, referenceNamed } from '../../query/references.ts'
import { type Source, sourceOf } from '../../query/source.ts'
import { type FieldType } from '../../schema/field-type.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Context, run } from '../context.ts'
import { prepared } from '../tenancy/prepare.ts'

export async function count<S extends AnySchema, Spec, Joins extends JoinMap>(
  context: Context,
  source: Source<S, Spec, Joins>,
): Promise<number> {
  return Number(await aggregate(context, source, 'count'))
}

/** One value made of all rows; null of none, but for their count. */
export async function aggregate<S extends AnySchema, Spec, Joins extends JoinMap>(
  context: Context,
  source: Source<S, Spec, Joins>,
  given: string,
  field?: string,
): Promise<unknown> {
  const query = sourceOf(source)
  const operation = knownAmong(AGGREGATES, given, 'repo.aggregate()')
  if (field === undefined && operation !== 'count') {
    throw new QueryError(
      `repo.aggregate(…, '${operation}') on "${query.schema.source}" takes a field: ` +
        `repo.aggregate(…, '${operation}', '…').`,
    )
  }
  const call = `repo.aggregate(…, '${operation}', …)`
  const reference = field === undefined ? undefined : referenceNamed(namesOf(query), field, call)
  const { rows } = await run(
    context,
    compileAggregate(prepared(context, 'all', query), operation, reference),
  )
  const text = rows[0]?.[0] ?? null
  if (text === null) return null
  return reference ? valueOf(operation, reference.column.field.type, text) : Number(text)
}

/** Sums and averages have a wider type in the database than their fields. */
function valueOf(operation: Aggregate, type: FieldType, text: string): unknown {
  if (operation === 'count') return Number(text)
  if (operation === 'min' || operation === 'max') return type.parse ? type.parse(text) : text
  const one = type.cast(1)
  return one.ok && typeof one.value === 'number' ? Number(text) : text
}
