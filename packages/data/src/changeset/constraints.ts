import { UnknownFieldError } from '../errors.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Changeset, withState } from './changeset.ts'
import { type Constraint } from './constraint.ts'
import { type Validator } from './validate.ts'

interface ConstraintOptions {
  /** The constraint's name in the database, where it does not follow the convention. */
  readonly name?: string
  readonly message?: string
}

/**
 * A unique index, named `<table>_<columns joined by _>_index`. Its violation is an error on the
 * first field, or on `errorField`. Checked by the database alone, when the row is written.
 */
export function unique<S extends AnySchema>(
  fields: FieldName<S> | readonly [FieldName<S>, ...FieldName<S>[]],
  options: ConstraintOptions & { readonly errorField?: string } = {},
): Validator<S> {
  const names: readonly FieldName<S>[] = typeof fields === 'string' ? [fields] : fields
  return declare(({ schema }) => {
    const columns = names.map((name) => columnOf(schema, name, 'unique()'))
    return {
      type: 'unique',
      name: options.name ?? [schema.source, ...columns, 'index'].join('_'),
      field: options.errorField ?? names[0] ?? '',
      message: options.message ?? 'has already been taken',
    }
  })
}

/** A foreign key, named `<table>_<column>_fkey`: what the field points to must exist. */
export function foreignKey<S extends AnySchema>(
  field: FieldName<S>,
  options: ConstraintOptions = {},
): Validator<S> {
  return declare(({ schema }) => ({
    type: 'foreign key',
    name: options.name ?? `${schema.source}_${columnOf(schema, field, 'foreignKey()')}_fkey`,
    field,
    message: options.message ?? 'does not exist',
  }))
}

/** A check, which has to be named: its violation is an error on the field you choose. */
export function checkConstraint<S extends AnySchema>(
  field: FieldName<S>,
  options: ConstraintOptions & { readonly name: string },
): Validator<S> {
  return declare(({ schema }) => {
    columnOf(schema, field, 'checkConstraint()')
    return { type: 'check', name: options.name, field, message: options.message ?? 'is invalid' }
  })
}

function declare<S extends AnySchema>(
  constraint: (changeset: Changeset<S>) => Constraint,
): Validator<S> {
  return (changeset) =>
    withState(changeset, { constraints: [...changeset.constraints, named(constraint(changeset))] })
}

/** PostgreSQL cuts names at 63 bytes, and reports the cut name. */
function named(constraint: Constraint): Constraint {
  return { ...constraint, name: Buffer.from(constraint.name).subarray(0, 63).toString() }
}

function columnOf(schema: AnySchema, field: string, call: string): string {
  const column = schema.columns.find(({ name }) => name === field)
  if (!column) throw new UnknownFieldError(schema, field, call)
  return column.column
}
