import { type Field } from '../../admin/field.ts'
import { problemsOf, type Problem } from '../../admin/form.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'

/** What is about to be done, to which rows of a list, before it is done. */
export interface SeveralPage extends AdminPage {
  readonly words: string
  readonly affected: readonly MarkedRow[]
  /** Those that were marked and stay as they are, with the reason. */
  readonly staying: readonly (MarkedRow & { readonly reason: string })[]
  readonly fields: readonly Field[]
  readonly problems: readonly Problem[]
  readonly address: string
  /** Which of the list's actions it is. */
  readonly action: string
  readonly button: string
  readonly isDeletion: boolean
  readonly back: string
}

interface MarkedRow {
  readonly id: number
  readonly title: string
}

interface SeveralWords {
  readonly words: string
  readonly address: string
  readonly action: string
  readonly button: string
  readonly isDeletion?: boolean
  readonly back: string
  readonly fields?: readonly Field[]
}

export function severalPage(
  frame: AdminFrame,
  rows: readonly (MarkedRow & { readonly reason?: string | null })[],
  { fields = [], isDeletion = false, ...said }: SeveralWords,
): SeveralPage {
  return {
    frame,
    ...said,
    isDeletion,
    fields,
    problems: problemsOf(fields),
    affected: rows.filter(({ reason }) => !reason),
    staying: rows.flatMap(({ id, title, reason }) => (reason ? [{ id, title, reason }] : [])),
  }
}
