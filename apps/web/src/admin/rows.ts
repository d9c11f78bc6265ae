import {
  type AnyChangeset,
  type AnySchema,
  build,
  type Changeset,
  change,
  errorMessages,
  type Row,
} from '@showrunner/data'
import { type Field, type FormRow, type RowsField } from './field.ts'
import { type Form, formOf, idOf, typed } from './form.ts'

interface RowsOptions<Target extends AnySchema> {
  readonly label: string
  readonly help?: string
  /** On the button: `Add a guest`. */
  readonly add: string
  readonly empty: string
  /** Rows that have a `position` can be sorted. */
  readonly sortable?: boolean
  readonly target: Target
  /** The rows there are, as they are stored. */
  readonly stored: readonly Row<Target>[]
  readonly fields: (form: Form<Target>, row: Row<Target>) => readonly Field[]
}

/** The rows of an association inside a form: as they were sent, or else as they are stored, and an empty one to add. */
export function rowsOf<Target extends AnySchema>(
  around: AnyChangeset,
  association: string,
  options: RowsOptions<Target>,
): RowsField {
  const { label, help, add, empty, sortable = false, target, fields } = options
  const rowAt = (changeset: Changeset<Target>, index: string, position: number): FormRow => {
    const form = formOf(changeset, `${association}[${index}]`)
    const isStored = Reflect.get(changeset.row, 'id') !== null && index !== '__index__'
    return {
      index,
      fields: [
        ...(isStored
          ? [
              {
                kind: 'hidden',
                name: form.nameOf('id'),
                value: String(Reflect.get(changeset.row, 'id')),
              } as const,
            ]
          : []),
        ...fields(form, changeset.row),
      ],
      drop: {
        name: form.nameOf('delete'),
        checked: typed(changeset, 'delete') === 'true' || changeset.action === 'replace',
      },
      position: sortable
        ? { kind: 'hidden', name: form.nameOf('position'), value: String(position) }
        : null,
    }
  }

  const rows = current(around, association, options.stored).map((changeset, index) =>
    rowAt(changeset, String(index), index),
  )

  return {
    kind: 'rows',
    id: idOf(association),
    label,
    help: help ?? null,
    errors: (errorMessages(around)[association] ?? []).map((message) => `${label} ${message}.`),
    add,
    empty,
    sortable,
    rows,
    template: rowAt(change(build(target), {}), '__index__', 0),
    blank: rowAt(change(build(target), {}), String(rows.length), rows.length),
  }
}

/** The changesets of the rows: of those that were sent, in their order, or of those there are. */
function current<Target extends AnySchema>(
  { changes }: AnyChangeset,
  association: string,
  stored: readonly Row<Target>[],
): readonly Changeset<Target>[] {
  const sent: unknown = Reflect.get(changes, association)
  // The changesets that `castAssoc` made of the rows of this association.
  const changesets = Array.isArray(sent)
    ? (sent as readonly Changeset<Target>[])
    : stored.map((row) => change(row, {}))
  return changesets.filter(({ action }) => action !== 'ignore').toSorted(byPosition)
}

function byPosition(one: AnyChangeset, other: AnyChangeset): number {
  return placeOf(one) - placeOf(other)
}

function placeOf({ row, changes }: AnyChangeset): number {
  const position: unknown = Reflect.get(changes, 'position') ?? Reflect.get(row, 'position')
  return typeof position === 'number' ? position : 0
}
