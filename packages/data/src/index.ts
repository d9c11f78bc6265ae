export {
  applyAction,
  applyActionOrThrow,
  applyChanges,
  resetFields,
  type Applied,
} from './changeset/apply.ts'
export { cast, invalidParams, type CastOptions } from './changeset/cast.ts'
export {
  castAssoc,
  castEmbed,
  type CastMany,
  type CastOne,
  type CastRelationOptions,
} from './changeset/cast-relation.ts'
export { change, deleteChange, forceChange, merge, put, updateChange } from './changeset/change.ts'
export {
  addError,
  type Action,
  type AnyChangeset,
  type Base,
  type Attempted,
  type Changeset,
  type Changes,
  type FieldError,
  type Params,
  type Proposal,
  type Validation,
} from './changeset/changeset.ts'
export { type Constraint } from './changeset/constraint.ts'
export {
  assocConstraint,
  checkConstraint,
  exclusionConstraint,
  foreignKey,
  noAssocConstraint,
  unique,
  type ConstraintOptions,
} from './changeset/constraints.ts'
export { length } from './changeset/length.ts'
export { errorMessages } from './changeset/messages.ts'
export { number } from './changeset/number.ts'
export { optimisticLock, prepareChanges } from './changeset/prepare.ts'
export {
  changed,
  fetchChange,
  fetchChangeOrThrow,
  fetchField,
  fetchFieldOrThrow,
  fieldMissing,
  getChange,
  getField,
  type Fetched,
} from './changeset/read.ts'
export {
  getAssoc,
  getEmbed,
  markedFor,
  putAssoc,
  putEmbed,
  reorderAssoc,
} from './changeset/put-relation.ts'
export { check, validate, type Message, type Messages, type Validator } from './changeset/rule.ts'
export { traverseErrors, traverseValidations, type Traversed } from './changeset/traverse.ts'
export {
  acceptance,
  confirmation,
  exclusion,
  format,
  inclusion,
  required,
  subset,
} from './changeset/validate.ts'
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
  PrimaryKeyError,
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
export { type Operator } from './query/conditions.ts'
export { dynamic, exists, notExists, type Dynamic } from './query/dynamic.ts'
export { from } from './query/from.ts'
export { joined } from './query/joined.ts'
export { allOf, anyOf, parent, subquery } from './query/operands.ts'
export { first, last, reverseOrder } from './query/order.ts'
export { type Clauses, type JoinMap, type Query } from './query/query.ts'
export { tablesOf, type Tables } from './query/tables.ts'
export { assoc } from './query/assoc.ts'
export { toKysely } from './query/to-kysely.ts'
export { placeholder } from './repo/write/cells.ts'
export { type QueryEvent, type QueryListener } from './repo/event.ts'
export { type InsertAllOptions, type InsertRow } from './repo/write/insert-all.ts'
export { Multi, type MultiFailure, type MultiResult } from './repo/multi/multi.ts'
export { type MultiOperation } from './repo/multi/multi-operation.ts'
export { type ConflictTarget, type ConflictUpdate } from './repo/write/on-conflict.ts'
export { type Assignments, inc, pull, push } from './repo/write/operations.ts'
export { type Returned, type Returning } from './repo/write/returning.ts'
export {
  type DeleteOptions,
  type InsertOptions,
  type UpdateOptions,
} from './repo/write/write-options.ts'
export { type WriteEvent, type WriteListener } from './repo/write/write-watched.ts'
export { type Moment, type Read, type Scope } from './repo/recording/read.ts'
export { createRepo, type Repo, type RepoOptions } from './repo/repo.ts'
export { type PreloadOptions } from './repo/preload/preloads.ts'
export { type Saved } from './repo/write/attempt.ts'
export { unsafeUnique } from './repo/read/unsafe-unique.ts'
export { assocLoaded, buildAssoc } from './schema/associated.ts'
export { belongsTo, hasMany, hasOne, manyToMany, through } from './schema/association.ts'
export { embeddedDump, embeddedLoad, embedsMany, embedsOne } from './schema/embed.ts'
export { checkSchemas } from './repo/check-schemas.ts'
export { build, schemaOf, stateOf } from './schema/instance.ts'
export {
  type ColumnName,
  type Columns,
  type FieldName,
  type NewRow,
  type NotLoaded,
  type Row,
  type RowState,
  type Values,
} from './schema/row.ts'
export { type Loaded, type LoadedAssociation, type Preload } from './schema/preloads.ts'
export {
  embedded,
  schema,
  withSource,
  type AnySchema,
  type TableSchema,
  type WithSource,
} from './schema/schema.ts'
export { t, timestamps, type CustomType } from './schema/types.ts'
