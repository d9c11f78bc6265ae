import { SchemaError, UnknownAssociationError } from '../errors.ts'
import { hint, singularCamelCase, snakeCase } from '../names.ts'
import {
  type AnyAssociation,
  type Association,
  type AssociationParts,
  type KeyedKind,
  type ManyToMany,
  type Order,
  type Through,
} from './association.ts'
import { type AnySchema, type Column, originalOf } from './schema.ts'

/** An association with its keys found and checked: rows belong together where the two are equal. */
export interface KeyedAssociation extends AssociationParts {
  readonly kind: KeyedKind
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  readonly ownerKey: Column
  readonly targetKey: Column
  readonly many: boolean
}

/** An association over a table between the two, whose keys meet the primary keys of both. */
export interface ManyToManyAssociation extends AssociationParts {
  readonly kind: 'manyToMany'
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  readonly ownerKey: Column
  readonly targetKey: Column
  readonly many: true
  readonly join: JoinTable
}

/** The table between two schemas. */
export interface JoinTable {
  /** Undefined when the table was given by its name. */
  readonly schema: AnySchema | undefined
  readonly source: string
  readonly owner: JoinKey
  readonly target: JoinKey
  /** What each of its rows must be as well: by field, or by column where there is no schema. */
  readonly where: { readonly [field: string]: unknown }
  readonly defaults: object | ((owner: object) => object)
  readonly unique: boolean
  readonly onConflict: 'raise' | 'nothing'
}

interface JoinKey {
  /** The field of the join schema; the column where there is none. */
  readonly name: string
  readonly column: string
}

export interface ThroughAssociation {
  readonly kind: 'through'
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  readonly path: readonly string[]
  readonly many: boolean
}

export type ResolvedAssociation = KeyedAssociation | ManyToManyAssociation | ThroughAssociation

type Written = Association<KeyedKind, AnySchema>

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
  const fresh = resolve(schema, name, association)
  known.set(name, fresh)
  return fresh
}

function resolve(
  schema: AnySchema,
  name: string,
  association: AnyAssociation,
): ResolvedAssociation {
  if (association.kind === 'through') return resolveThrough(schema, name, association)
  checkFields(schema, name, association.target, 'ordered', association.order)
  checkFields(schema, name, association.target, 'narrowed', association.where)
  return association.kind === 'manyToMany'
    ? resolveManyToMany(schema, name, association)
    : resolveKeyed(schema, name, association)
}

/** @throws SchemaError for the first association of the schema that cannot be right. */
export function checkAssociations(schema: AnySchema): void {
  for (const name of associationNames(schema)) associationNamed(schema, name)
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
  const { kind, target } = association
  const belongs = kind === 'belongsTo'
  return {
    ...partsOf(association),
    kind,
    name,
    owner,
    target,
    ownerKey: belongs
      ? foreignKeyHere(owner, name, association)
      : referenced(owner, name, association, owner),
    targetKey: belongs
      ? referenced(owner, name, association, target)
      : foreignKeyThere(owner, name, association),
    many: kind === 'hasMany',
  }
}

function partsOf({
  order,
  where,
  onReplace,
  onDelete,
  defaults,
}: AssociationParts): AssociationParts {
  return { order, where, onReplace, onDelete, defaults }
}

function resolveManyToMany(
  owner: AnySchema,
  name: string,
  association: ManyToMany<AnySchema>,
): ManyToManyAssociation {
  const { target, joinThrough, joinWhere, joinDefaults, unique, onJoinThroughConflict } =
    association
  const schema = typeof joinThrough === 'string' ? undefined : joinThrough
  const source = typeof joinThrough === 'string' ? joinThrough : joinThrough.source
  const [ownerName, targetName] = association.joinKeys ?? [keyTo(owner), keyTo(target)]
  const key = (field: string): JoinKey => {
    if (!schema) return { name: snakeCase(field), column: snakeCase(field) }
    const found = column(schema, field)
    if (found) return { name: field, column: found.column }
    throw new SchemaError(
      owner.source,
      `the association "${name}" needs the field "${field}" on "${source}", which has no such field. ` +
        `Add it, or name both with { joinKeys: ['…', '…'] }.${hint('fields', field, Object.keys(schema.fields))}`,
    )
  }
  return {
    ...partsOf(association),
    kind: 'manyToMany',
    name,
    owner,
    target,
    ownerKey: primaryKey(owner, `the association "${name}" needs one`),
    targetKey: primaryKey(target, `the association "${name}" of "${owner.source}" needs one`),
    many: true,
    join: {
      schema,
      source,
      owner: key(ownerName),
      target: key(targetName),
      where: joinWhere,
      defaults: joinDefaults,
      unique,
      onConflict: onJoinThroughConflict,
    },
  }
}

function referenced(
  owner: AnySchema,
  name: string,
  { references }: Written,
  holder: AnySchema,
): Column {
  if (references === undefined) {
    const of = holder === owner ? '' : ` of "${owner.source}"`
    return primaryKey(holder, `the association "${name}"${of} needs one`)
  }
  const found = column(holder, references)
  if (found) return found
  throw new SchemaError(
    owner.source,
    `the association "${name}" references "${references}", which is not a field of "${holder.source}".` +
      hint('fields', references, Object.keys(holder.fields)),
  )
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
  const byName = keyTo(owner)
  return (
    column(target, byName) ??
    onlyKeyBack(owner, target) ??
    refuseForeignKey(owner, name, target, byName)
  )
}

/** What a foreign key is called that leads to the rows of a schema. */
function keyTo(schema: AnySchema): string {
  return `${singularCamelCase(originalOf(schema).source)}Id`
}

function onlyKeyBack(owner: AnySchema, target: AnySchema): Column | undefined {
  const keys = [...writtenAssociations(target)].flatMap(([name, back]) =>
    back.kind === 'belongsTo' && originalOf(back.target) === originalOf(owner)
      ? [back.foreignKey ?? `${name}Id`]
      : [],
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

/** @throws SchemaError when the schema's primary key is not exactly one field. */
export function primaryKey(schema: AnySchema, why: string): Column {
  const [key, other] = schema.primaryKey
  if (key && !other) return key
  throw new SchemaError(
    schema.source,
    key
      ? `its primary key is several fields (${schema.primaryKey.map(({ name }) => name).join(', ')}), and ${why}, of one field.`
      : `it has no primary key, and ${why}. Add id: t.id().`,
  )
}

function column(schema: AnySchema, name: string): Column | undefined {
  return schema.columns.find((candidate) => candidate.name === name)
}

function checkFields(
  owner: AnySchema,
  name: string,
  target: AnySchema,
  how: 'ordered' | 'narrowed',
  fields: Order | AssociationParts['where'],
): void {
  // An expression names its columns to Kysely's types.
  if (typeof fields === 'function') return
  for (const field of Object.keys(fields)) {
    if (column(target, field)) continue
    throw new SchemaError(
      owner.source,
      `the association "${name}" is ${how} by "${field}", which is not a field of "${target.source}".` +
        hint('fields', field, Object.keys(target.fields)),
    )
  }
}
