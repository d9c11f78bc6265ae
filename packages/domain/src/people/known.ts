import { build, dynamic, from, type Repo } from '@showrunner/data'
import { type Known, knownBy } from '../rows/index.ts'
import { freeHandle } from './free-handle.ts'
import { Person, personChangeset } from './person.ts'
import { PersonHandle } from './person-handle.ts'

/** What a picker sends for somebody who is to be added: `Zoe Example (new)`. */
const NEW = /^([^\0\n]{1,255}?)\s*\(new\)$/

/**
 * People by what a picker sends: `Ada Lovelace (ada)`; `Zoe Example (new)` adds her. Called in the transaction of what
 * they are picked for, so that nobody is added when that is refused.
 */
export function knownPeople(repo: Repo): Known {
  const known = knownHere(repo)
  return async (texts) => {
    const [added, there] = [
      new Set(texts.filter((text) => NEW.test(text))),
      new Map<string, number>(),
    ]
    for (const text of added) there.set(text, await addPerson(repo, NEW.exec(text)?.[1] ?? text))
    const found = await known(texts.filter((text) => !added.has(text)))
    return new Map([...found, ...there])
  }
}

/** Somebody who is there, by what a picker sends. */
export async function pickPerson(repo: Repo, text: string): Promise<Person | undefined> {
  const id = (await knownHere(repo)([text])).get(text)
  return id === undefined ? undefined : repo.get(Person, id)
}

/** Forms that were opened before somebody was renamed or merged send the old handle. */
function knownHere(repo: Repo): Known {
  return knownBy(async (words) => {
    const named = dynamic(Person).and('handle', 'in', words).or('name', 'in', words)
    const [people, before] = await Promise.all([
      repo.all(from(Person).where(named)),
      repo.all(from(PersonHandle).where('handle', 'in', words).preload('person')),
    ])
    return [
      ...before.map(({ handle, person }) => ({ id: person.id, name: handle, key: handle })),
      ...people.map(({ id, name, handle }) => ({ id, name, key: handle })),
    ]
  })
}

async function addPerson(repo: Repo, name: string): Promise<number> {
  const handle = await freeHandle(repo, name)
  const { id } = await repo.insertOrThrow(personChangeset(build(Person), { name, handle }))
  return id
}
