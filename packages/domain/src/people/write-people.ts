import {
  build,
  change,
  type Changeset,
  check,
  type Params,
  type Repo,
  required,
  type Saved,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { type Actor } from '../policies/index.ts'
import { freeHandle } from './free-handle.ts'
import { keepsOldHandles, saveWithHandle } from './handles.ts'
import { mailWelcome, type Welcome } from './jobs.ts'
import { Person, personChangeset, profileChangeset } from './person.ts'
import { may } from './policy.ts'

/** How somebody who is added hears of it: the mail, and the pages it leads to, in full. */
export interface Greeting {
  readonly as: Welcome
  readonly signInUrl: string
  readonly guideUrl: string
}

/** What the form of somebody new begins with. */
export function newPerson(): Changeset<typeof Person> {
  return change(build(Person), {})
}

/** Adds somebody, with a handle made of their name when none is given, and welcomes them by mail when that is wanted. */
export async function addPerson(
  repo: Repo,
  actor: Actor,
  params: Params,
  greeting?: Greeting,
): Promise<Saved<typeof Person>> {
  return repo.transaction(async () => {
    const said = proposePerson(actor, build(Person), await withHandle(repo, params))
    // Whom nobody can mail is not welcomed.
    const reached = greeting ? check(said, required('email')) : said
    const saved = await repo.insert(check(reached, keepsOldHandles(repo)))
    if (saved.ok && greeting) {
      await enqueue(repo, mailWelcome, { personId: saved.value.id, ...greeting })
    }
    return saved
  })
}

/** Changes what is said of somebody; the address they sign in with, if `actor` may. */
export async function editPerson(
  repo: Repo,
  actor: Actor,
  person: Person,
  params: Params,
): Promise<Saved<typeof Person>> {
  return saveWithHandle(repo, proposePerson(actor, person, params))
}

export function proposePerson(
  actor: Actor,
  person: Person,
  params: Params,
): Changeset<typeof Person> {
  return may(actor, 'updateEmail')
    ? personChangeset(person, params)
    : profileChangeset(person, params)
}

async function withHandle(repo: Repo, params: Params): Promise<Params> {
  if (typeof params !== 'object' || params === null) return params
  const { name, handle } = params as { readonly name?: unknown; readonly handle?: unknown }
  if (typeof handle === 'string' && handle.trim() !== '') return params
  if (typeof name !== 'string' || name.trim() === '') return params
  return { ...params, handle: await freeHandle(repo, name) }
}
