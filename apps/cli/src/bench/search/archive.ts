import { type Pool } from 'pg'
import { type Speech } from './corpus.ts'

export interface Archive {
  /** Letters of all transcripts. */
  readonly letters: number
  /** Phrases that are said somewhere. */
  readonly phrases: readonly string[]
  /** Titles of episodes. */
  readonly titles: readonly string[]
  /** How long writing a transcript took, in rounds of so many: with the triggers of the search, and without them. */
  readonly writes: readonly { readonly withSearch: number; readonly without: number }[]
}

export interface ArchiveSize {
  readonly transcripts: number
  readonly lettersEach: number
}

const PODCASTS = 8
const CUE_LETTERS = 170
const WRITES_IN_ROUND = 50

/** Fills an empty database with the shows, and writes each transcript as an import does, one transaction after the other. */
export async function makeArchive(
  pool: Pool,
  speech: Speech,
  { transcripts, lettersEach }: ArchiveSize,
  say: (line: string) => void,
): Promise<Archive> {
  const titles = await makeEpisodes(pool, speech, transcripts)
  const phrases: string[] = []
  const writes: { withSearch: number; without: number }[] = []
  let letters = 0
  let round = { withSearch: 0, without: 0 }
  for (let episode = 1; episode <= transcripts; episode += 1) {
    const cues = Array.from({ length: Math.round(lettersEach / CUE_LETTERS) }, () =>
      speech.sentence(CUE_LETTERS),
    )
    letters += cues.reduce((sum, cue) => sum + cue.length, 0)
    phrases.push(phraseIn(cues[Math.floor(speech.random() * cues.length)] ?? ''))
    // In turn, so that what slows the machine slows both.
    const part = episode % 2 === 0 ? 'withSearch' : 'without'
    round[part] += await writeTranscript(pool, episode, cues, part === 'withSearch')
    if (episode % (2 * WRITES_IN_ROUND) === 0) {
      writes.push({ ...round })
      round = { withSearch: 0, without: 0 }
    }
    if (episode % 400 === 0) say(`${episode} transcripts`)
  }
  return { letters, phrases, titles, writes }
}

async function makeEpisodes(pool: Pool, speech: Speech, count: number) {
  const title = (words: number) =>
    Array.from({ length: words }, () => speech.lookedFor(20, 20_000)).join(' ')
  const people = Array.from({ length: 400 }, () => title(2))
  const topics = Array.from({ length: 100 }, () => title(1))
  await pool.query(PARTS, [people, topics, Array.from({ length: PODCASTS }, () => title(2))])
  const titles = Array.from({ length: count }, () => title(3 + Math.floor(speech.random() * 5)))
  const notes = Array.from({ length: count }, () => `<p>${speech.sentence(2000)}</p>`)
  await pool.query(EPISODES, [titles, notes, PODCASTS])
  for (const statement of JOINS) await pool.query(statement)
  return titles
}

const PARTS = `
  with people as (
    insert into people (name, handle) select initcap(name), 'person-' || n from unnest($1::text[]) with ordinality one(name, n)
  ), topics as (
    insert into topics (name, slug) select name, 'topic-' || n from unnest($2::text[]) with ordinality one(name, n)
  )
  insert into podcasts (id, slug, guid, title, status)
  select n, 'bench-' || n, gen_random_uuid(), initcap(title), 'publishing' from unnest($3::text[]) with ordinality one(title, n)
`

const EPISODES = `
  insert into episodes (id, podcast_id, slug, guid, title, summary, notes_html, published, published_at)
  select n, 1 + n % $3, 'episode-' || n, gen_random_uuid(), initcap(title), left(regexp_replace(notes, '<[^>]*>', '', 'g'), 200), notes,
    true, timestamptz '2026-11-01 06:00Z' - n * interval '2 days'
  from unnest($1::text[], $2::text[]) with ordinality one(title, notes, n)
`

const JOINS = [
  `insert into episode_hosts (episode_id, podcast_id, person_id) select id, podcast_id, 1 + podcast_id from episodes`,
  `insert into episode_guests (episode_id, podcast_id, person_id) select id, podcast_id, 10 + id % 380 from episodes`,
  `insert into episode_topics (episode_id, podcast_id, topic_id, position)
   select e.id, e.podcast_id, 1 + (e.id + topic * 13) % 100, topic from episodes e, generate_series(1, 3) topic`,
  `insert into transcripts (id, episode_id, podcast_id, type, timed) select id, id, podcast_id, 'text/vtt', true from episodes`,
]

/** Gives how long it took. What is written past the search is brought into it afterwards. */
async function writeTranscript(
  pool: Pool,
  episode: number,
  cues: readonly string[],
  isSearched: boolean,
): Promise<number> {
  const client = await pool.connect()
  const toggle = (how: string) =>
    client.query(`alter table transcript_cues ${how} trigger search_insert`)
  try {
    if (!isSearched) await toggle('disable')
    const from = performance.now()
    await client.query('begin')
    await client.query(CUES, [episode, cues])
    await client.query('update transcripts set cue_count = $2 where id = $1', [
      episode,
      cues.length,
    ])
    await client.query('commit')
    const took = performance.now() - from
    if (!isSearched) {
      await toggle('enable')
      await client.query('select search.index_spoken(array[$1::bigint])', [episode])
    }
    return took
  } finally {
    client.release()
  }
}

const CUES = `
  insert into transcript_cues (transcript_id, podcast_id, position, starts_ms, ends_ms, speaker, body)
  select t.id, t.podcast_id, n - 1, (n - 1) * 10000, n * 10000, case n % 2 when 0 then 'Ada' else 'Ben' end, body
  from transcripts t, unnest($2::text[]) with ordinality cue(body, n) where t.id = $1
`

/** Two words that follow each other, of those that are looked for. */
function phraseIn(cue: string): string {
  const words = cue.replace('.', '').split(' ')
  const at = words.findIndex(
    (word, index) => word.length > 3 && (words[index + 1]?.length ?? 0) > 3,
  )
  return at === -1 ? (words[0] ?? '') : words.slice(at, at + 2).join(' ')
}
