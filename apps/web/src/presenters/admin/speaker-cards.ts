import { type Person } from '@showrunner/domain/people'
import { type SpeakerCount, type Suggestions } from '@showrunner/domain/transcripts'
import { addresses } from '../../addresses.ts'
import { type PickerField } from '../../admin/field.ts'

/** A speaker of a transcript, who they may be, and the forms that say so. */
export interface SpeakerCard {
  readonly key: string
  readonly name: string
  readonly count: number
  readonly person: { readonly name: string; readonly href: string } | null
  readonly renameAction: string
  readonly matchAction: string
  readonly picker: PickerField
  readonly options: readonly SpeakerOption[]
}

interface SpeakerOption {
  readonly value: string
  readonly label: string
  readonly isChosen: boolean
}

interface People {
  readonly cast: readonly Person[]
  readonly suggestions: Suggestions
  readonly matched: ReadonlyMap<string, Person>
}

export function speakerCards(
  speakers: readonly SpeakerCount[],
  { cast, suggestions, matched }: People,
  { rename, match }: { readonly rename: string; readonly match: string },
): readonly SpeakerCard[] {
  return speakers.map(({ name, count }, index) => {
    const person = matched.get(name)
    const near = [...(suggestions.get(name) ?? []), ...(person ? [person] : []), ...cast]
    return {
      key: String(index),
      name,
      count,
      person: person ? { name: person.name, href: addresses.admin.person(person.id) } : null,
      renameAction: rename,
      matchAction: match,
      picker: pickerOf(String(index)),
      options: optionsFor(near, person),
    }
  })
}

function pickerOf(key: string): PickerField {
  return {
    kind: 'picker',
    id: `else-${key}`,
    name: 'person',
    label: 'Or somebody else',
    help: null,
    errors: [],
    required: false,
    value: '',
    source: addresses.admin.searchFor('people'),
    placeholder: 'Name or handle',
  }
}

/** Nobody, and those who may be meant, the likeliest first. */
function optionsFor(
  people: readonly Person[],
  chosen: Person | undefined,
): readonly SpeakerOption[] {
  const each = [...new Map(people.map((person) => [person.id, person])).values()]
  return [
    { value: '', label: 'Nobody we know', isChosen: !chosen },
    ...each.map(({ id, name, handle }) => ({
      value: String(id),
      label: `${name} (${handle})`,
      isChosen: id === chosen?.id,
    })),
  ]
}
