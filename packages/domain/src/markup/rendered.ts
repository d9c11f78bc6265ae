import {
  change,
  getChange,
  type AnySchema,
  type Changeset,
  type FieldName,
  type Validator,
  type Values,
} from '@showrunner/data'
import { renderMarkup } from './render.ts'

interface Around<S extends AnySchema> {
  /** The field with the address that the source's relative links are taken from. */
  readonly base?: FieldName<S>
  /** Whether it stands beside a sound, and may lead to moments of it. */
  readonly moments?: boolean | undefined
}

/**
 * Renders a source to its HTML column whenever the source changes, so that no page renders while it answers.
 * A source that is refused is not rendered.
 */
export function rendered<S extends AnySchema>(
  source: FieldName<S>,
  html: FieldName<S>,
  { base, moments }: Around<S> = {},
): Validator<S> {
  return (changeset) => {
    const moved = base !== undefined && getChange(changeset, base) !== undefined
    if (getChange(changeset, source) === undefined && !moved) return changeset
    if (changeset.errors[source]) return changeset
    const around = { base: base && textOf(changeset, base), moments }
    const shown = renderMarkup(textOf(changeset, source) ?? null, around)
    // Every `…Html` column is nullable text.
    return change(changeset, { [html]: shown } as Values<S>)
  }
}

function textOf<S extends AnySchema>(changeset: Changeset<S>, field: FieldName<S>) {
  const { [field]: value }: { [name: string]: unknown } = { ...changeset.row, ...changeset.changes }
  return typeof value === 'string' ? value : undefined
}
