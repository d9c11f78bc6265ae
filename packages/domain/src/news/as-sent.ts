import { from, type Params, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { knownPeople } from '../people/index.ts'
import { Post } from '../posts/index.ts'
import { type Known, knownBy, withPicked, withRowsThere } from '../rows/index.ts'
import { knownTopics } from '../topics/index.ts'
import { NewsSource } from './news-source.ts'

/** What a form sent of an item, with the ids of what was picked by name, and with the topics it does not name. */
export async function asSent(
  repo: Repo,
  params: Params,
  there: readonly { readonly id: number }[] = [],
): Promise<Params> {
  const topics = { field: 'topicId', sentAs: 'topic', known: knownTopics(repo) }
  const said = await withPicks(params, [
    ['source', 'sourceId', knownSources(repo)],
    ['author', 'authorId', knownPeople(repo)],
    ['episode', 'episodeId', knownEpisodes(repo)],
    ['post', 'postId', knownPosts(repo)],
  ])
  return withRowsThere(
    await withPicked(said, 'newsItemTopics', topics),
    'newsItemTopics',
    there.map(({ id }) => ({ id })),
  )
}

type PickOf = readonly [sentAs: string, field: string, known: Known]

async function withPicks(params: Params, picks: readonly PickOf[]): Promise<Params> {
  if (typeof params !== 'object' || params === null) return params
  const ids: Record<string, number | null> = {}
  for (const [sentAs, field, known] of picks) {
    const sent: unknown = Reflect.get(params, sentAs)
    if (typeof sent !== 'string') continue
    const text = sent.trim()
    ids[field] = text === '' ? null : ((await known([text])).get(text) ?? null)
  }
  return { ...params, ...ids }
}

/** Sources by what a picker sends: `The Tide Office (tide-office)`. */
function knownSources(repo: Repo): Known {
  return knownBy(async (words) => {
    const sources = await repo.all(
      from(NewsSource).where((eb) => eb.or([eb('slug', 'in', words), eb('name', 'in', words)])),
    )
    return sources.map(({ id, name, slug }) => ({ id, name, key: slug }))
  })
}

/** Of several podcasts' episodes of one slug the title says which. */
function knownEpisodes(repo: Repo): Known {
  return async (texts) => {
    const picks = texts.map(
      (text) => [text, /^(.*) \(([a-z0-9][a-z0-9_-]*)\)$/.exec(text)] as const,
    )
    const slugs = picks.flatMap(([, pick]) => pick?.[2] ?? [])
    if (slugs.length === 0) return new Map()
    const found = await repo.all(
      from(Episode).where('slug', 'in', slugs).select('id', 'title', 'slug'),
    )
    return new Map(
      picks.flatMap(([text, pick]) => {
        const called = found.filter(({ slug }) => slug === pick?.[2])
        const one = called.find(({ title }) => title === pick?.[1]) ?? called[0]
        return one ? [[text, one.id] as const] : []
      }),
    )
  }
}

function knownPosts(repo: Repo): Known {
  return knownBy(async (words) => {
    const posts = await repo.all(
      from(Post)
        .where((eb) => eb.or([eb('slug', 'in', words), eb('title', 'in', words)]))
        .select('id', 'title', 'slug'),
    )
    return posts.map(({ id, title, slug }) => ({ id, name: title, key: slug }))
  })
}
