import { inspect, isDeepStrictEqual } from 'node:util'

import { QueryError, UnknownAssociationError } from '../errors.ts'
import { hint, snakeCase } from '../names.ts'
import {
  associationNamed,
  associationNames,
  type ResolvedAssociation,
} from '../schema/associations.ts'
import { isRecord } from '../schema/casts.ts'
import { type AnySchema, type Column, schema as schemaNamed } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { associationConditions, conditionsOf, knownAmong, renamed, wantedOf } from './conditions.ts'
import { describedKey } from './keys.ts'
import {
  type Condition,
  type Described,
  Description,
  EMPTY,
  FreeCondition,
  type Join,
  JOIN_TYPES,
  type JoinStep,
  type Key,
} from './model.ts'
import { Subquery } from './operands.ts'
import { joinNamed, namesOf } from './references.ts'
import { refuseUnqueryable } from './source.ts'

/** How a join is made, beside what is joined. */
interface Given {
  readonly as?: string
  readonly type?: string
  readonly from?: string
  readonly on?: unknown
}

/**
 * The join that `join()` was asked for, or undefined when the query has it already.
 *
 * @throws QueryError when another one has its name.
 */
export function joinOf(query: Described, target: unknown, options: unknown): Join | undefined {
  const given: Given = isRecord(options) ? options : {}
  refuseOptions(query, given)
  const join =
    typeof target === 'string'
      ? associationJoin(query, target, given)
      : otherJoin(query, target, given)
  const same = query.state.joins.find(({ alias }) => snakeCase(alias) === snakeCase(join.alias))
  if (!same && snakeCase(join.alias) !== query.schema.source) return join
  if (same && isDeepStrictEqual(same, join)) return undefined
  throw new QueryError(
    `the query on "${query.schema.source}" has ${same ? 'another join' : 'its own rows'} under the name "${join.alias}". ` +
      `Give this one another: .join(…, { as: '…' }).`,
  )
}

function refuseOptions({ schema }: Described, given: Given): void {
  const known = ['as', 'type', 'from', 'on']
  for (const option of Object.keys(given)) {
    if (known.includes(option)) continue
    throw new QueryError(
      `invalid option "${option}" for join() on "${schema.source}".${hint('options', option, known)}`,
    )
  }
}

function associationJoin(query: Described, name: string, given: Given): Join {
  const { from, as: alias = name } = given
  const owner = from === undefined ? query.schema : joinNamed(namesOf(query), from, 'join()').schema
  const known = associationNames(owner)
  if (!known.includes(name)) throw new UnknownAssociationError(owner, name, known, 'joined')
  const association = associationNamed(owner, name)
  const on = onOf(query, association.target, alias, given.on)
  const type = given.type === undefined ? 'inner' : knownAmong(JOIN_TYPES, given.type, 'join()')
  if (type === 'cross' || type.endsWith('Lateral')) {
    throw new QueryError(
      `join('${name}') is made by the keys of the association, so it cannot be "${type}". ` +
        `Join a schema or a subquery() for that.`,
    )
  }
  const steps = stepsOf(association, from, alias)
  const all = [...steps.flatMap((step) => step.on), ...on]
  return {
    alias,
    type,
    schema: association.target,
    steps,
    query: undefined,
    on,
    key: joinKey([type, from, name, alias], all),
    association: { name, from },
  }
}

function otherJoin(query: Described, target: unknown, given: Given): Join {
  const source = otherSource(target)
  const schema = source.schema
  if (given.as === undefined || given.as === '') {
    throw new QueryError(
      `join() of "${schema.source}" needs a name: .join(…, { as: '…', on: … }). ` +
        `An association is joined by its name: .join('…').`,
    )
  }
  const type = given.type === undefined ? 'inner' : knownAmong(JOIN_TYPES, given.type, 'join()')
  const lateral = type === 'cross' || type.endsWith('Lateral')
  if (given.on === undefined && !lateral) {
    throw new QueryError(
      `join() of "${schema.source}" as "${given.as}" needs { on: … }: without it every row would meet every other. ` +
        `Say { type: 'cross' } where you want that.`,
    )
  }
  const on = onOf(query, schema, given.as, given.on)
  const key = source.query ? describedKey(source.query) : describedKey({ schema, state: EMPTY })
  return {
    alias: given.as,
    type,
    schema,
    steps: [],
    query: source.query,
    on,
    key: key === undefined ? undefined : joinKey([type, key, given.as], on),
    association: undefined,
  }
}

function otherSource(target: unknown): { schema: AnySchema; query: Described | undefined } {
  if (target instanceof Subquery) return { schema: target.schema, query: target.query }
  if (target instanceof Description) return { schema: target.schema, query: target }
  refuseUnqueryable(target)
  // refuseUnqueryable lets nothing else than a schema through.
  return { schema: target as AnySchema, query: undefined }
}

/** What holds beside the keys: fields of the joined schema, a dynamic for it, or an expression over all. */
function onOf(
  query: Described,
  schema: AnySchema,
  alias: string,
  on: unknown,
): readonly Condition[] {
  if (on === undefined || on === true) return []
  if (typeof on === 'function') return conditionsOf(namesOf(query), 'on', [on])
  const names = { schema, joins: [], computed: [] }
  if (on instanceof FreeCondition || isRecord(on)) {
    return conditionsOf(names, 'on', [on]).map((condition) => renamed(condition, alias))
  }
  throw new QueryError(
    `join() of "${schema.source}" takes { on: … } with fields, a dynamic or an expression, got: ${inspect(on, { depth: 0 })}`,
  )
}

function joinKey(parts: readonly (string | undefined)[], on: readonly Condition[]): Key {
  const keys = on.map(({ key }) => key)
  return keys.includes(undefined) ? undefined : `j${parts.join('/')}[${keys.join(' ')}]`
}

/** The tables from an association's owner to its target. Those on the way have names nobody can write. */
function stepsOf(
  association: ResolvedAssociation,
  from: string | undefined,
  alias: string,
): readonly JoinStep[] {
  if (association.kind === 'through') {
    let before = from
    let owner = association.owner
    return association.path.flatMap((name, index) => {
      const step = associationNamed(owner, name)
      const last = index === association.path.length - 1
      const stepAlias = last ? alias : `${alias}__${name}`
      const steps = stepsOf(step, before, stepAlias)
      before = stepAlias
      owner = step.target
      return steps
    })
  }
  const { target, ownerKey, targetKey, where } = association
  const on = associationConditions(target, alias, where)
  if (association.kind !== 'manyToMany') {
    const equals = { alias: from, column: ownerKey.column }
    return [{ alias, source: target.source, schema: target, column: targetKey.column, equals, on }]
  }
  const { join } = association
  const between = `${alias}__${join.source}`
  return [
    {
      alias: between,
      source: join.source,
      schema: join.schema,
      column: join.owner.column,
      equals: { alias: from, column: ownerKey.column },
      on: betweenConditions(join, between),
    },
    {
      alias,
      source: target.source,
      schema: target,
      column: targetKey.column,
      equals: { alias: between, column: join.target.column },
      on,
    },
  ]
}

/** The conditions of a manyToMany's `joinWhere`, about its join table as the query calls it. */
export function betweenConditions(
  { schema, source, where }: Extract<ResolvedAssociation, { kind: 'manyToMany' }>['join'],
  alias: string | undefined,
): readonly Condition[] {
  if (schema) return associationConditions(schema, alias, where)
  return Object.entries(where).map(([name, wanted], index) => {
    // Of a table that has no schema only the names of its columns are known.
    const column: Column = { name, column: name, field: t.any(), index }
    return wantedOf(schemaNamed(source, {}), { alias, column }, wanted)
  })
}
