import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'

import {
  addError,
  type AnyChangeset,
  type Changeset,
  errorsOn,
  fieldNamed,
} from '../../changeset/changeset.ts'
import { checkOptions } from '../../changeset/options.ts'
import { broken, type Message } from '../../changeset/rule.ts'
import { ChangesetError } from '../../errors.ts'
import { camelCase } from '../../names.ts'
import { from } from '../../query/from.ts'
import { type Query } from '../../query/query.ts'
import { stateOf } from '../../schema/instance.ts'
import { type FieldName } from '../../schema/row.ts'
import { type AnySchema, type TableSchema } from '../../schema/schema.ts'
import { type Repo } from '../repo.ts'

interface UnsafeUniqueOptions<S extends AnySchema> {
  readonly message?: Message
  /** The field that the error is on, instead of the first. */
  readonly errorField?: string
  /** Whether two nulls are different, as a unique index has it unless told otherwise. Null is then not looked for. */
  readonly nullsDistinct?: boolean
  /** Where to look, instead of in the whole table. */
  readonly query?: Query<S>
}

/**
 * Asks the database whether another row has these values already, so that a form can tell at once,
 * together with its other errors. It asks only when one of the fields would change, none of them has
 * an error, and all have a value.
 *
 * Unsafe, because somebody may store such a row a moment later: only `unique`, with a unique index,
 * keeps it from happening. Have both.
 *
 * @throws ChangesetError for a schema that has no table.
 */
export async function unsafeUnique<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  repo: Pick<Repo, 'exists'>,
  fields: FieldName<S> | readonly [FieldName<S>, ...FieldName<S>[]],
  options: UnsafeUniqueOptions<S> = {},
): Promise<Changeset<S, Spec>> {
  const { message, errorField, nullsDistinct = true, query } = options
  checkOptions('unsafeUnique()', options, ['message', 'errorField', 'nullsDistinct', 'query'])
  const names: readonly string[] = typeof fields === 'string' ? [fields] : fields
  const { schema, row, changes } = changeset
  const values = names.map((name) => [name, valueOf(changeset, name)] as const)
  const changing = names.some((name) => Object.hasOwn(changes, name))
  const failed = names.some((name) => errorsOn(changeset, name).length > 0)
  const absent = values.some(([, value]) => value == null)
  if (!changing || failed || (absent && nullsDistinct)) return changeset
  const same = values.reduce<Narrowed>(
    (found, [name, value]) =>
      value == null ? found.where(name, 'is', null) : found.where(name, '=', value),
    narrowed(query ?? from(tableOf(schema))),
  )
  const others = stateOf(row) === 'loaded' ? otherThan(changeset, same) : same
  // Its conditions are on this schema's fields, as `valueOf` has seen.
  if (!(await repo.exists(others as unknown as Query<S>))) return changeset
  const error = broken('has already been taken', message, {
    validation: 'unsafeUnique',
    fields: names,
  })
  return addError(changeset, errorField ?? names[0] ?? '', error.message, error.meta)
}

/** A query whose schema is known at run time only. */
interface Narrowed {
  readonly where: {
    (field: string, operator: '=' | '!=' | 'is', value: unknown): Narrowed
    (condition: (eb: ExpressionBuilder<Names, string>) => Expression<SqlBool>): Narrowed
  }
}

type Names = { readonly [table: string]: { readonly [column: string]: unknown } }

function narrowed(query: object): Narrowed {
  // Every query has a `where` that takes these.
  return query as Narrowed
}

function valueOf({ schema, row, changes }: AnyChangeset, name: string): unknown {
  fieldNamed(schema, name, 'unsafeUnique()')
  return Object.hasOwn(changes, name) ? Reflect.get(changes, name) : Reflect.get(row, name)
}

function tableOf(schema: AnySchema): TableSchema {
  if (schema.kind === 'table') return schema as TableSchema
  throw new ChangesetError(
    'unsafeUnique() was given a changeset of a schema that has no table, so there is nowhere to look.',
  )
}

/** A stored row is no other than itself. */
function otherThan({ schema, row }: AnyChangeset, query: Narrowed): Narrowed {
  const [first, ...more] = schema.primaryKey
  if (first === undefined) return query
  if (more.length === 0) return query.where(first.name, '!=', Reflect.get(row, first.name))
  return query.where((eb) =>
    eb.not(
      eb.and(
        schema.primaryKey.map(({ name, column }) =>
          eb(camelCase(column), '=', Reflect.get(row, name)),
        ),
      ),
    ),
  )
}
