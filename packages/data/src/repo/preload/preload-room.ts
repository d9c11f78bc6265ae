import { QueryError } from '../../errors.ts'
import { type PreloadTree } from '../../query/model.ts'
import { associationsIn } from '../../query/preload-tree.ts'
import { isRow, loadedOn, schemaOf, stateOf } from '../../schema/instance.ts'
import { type RowOf } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type AnyRow, shapeOf } from '../../schema/shape.ts'

/** A copy with room for the tree, which leaves what the caller holds as it was. `force` forgets what was loaded there. */
export function withRoom(row: RowOf<AnySchema>, tree: PreloadTree, force = false): AnyRow {
  const schema = schemaOf(row)
  const wanted = associationsIn(tree)
  const names = [...new Set([...loadedOn(row), ...wanted])]
  const isWhole = schema.columns.every(({ name }) => Object.hasOwn(row, name))
  const columns = isWhole
    ? schema.columns
    : [...schema.columns, ...schema.virtuals].filter(({ name }) => Object.hasOwn(row, name))
  const copy = shapeOf(schema, stateOf(row), names, columns).fromRow(row)
  if (force) for (const name of wanted) copy[name] = undefined
  return copy
}

/** @throws QueryError for what a function of the caller's gave that is no row. */
export function rowIn(name: string, given: unknown): RowOf<AnySchema> {
  if (isRow(given)) return given
  throw new QueryError(
    `nothing can be preloaded on what "${name}" holds, as it is no row of a schema: a function found it. ` +
      `Let the function give rows: build(Schema, values) makes one of values.`,
  )
}
