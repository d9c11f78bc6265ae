import { QueryError } from '../errors.ts'
import { associationNamed } from '../schema/associations.ts'
import { isRecord } from '../schema/casts.ts'
import { type AnySchema } from '../schema/schema.ts'

/** Which associations to load, and which on their rows in turn. Steps of a `through` are spelled out. */
export interface PreloadTree {
  readonly [association: string]: PreloadTree
}

/** Adds preloads, in whatever way they are written, to those there are. */
export function mergePreloads(
  schema: AnySchema,
  tree: PreloadTree,
  preloads: readonly unknown[],
): PreloadTree {
  return preloads.reduce<PreloadTree>((merged, preload) => {
    if (typeof preload === 'string') return mergeOne(schema, merged, preload, [])
    if (Array.isArray(preload)) return mergePreloads(schema, merged, preload)
    if (!isRecord(preload)) {
      throw new QueryError(
        `preload() for "${schema.source}" takes names, lists and objects, got: ${String(preload)}`,
      )
    }
    return Object.entries(preload).reduce(
      (grown, [name, nested]) =>
        mergeOne(schema, grown, name, Array.isArray(nested) ? nested : [nested]),
      merged,
    )
  }, tree)
}

function mergeOne(
  schema: AnySchema,
  tree: PreloadTree,
  name: string,
  nested: readonly unknown[],
): PreloadTree {
  const association = associationNamed(schema, name)
  const below = mergePreloads(association.target, tree[name] ?? {}, nested)
  if (association.kind !== 'through') return { ...tree, [name]: below }
  // What hangs below a through hangs below its last step: the rows are the same.
  return { ...mergePath(schema, tree, association.path, nested), [name]: below }
}

function mergePath(
  schema: AnySchema,
  tree: PreloadTree,
  path: readonly string[],
  nested: readonly unknown[],
): PreloadTree {
  const [step, ...rest] = path
  if (step === undefined) return mergePreloads(schema, tree, nested)
  const { target } = associationNamed(schema, step)
  const grown = mergeOne(schema, tree, step, [])
  return { ...grown, [step]: mergePath(target, grown[step] ?? {}, rest, nested) }
}
