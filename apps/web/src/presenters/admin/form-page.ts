import { type AnyChangeset, stateOf } from '@showrunner/data'
import { asLeft } from '../../admin/came-from.ts'
import { type Field } from '../../admin/field.ts'
import { type Problem, problemsOf } from '../../admin/form.ts'
import { type ConflictPart } from './conflict-part.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'

/** Fields that belong together, under a heading. */
export interface Fieldset {
  readonly title: string
  readonly help?: string
  readonly fields: readonly Field[]
}

/** A page that is one form. */
export interface FormPage extends AdminPage {
  readonly action: string
  readonly fieldsets: readonly Fieldset[]
  /** Sent along unseen, as the version of the row that was opened. */
  readonly version: string | null
  readonly problems: readonly Problem[]
  /** Where it is asked, while the form is open, whether somebody saved a newer version; null where nobody can. */
  readonly watchHref: string | null
  /** Where those who have it open see each other, and which of them this one is. */
  readonly also: { readonly topic: string; readonly own: number } | null
  /** What others did while it was open. */
  readonly conflict: ConflictPart | null
  /** On the button that saves. */
  readonly save: string
  /** Whether a second button saves it and leaves it: see `afterSaving`. */
  readonly closes: boolean
  readonly cancelHref: string
  /** Where what is being edited can be seen. */
  readonly viewHref: string | null
  /** Where to send a wish to delete it, and the question asked first; nothing when it may not be deleted. */
  readonly remove: Removal | null
}

export interface Removal {
  readonly action: string
  readonly label: string
  readonly question: string
}

export interface FormWords {
  readonly action: string
  readonly save: string
  readonly cancelHref: string
  /** Whether it may be saved and left: see `afterSaving`. */
  readonly closes?: boolean
  /** Whether its address has a `versionRoute`. */
  readonly isWatched?: boolean
  /** Where those who have it open see each other. */
  readonly editing?: string
  readonly viewHref?: string | null
  readonly remove?: Removal | null
}

export function formPage(
  frame: AdminFrame,
  changeset: AnyChangeset,
  fieldsets: readonly Fieldset[],
  words: FormWords,
): FormPage {
  const { action, save, cancelHref, isWatched = false, viewHref = null, remove = null } = words
  const isStored = stateOf(changeset.row) !== 'built'
  return {
    frame,
    action,
    fieldsets,
    version: versionOf(changeset),
    watchHref: isWatched && isStored ? `${action}/version` : null,
    also:
      words.editing !== undefined && isStored
        ? { topic: words.editing, own: frame.viewerId }
        : null,
    conflict: null,
    problems: problemsOf(fieldsets.flatMap(({ fields }) => fields)),
    save,
    closes: words.closes ?? false,
    cancelHref: asLeft(cancelHref, frame.back),
    viewHref,
    remove,
  }
}

function versionOf({ row, params }: AnyChangeset): string | null {
  const version: unknown = params?.['lockVersion'] ?? Reflect.get(row, 'lockVersion')
  return typeof version === 'string' || typeof version === 'number' ? String(version) : null
}
