import { change, type Changeset, from, type Params, type Repo, type Saved } from '@showrunner/data'
import { inOrder, Podcast, podcastsHostedBy } from '../podcasts/index.ts'
import { saveWithHandle } from './handles.ts'
import { type Person, profileChangeset } from './person.ts'

/** What the form of somebody's own profile begins with. */
export function editProfile(person: Person): Changeset<typeof Person> {
  return change(person, {})
}

export async function updateProfile(
  repo: Repo,
  person: Person,
  params: Params,
): Promise<Saved<typeof Person>> {
  return saveWithHandle(repo, profileChangeset(person, params))
}

/** The podcasts somebody hosts today, drafts too. */
export async function listHosted(repo: Repo, { id }: Person): Promise<readonly Podcast[]> {
  return repo.all(podcastsHostedBy(from(Podcast).pipe(inOrder), id))
}
