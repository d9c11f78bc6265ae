import { type Person as SaidPerson } from '@showrunner/feeds'
import { type PersonIdOf } from './people.ts'

type Part = 'host' | 'guest' | 'credit'

/** What somebody is to an episode, by the podcast namespace's list of roles. */
function partOf({ role, group }: SaidPerson): Part {
  if (group !== 'cast') return 'credit'
  if (/\bco-?host$|\bhost$/.test(role)) return 'host'
  return role === 'guest' ? 'guest' : 'credit'
}

interface Cast {
  readonly personId: number
  readonly position: number
  readonly role: string
}

interface Credit extends Cast {
  readonly personGroup: string
}

/** The people of a feed or an item as the rows that join them to it: each once as host or guest, once for each credit. */
export function partsOf(
  people: readonly SaidPerson[],
  idOf: PersonIdOf,
): { readonly hosts: Cast[]; readonly guests: Cast[]; readonly credits: Credit[] } {
  const hosts = new Map<number, Cast>()
  const guests = new Map<number, Cast>()
  const credits = new Map<string, Credit>()
  for (const person of people) {
    const personId = idOf(person)
    const { role, group: personGroup } = person
    const part = partOf(person)
    if (part === 'host' && !hosts.has(personId)) {
      hosts.set(personId, { personId, role, position: hosts.size })
    } else if (part === 'guest' && !guests.has(personId)) {
      guests.set(personId, { personId, role, position: guests.size })
    } else if (part === 'credit' && !credits.has(`${personId} ${role}`)) {
      credits.set(`${personId} ${role}`, { personId, role, personGroup, position: credits.size })
    }
  }
  return {
    hosts: [...hosts.values()],
    guests: [...guests.values()],
    credits: [...credits.values()],
  }
}
