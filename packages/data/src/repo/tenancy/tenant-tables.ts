import {
  AliasNode,
  createQueryId,
  ExpressionWrapper,
  type Expression,
  IdentifierNode,
  JoinNode,
  type OperationNode,
  OperationNodeTransformer,
  type QueryId,
  QueryNode,
  type RawNode,
  type SelectQueryNode,
  sql,
  TableNode,
} from 'kysely'

import { TenantError } from '../../errors.ts'
import { snakeCase } from '../../names.ts'
import { type Join } from '../../query/model.ts'
import { quoted } from '../../query/statement.ts'
import { associationNames, associationNamed } from '../../schema/associations.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'

/** The tables that a caller's expression may name, by name. */
export interface TablesAround {
  readonly bySource: ReadonlyMap<string, AnySchema>
  readonly someHaveTenants: boolean
}

const known = new WeakMap<AnySchema, TablesAround>()

/** The tables around a schema are its own and those that its associations lead to; those of joined schemas come with the joins. */
export function tablesAround(schema: AnySchema, joins: readonly Join[]): TablesAround {
  const own = aroundOne(schema)
  return joins.length === 0
    ? own
    : joins.map((join) => aroundOne(join.schema)).reduce(together, own)
}

function aroundOne(schema: AnySchema): TablesAround {
  const found = known.get(schema)
  if (found) return found
  const schemas = reachable(schema)
  const fresh = {
    // Of two schemas of one table, the one that knows its tenant comes last, and counts.
    bySource: new Map(
      [...schemas]
        .sort(
          (left, right) => Number(left.tenant !== undefined) - Number(right.tenant !== undefined),
        )
        .map((one) => [one.source, one]),
    ),
    someHaveTenants: schemas.some(({ tenant }) => tenant !== undefined),
  }
  known.set(schema, fresh)
  return fresh
}

function reachable(schema: AnySchema): readonly AnySchema[] {
  const found = new Set([schema])
  // What is added meanwhile is visited as well.
  for (const one of found) {
    for (const name of associationNames(one)) {
      const association = associationNamed(one, name)
      found.add(association.target)
      if (association.kind === 'manyToMany' && association.join.schema) {
        found.add(association.join.schema)
      }
    }
  }
  return [...found]
}

function together(left: TablesAround, right: TablesAround): TablesAround {
  const bySource = new Map(left.bySource)
  for (const [source, schema] of right.bySource) {
    if (schema.tenant || !bySource.has(source)) bySource.set(source, schema)
  }
  return {
    bySource,
    someHaveTenants: left.someHaveTenants || right.someHaveTenants,
  }
}

/** What holds for the rows of a table under this name, as SQL; undefined where they belong to nobody. */
export type Owned = (schema: AnySchema, alias: string) => Expression<unknown> | undefined

/**
 * A caller's expression, whose subqueries are narrowed by `owned` wherever they name a table.
 *
 * @throws TenantError for SQL in which that cannot be seen, where `strict`.
 */
export function withTenants<Value>(
  expression: Expression<Value>,
  around: TablesAround,
  owned: Owned,
  strict: boolean,
): Expression<Value> {
  const transformer = new TenantTables(around, owned, strict)
  return new ExpressionWrapper(
    transformer.transformNode(expression.toOperationNode(), createQueryId()),
  )
}

const SAYS_TABLE = /\b(?:select|table|from|join|into|update|with)\b/i

const HARMLESS = /\bdistinct\s+from\b|"(?:[^"]|"")*"|'(?:[^']|'')*'/gi

/** The joins that give no row of the joined table for which `on` does not hold. */
const HOLDS_IN_ON: ReadonlySet<string> = new Set([
  'InnerJoin',
  'LeftJoin',
  'LateralInnerJoin',
  'LateralLeftJoin',
])

class TenantTables extends OperationNodeTransformer {
  readonly #around: TablesAround
  readonly #owned: Owned
  readonly #strict: boolean

  constructor(around: TablesAround, owned: Owned, strict: boolean) {
    super()
    this.#around = around
    this.#owned = owned
    this.#strict = strict
  }

  protected override transformNodeImpl<T extends OperationNode>(node: T, id: QueryId): T {
    if (WRITES.has(node.kind)) refuse('writes')
    return super.transformNodeImpl(node, id)
  }

  protected override transformSelectQuery(node: SelectQueryNode, id: QueryId): SelectQueryNode {
    const inner = super.transformSelectQuery(node, id)
    const crossed: OperationNode[] = []
    const joins = inner.joins?.map((join) => {
      const conditions = this.#conditions(join.table)
      if (join.joinType.includes('Cross')) crossed.push(...conditions)
      else if (HOLDS_IN_ON.has(join.joinType)) {
        return conditions.reduce<JoinNode>(JoinNode.cloneWithOn, join)
      } else if (conditions.length > 0) refuse(`has a ${join.joinType}, which gives every row`)
      return join
    })
    const own = [...(inner.from?.froms.flatMap((from) => this.#conditions(from)) ?? []), ...crossed]
    // A clause of its own for each: `cloneWithWhere` puts "and" between them.
    return own.reduce<SelectQueryNode>(
      (grown, condition) => QueryNode.cloneWithWhere(grown, condition),
      joins ? { ...inner, joins } : inner,
    )
  }

  protected override transformRaw(node: RawNode, id: QueryId): RawNode {
    const whole = node.sqlFragments.join(' ')
    // What a comment or an escape makes of the quotes after it is not for us to find out.
    const text = /--|\/\*|\\/.test(whole) ? whole : whole.replaceAll(HARMLESS, '')
    if (this.#strict && SAYS_TABLE.test(text))
      refuse(`has SQL of its own, "${node.sqlFragments.join('…')}"`)
    return super.transformRaw(node, id)
  }

  #conditions(from: OperationNode): readonly OperationNode[] {
    const table = AliasNode.is(from) ? from.node : from
    if (!TableNode.is(table)) {
      if (this.#strict && table.kind !== 'SelectQueryNode') refuse(`reads from a ${table.kind}`)
      return []
    }
    const name = table.table.identifier.name
    const schema = this.#around.bySource.get(name) ?? this.#around.bySource.get(snakeCase(name))
    if (!schema) {
      if (this.#strict) refuse(`reads "${name}"`)
      return []
    }
    const alias = AliasNode.is(from) && IdentifierNode.is(from.alias) ? from.alias.name : name
    const owned = this.#owned(schema, snakeCase(alias))
    return owned ? [owned.toOperationNode()] : []
  }
}

const WRITES: ReadonlySet<string> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
])

function refuse(what: string): never {
  throw new TenantError(
    `an expression in a query of a repo for tenants ${what}, and whose rows those are cannot be seen. ` +
      `Name tables of the schema's associations, write it with subquery(), or use repo.unscoped().`,
  )
}

/** `"alias"."tenant_id" = any($1)` */
export function ownedIn(
  alias: string,
  { column }: Column,
  ids: readonly unknown[],
): Expression<unknown> {
  return sql`${sql.raw(`${quoted(alias)}.${quoted(column)}`)} = any(${ids})`
}
