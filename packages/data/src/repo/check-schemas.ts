import { sql } from 'kysely'

import { type Repo } from './repo.ts'
import { type AnyField } from '../schema/field.ts'
import { associationNamed, associationNames } from '../schema/associations.ts'
import { type AnySchema } from '../schema/schema.ts'

interface DatabaseColumn {
  readonly source: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
}

/**
 * Compares schemas with a migrated database: columns that either side lacks, other types, other
 * nullability, and associations that cannot be right. One sentence for each; none when all is well.
 */
export async function checkSchemas(
  repo: Pick<Repo, 'run'>,
  schemas: readonly AnySchema[],
): Promise<string[]> {
  const rows = await repo.run(columnsIn(schemas.map(({ source }) => source)))
  const columns = Map.groupBy(rows, ({ source }) => source)
  return schemas.flatMap((schema) => [
    ...checkTable(schema, columns.get(schema.source)),
    ...checkAssociations(schema),
  ])
}

function columnsIn(tables: readonly string[]) {
  return sql<DatabaseColumn>`
    select c.relname::text as source, a.attname::text as column, format_type(a.atttypid, null) as type,
      not a.attnotnull as nullable
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname = any(${tables}) and pg_table_is_visible(c.oid) and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`
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
