import { from, type Loaded, type Repo } from '@showrunner/data'
import { record } from '../activity/index.ts'
import { may, type Person } from '../people/index.ts'
import { Session, type SessionWithPerson } from './session.ts'

const LONGEST_MS = 60 * 60_000

/** Lets an administrator act in somebody's name, in this session, for an hour at most. */
export async function startMasquerade(
  repo: Repo,
  { id, person: administrator }: SessionWithPerson,
  person: Person,
  asOf: Date,
): Promise<Date> {
  const masqueradeEndsAt = new Date(asOf.getTime() + LONGEST_MS)
  await repo.transaction(async () => {
    const changes = { masqueradingAsId: person.id, masqueradeEndsAt }
    await repo.updateAll(from(Session).where({ id }), changes)
    await note(repo, administrator, person, { action: 'masquerade began', at: asOf })
  })
  return masqueradeEndsAt
}

/** Whoever masquerades in this session is themselves again. Who does not, stays so. */
export async function stopMasquerade(
  repo: Repo,
  { id, person, masquerader }: SessionWithPerson,
  asOf: Date,
): Promise<void> {
  if (!masquerader) return
  await repo.transaction(async () => {
    const changes = { masqueradingAsId: null, masqueradeEndsAt: null }
    await repo.updateAll(from(Session).where({ id }), changes)
    await note(repo, masquerader, person, { action: 'masquerade ended', at: asOf })
  })
}

/** A session with who acts in it. Looked at each time: roles may have changed since the masquerade began. */
export function withMasquerader(
  session: Loaded<typeof Session, ['person', 'masqueradingAs']>,
  asOf: Date,
): SessionWithPerson {
  const { person, masqueradingAs, masqueradeEndsAt } = session
  const isOver = masqueradeEndsAt === null || masqueradeEndsAt <= asOf
  if (!masqueradingAs || isOver || !mayMasquerade(person, masqueradingAs)) {
    return { ...session, masquerader: null }
  }
  return { ...session, person: masqueradingAs, masquerader: person }
}

function mayMasquerade(administrator: Person, person: Person): boolean {
  const { admin: isAdmin, editor: isEditor } = administrator
  return may({ person: administrator, isAdmin, isEditor, hostOf: [] }, 'masquerade', person)
}

async function note(
  repo: Repo,
  administrator: Person,
  { id, name }: Person,
  happening: { readonly action: string; readonly at: Date },
): Promise<void> {
  const subject = { type: 'person', id, title: name }
  await record(repo, { person: administrator }, { ...happening, subject })
}
