export {
  acceptance,
  check,
  confirmation,
  exclusion,
  format,
  inclusion,
  length,
  number,
  required,
  validate,
  type Messages,
  type Validator,
} from './changeset/validate.ts'
export {
  addError,
  applyChanges,
  cast,
  change,
  getChange,
  getField,
  put,
  type Action,
  type AnyChangeset,
  type Changeset,
  type Changes,
  type FieldError,
  type Params,
} from './changeset/changeset.ts'
export { checkConstraint, foreignKey, unique } from './changeset/constraints.ts'
export { errorMessages } from './changeset/messages.ts'
export {
  AssociationNotLoadedError,
  CastError,
  ChangesetError,
  ChangeError,
  ConstraintError,
  FieldNotSelectedError,
  InvalidChangesetError,
  MultipleResultsError,
  NotFoundError,
  OwnershipError,
  QueryError,
  RollbackError,
  SchemaError,
  StaleRowError,
  TenantError,
  TransactionError,
  UnknownAssociationError,
  UnknownFieldError,
} from './errors.ts'
export { sql } from 'kysely'
export { from } from './query/from.ts'
export { type Clauses, type Query } from './query/query.ts'
export { type Operator } from './query/conditions.ts'
export { tablesOf, type Tables } from './query/tables.ts'
export { type QueryEvent, type QueryListener } from './repo/event.ts'
export { createRepo, type PreloadOptions, type Repo, type RepoOptions } from './repo/repo.ts'
export { type Saved } from './repo/attempt.ts'
export { belongsTo, hasMany, hasOne, manyToMany, through } from './schema/association.ts'
export { embeddedDump, embeddedLoad, embedsMany, embedsOne } from './schema/embed.ts'
export { checkSchemas } from './repo/check-schemas.ts'
export { build, schemaOf, stateOf } from './schema/instance.ts'
export {
  type ColumnName,
  type Columns,
  type FieldName,
  type Loaded,
  type NewRow,
  type NotLoaded,
  type Preload,
  type Row,
  type RowState,
  type Values,
} from './schema/row.ts'
export { embedded, schema, type AnySchema, type TableSchema } from './schema/schema.ts'
export { t, timestamps, type CustomType } from './schema/types.ts'
