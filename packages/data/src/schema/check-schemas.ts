import { type AnyField } from './field.ts'
import { associationNamed, associationNames } from './associations.ts'
import { type AnySchema } from './schema.ts'

interface DatabaseColumn {
  readonly source: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
}

const COLUMNS = `
  select c.relname as source, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relname = any($1) and pg_table_is_visible(c.oid) and a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`

/** Anything that runs SQL with parameters and gives rows as objects: a `pg` pool or client. */
export interface Queryable {
  query(sql: string, parameters: unknown[]): Promise<{ rows: unknown[] }>
}

/**
 * Compares schemas with a migrated database: columns that either side lacks, other types, other
 * nullability, and associations that cannot be right. One sentence for each; none when all is well.
 */
export async function checkSchemas(
  database: Queryable,
  schemas: readonly AnySchema[],
): Promise<string[]> {
  const { rows } = await database.query(COLUMNS, [schemas.map(({ source }) => source)])
  // The statement above selects exactly these columns.
  const columns = Map.groupBy(rows as DatabaseColumn[], ({ source }) => source)
  return schemas.flatMap((schema) => [
    ...checkTable(schema, columns.get(schema.source)),
    ...checkAssociations(schema),
  ])
}

function checkTable(schema: AnySchema, columns: readonly DatabaseColumn[] | undefined): string[] {
  if (!columns) return [`there is no table "${schema.source}" in the database`]
  const missing = schema.columns.flatMap(({ column, field, name }) => {
    const found = columns.find((candidate) => candidate.column === column)
    const where = `${schema.source}.${column} (field "${name}")`
    return found ? compare(where, field, found) : [`${where} is not in the database`]
  })
  const unknown = columns
    .filter(({ column }) => !schema.columns.some((candidate) => candidate.column === column))
    .map(
      ({ column, type }) =>
        `${schema.source}.${column} (${type}) is in the database but not in the schema`,
    )
  return [...missing, ...unknown]
}

function compare(where: string, field: AnyField, { type, nullable }: DatabaseColumn): string[] {
  const { sqlTypes } = field.type
  const problems: string[] = []
  if (!sqlTypes.includes(type)) {
    problems.push(`${where} is ${type} in the database, and ${sqlTypes.join(' or ')} by the schema`)
  }
  if (field.isNullable !== nullable) {
    const said = (may: boolean) => (may ? 'may be null' : 'is not null')
    problems.push(
      `${where} ${said(nullable)} in the database, and ${said(field.isNullable)} by the schema`,
    )
  }
  return problems
}

function checkAssociations(schema: AnySchema): string[] {
  try {
    for (const name of associationNames(schema)) associationNamed(schema, name)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
