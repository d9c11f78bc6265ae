import { cpus } from 'node:os'
import { createRepo, type Repo } from '@showrunner/data'
import { gatherWords, search, suggest } from '@showrunner/domain/search'
import { Pool } from 'pg'
import { median, table } from '../figures.ts'
import { type Archive, makeArchive } from './archive.ts'
import { mistyped, Speech } from './corpus.ts'

export interface SearchBench {
  readonly rounds: number
  readonly transcripts: number
  /** Of each kind in a round. */
  readonly asked: number
  /** A migrated, empty database. */
  readonly databaseUrl: string
  readonly say: (line: string) => void
}

interface Subject {
  readonly name: string
  /** So many fewer are asked of what is slow. */
  readonly share?: number
  readonly text: () => string
  readonly ask: (text: string) => Promise<unknown>
  readonly rounds: number[][]
}

const LETTERS_EACH = 60_000
const NOW = new Date('2026-11-20T12:00:00Z')

/** Measures the search of a whole archive, and beside it what it would be by hand, in turn, round after round. */
export async function benchSearch(bench: SearchBench): Promise<string> {
  const { databaseUrl, say, transcripts } = bench
  const pool = new Pool({ connectionString: databaseUrl, max: 2 })
  const repo = createRepo({ url: databaseUrl }).unscoped()
  try {
    say(`Writing ${transcripts} transcripts`)
    const speech = new Speech(8)
    const archive = await makeArchive(pool, speech, { transcripts, lettersEach: LETTERS_EACH }, say)
    say('Learning the words')
    const learning = performance.now()
    while ((await gatherWords(repo, NOW)) > 0);
    const learnt = (performance.now() - learning) / 1000
    for (const name of ['documents', 'passages', 'words'])
      await pool.query(`vacuum analyze search.${name}`)
    await pool.query('vacuum analyze')
    const subjects = subjectsOf(repo, pool, speech, archive)
    for (let round = 0; round <= bench.rounds; round += 1) {
      say(round === 0 ? 'Warming up' : `Round ${round} of ${bench.rounds}`)
      for (const subject of subjects) {
        const times = await timesOf(subject, Math.ceil(bench.asked * (subject.share ?? 1)))
        if (round > 0) subject.rounds.push(times)
      }
    }
    return [report(subjects), await sizes(pool, archive, learnt), machine()].join('\n')
  } finally {
    await repo.close()
    await pool.end()
  }
}

function subjectsOf(
  repo: Repo,
  pool: Pool,
  speech: Speech,
  { phrases, titles }: Archive,
): Subject[] {
  const random = () => speech.random()
  const one = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)]
  const word = () => speech.lookedFor(100, 20_000)
  const look = (text: string) => search(repo, { text, now: NOW })
  const subject = (name: string, text: () => string, ask: Subject['ask'], share = 1): Subject => {
    return { name, text, ask, share, rounds: [] }
  }
  const inTitle = () => one((one(titles) ?? '').split(' ')) ?? 'word'
  return [
    subject('one word', word, look),
    subject('one of the 50 most frequent words', () => speech.lookedFor(1, 50), look),
    subject('two words', () => `${word()} ${word()}`, look),
    subject('a phrase of two words', () => `"${one(phrases) ?? ''}"`, look),
    subject('a word mistyped', () => mistyped(speech.lookedFor(200, 5000), random), look),
    subject('the beginning of a word', () => speech.lookedFor(200, 5000).slice(0, 5), look),
    subject('one word, of a show and a year', word, (text) =>
      search(repo, {
        text,
        podcast: `bench-${1 + Math.floor(random() * 8)}`,
        year: 2024,
        now: NOW,
      }),
    ),
    subject('one word, the third page', word, (text) => search(repo, { text, page: 3, now: NOW })),
    subject(
      'suggestions',
      () => inTitle().slice(0, 4),
      (text) => suggest(repo, { text, now: NOW }),
    ),
    subject(
      'suggestions, mistyped',
      () => mistyped(inTitle(), random),
      (text) => suggest(repo, { text, now: NOW }),
    ),
    subject('by hand: one word, unranked tsquery', word, (text) => pool.query(TSQUERY, [text])),
    subject('by hand: one word, ranked tsquery', word, (text) => pool.query(RANKED, [text]), 0.25),
    subject('by hand: one word, ilike', word, (text) => pool.query(ILIKE, [`%${text}%`]), 0.1),
  ]
}

const OUT = `episodes.published and episodes.published_at <= timestamptz '2026-11-20 12:00Z'`
const TSQUERY = `
  select episodes.id, episodes.title, min(p.first_position) from search.passages p join episodes on episodes.id = p.episode_id and ${OUT}
  where p.words @@ plainto_tsquery('search.english', $1) group by 1 limit 10`
const RANKED = `
  select episodes.id, episodes.title, max(ts_rank(p.words, q)) as rank
  from search.passages p join episodes on episodes.id = p.episode_id and ${OUT}, plainto_tsquery('search.english', $1) q
  where p.words @@ q group by 1 order by rank desc limit 10`
const ILIKE = `
  select episodes.id, episodes.title, count(*) from transcript_cues c join transcripts t on t.id = c.transcript_id
  join episodes on episodes.id = t.episode_id and ${OUT}
  where c.body ilike $1 group by 1 order by 3 desc limit 10`

async function timesOf({ text, ask }: Subject, count: number): Promise<number[]> {
  const times: number[] = []
  for (let asked = 0; asked < count; asked += 1) {
    const words = text()
    const from = performance.now()
    await ask(words)
    times.push(performance.now() - from)
  }
  return times
}

function report(subjects: readonly Subject[]): string {
  const rows = subjects.map(({ name, rounds }) => {
    const all = rounds.flat()
    const p95s = rounds.map((times) => quantile(times, 0.95))
    return [
      name,
      String(all.length),
      median(all).toFixed(1),
      quantile(all, 0.95).toFixed(1),
      `${Math.min(...p95s).toFixed(1)}–${Math.max(...p95s).toFixed(1)}`,
      quantile(all, 0.99).toFixed(1),
    ]
  })
  return table([['', 'asked', 'p50 ms', 'p95 ms', 'p95 by round', 'p99 ms'], ...rows])
}

async function sizes(pool: Pool, { letters, writes }: Archive, learnt: number): Promise<string> {
  const { rows } = await pool.query<{
    passages: string
    index: string
    words: string
    text: string
  }>(`
    select (select count(*) from search.passages) as passages, (select count(*) from search.words) as words,
      pg_size_pretty((select sum(pg_total_relation_size(oid)) from pg_class where relnamespace = 'search'::regnamespace and relkind = 'r')) as index,
      pg_size_pretty(pg_total_relation_size('transcript_cues')) as text`)
  const ratios = writes.map(({ withSearch, without }) => withSearch / without)
  const each = median(writes.map(({ withSearch }) => withSearch)) / 50
  const bare = median(writes.map(({ without }) => without)) / 50
  const [row] = rows
  return (
    `${(letters / 1e6).toFixed(0)} MB of text in ${row?.text} of cues; the search takes ${row?.index}: ${row?.passages} passages, ${row?.words} words.\n` +
    `To write a transcript: ${each.toFixed(0)} ms, ${bare.toFixed(0)} ms without the search ` +
    `(${median(ratios).toFixed(2)} times, ${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}). ` +
    `To learn the words of all: ${learnt.toFixed(0)} s, by a job.`
  )
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function machine(): string {
  return `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; one asks at a time, each text another.\n`
}
