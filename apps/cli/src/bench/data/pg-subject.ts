import { Pool, type QueryResultRow } from 'pg'
import { nested } from './nested.ts'
import {
  beforeHundred,
  CONNECTIONS,
  episodeOf,
  noteOf,
  NOTES,
  notesTable,
  type Subject,
} from './subject.ts'

type All = <R extends QueryResultRow>(text: string, ...values: unknown[]) => Promise<R[]>

interface Episode extends QueryResultRow {
  readonly id: string
  readonly podcast_id: string
  readonly published_at: Date
}

/** With nothing but `pg`; `prepared`, as somebody would who also names each statement. */
export function pgSubject(url: string, prepared: boolean): Subject {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS })
  const table = notesTable(prepared ? 'pg, prepared' : 'pg')
  const all: All = async <R extends QueryResultRow>(text: string, ...values: unknown[]) =>
    (await pool.query<R>({ text, values, ...(prepared ? { name: nameOf(text) } : {}) })).rows
  return {
    works: {
      get: (turn) => all(EPISODE, episodeOf(turn)),
      all: (turn) => all(HUNDRED, beforeHundred(turn)),
      insert: (turn) => all(insertInto(table), ...valuesOf(turn)),
      update: (turn) =>
        all(
          `update ${table} set title = $1, subtitle = $2, updated_at = $3 where id = $4 returning *`,
          `Title ${turn}`,
          `Subtitle ${turn}`,
          new Date(),
          1 + (turn % NOTES),
        ),
      page: (turn) => page(all, episodeOf(turn)),
    },
    prepare: async () => undefined,
    levels: (parents) => levels(all, parents),
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? `statement ${names.size}`
  names.set(text, name)
  return name
}

const EPISODE = 'select * from episodes where id = $1'
const HUNDRED = 'select * from episodes where id > $1 order by id limit 100'

function insertInto(table: string): string {
  return `
    insert into ${table}
      (podcast_id, slug, title, subtitle, body, type, number, explicit, published_at, inserted_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning *`
}

function valuesOf(turn: number): readonly unknown[] {
  const { slug, title, subtitle, body, type, number, explicit, publishedAt } = noteOf(turn)
  const now = new Date()
  return [1, slug, title, subtitle, body, type, number, explicit, publishedAt, now, now]
}

/** The same statements as the repo's, side by side. */
async function page(all: All, id: number): Promise<unknown> {
  const [episode] = await all<Episode>(EPISODE, id)
  if (!episode) throw new Error(`there is no episode ${id}`)
  const { podcast_id: podcastId, published_at: at } = episode
  const branches = await Promise.all([
    all('select * from podcasts where id = $1', podcastId),
    joined(all, 'episode_hosts', 'person_id', 'people', id),
    joined(all, 'episode_guests', 'person_id', 'people', id),
    joined(all, 'episode_sponsors', 'sponsor_id', 'sponsors', id),
    joined(all, 'episode_topics', 'topic_id', 'topics', id),
    all('select * from episode_links where episode_id = $1 order by position, id', id),
    all(neighbour('<', 'desc'), podcastId, new Date(), at, id),
    all(neighbour('>', 'asc'), podcastId, new Date(), at, id),
  ])
  return [episode, ...branches]
}

async function joined(all: All, table: string, key: string, target: string, id: number) {
  const places = await all(`select * from ${table} where episode_id = $1 order by position, id`, id)
  const ids = [...new Set(places.map((place) => String(place[key])))]
  const found = await all(`select * from ${target} where id = any($1)`, ids)
  const byId = new Map(found.map((row) => [String(row['id']), row]))
  return places.map((place) => ({ ...place, found: byId.get(String(place[key])) }))
}

const neighbour = (comparison: '<' | '>', direction: 'asc' | 'desc') => `
  select * from episodes where podcast_id = $1 and published and published_at <= $2
    and (published_at, id) ${comparison} ($3, $4)
  order by published_at ${direction}, id ${direction} limit 1`

async function levels(all: All, parents: number): Promise<readonly unknown[]> {
  const episodes = await all<{ id: string }>(
    'select * from episodes where id <= $1 order by id',
    parents,
  )
  const transcripts = await all<{ id: string; episode_id: string }>(
    'select * from transcripts where episode_id = any($1)',
    episodes.map(({ id }) => id),
  )
  const cues = await all<{ transcript_id: string; person_id: string | null }>(
    'select * from transcript_cues where transcript_id = any($1) order by position',
    transcripts.map(({ id }) => id),
  )
  const ids = [...new Set(cues.flatMap(({ person_id }) => person_id ?? []))]
  const people = await all<{ id: string }>('select * from people where id = any($1)', ids)
  return nested({ episodes, transcripts, cues, people })
}
