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

/**
 * Renders a source to its HTML column whenever the source changes, so that no page renders while it answers.
 * A source that is refused is not rendered. `base` is the field with the address that the source's relative links are taken from.
 */
export function rendered<S extends AnySchema>(
  source: FieldName<S>,
  html: FieldName<S>,
  base?: FieldName<S>,
): Validator<S> {
  return (changeset) => {
    const moved = base !== undefined && getChange(changeset, base) !== undefined
    if (getChange(changeset, source) === undefined && !moved) return changeset
    if (changeset.errors[source]) return changeset
    const address = base === undefined ? undefined : textOf(changeset, base)
    const shown = renderMarkup(textOf(changeset, source) ?? null, address)
    // Every `…Html` column is nullable text.
    return change(changeset, { [html]: shown } as Values<S>)
  }
}

function textOf<S extends AnySchema>(changeset: Changeset<S>, field: FieldName<S>) {
  const { [field]: value }: { [name: string]: unknown } = { ...changeset.row, ...changeset.changes }
  return typeof value === 'string' ? value : undefined
}
