import { type Pool, type QueryResultRow } from 'pg'

interface Podcast {
  readonly id: string
  readonly title: string
}

interface Episode {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly subtitle: string
  readonly notes_html: string
  readonly number: string
  readonly published_at: Date
  readonly audio_url: string
  readonly audio_type: string
  readonly audio_bytes: string
  readonly audio_duration: number
}

interface Person {
  readonly name: string
  readonly handle: string
}

interface Link {
  readonly title: string
  readonly url: string
  readonly words: string
}

interface Chapter {
  readonly starts_ms: number
  readonly title: string
  readonly link_url: string | null
}

interface Cue {
  readonly starts_ms: number
  readonly speaker: string
  readonly body: string
}

export interface Rows {
  readonly podcast: Podcast
  readonly episode: Episode
  readonly hosts: readonly Person[]
  readonly guests: readonly Person[]
  readonly sponsors: readonly Link[]
  readonly topics: readonly { readonly name: string }[]
  readonly links: readonly Link[]
  readonly chapters: readonly Chapter[]
  readonly cues: readonly Cue[]
  readonly previous: Episode | undefined
  readonly next: Episode | undefined
}

/**
 * The thirteen queries of an episode's page, as somebody would write them who had nothing but `pg`; `prepared`, as
 * somebody would who also names each statement, so that PostgreSQL plans it once for each connection.
 */
export async function rowsByHand(
  pool: Pool,
  podcastSlug: string,
  slug: string,
  { prepared = false } = {},
): Promise<Rows> {
  const all = async <R extends QueryResultRow>(text: string, ...values: unknown[]) =>
    (await pool.query<R>({ text, values, ...(prepared ? { name: nameOf(text) } : {}) })).rows
  const [podcast] = await all<Podcast>(PODCAST, podcastSlug)
  if (!podcast) throw new Error(`no podcast ${podcastSlug}`)
  const [episode] = await all<Episode>(EPISODE, podcast.id, slug)
  if (!episode) throw new Error(`no episode ${slug}`)
  const [hosts, guests, , sponsors, topics, links, chapters, , cues, [previous], [next]] =
    await Promise.all([
      all<Person>(people('episode_hosts'), episode.id),
      all<Person>(people('episode_guests'), episode.id),
      all<Person>(people('episode_credits'), episode.id),
      all<Link>(SPONSORS, episode.id),
      all<{ name: string }>(TOPICS, episode.id),
      all<Link>('select * from episode_links where episode_id = $1 order by position', episode.id),
      all<Chapter>('select * from chapters where episode_id = $1 order by position', episode.id),
      all('select * from transcripts where episode_id = $1 order by position', episode.id),
      all<Cue>(CUES, episode.id),
      all<Episode>(neighbour('<', 'desc'), podcast.id, episode.published_at, episode.id),
      all<Episode>(neighbour('>', 'asc'), podcast.id, episode.published_at, episode.id),
    ])

  return {
    podcast,
    episode,
    hosts,
    guests,
    sponsors,
    topics,
    links,
    chapters,
    cues,
    previous,
    next,
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? `statement ${names.size}`
  names.set(text, name)

  return name
}

const PODCAST = `select * from podcasts where slug = $1 and status in ('soon', 'publishing', 'inactive')`

const EPISODE = `
  select * from episodes where podcast_id = $1 and slug = $2 and published and published_at <= now()`

const people = (table: string) => `
  select people.*, ${table}.role from ${table} join people on people.id = person_id
  where episode_id = $1 order by position`

const SPONSORS = `
  select episode_sponsors.title, link_url as url, episode_sponsors.description as words, name
  from episode_sponsors join sponsors on sponsors.id = sponsor_id where episode_id = $1 order by position`

const TOPICS = `
  select topics.* from episode_topics join topics on topics.id = topic_id
  where episode_id = $1 order by position`

const CUES = `
  select transcript_cues.* from transcript_cues join transcripts on transcripts.id = transcript_id
  where episode_id = $1 order by transcript_cues.position`

const neighbour = (comparison: '<' | '>', direction: 'asc' | 'desc') => `
  select * from episodes
  where podcast_id = $1 and published and published_at <= now() and (published_at, id) ${comparison} ($2, $3)
  order by published_at ${direction}, id ${direction} limit 1`
