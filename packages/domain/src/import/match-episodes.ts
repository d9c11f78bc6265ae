import { from, type Repo } from '@showrunner/data'
import { Episode, type EpisodeKey } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { type AttachedFile } from './attached-files.ts'

interface Candidate {
  readonly id: number
  readonly podcastId: number
  readonly slug: string
  readonly number: string | number | null
  /** The parts of the path of its page elsewhere. */
  readonly path: readonly string[]
}

interface Show {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly path: readonly string[]
}

export type Match = { readonly episode: EpisodeKey } | { readonly reason: string }

/**
 * Says which episode a file belongs to. Its folder is the podcast (by slug, by the end of its address elsewhere, or by
 * name); what ends its name is the episode: its slug, the end of its address elsewhere, or its number.
 */
export async function episodeMatcher(repo: Repo): Promise<(file: AttachedFile) => Match> {
  const podcasts = await repo.all(
    from(Podcast).select('id', 'slug', 'title', 'websiteUrl').orderBy({ id: 'asc' }),
  )
  const episodes = await repo.all(
    from(Episode).select('id', 'podcastId', 'slug', 'number', 'websiteUrl'),
  )
  const shows = podcasts.map(({ websiteUrl, ...show }) => ({ ...show, path: pathOf(websiteUrl) }))
  const byPodcast = Map.groupBy(
    episodes.map(({ websiteUrl, ...episode }) => ({ ...episode, path: pathOf(websiteUrl) })),
    ({ podcastId }) => podcastId,
  )
  const byAddress = Map.groupBy([...byPodcast.values()].flat(), ({ path }) =>
    path.slice(-2).join('/'),
  )
  return (file) => {
    const elsewhere = atAddress(byAddress, file)
    if (elsewhere) return { episode: elsewhere }
    const show = showOf(shows, file)
    if (!show) return { reason: `no podcast is called "${file.folder}"` }
    const found = episodeOf(byPodcast.get(show.id) ?? [], file)
    return found
      ? { episode: found }
      : { reason: `"${show.slug}" has no episode that "${file.stem}" ends with` }
  }
}

function pathOf(address: string | null): readonly string[] {
  const url = address === null ? null : URL.parse(address)
  return url?.pathname.split('/').filter((part) => part !== '') ?? []
}

/** An episode of any podcast whose page elsewhere is `…/<folder>/<end of the file's name>`. */
function atAddress(
  byAddress: ReadonlyMap<string, readonly Candidate[]>,
  { folder, stem }: AttachedFile,
): Candidate | undefined {
  return endsOf(stem)
    .map((end) => only(byAddress.get(`${folder}/${end}`) ?? []))
    .find((found) => found !== undefined)
}

function showOf(shows: readonly Show[], { folder, stem }: AttachedFile): Show | undefined {
  const isCalled = ({ slug, title }: Show, ...names: readonly string[]) =>
    [slug, title, title.split(/:\s/)[0] ?? title].some((name) => names.includes(lettersOf(name)))
  return (
    shows.find(({ slug }) => slug === folder) ??
    only(shows.filter(({ path }) => path.at(-1) === folder)) ??
    shows.find((show) => isCalled(show, lettersOf(folder))) ??
    only(shows.filter((show) => isCalled(show, ...beginningsOf(stem).map(lettersOf))))
  )
}

function episodeOf(episodes: readonly Candidate[], { stem }: AttachedFile): Candidate | undefined {
  for (const end of endsOf(stem)) {
    const found =
      episodes.find(({ slug }) => slug === end) ??
      only(episodes.filter(({ path }) => path.at(-1) === end))
    if (found) return found
  }
  const number = /(?:^|-)0*(\d+(?:\.\d+)?)$/.exec(stem)?.[1]
  if (number === undefined) return undefined
  return only(episodes.filter((episode) => Number(episode.number) === Number(number)))
}

/** `go-time-77`: itself, then `time-77`, then `77`. The longest end that fits is the one that was meant. */
function endsOf(stem: string): readonly string[] {
  const parts = stem.split('-')
  return parts.map((_, index) => parts.slice(index).join('-')).filter((end) => end !== '')
}

/** `go-time-77`: `go-time`, then `go`. */
function beginningsOf(stem: string): readonly string[] {
  const parts = stem.split('-')
  return parts.slice(1).map((_, index) => parts.slice(0, -1 - index).join('-'))
}

/** Names without what spelling varies: `Go Time` and `gotime`, `Changelog & Friends` and `changelog--friends`. */
function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\band\b/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined
}
