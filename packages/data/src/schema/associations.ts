import { SchemaError, UnknownAssociationError } from '../errors.ts'
import { hint, singularCamelCase } from '../names.ts'
import { type AnyAssociation, type Association, type Order, type Through } from './association.ts'
import { type AnySchema, type Column } from './schema.ts'

/** An association with its keys found and checked: rows belong together where the two are equal. */
export interface KeyedAssociation {
  readonly kind: 'belongsTo' | 'hasOne' | 'hasMany'
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  readonly ownerKey: Column
  readonly targetKey: Column
  readonly order: Order
  readonly many: boolean
}

export interface ThroughAssociation {
  readonly kind: 'through'
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  readonly path: readonly string[]
  readonly many: boolean
}

export type ResolvedAssociation = KeyedAssociation | ThroughAssociation

type Written = Association<'belongsTo' | 'hasOne' | 'hasMany', AnySchema>

const written = new WeakMap<AnySchema, ReadonlyMap<string, AnyAssociation>>()
const resolved = new WeakMap<AnySchema, Map<string, ResolvedAssociation>>()

/** The names of a schema's associations, in the order they were written. */
export function associationNames(schema: AnySchema): readonly string[] {
  return [...writtenAssociations(schema).keys()]
}

/**
 * The association of this name, its keys found and checked.
 *
 * @throws UnknownAssociationError · SchemaError when the association cannot be right.
 */
export function associationNamed(schema: AnySchema, name: string): ResolvedAssociation {
  const known = resolved.get(schema) ?? new Map<string, ResolvedAssociation>()
  resolved.set(schema, known)
  const found = known.get(name)
  if (found) return found
  const association = writtenAssociations(schema).get(name)
  if (!association) throw new UnknownAssociationError(schema, name, associationNames(schema))
  const fresh =
    association.kind === 'through'
      ? resolveThrough(schema, name, association)
      : resolveKeyed(schema, name, association)
  known.set(name, fresh)
  return fresh
}

function writtenAssociations(schema: AnySchema): ReadonlyMap<string, AnyAssociation> {
  const known = written.get(schema)
  if (known) return known
  const associations = new Map<string, AnyAssociation>(Object.entries(schema.associations() ?? {}))
  for (const name of associations.keys()) {
    if (!Object.hasOwn(schema.fields, name)) continue
    throw new SchemaError(
      schema.source,
      `"${name}" is both a field and an association. Choose another name for one of them.`,
    )
  }
  written.set(schema, associations)
  return associations
}

function resolveKeyed(owner: AnySchema, name: string, association: Written): KeyedAssociation {
  const { kind, target, order } = association
  checkOrder(owner, name, target, order)
  const belongs = kind === 'belongsTo'
  return {
    kind,
    name,
    owner,
    target,
    order,
    ownerKey: belongs
      ? foreignKeyHere(owner, name, association)
      : primaryKey(owner, `the association "${name}" needs one`),
    targetKey: belongs
      ? primaryKey(target, `the association "${name}" of "${owner.source}" needs one`)
      : foreignKeyThere(owner, name, association),
    many: kind === 'hasMany',
  }
}

function foreignKeyHere(owner: AnySchema, name: string, association: Written): Column {
  const wanted = association.foreignKey ?? `${name}Id`
  return column(owner, wanted) ?? refuseForeignKey(owner, name, owner, wanted)
}

function foreignKeyThere(owner: AnySchema, name: string, association: Written): Column {
  const { target, foreignKey } = association
  if (foreignKey !== undefined) {
    return column(target, foreignKey) ?? refuseForeignKey(owner, name, target, foreignKey)
  }
  const byName = `${singularCamelCase(owner.source)}Id`
  return (
    column(target, byName) ??
    onlyKeyBack(owner, target) ??
    refuseForeignKey(owner, name, target, byName)
  )
}

function onlyKeyBack(owner: AnySchema, target: AnySchema): Column | undefined {
  const keys = [...writtenAssociations(target)].flatMap(([name, back]) =>
    back.kind === 'belongsTo' && back.target === owner ? [back.foreignKey ?? `${name}Id`] : [],
  )
  const [key] = keys
  return keys.length === 1 && key !== undefined ? column(target, key) : undefined
}

function refuseForeignKey(
  owner: AnySchema,
  name: string,
  holder: AnySchema,
  wanted: string,
): never {
  throw new SchemaError(
    owner.source,
    `the association "${name}" needs the foreign key "${wanted}" on "${holder.source}", which has no such field. ` +
      `Add it, or name another with { foreignKey: '…' }.${hint('fields', wanted, Object.keys(holder.fields))}`,
  )
}

function resolveThrough(
  owner: AnySchema,
  name: string,
  { path }: Through<readonly string[]>,
): ThroughAssociation {
  let target = owner
  let many = false
  for (const step of path) {
    const names = associationNames(target)
    if (!names.includes(step) || (target === owner && step === name)) {
      throw new SchemaError(
        owner.source,
        `the association "${name}" goes through "${step}", which is not an association of "${target.source}".` +
          hint('associations', step, names),
      )
    }
    const association = associationNamed(target, step)
    many ||= association.many
    target = association.target
  }
  return { kind: 'through', name, owner, target, path, many }
}

/** @throws SchemaError when the schema has no field made by `t.id()`. */
export function primaryKey(schema: AnySchema, why: string): Column {
  const key = schema.columns.find((candidate) => candidate.field.filledBy === 'database')
  if (key) return key
  throw new SchemaError(schema.source, `it has no primary key, and ${why}. Add id: t.id().`)
}

function column(schema: AnySchema, name: string): Column | undefined {
  return schema.columns.find((candidate) => candidate.name === name)
}

function checkOrder(owner: AnySchema, name: string, target: AnySchema, order: Order): void {
  for (const field of Object.keys(order)) {
    if (column(target, field)) continue
    throw new SchemaError(
      owner.source,
      `the association "${name}" is ordered by "${field}", which is not a field of "${target.source}".` +
        hint('fields', field, Object.keys(target.fields)),
    )
  }
}
