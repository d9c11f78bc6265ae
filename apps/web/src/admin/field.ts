/** What every field of a form has. */
export interface FieldBase {
  /** Unique on the page. */
  readonly id: string
  /** As it is sent: `title`, `episodeGuests[0][role]`. */
  readonly name: string
  readonly label: string
  readonly help: string | null
  /** What is wrong with it, as sentences that begin with its label. */
  readonly errors: readonly string[]
  readonly required: boolean
}

/** One line of text. */
export interface TextField extends FieldBase {
  readonly kind: 'text'
  readonly type: 'text' | 'email' | 'url' | 'number' | 'color' | 'date'
  readonly value: string
  /** `brief` is a time or a number beside others. */
  readonly width: 'whole' | 'short' | 'brief'
  readonly maxLength: number | null
  readonly step: string | null
  /** Apps show no more letters of it than about so many. */
  readonly cutAfter?: number
}

/** Several lines, perhaps of Markdown. */
export interface LongTextField extends FieldBase {
  readonly kind: 'long-text'
  readonly value: string
  readonly lines: number
  readonly markdown: boolean
}

/** One of few. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice'
  readonly value: string
  readonly options: readonly Option[]
}

export interface Option {
  readonly value: string
  readonly label: string
}

/** Yes or no. */
export interface BoxField extends FieldBase {
  readonly kind: 'box'
  readonly checked: boolean
}

/** A day and a time in somebody's zone. */
export interface MomentField extends FieldBase {
  readonly kind: 'moment'
  /** `2026-11-21T09:00` */
  readonly value: string
  readonly zone: string
}

/** One of many: looked up while it is typed, and sent as text, `Ada Lovelace (ada)`. */
export interface PickerField extends FieldBase {
  readonly kind: 'picker'
  readonly value: string
  /** Where what is found comes from. */
  readonly source: string
  readonly placeholder: string
}

/** What is sent back unseen. */
export interface HiddenField {
  readonly kind: 'hidden'
  readonly name: string
  readonly value: string
}

/** Rows of an association, each with fields of its own. */
export interface RowsField {
  readonly kind: 'rows'
  readonly id: string
  readonly label: string
  readonly help: string | null
  readonly errors: readonly string[]
  readonly add: string
  /** Said while there are none. */
  readonly empty: string
  readonly sortable: boolean
  readonly rows: readonly FormRow[]
  /** The row that a new one is made of; `__index__` stands for its number. */
  readonly template: FormRow
  /** An empty one for who has no scripts: left empty, it is none. */
  readonly blank: FormRow
}

export interface FormRow {
  /** Its number among the rows as they are sent. */
  readonly index: string
  readonly fields: readonly Field[]
  /** The box that takes it away, when the form is saved. */
  readonly drop: { readonly name: string; readonly checked: boolean }
  /** The field that holds its place, of rows that can be sorted. */
  readonly position: HiddenField | null
}

/** The way to a page where something is said that no field says. */
export interface LinkField {
  readonly kind: 'link'
  readonly label: string
  readonly href: string
  /** Its address is what is wanted of it. */
  readonly isCopied?: boolean
}

export type Field =
  | TextField
  | LongTextField
  | ChoiceField
  | BoxField
  | MomentField
  | PickerField
  | HiddenField
  | RowsField
  | LinkField
