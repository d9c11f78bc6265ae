import { type Conflict } from '@showrunner/domain/conflicts'
import { asTyped } from '../../admin/as-typed.ts'
import { type Field } from '../../admin/field.ts'
import { labelOf } from './activity-changes.ts'
import { type FormPage } from './form-page.ts'
import { localMoment } from './local-moment.ts'

/** What others did while somebody had a form open, as the form says it. */
export interface ConflictPart {
  readonly isGone: boolean
  /** `Ada Byron, 21 Nov 2026, 09:00 CET` */
  readonly by: readonly string[]
  readonly fields: readonly {
    readonly label: string
    readonly theirs: string
    /** What the form says instead, and will be stored when it is saved; null where it follows. */
    readonly yours: string | null
  }[]
  readonly rows: readonly string[]
}

/** A form that is shown again, with what others did meanwhile. */
export function withConflict<Page extends FormPage>(
  page: Page,
  conflict: Conflict | null,
  zone: string,
): Page {
  if (!conflict) return page
  const fields = page.fieldsets.flatMap((fieldset) => fieldset.fields)
  return { ...page, conflict: conflictPart(conflict, fields, zone) }
}

function conflictPart(conflict: Conflict, fields: readonly Field[], zone: string): ConflictPart {
  const labels = new Map(
    fields.flatMap((field) =>
      'name' in field && 'label' in field ? [[field.name, field.label] as const] : [],
    ),
  )
  return {
    isGone: conflict.version === null,
    by: conflict.changedBy.map(({ name, at }) => {
      return `${name ?? 'The program'}, ${localMoment(at, zone).words}`
    }),
    fields: conflict.fields.map(({ name, theirs, yours, isYours }) => ({
      label: labels.get(name) ?? labelOf(name),
      theirs: asTyped(theirs) || 'nothing',
      yours: isYours ? asTyped(yours) || 'nothing' : null,
    })),
    rows: conflict.rows.map(({ change, relation, title, by }) => {
      return `${by ?? 'The program'} ${change} ${title} (${labelOf(relation).toLowerCase()})`
    }),
  }
}
