import { SchemaError } from '../errors.ts'
import { snakeCase } from '../names.ts'
import { type AnyField, type AnyFields } from './field.ts'

/** A schema of any table. What takes "a schema" takes this. */
export interface AnySchema {
  /** The table's name in the database. */
  readonly source: string
  readonly fields: AnyFields
  /** Called once, on first use, so that schemas may refer to each other in a circle. */
  readonly associations: () => void
  readonly columns: readonly Column[]
}

export interface Schema<
  Source extends string,
  Fields extends AnyFields,
  Associations extends () => void,
> extends AnySchema {
  readonly source: Source
  readonly fields: Fields
  readonly associations: Associations
}

/** A field with both of its names. */
export interface Column {
  /** In TypeScript: `publishedAt`. */
  readonly name: string
  /** In the database: `published_at`. */
  readonly column: string
  readonly field: AnyField
  /** Its place among the columns of its schema. */
  readonly index: number
}

/**
 * Says what a row of a table is. Everything else (row, query, changeset, Kysely table) is inferred
 * from it. The third argument is a function because schemas refer to each other.
 *
 * @throws SchemaError when two fields share a column.
 */
export function schema<const Source extends string, const Fields extends AnyFields>(
  source: Source,
  fields: Fields,
): Schema<Source, Fields, () => object>
export function schema<
  const Source extends string,
  const Fields extends AnyFields,
  Associations extends () => void,
>(source: Source, fields: Fields, associations: Associations): Schema<Source, Fields, Associations>
export function schema(
  source: string,
  fields: AnyFields,
  associations: () => void = () => ({}),
): AnySchema {
  return { source, fields, associations, columns: columnsOf(source, fields) }
}

function columnsOf(source: string, fields: AnyFields): readonly Column[] {
  const columns = Object.entries(fields).map(([name, field], index) => ({
    name,
    column: snakeCase(name),
    field,
    index,
  }))
  for (const { name, column, index } of columns) {
    const first = columns.findIndex((other) => other.column === column)
    if (first === index) continue
    throw new SchemaError(
      source,
      `the fields "${columns[first]?.name}" and "${name}" are both the column "${column}". Rename one of them.`,
    )
  }
  return columns
}
