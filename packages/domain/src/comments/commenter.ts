import {
  belongsTo,
  build,
  change,
  type Repo,
  type Row,
  schema,
  t,
  timestamps,
} from '@showrunner/data'
import { Person } from '../people/index.ts'

export const STANDINGS = ['trusted', 'banned'] as const
export type Standing = (typeof STANDINGS)[number]

/** Whose comments are seen at once, and who writes none any more. Of whom there is no row, the first one waits. */
export const Commenter = schema(
  'commenters',
  {
    id: t.id(),
    personId: t.reference(),
    standing: t.enum(STANDINGS),
    decidedById: t.reference().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person), decidedBy: belongsTo(Person) }),
)
export type Commenter = Row<typeof Commenter>

type Roles = Pick<Person, 'id' | 'admin' | 'editor' | 'host'>

/** Who works here is trusted as they are. */
export async function standingOf(repo: Repo, person: Roles): Promise<Standing | undefined> {
  if (person.admin || person.editor || person.host) return 'trusted'
  return (await repo.getBy(Commenter, { personId: person.id }))?.standing
}

/** Says what becomes of what somebody writes from now on; as of anybody new, without a standing. */
export async function setStanding(
  repo: Repo,
  personId: number,
  standing: Standing | undefined,
  by: Pick<Person, 'id'>,
): Promise<void> {
  if (standing === undefined) {
    const theirs = await repo.getBy(Commenter, { personId })
    if (theirs) await repo.deleteOrThrow(theirs)
    return
  }
  const known = await repo.getBy(Commenter, { personId })
  if (known) await repo.updateOrThrow(change(known, { standing, decidedById: by.id }))
  else await repo.insertOrThrow(build(Commenter, { personId, standing, decidedById: by.id }))
}
