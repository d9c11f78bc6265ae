import { from, type Repo } from '@showrunner/data'
import { listNamedAmong } from '../catalogue/index.ts'
import { Person, PersonHandle } from '../people/index.ts'
import { type Comment } from './comment.ts'
import { handlesIn } from './mentions.ts'

/** Of whom comments are, and who is named in them, those with a page that anybody may see. */
export interface Profiles {
  readonly people: ReadonlySet<number>
  /** The handle of their page, by the one they are named by, which may be an old one. */
  readonly named: ReadonlyMap<string, string>
}

type Said = Pick<Comment, 'authorId' | 'bodyHtml'>

export async function profilesIn(
  repo: Repo,
  comments: readonly Said[],
  asOf: Date,
): Promise<Profiles> {
  const called = await peopleCalled(
    repo,
    comments.flatMap(({ bodyHtml }) => handlesIn(bodyHtml ?? '')),
  )
  const ids = [
    ...comments.flatMap(({ authorId }) => authorId ?? []),
    ...[...called.values()].map(({ id }) => id),
  ]
  const people = await listNamedAmong(repo, ids, asOf)
  return {
    people,
    named: new Map(
      [...called].flatMap(([said, { id, handle }]) => (people.has(id) ? [[said, handle]] : [])),
    ),
  }
}

/** Who is called so, or was once: an old handle is nobody else's. */
export async function peopleCalled(
  repo: Repo,
  handles: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  if (handles.length === 0) return new Map()
  const [now, once] = await Promise.all([
    repo.all(from(Person).where('handle', 'in', handles)),
    repo.all(from(PersonHandle).where('handle', 'in', handles).preload('person')),
  ])
  return new Map([
    ...once.map(({ handle, person }) => [handle, person] as const),
    ...now.map((person) => [person.handle, person] as const),
  ])
}
