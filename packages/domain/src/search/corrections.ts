import { type Repo, sql } from '@showrunner/data'
import { isShown } from './conditions.ts'
import { distance, forgiven } from './distance.ts'

/** A word as it was typed, and what may have been meant. */
export interface Correction {
  readonly typed: string
  readonly meant: string
}

const MOST_WORDS = 6
const MOST_CANDIDATES = 200
/** Of two words that are alike, one this many times as frequent is meant sooner. */
const FAR_MORE = 20

interface Candidate {
  readonly typed: string
  readonly word: string
  readonly documents: number
}

/** What was typed with the words put right that nothing has; undefined where each is known, or none is like it. */
export async function correct(repo: Repo, text: string, now: Date): Promise<string | undefined> {
  return replaced(text, await corrections(repo, text, now, 0))
}

/** The same, for words that hardly anything has, where one like it is far more frequent. */
export async function suggestSpelling(
  repo: Repo,
  text: string,
  now: Date,
): Promise<string | undefined> {
  return replaced(text, await corrections(repo, text, now, 2))
}

function replaced(text: string, found: readonly Correction[]): string | undefined {
  if (found.length === 0) return undefined
  const meant = new Map(found.map((one) => [one.typed, one.meant]))
  return text.replace(WORD, (word) => meant.get(word.toLowerCase()) ?? word)
}

const WORD = /(?<![\p{L}\p{M}\p{N}-])[\p{L}\p{M}]{4,30}(?![\p{L}\p{M}\p{N}])/gu

async function corrections(
  repo: Repo,
  text: string,
  now: Date,
  rarest: number,
): Promise<readonly Correction[]> {
  const words = [...new Set(Array.from(text.matchAll(WORD), ([word]) => word.toLowerCase()))]
  if (words.length === 0) return []
  const counts = await countDocuments(repo, words.slice(0, MOST_WORDS), now)
  const rare = counts.filter(({ documents }) => documents <= rarest)
  if (rare.length === 0) return []
  const candidates = await candidatesFor(
    repo,
    rare.map(({ typed }) => typed),
    now,
  )
  return rare.flatMap(({ typed, documents }): Correction[] => {
    const best = bestFor(typed, candidates)
    const isFarMore = best && best.documents >= documents * FAR_MORE
    return best && isFarMore ? [{ typed, meant: best.word }] : []
  })
}

/** In how many documents that anybody may see each of these stands, up to a few. */
async function countDocuments(repo: Repo, words: readonly string[], now: Date) {
  return repo.run(
    sql<{ typed: string; documents: number }>`
      select t.word as typed, (select count(*)::int from (
        select from search.documents d where ${isShown(now)} and d.words @@ (
          select string_agg(nullif(phraseto_tsquery(('search.' || dictionary)::regconfig, t.word)::text, ''), ' | ')::tsquery
          from (select distinct search.dictionary_of(language) as dictionary from podcasts) languages
        ) limit 3) few) as documents
      from unnest(${[...words]}::text[]) t(word)`,
  )
}

/** Words that look like these: of what was said and written, and of the titles of what is out, those of today too. */
async function candidatesFor(repo: Repo, typed: readonly string[], now: Date) {
  return repo.run(
    sql<Candidate>`
      select t.word as typed, c.word, c.documents from (
        select word, search.key(word) as key from unnest(${[...typed]}::text[]) t(word)
      ) t, lateral (
        (select w.word, w.documents from search.words w where w.word % t.key
          order by similarity(w.word, t.key) desc, w.documents desc limit ${sql.lit(MOST_CANDIDATES)})
        union all
        (select w.word, w.documents from search.words w
          where length(t.key) < 7 and w.word like left(t.key, 1) || '%' and length(w.word) between length(t.key) - 1 and length(t.key) + 1
          order by w.documents desc limit ${sql.lit(MOST_CANDIDATES)})
        union all
        (select title.word, count(*)::int from (
          select d.title_key from search.documents d where t.key <% d.title_key and ${isShown(now)} limit ${sql.lit(MOST_CANDIDATES)}
        ) d, unnest(string_to_array(d.title_key, ' ')) title(word) where length(title.word) > 2 group by 1 limit ${sql.lit(MOST_CANDIDATES)})
      ) c`,
  )
}

function bestFor(typed: string, candidates: readonly Candidate[]): Candidate | undefined {
  const plain = typed.normalize('NFD').replace(/\p{M}/gu, '')
  const near = candidates
    .filter((one) => one.typed === typed && one.word !== plain)
    .map((one) => ({ ...one, away: distance(plain, one.word) }))
    .filter(({ away }) => away > 0 && away <= forgiven(plain))
  return near.toSorted((a, b) => a.away - b.away || b.documents - a.documents)[0]
}
