import { type AnyChangeset } from './changeset/changeset.ts'
import { type Constraint, type Violation } from './changeset/constraint.ts'
import { hint, titleOf } from './names.ts'

/** What an error needs to know of a schema. */
interface Named {
  readonly source: string
}

/** A schema that cannot be right, whatever the data. Raised at definition or on first use. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'

  constructor(source: string, message: string) {
    super(`${source === '' ? 'an embedded schema' : `schema "${source}"`}: ${message}`)
  }
}

/** A field was named that the schema does not have. */
export class UnknownFieldError extends Error {
  override readonly name = 'UnknownFieldError'

  constructor(schema: Named & { readonly fields: object }, field: string, call: string) {
    super(
      `unknown field "${field}" given to ${call} for ${titleOf(schema)}.` +
        hint('fields', field, Object.keys(schema.fields)),
    )
  }
}

/** An association was named that the schema does not have. */
export class UnknownAssociationError extends Error {
  override readonly name = 'UnknownAssociationError'

  constructor(
    schema: Named,
    association: string,
    known: readonly string[],
    use: 'preloaded' | 'joined' = 'preloaded',
  ) {
    super(
      `"${association}" is not an association of ${titleOf(schema)}, so it cannot be ${use}.` +
        hint('associations', association, known),
    )
  }
}

/** An association was touched that nobody preloaded. Nothing is ever loaded behind your back. */
export class AssociationNotLoadedError extends Error {
  override readonly name = 'AssociationNotLoadedError'
  readonly association: string

  /** `ways` are paths by which rows like this one came with others. */
  constructor(
    schema: Named,
    association: string,
    ways: readonly { readonly root: Named; readonly path: readonly string[] }[] = [],
  ) {
    const nested = ways.map(
      ({ root, path }) =>
        ` Where it came with a row of ${titleOf(root)}, that is .preload(${nestedPreload(path, association)}).`,
    )
    super(
      `the association "${association}" of ${titleOf(schema)} is not loaded. Add ` +
        `.preload('${association}') to the query, or repo.preload(row, '${association}') to a row you have.` +
        nested.join(''),
    )
    this.association = association
  }
}

/** `{ comments: { author: 'posts' } }` */
function nestedPreload(path: readonly string[], association: string): string {
  return path.reduceRight((below, step) => `{ ${step}: ${below} }`, `'${association}'`)
}

/** A field was touched that the query did not select. */
export class FieldNotSelectedError extends Error {
  override readonly name = 'FieldNotSelectedError'

  constructor(schema: Named, field: string) {
    super(
      `the field "${field}" of "${schema.source}" was not selected. ` +
        `Add '${field}' to the query's .select(), or leave that out to read all fields.`,
    )
  }
}

/** Something from outside cannot be cast at all: a programming error or a malformed request. */
export class CastError extends Error {
  override readonly name = 'CastError'
}

/** A changeset was asked for what it cannot do: a mistake in the program, whatever was sent. */
export class ChangesetError extends Error {
  override readonly name = 'ChangesetError'
}

/** A query that cannot be run, or would not mean what it says. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
}

/** A read that promised a row found none. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
  /** The table that was searched. */
  readonly source: string

  constructor(schema: Named, clauses: string) {
    super(`no row of "${schema.source}" ${clauses}`)
    this.source = schema.source
  }
}

/** A read of at most one row found more. */
export class MultipleResultsError extends Error {
  override readonly name = 'MultipleResultsError'

  constructor(schema: Named, clauses: string) {
    super(
      `expected at most one row of "${schema.source}" ${clauses}, but there are more. ` +
        `Narrow the query, or add .limit(1) when any of them will do.`,
    )
  }
}

/** A row that was to be written to is no longer there, or no longer as it was read. */
export class StaleRowError extends Error {
  override readonly name = 'StaleRowError'

  constructor(
    changeset: {
      readonly schema: Named & { readonly primaryKey: readonly { readonly name: string }[] }
      readonly row: object
      readonly filters: { readonly [field: string]: unknown }
    },
    action: 'insert' | 'update' | 'delete',
  ) {
    const { schema, row, filters } = changeset
    const key = schema.primaryKey.map(({ name }) => `${name} ${String(Reflect.get(row, name))}`)
    const also = Object.keys(filters)
    const why =
      action === 'insert'
        ? `, over a row that is in its way and that the query of onConflict does not hold for. `
        : ` with ${key.join(' and ')}, which is not in the database` +
          `${also.length === 0 ? '' : `, or has another ${also.join(' or ')} by now`}. ` +
          `It was deleted${also.length === 0 ? '' : ' or changed'} after it was read, or never stored. `
    super(
      `attempted to ${action} the row of "${schema.source}"${why}` +
        `To get an error in the changeset instead, give repo.${action}() a staleErrorField` +
        (action === 'insert' ? '.' : '; to go on as if nothing were wrong, { allowStale: true }.'),
    )
  }
}

/** A value that the program itself gave cannot be written: it is not of its field's type, or nobody may write the field. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError'
}

/** The primary key does not lead to the one row that is to be written: there is none, or it has no value, or several rows have it. */
export class PrimaryKeyError extends Error {
  override readonly name = 'PrimaryKeyError'
}

/** The database refused a write by a constraint that the changeset does not declare. */
export class ConstraintError extends Error {
  override readonly name = 'ConstraintError'
  /** The name of the violated constraint. */
  readonly constraint: string

  constructor(
    violated: Violation,
    attempt: { readonly action: string; readonly source: string },
    declared: readonly Pick<Constraint, 'kind' | 'name' | 'alternates' | 'match'>[],
    options: ErrorOptions,
  ) {
    const known = declared.map((one) => `\n    * ${describedConstraint(one)}`).join('')
    super(
      `constraint error when attempting to ${attempt.action} a row of "${attempt.source}":\n\n` +
        `    * "${violated.name}" (${violated.type})\n\n` +
        `To make that an error on a field, add ${DECLARATIONS[violated.type]} to the changeset's check(), ` +
        `with { name: '${violated.name}' } where its name does not follow the convention.\n\n` +
        (known === ''
          ? 'The changeset declares no constraint.'
          : `The changeset declares these constraints:\n${known}`),
      options,
    )
    this.constraint = violated.name
  }
}

function describedConstraint({
  kind,
  name,
  alternates,
  match,
}: Pick<Constraint, 'kind' | 'name' | 'alternates' | 'match'>): string {
  const names = [name, ...alternates].map((one) => (typeof one === 'string' ? `"${one}"` : one))
  const how = match === 'exact' ? '' : `, ${match}`
  return `${[...new Set(names)].join(' or ')} (${CALLS[kind]}${how})`
}

const DECLARATIONS: { readonly [Type in Violation['type']]: string } = {
  unique: "unique('…')",
  'foreign key': "foreignKey('…'), assocConstraint('…') or noAssocConstraint('…')",
  check: "checkConstraint('…')",
  exclusion: "exclusionConstraint('…')",
}

const CALLS: { readonly [Kind in Constraint['kind']]: string } = {
  unique: 'unique',
  foreign: 'foreignKey',
  assoc: 'assocConstraint',
  noAssoc: 'noAssocConstraint',
  check: 'checkConstraint',
  exclusion: 'exclusionConstraint',
}

/** An invalid changeset was given where a row was promised, or the database made it one. Prints what was tried, without secrets. */
export class InvalidChangesetError extends Error {
  override readonly name = 'InvalidChangesetError'
  /** By field, what people read. */
  readonly messages: { readonly [field: string]: readonly string[] }
  readonly #changeset: AnyChangeset

  constructor(
    changeset: AnyChangeset,
    action: string,
    messages: { readonly [field: string]: readonly string[] },
    shown: {
      /** A line for each error, however deep. */
      readonly errors: readonly string[]
      /** What else there is to know, by title. */
      readonly sections: { readonly [title: string]: string }
    },
  ) {
    const sections = Object.entries(shown.sections).map(
      ([title, text]) => `\n\n${title}\n  ${text.replaceAll('\n', '\n  ')}`,
    )
    super(
      `could not ${action} a row of ${titleOf(changeset.schema)}, because the changeset is invalid.` +
        `\n\nErrors${shown.errors.map((line) => `\n  * ${line}`).join('')}${sections.join('')}`,
    )
    this.messages = messages
    this.#changeset = changeset
  }

  /** The changeset, with its action set. */
  get changeset(): AnyChangeset {
    return this.#changeset
  }
}

/** A transaction was used in a way that could not keep its promise. */
export class TransactionError extends Error {
  override readonly name = 'TransactionError'
}

/** `repo.rollback(value)` ended the transaction. What `repo.transaction` rejects with. */
export class RollbackError extends Error {
  override readonly name = 'RollbackError'
  /** What `repo.rollback` was given. */
  readonly value: unknown

  constructor(value: unknown) {
    super('the transaction was rolled back by repo.rollback()')
    this.value = value
  }
}

/** A statement in a test that belongs to no test's sandbox, or to one that is over. */
export class OwnershipError extends Error {
  override readonly name = 'OwnershipError'
}

/** A read or write of rows that belong to tenants, which does not say whose, or says somebody else's. */
export class TenantError extends Error {
  override readonly name = 'TenantError'
}
