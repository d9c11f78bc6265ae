import {
  addError,
  type AnySchema,
  type Changeset,
  type FieldName,
  markedFor,
  type Params,
  type Row,
  stateOf,
  type Validator,
} from '@showrunner/data'

interface FormRowOptions<S extends AnySchema> {
  /** The reference that somebody picks, and the name that the text they picked is sent by. */
  readonly pick?: { readonly field: FieldName<S>; readonly sentAs: string }
  /** Times that are typed as text: by field, the name they are sent by. */
  readonly times?: Readonly<Record<string, string>>
}

/** What a row has before anybody has filled anything in. */
const UNTOUCHED = [
  'position',
  'role',
  'personGroup',
  'hidden',
  'retired',
  'withPicture',
  'isDefault',
  'delete',
  'id',
]

/**
 * For `castAssoc`: a row of a form. One whose box `delete` is marked goes, one that is new and empty is none, and what was
 * picked or typed and is not known gets an error that says so.
 */
export function formRow<S extends AnySchema>(
  changesetOf: (row: Row<S>, params: Params) => Changeset<S>,
  { pick, times = {} }: FormRowOptions<S> = {},
): (row: Row<S>, params: Params) => Changeset<S> {
  return (row, params) => {
    const sent = params as Readonly<Record<string, unknown>>
    const changeset = changesetOf(row, params)
    if (sent['delete'] === 'true') return markedFor(changeset, 'delete')
    if (stateOf(row) === 'built' && isEmpty(sent)) return markedFor(changeset, 'ignore')

    const picked = pick ? checkPicked(changeset, sent, pick) : changeset
    return Object.entries(times).reduce(
      (checked, [field, sentAs]) => checkTime(checked, sent, field, sentAs),
      picked,
    )
  }
}

function isEmpty(sent: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(sent).every(
    ([name, value]) =>
      UNTOUCHED.includes(name) ||
      value === null ||
      value === undefined ||
      (typeof value === 'string' && value.trim() === ''),
  )
}

/** Something was picked by a name that nothing here has. */
export function isKnown<S extends AnySchema>(
  field: FieldName<S>,
  sentAs: string,
  message?: string,
): Validator<S> {
  return (changeset) => checkPicked(changeset, changeset.params ?? {}, { field, sentAs, message })
}

function checkPicked<S extends AnySchema>(
  changeset: Changeset<S>,
  sent: Readonly<Record<string, unknown>>,
  { field, sentAs, message = UNKNOWN }: Picked<S>,
): Changeset<S> {
  const text = sent[sentAs]
  const isUnknown = typeof text === 'string' && text.trim() !== '' && !sent[field]
  if (!isUnknown) return changeset

  const { [field]: _blank, ...errors } = changeset.errors
  return addError({ ...changeset, errors }, field, message)
}

const UNKNOWN = 'is not known here: choose from the list, or add it first'

interface Picked<S extends AnySchema> {
  readonly field: FieldName<S>
  readonly sentAs: string
  readonly message?: string | undefined
}

function checkTime<S extends AnySchema>(
  changeset: Changeset<S>,
  sent: Readonly<Record<string, unknown>>,
  field: string,
  sentAs: string,
): Changeset<S> {
  const text = sent[sentAs]
  const isUnreadable = typeof text === 'string' && text.trim() !== '' && sent[field] == null
  if (!isUnreadable) return changeset

  const { [field]: _blank, ...errors } = changeset.errors
  const message = 'must be a time such as 1:02:03'
  return addError({ ...changeset, errors }, field as FieldName<S>, message)
}
