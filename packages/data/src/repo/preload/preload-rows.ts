import { inspect } from 'node:util'

import { QueryError } from '../../errors.ts'
import { singularCamelCase, titleOf } from '../../names.ts'
import { type LoadRows, type PreloadNode, type PreloadTree } from '../../query/model.ts'
import { ownerOf, preloadQuery, type QueriedAssociation } from '../../query/preload-query.ts'
import { isRow, schemaOf } from '../../schema/instance.ts'
import { type AnyRow } from '../../schema/shape.ts'
import { type Context } from '../context.ts'
import { ownRows, rowsAndOwners } from './own-rows.ts'
import { prepared } from '../tenancy/prepare.ts'
import { type Found } from './preload-assign.ts'
import { rowIn, withRoom } from './preload-room.ts'
import { refuseForeignRows } from '../tenancy/tenant-writes.ts'

/** Rows, and what is to be loaded on them in turn, for which they have room. */
interface FoundAndNested extends Found {
  readonly nested: PreloadTree
}

/**
 * The rows of an association that belong to these parents, by one statement or the caller's function.
 * Neither runs where no parent has a key.
 */
export async function findRows(
  context: Context,
  association: QueriedAssociation,
  parents: readonly AnyRow[],
  { how, nested }: PreloadNode,
): Promise<FoundAndNested> {
  const keys = keysOf(association, parents)
  if (keys.length === 0) return { rows: [], owners: [], nested }
  if (how?.kind === 'function') {
    const found = await givenRows(association, keys, how.load, nested)
    const who = `the function that preloads "${association.name}" gave`
    refuseForeignRows(context, association.target, found.rows, who)
    return found
  }
  const given = how?.kind === 'query' ? how.query : undefined
  const asked = preloadQuery(association, keys, given, nested)
  const query = prepared(context, 'all', asked, 'preload')
  const below = query.state.preloads
  if (association.kind === 'manyToMany') {
    return { ...(await rowsAndOwners(context, query, ownerOf(association))), nested: below }
  }
  const rows = await ownRows(context, query)
  const { name } = association.targetKey
  return { rows, owners: rows.map((row) => row[name]), nested: below }
}

function keysOf({ ownerKey }: QueriedAssociation, parents: readonly AnyRow[]): readonly unknown[] {
  const keys = new Set<unknown>()
  for (const parent of parents) keys.add(parent[ownerKey.name])
  keys.delete(null)
  keys.delete(undefined)
  return [...keys]
}

/**
 * The rows that a function of the caller's finds.
 *
 * @throws QueryError where they do not say whose they are, with an example of what they should be.
 */
async function givenRows(
  association: QueriedAssociation,
  keys: readonly unknown[],
  load: LoadRows,
  nested: PreloadTree,
): Promise<FoundAndNested> {
  const given: unknown = await load(keys, association)
  if (!Array.isArray(given)) refuseGiven(association, given)
  const owned = given.map((one: unknown) => ownedRow(association, one))
  const { name } = association
  const isDeep = Object.keys(nested).length > 0
  return {
    // What the function gave may be somebody else's too.
    rows: owned.map(({ row }) => (isDeep ? withRoom(rowIn(name, row), nested) : row)),
    owners: owned.map(({ owner }) => owner),
    nested,
  }
}

function ownedRow(
  association: QueriedAssociation,
  given: unknown,
): { readonly row: AnyRow; readonly owner: unknown } {
  const { kind, target, targetKey } = association
  const isPair = Array.isArray(given)
  if (isPair !== (kind === 'manyToMany')) refuseGiven(association, given)
  const [owner, row]: readonly unknown[] = isPair ? given : [undefined, given]
  if (!isObject(row) || (isRow(row) && schemaOf(row) !== target)) refuseGiven(association, given)
  const key = isPair ? owner : row[targetKey.name]
  if (key === undefined || key === null) refuseGiven(association, given)
  return { row, owner: key }
}

function isObject(value: unknown): value is AnyRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuseGiven(association: QueriedAssociation, given: unknown): never {
  const { kind, name, owner, target, targetKey } = association
  const inGeneral =
    kind === 'manyToMany'
      ? `The function for a manyToMany gives a list of pairs: the key of a row of ${titleOf(owner)}, and a row of ` +
        `${titleOf(target)} that belongs to it. A row of several owners comes once for each.`
      : `The function for a ${kind} gives a list of rows of ${titleOf(target)}, each with its "${targetKey.name}", by which ` +
        `it is known whose it is.`
  throw new QueryError(
    `invalid custom preload for "${name}" of ${titleOf(owner)}: its function gave ${inspect(given, { depth: 1, breakLength: Infinity })}.

${inGeneral} For example:

${kind === 'manyToMany' ? exampleOfPairs(association) : exampleOfRows(association)}`,
  )
}

function exampleOfRows({ name, target, targetKey }: QueriedAssociation): string {
  return `  .preload({
    ${name}: (ids) => repo.all(from(${nameOf(target.source)}).where('${targetKey.name}', 'in', ids)),
  })`
}

function exampleOfPairs({ name, owner, target }: QueriedAssociation): string {
  const [one, other] = [nameOf(owner.source), nameOf(target.source)]
  return `  .preload({
    ${name}: async (ids) => {
      const found = await repo.all(from(${one}).where('id', 'in', ids).preload('${name}'))
      return found.flatMap((one) => one.${name}.map((row) => [one.id, row] as const))
    },
  }) // [[1, ${other} {…}], [1, ${other} {…}], [2, ${other} {…}]]`
}

/** What a schema of this table is probably called. */
function nameOf(source: string): string {
  const singular = singularCamelCase(source)
  return singular.charAt(0).toUpperCase() + singular.slice(1)
}
