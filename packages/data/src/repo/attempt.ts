import { type Action, addError, type Changeset } from '../changeset/changeset.ts'
import { type ConstraintType, declaredAs, type Violation } from '../changeset/constraint.ts'
import { ConstraintError } from '../errors.ts'
import { type Row } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'

/** What a write came to: the row as it now is, or the changeset with what is wrong. */
export type Saved<S extends AnySchema, Spec = unknown> =
  | { readonly ok: true; readonly value: Row<S, Spec> }
  | { readonly ok: false; readonly changeset: Changeset<S, Spec> }

/** Runs the statement; a violated constraint that the changeset declares becomes an error on its field. */
export async function attempt<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  action: Action,
  statement: () => Promise<Saved<S, Spec>>,
): Promise<Saved<S, Spec>> {
  try {
    return await statement()
  } catch (error) {
    const violated = violationOf(error)
    if (!violated) throw error
    const declared = declaredAs(changeset.constraints, violated)
    if (!declared) {
      const attempted = { action, source: changeset.schema.source }
      throw new ConstraintError(violated, attempted, changeset.constraints, { cause: error })
    }
    const meta = { constraint: declared.kind, constraintName: violated.name }
    return { ok: false, changeset: addError(changeset, declared.field, declared.message, meta) }
  }
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
