import { PERSON_GROUPS } from '@showrunner/domain/formats'
import { reference } from '@showrunner/domain/rows'
import { addresses } from '../../addresses.ts'

/** Rows that are about a person each: hosts, guests, credits. */
type RowsOfPeople = readonly {
  readonly id: number
  readonly person: { readonly name: string; readonly handle: string }
}[]

/** How the person of a row is picked, and who it is now. */
export function personPicker(label: string, rows: RowsOfPeople, id: number | null) {
  const person = rows.find((row) => row.id === id)?.person
  return {
    label,
    sentAs: 'person',
    source: addresses.admin.searchFor('people'),
    placeholder: 'Name or handle',
    words: person ? reference(person.name, person.handle) : null,
  }
}

/** What a credit is a part of; of an imported one whatever its feed says. */
export function groupOptions(group: string) {
  const groups = [...new Set([...PERSON_GROUPS, group])]
  return {
    label: 'Part of',
    options: groups.map((value) => ({
      value,
      label: `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`,
    })),
  }
}
