import { inspect } from 'node:util'

import { ChangesetError, UnknownAssociationError, UnknownFieldError } from '../errors.ts'
import {
  associationNamed,
  associationNames,
  type ResolvedAssociation,
} from '../schema/associations.ts'
import { type FieldName, type RelationName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Changeset, withState } from './changeset.ts'
import { type Constraint, cutName, defaultName } from './constraint.ts'
import { checkOptions } from './options.ts'
import { type Validator } from './rule.ts'

/** How a constraint is told from others, and what is said of its violation. */
export interface ConstraintOptions {
  /** Its name in the database where it does not follow the convention: the name, or a pattern of it. */
  readonly name?: string | RegExp
  /** Whether `name` is all of the name, or its beginning or end: for partitions and tenants, whose names differ. */
  readonly match?: 'exact' | 'suffix' | 'prefix'
  readonly message?: string
}

type Names<S extends AnySchema> = FieldName<S> | readonly [FieldName<S>, ...FieldName<S>[]]

/**
 * A unique index or constraint, named `<table>_<columns joined by _>_index`, or as PostgreSQL does
 * (`…_key`, `<table>_pkey`). Its violation is an error on the first field, or on `errorField`. Checked
 * by the database alone, when the row is written.
 *
 * @throws UnknownFieldError · ChangesetError for a schema that has no table.
 */
export function unique<S extends AnySchema>(
  fields: Names<S>,
  options: ConstraintOptions & { readonly errorField?: string } = {},
): Validator<S> {
  const names: readonly FieldName<S>[] = typeof fields === 'string' ? [fields] : fields
  return declare(options, ({ schema }) => {
    const columns = names.map((name) => columnOf(schema, name, 'unique()'))
    const isKey = names.every((name) => schema.fields[name]?.isPrimaryKey)
    return {
      type: 'unique',
      kind: 'unique',
      name: [schema.source, ...columns, 'index'].join('_'),
      alternates: [
        defaultName(schema.source, columns, 'key'),
        defaultName(schema.source, columns, 'idx'),
        ...(isKey ? [defaultName(schema.source, [], 'pkey')] : []),
      ],
      field: options.errorField ?? names[0] ?? '',
      message: 'has already been taken',
    }
  })
}

/**
 * A foreign key, named `<table>_<column>_fkey`: what the field points to must exist.
 *
 * @throws UnknownFieldError · ChangesetError for a schema that has no table.
 */
export function foreignKey<S extends AnySchema>(
  field: FieldName<S>,
  options: ConstraintOptions = {},
): Validator<S> {
  return declare(options, ({ schema }) => ({
    type: 'foreign key',
    kind: 'foreign',
    ...keyNames(schema.source, columnOf(schema, field, 'foreignKey()')),
    field,
    message: 'does not exist',
  }))
}

/**
 * The foreign key of a `belongsTo`, as `foreignKey` has it; the error is on the association.
 *
 * @throws UnknownAssociationError · ChangesetError
 */
export function assocConstraint<S extends AnySchema>(
  name: RelationName<S>,
  options: ConstraintOptions = {},
): Validator<S> {
  return declare(options, ({ schema }) => {
    const association = associationOf(schema, name, 'assocConstraint()', ['belongsTo'])
    return {
      type: 'foreign key',
      kind: 'assoc',
      ...keyNames(schema.source, association.ownerKey.column),
      field: name,
      message: 'does not exist',
    }
  })
}

/**
 * The foreign key of the rows of a `hasOne` or `hasMany`, which forbids that this one is deleted while
 * there are some. The error is on the association.
 *
 * @throws UnknownAssociationError · ChangesetError
 */
export function noAssocConstraint<S extends AnySchema>(
  name: RelationName<S>,
  options: ConstraintOptions = {},
): Validator<S> {
  return declare(options, ({ schema }) => {
    const association = associationOf(schema, name, 'noAssocConstraint()', ['hasOne', 'hasMany'])
    const { target, targetKey, many } = association
    return {
      type: 'foreign key',
      kind: 'noAssoc',
      ...keyNames(target.source, targetKey.column),
      field: name,
      message: `${many ? 'are' : 'is'} still associated with this entry`,
    }
  })
}

/**
 * An exclusion constraint, named `<table>_<column>_exclusion`, or as PostgreSQL does (`…_excl`).
 *
 * @throws UnknownFieldError · ChangesetError for a schema that has no table.
 */
export function exclusionConstraint<S extends AnySchema>(
  fields: Names<S>,
  options: ConstraintOptions & { readonly errorField?: string } = {},
): Validator<S> {
  const names: readonly FieldName<S>[] = typeof fields === 'string' ? [fields] : fields
  return declare(options, ({ schema }) => {
    const columns = names.map((name) => columnOf(schema, name, 'exclusionConstraint()'))
    return {
      type: 'exclusion',
      kind: 'exclusion',
      name: [schema.source, ...columns, 'exclusion'].join('_'),
      alternates: [defaultName(schema.source, columns, 'excl')],
      field: options.errorField ?? names[0] ?? '',
      message: 'violates an exclusion constraint',
    }
  })
}

/**
 * A check, which has to be named: its violation is an error on the field you choose.
 *
 * @throws UnknownFieldError · ChangesetError
 */
export function checkConstraint<S extends AnySchema>(
  field: FieldName<S>,
  options: ConstraintOptions & { readonly name: string | RegExp },
): Validator<S> {
  if (options?.name === undefined) {
    throw new ChangesetError(
      `checkConstraint('${field}') needs the name of the constraint: { name: '…' }. A table may have many checks.`,
    )
  }
  return declare(options, ({ schema }) => {
    columnOf(schema, field, 'checkConstraint()')
    return {
      type: 'check',
      kind: 'check',
      name: options.name,
      alternates: [],
      field,
      message: 'is invalid',
    }
  })
}

/** What a constraint is by convention; the options say what is otherwise. */
type Convention = Omit<Constraint, 'match'>

function declare<S extends AnySchema>(
  options: ConstraintOptions,
  convention: (changeset: Changeset<S>) => Convention,
): Validator<S> {
  checkOptions('a constraint', options, ['name', 'match', 'message', 'errorField'])
  const { match = 'exact' } = options
  if (!MATCHES.includes(match)) {
    throw new ChangesetError(
      `a constraint's match is 'exact', 'suffix' or 'prefix', got: ${inspect(match)}`,
    )
  }
  if (options.name instanceof RegExp && match !== 'exact') {
    throw new ChangesetError(
      `a constraint named by a pattern is matched by it alone: write ${String(options.name)} to match a ${match}, and leave out { match: '${match}' }.`,
    )
  }
  return (changeset) => {
    if (changeset.schema.kind === 'embedded') {
      throw new ChangesetError(
        `cannot add a constraint to a changeset of a schema that has no table: nothing is there to check it. Use a rule, such as validate().`,
      )
    }
    const usual = convention(changeset)
    const constraint: Constraint = {
      ...usual,
      match,
      message: options.message ?? usual.message,
      name:
        typeof options.name === 'object'
          ? options.name
          : cutName(options.name ?? String(usual.name)),
      // A name that was given is the only one.
      alternates: options.name === undefined && match === 'exact' ? usual.alternates : [],
    }
    return withState(changeset, { constraints: [...changeset.constraints, constraint] })
  }
}

const MATCHES: readonly string[] = ['exact', 'suffix', 'prefix']

function keyNames(table: string, column: string): Pick<Constraint, 'name' | 'alternates'> {
  return {
    name: `${table}_${column}_fkey`,
    alternates: [defaultName(table, [column], 'fkey')],
  }
}

function columnOf(schema: AnySchema, field: string, call: string): string {
  const column = schema.columns.find(({ name }) => name === field)
  if (!column) throw new UnknownFieldError(schema, field, call)
  return column.column
}

function associationOf<Kind extends ResolvedAssociation['kind']>(
  schema: AnySchema,
  name: string,
  call: string,
  kinds: readonly Kind[],
): ResolvedAssociation & { readonly kind: Kind } {
  const names = associationNames(schema)
  if (!names.includes(name)) throw new UnknownAssociationError(schema, name, names)
  const association = associationNamed(schema, name)
  if (isOf(association, kinds)) return association
  throw new ChangesetError(
    `${call} is for ${kinds.join(' and ')}, and "${name}" of "${schema.source}" is ${association.kind}.`,
  )
}

function isOf<Kind extends ResolvedAssociation['kind']>(
  association: ResolvedAssociation,
  kinds: readonly Kind[],
): association is ResolvedAssociation & { readonly kind: Kind } {
  return kinds.some((kind) => kind === association.kind)
}
