import { addError, from, sql, type Params, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Person, rolesChangeset } from '../people/index.ts'
import { PodcastHost } from '../podcasts/index.ts'

/** Somebody who is signed in, and what they are here. Who is nothing else is a member. */
export interface Account {
  readonly person: Person
  /** The administrator who acts in their name. */
  readonly masquerader?: Person
  /** By what they act, where that is not their browser: for the log. */
  readonly via?: string
  readonly isAdmin: boolean
  readonly isEditor: boolean
  /** The podcasts they host, by id, when they are let work on them. */
  readonly hostOf: readonly number[]
}

export async function accountOf(
  repo: Repo,
  person: Person,
  masquerader: Person | null = null,
): Promise<Account> {
  const { id: personId, admin: isAdmin, editor: isEditor, host } = person
  const hosted = from(PodcastHost).where({ personId, retired: false }).orderBy({ podcastId: 'asc' })
  // Whose rows somebody may see follows from this, so nobody knows it yet.
  const all = repo.unscoped()
  const hostOf = host ? (await all.all(hosted)).map(({ podcastId }) => podcastId) : []
  return { person, ...(masquerader && { masquerader }), isAdmin, isEditor, hostOf }
}

/** Makes somebody admin, editor or host, or no longer. The last administrator stays one. */
export async function setRoles(
  repo: Repo,
  person: Person,
  params: Params,
): Promise<Saved<typeof Person>> {
  return repo.transaction(async () => {
    // Two who take it from each other wait for each other here.
    await repo.run(sql`select id from people where admin order by id for update`)
    const changeset = rolesChangeset(person, params)
    const others = from(Person).where({ admin: true }).where('id', '!=', person.id)
    if (changeset.changes.admin === false && !(await repo.exists(others))) {
      return { ok: false, changeset: addError(changeset, 'admin', LAST_ADMINISTRATOR) }
    }
    return repo.update(changeset, AS_OPENED)
  })
}

const LAST_ADMINISTRATOR = 'is needed: make somebody else an administrator first'
