import { type Applied } from '../../changeset/apply.ts'
import { type Action, addError, type AnyChangeset } from '../../changeset/changeset.ts'
import {
  type Constraint,
  type ConstraintType,
  declaredAs,
  type Violation,
} from '../../changeset/constraint.ts'
import { ofAnySchema } from '../../changeset/relation.ts'
import { ConstraintError } from '../../errors.ts'
import { type AnySchema } from '../../schema/schema.ts'

/** What a write came to: the row as it now is, or the changeset with what is wrong. */
export type Saved<S extends AnySchema, Spec = unknown> = Applied<S, Spec>

/**
 * The changeset with an error on the field of the constraint that a write has violated. The constraints
 * are its own, and the row that was written is its own, unless said.
 *
 * @throws ConstraintError for one that `declared` does not have, and any other error as it is.
 */
export function refused(
  error: unknown,
  changeset: AnyChangeset,
  action: Action,
  declared: readonly Constraint[] = changeset.constraints,
  source = changeset.schema.source,
): AnyChangeset {
  const violated = violationOf(error)
  if (!violated) throw error
  const constraint = declaredAs(declared, violated)
  if (!constraint) {
    throw new ConstraintError(violated, { action, source }, declared, { cause: error })
  }
  const meta = { constraint: constraint.kind, constraintName: violated.name }
  return addError(ofAnySchema(changeset), constraint.field, constraint.message, meta)
}

const VIOLATIONS: { readonly [code: string]: ConstraintType } = {
  23505: 'unique',
  23503: 'foreign key',
  23001: 'foreign key',
  23514: 'check',
  '23P01': 'exclusion',
}

function violationOf(error: unknown): Violation | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return undefined
  const type = VIOLATIONS[String(error.code)]
  return type === undefined ? undefined : { type, name: String(error.constraint) }
}
