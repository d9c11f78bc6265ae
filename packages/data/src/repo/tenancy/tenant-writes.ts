import { inspect } from 'node:util'

import { isExpression } from 'kysely'

import { TenantError } from '../../errors.ts'
import { dumped } from '../../query/cast-value.ts'
import { type Build, type Described, EMPTY } from '../../query/model.ts'
import { Subquery } from '../../query/operands.ts'
import { quoted } from '../../query/statement.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Context } from '../context.ts'
import { scoped, scopedExpression, type Tenancy, tenantsOf } from './tenancy.ts'

type Values = { readonly [field: string]: unknown }

/**
 * A new row with its tenant: filled in where the repo is for one, looked at where it was given. What its
 * values read is narrowed.
 *
 * @throws TenantError for a row of somebody else's, and where it cannot be known whose it is.
 */
export function newRowOfTenant<V extends Values>(
  { tenancy }: Context,
  schema: AnySchema,
  row: V,
  call: string,
): V {
  const values = scopedValues(tenancy, { schema, state: EMPTY }, row)
  const { tenant } = schema
  const ids = tenantsOf(tenancy, schema)
  if (!tenant || !ids) return values
  const given = row[tenant.name]
  if (given === undefined || given === null) {
    const [only, ...others] = ids
    if (only === undefined || others.length > 0) throw whose(schema, ids, call)
    return { ...values, [tenant.name]: only }
  }
  refuseForeign(schema, ids, given, `${call} was given`)
  return values
}

/**
 * What is to be set in rows that are there: it may give none of them to somebody else. What the values read
 * is narrowed.
 *
 * @throws TenantError
 */
export function changesOfTenant<V extends Values>(
  { tenancy }: Context,
  query: Described,
  set: V,
  call: string,
): V {
  const { schema } = query
  const ids = tenantsOf(tenancy, schema)
  const given = schema.tenant && set[schema.tenant.name]
  if (ids && given !== undefined) refuseForeign(schema, ids, given, `${call} was given`)
  return scopedValues(tenancy, query, set)
}

/**
 * ` and "tenant_id" = any($3)`, for a statement that changes rows of this schema, its value put behind the others;
 * nothing, where rows need not belong to anybody.
 *
 * @throws TenantError
 */
export function andOwned({ tenancy }: Context, schema: AnySchema, values: unknown[]): string {
  const { tenant } = schema
  const ids = tenantsOf(tenancy, schema)
  if (!tenant || !ids) return ''
  const place = values.push(ids.map((id) => dumped(tenant, id)))
  return ` and ${quoted(tenant.column)} = any($${place})`
}

/**
 * Looks at rows that somebody else's function gave, or that are written into a join table by their keys.
 *
 * @throws TenantError when one of them belongs to none of the repo's tenants: `who` gave it.
 */
export function refuseForeignRows(
  { tenancy }: Context,
  schema: AnySchema,
  rows: readonly object[],
  who: string,
): void {
  const { tenant } = schema
  const ids = tenantsOf(tenancy, schema)
  if (!tenant || !ids) return
  for (const row of rows) refuseForeign(schema, ids, Reflect.get(row, tenant.name), who)
}

function refuseForeign(
  schema: AnySchema,
  ids: readonly unknown[],
  given: unknown,
  who: string,
): void {
  if (ids.includes(given)) return
  const shown = isKnown(given) ? inspect(given) : 'what only the database knows'
  throw new TenantError(
    `${who} a row of "${schema.source}" whose "${schema.tenant?.name}" is ${shown}, on a repo for ${listed(ids)}.`,
  )
}

function isKnown(given: unknown): boolean {
  return given == null || typeof given === 'number' || typeof given === 'string'
}

function whose(schema: AnySchema, ids: readonly unknown[], call: string): TenantError {
  const { source, tenant } = schema
  return new TenantError(
    ids.length === 0
      ? `${call} was called for "${source}" on a repo for no tenant, which writes nothing.`
      : `${call} was given a row of "${source}" without "${tenant?.name}", on a repo for ${listed(ids)}. Say whose it is.`,
  )
}

function listed(ids: readonly unknown[]): string {
  if (ids.length === 0) return 'no tenant'
  return `${ids.length === 1 ? 'tenant' : 'tenants'} ${ids.join(', ')}`
}

function scopedValues<V extends Values>(tenancy: Tenancy, query: Described, values: V): V {
  if (tenancy.kind === 'unscoped' || !Object.values(values).some(reads)) return values
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    scopedValue(tenancy, query, value),
  ])
  // The same names, each with a value of the same kind.
  return Object.fromEntries(entries) as V
}

function reads(value: unknown): boolean {
  return typeof value === 'function' || value instanceof Subquery || isExpression(value)
}

function scopedValue(tenancy: Tenancy, query: Described, value: unknown): unknown {
  if (value instanceof Subquery) {
    return new Subquery(value.schema, scoped(tenancy, value.query), value.quantity)
  }
  if (isExpression(value)) return scopedExpression(tenancy, query, value)
  if (typeof value !== 'function') return value
  // The types of what may be set let no other function in.
  const build = value as Build<unknown>
  return (eb: never) => scopedExpression(tenancy, query, build(eb))
}
