import { inspect } from 'node:util'

import { type Expression } from 'kysely'

import { TenantError } from '../../errors.ts'
import { dumped } from '../../query/cast-value.ts'
import { compared } from '../../query/conditions.ts'
import {
  type Build,
  type Condition,
  type Described,
  type Join,
  type OrderTerm,
  type QueryState,
  type Term,
} from '../../query/model.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { ownedIn, tablesAround, type TablesAround, withTenants } from './tenant-tables.ts'

/** Whose rows a repo reads and writes. `unsaid`: it refuses those that belong to somebody. */
export type Tenancy =
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'unscoped' }
  | { readonly kind: 'tenants'; readonly ids: readonly TenantId[] }

export type TenantId = number | string

/** The tenancy of these tenants, all of which the one there is has to allow. */
export function tenancyOf(before: Tenancy, given: TenantId | readonly TenantId[]): Tenancy {
  // What came from an address is text, and names the same tenant as the number does.
  const ids = new Map((isList(given) ? given : [given]).map((id) => [String(id), id]))
  const known = before.kind === 'tenants' ? new Set(before.ids.map(String)) : undefined
  for (const [text, id] of ids) {
    if (typeof id !== 'number' && typeof id !== 'string') {
      throw new TenantError(
        `forTenant() was given ${inspect(id, { depth: 0 })}, which is no tenant's id.`,
      )
    }
    if (before.kind !== 'tenants' || known?.has(text)) continue
    throw new TenantError(
      `forTenant(${id}) was called on a repo for ${listed(before.ids)}. Call it on the one that this was made from.`,
    )
  }
  return { kind: 'tenants', ids: [...ids.values()] }
}

function isList<T>(given: T | readonly T[]): given is readonly T[] {
  return Array.isArray(given)
}

type Scoping = Exclude<Tenancy, { kind: 'unscoped' }>

interface Scope {
  readonly tenancy: Scoping
  readonly around: TablesAround
}

/**
 * The query, narrowed to the rows of the tenants wherever it names a table that has tenants: itself, its
 * joins, its subqueries, its expressions. The very query where there is nothing to add. What it preloads
 * is narrowed when it is read.
 *
 * @throws TenantError where nobody said whose rows are meant.
 */
export function scoped<Query extends Described>(tenancy: Tenancy, query: Query): Query | Described {
  if (tenancy.kind === 'unscoped' || (tenancy.kind === 'unsaid' && isFree(query))) return query
  return scopedQuery(tenancy, query)
}

/** Whether nothing that the query names belongs to anybody, as far as can be seen at a glance. */
function isFree({ schema, state }: Described): boolean {
  const { from, joins, conditions, having, group, order, distinct, computed } = state
  if (!tablesAround(schema, joins).someHaveTenants) {
    return (
      from === undefined &&
      joins.every(({ query, on }) => !query && on.every(isSimple)) &&
      conditions.every(isSimple) &&
      having.every(isSimple)
    )
  }
  // An expression may name any of the tables around.
  const terms = [
    ...group,
    ...order.map(({ by }) => by),
    ...(typeof distinct === 'object' ? distinct : []),
  ]
  return (
    schema.tenant === undefined &&
    joins.length === 0 &&
    from === undefined &&
    computed.length === 0 &&
    conditions.every(isData) &&
    having.every(isData) &&
    terms.every(({ kind }) => kind === 'column')
  )
}

function isSimple(condition: Condition): boolean {
  return condition.kind === 'expression' || isData(condition)
}

function isData(condition: Condition): boolean {
  const { kind } = condition
  return kind === 'tuple' || (kind === 'comparison' && condition.operand.kind !== 'query')
}

function scopedQuery(tenancy: Scoping, { schema, state }: Described): Described {
  const scope: Scope = { tenancy, around: tablesAround(schema, state.joins) }
  const conditions = (given: readonly Condition[]): readonly Condition[] =>
    given.map((condition) => scopedCondition(scope, condition))
  const terms = (given: readonly Term[]): readonly Term[] =>
    given.map((term) => scopedTerm(scope, term))
  const narrowed: QueryState = {
    ...state,
    from: state.from && scopedQuery(tenancy, state.from),
    joins: state.joins.map((join) => scopedJoin(scope, join)),
    conditions: [
      // The rows of a subquery are narrowed inside it.
      ...(state.from ? [] : owned(tenancy, schema, undefined)),
      ...state.joins.flatMap((join) => (join.type === 'cross' ? ownedJoin(tenancy, join) : [])),
      ...conditions(state.conditions),
    ],
    group: terms(state.group),
    having: conditions(state.having),
    order: state.order.map((term): OrderTerm => ({ ...term, by: scopedTerm(scope, term.by) })),
    distinct: typeof state.distinct === 'object' ? terms(state.distinct) : state.distinct,
    computed: state.computed.map((one) => ({ ...one, build: scopedBuild(scope, one.build) })),
  }
  return { schema, state: narrowed }
}

/** The tenants that a row of this schema may belong to, as its field holds them; undefined where that is not asked. */
export function tenantsOf(tenancy: Tenancy, schema: AnySchema): readonly unknown[] | undefined {
  const { tenant } = schema
  if (tenancy.kind === 'unscoped' || !tenant) return undefined
  return idsFor(tenancy, schema).map((id) => {
    const done = tenant.field.type.cast(id)
    if (done.ok) return done.value
    throw new TenantError(
      `forTenant() was given ${JSON.stringify(id)}, which cannot be cast to the "${tenant.name}" of "${schema.source}".`,
    )
  })
}

/** A caller's expression in a write, its subqueries narrowed as those of a query are. */
export function scopedExpression<Value>(
  tenancy: Tenancy,
  { schema, state }: Described,
  expression: Expression<Value>,
): Expression<Value> {
  if (tenancy.kind === 'unscoped') return expression
  const around = tablesAround(schema, state.joins)
  return tenancy.kind === 'unsaid' && !around.someHaveTenants
    ? expression
    : narrowed(tenancy, around, expression)
}

/** That a row belongs to one of the tenants; nothing, where rows belong to nobody. */
function owned(
  tenancy: Scoping,
  schema: AnySchema,
  alias: string | undefined,
): readonly Condition[] {
  const { tenant: column } = schema
  if (!column) return []
  const [only, ...more] = idsFor(tenancy, schema)
  const reference = { alias, column }
  return more.length === 0 && only !== undefined
    ? [compared(schema, 'forTenant()', reference, '=', only)]
    : [compared(schema, 'forTenant()', reference, 'in', idsFor(tenancy, schema))]
}

function ownedJoin(tenancy: Scoping, { schema, alias, query }: Join): readonly Condition[] {
  return query ? [] : owned(tenancy, schema, alias)
}

function idsFor(tenancy: Scoping, { source, tenant }: AnySchema): readonly TenantId[] {
  if (tenancy.kind === 'tenants') return tenancy.ids
  throw new TenantError(
    `the rows of "${source}" belong to tenants, by "${tenant?.name}", and this repo was not told whose are meant. ` +
      `Use repo.forTenant(id), or repo.unscoped() for everybody's.`,
  )
}

function scopedJoin(scope: Scope, join: Join): Join {
  const { tenancy } = scope
  refuseUncertain(join)
  const conditions = (given: readonly Condition[]): readonly Condition[] =>
    given.map((condition) => scopedCondition(scope, condition))
  const bySteps = join.steps.length > 0
  const inOn = bySteps || join.type === 'cross' ? [] : ownedJoin(tenancy, join)
  return {
    ...join,
    query: join.query && scopedQuery(tenancy, join.query),
    steps: join.steps.map((step) => ({
      ...step,
      on: [...conditions(step.on), ...(step.schema ? owned(tenancy, step.schema, step.alias) : [])],
    })),
    on: [...conditions(join.on), ...inOn],
    key: keyed(tenancy, join.key),
  }
}

/** @throws TenantError: what `on` does not hold for is among the rows of such a join all the same. */
function refuseUncertain({ type, alias, schema, steps, query }: Join): void {
  if (type !== 'right' && type !== 'full') return
  const named = steps.length > 0 ? steps.map((step) => step.schema) : [query ? undefined : schema]
  const owned = named.find((one) => one?.tenant)
  if (!owned) return
  throw new TenantError(
    `a ${type} join of "${alias}" gives every row of "${owned.source}", whoever it belongs to. ` +
      `Begin with "${schema.source}" and join the other way, or use repo.unscoped().`,
  )
}

function scopedCondition(scope: Scope, condition: Condition): Condition {
  const { tenancy } = scope
  const key = keyed(tenancy, condition.key)
  switch (condition.kind) {
    case 'comparison': {
      const { operand } = condition
      if (operand.kind !== 'query') return condition
      return {
        ...condition,
        key,
        operand: { ...operand, query: scopedQuery(tenancy, operand.query) },
      }
    }
    case 'tuple':
      return condition
    case 'all':
    case 'any':
      return { ...condition, key, of: condition.of.map((one) => scopedCondition(scope, one)) }
    case 'not':
      return { ...condition, key, condition: scopedCondition(scope, condition.condition) }
    case 'exists':
      return { ...condition, key, query: scopedQuery(tenancy, condition.query) }
    case 'expression':
      return { ...condition, build: scopedBuild(scope, condition.build) }
    default:
      return condition satisfies never
  }
}

/** One shape of query comes to one text for one tenant, and to one for several. */
function keyed(tenancy: Scoping, key: string | undefined): string | undefined {
  if (key === undefined) return undefined
  return `${key}@${tenancy.kind === 'tenants' && tenancy.ids.length === 1 ? 1 : 'n'}`
}

function scopedTerm(scope: Scope, term: Term): Term {
  return term.kind === 'column' ? term : { ...term, build: scopedBuild(scope, term.build) }
}

function scopedBuild<Value>({ tenancy, around }: Scope, build: Build<Value>): Build<Value> {
  return (eb) => narrowed(tenancy, around, build(eb))
}

function narrowed<Value>(
  tenancy: Scoping,
  around: TablesAround,
  expression: Expression<Value>,
): Expression<Value> {
  const ownedBy = (schema: AnySchema, alias: string): Expression<unknown> | undefined => {
    const { tenant } = schema
    const ids = tenantsOf(tenancy, schema)
    if (!tenant || !ids) return undefined
    return ownedIn(
      alias,
      tenant,
      ids.map((id) => dumped(tenant, id)),
    )
  }
  return withTenants(expression, around, ownedBy, tenancy.kind === 'tenants')
}

/** @throws TenantError: in SQL that is written by hand nobody can see whose rows it is about. */
export function refuseRaw(tenancy: Tenancy): void {
  if (tenancy.kind !== 'tenants') return
  throw new TenantError(
    `repo.run() was called on a repo for ${listed(tenancy.ids)}, and whose rows its SQL is about cannot be seen. ` +
      `Use repo.unscoped().run(), and say in the SQL whose.`,
  )
}

function listed(ids: readonly TenantId[]): string {
  return ids.length === 0
    ? 'no tenant'
    : `${ids.length === 1 ? 'tenant' : 'tenants'} ${ids.join(', ')}`
}
