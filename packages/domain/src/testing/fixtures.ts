import { type Repo } from '@showrunner/data'
import { createEpisode, type Episode } from '../episodes/index.ts'
import { createPerson, type Person } from '../people/index.ts'
import { createPodcast, type Podcast } from '../podcasts/index.ts'

type Params = Readonly<Record<string, unknown>>

/** A podcast that anybody may see, unless the params say otherwise. */
export async function aPodcast(repo: Repo, params: Params = {}): Promise<Podcast> {
  const made = await createPodcast(repo, {
    title: 'Local Time',
    slug: 'local-time',
    status: 'publishing',
    ...params,
  })
  return orThrow(made)
}

/** An episode that can be heard, released on 1 March 2026 unless the params say otherwise. */
export async function anEpisode(
  repo: Repo,
  { id }: Podcast,
  params: Params & { readonly slug: string },
): Promise<Episode> {
  const made = await createEpisode(repo, id, {
    title: params.slug,
    published: true,
    publishedAt: '2026-03-01T09:00:00Z',
    audioUrl: `https://audio.example/${params.slug}.mp3`,
    audioType: 'audio/mpeg',
    ...params,
  })
  return orThrow(made)
}

export async function aPerson(repo: Repo, name: string, params: Params = {}): Promise<Person> {
  const handle = name.toLowerCase().replaceAll(' ', '-')
  return orThrow(await createPerson(repo, { name, handle, ...params }))
}

function orThrow<T>(
  made: { ok: true; value: T } | { ok: false; changeset: { errors: object } },
): T {
  if (made.ok) return made.value
  throw new Error(`the fixture is refused: ${JSON.stringify(made.changeset.errors)}`)
}
