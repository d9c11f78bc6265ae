import { associationNamed } from '../schema/associations.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { type PreloadTree, type QueryState } from './model.ts'
import { associationsIn } from './preload-tree.ts'

/** The columns that are read: all, or those selected and the keys that preloads go by. */
export function columnsRead(schema: AnySchema, state: QueryState): readonly Column[] {
  const columns = namedColumns(schema, state)
  if (state.computed.length === 0) return columns
  return [...columns, ...state.computed.map(({ column }) => column)]
}

function namedColumns(
  schema: AnySchema,
  { fields, preloads, from }: QueryState,
): readonly Column[] {
  const all = from ? columnsRead(from.schema, from.state) : schema.columns
  if (!fields) return all
  const read = new Set([...fields, ...keysOf(schema, preloads)])
  return all.filter((column) => read.has(column))
}

/** By which the rows of these associations are told apart and find their owners. */
function keysOf(schema: AnySchema, preloads: PreloadTree): readonly Column[] {
  return Object.entries(preloads).flatMap(([name, { how }]) => {
    if (how?.kind === 'joined') return schema.primaryKey
    if (how?.kind === 'embedded') return schema.columns.filter((column) => column.name === name)
    const association = associationNamed(schema, name)
    return association.kind === 'through' ? [] : [association.ownerKey]
  })
}

/** An association that a query fills with rows it has joined. */
export interface JoinedRead {
  readonly name: string
  readonly alias: string
  readonly schema: AnySchema
  readonly many: boolean
  readonly columns: readonly Column[]
  /** Every association that is going to be there, by a join or a statement of its own. */
  readonly associations: readonly string[]
  readonly joined: readonly JoinedRead[]
}

/** The associations that come with the rows of the query itself. */
export function joinedReads(schema: AnySchema, state: QueryState): readonly JoinedRead[] {
  return state.joins.length === 0 ? [] : readsOf(schema, state.preloads, state)
}

function readsOf(schema: AnySchema, tree: PreloadTree, state: QueryState): readonly JoinedRead[] {
  return Object.entries(tree).flatMap(([name, { how, nested }]) => {
    if (how?.kind !== 'joined') return []
    const { target, many } = associationNamed(schema, name)
    const query = state.joins.find(({ alias }) => alias === how.alias)?.query
    return {
      name,
      alias: how.alias,
      schema: target,
      many,
      columns: query ? columnsRead(query.schema, query.state) : target.columns,
      associations: associationsIn(nested),
      joined: readsOf(target, nested, state),
    }
  })
}
