import { type Repo, sql } from '@showrunner/data'
import { type Place } from './marked.ts'
import { type Queries } from './queries.ts'

export interface Text {
  readonly dictionary: string
  readonly text: string
}

interface Word extends Place {
  readonly word: string
}

/**
 * Where in each of these texts something stands that is looked for. PostgreSQL is asked only of words that begin as one that is
 * looked for does, and of each once: to have it read the texts takes ten times as long.
 */
export async function highlight(
  repo: Repo,
  queries: Queries,
  texts: readonly Text[],
): Promise<readonly (readonly Place[])[]> {
  const initials = new Map(
    queries.dictionaries.map((dictionary, index) => [dictionary, initialsIn(queries.loose[index])]),
  )
  const words = texts.map(({ dictionary, text }) => {
    const of = initials.get(dictionary) ?? new Set()
    return wordsIn(text).filter(({ word }) => of.has(initialOf(word)))
  })
  const asked = new Set(
    words.flatMap((all, index) => all.map(({ word }) => `${texts[index]?.dictionary} ${word}`)),
  )
  const meant = await wordsMeant(repo, queries, [...asked])
  return words.map((all, index) => {
    const dictionary = texts[index]?.dictionary
    return all.filter(({ word }) => meant.has(`${dictionary} ${word}`))
  })
}

async function wordsMeant(
  repo: Repo,
  { dictionaries, loose }: Queries,
  asked: readonly string[],
): Promise<ReadonlySet<string>> {
  if (asked.length === 0) return new Set()
  const rows = await repo.run(
    sql<{ asked: string }>`
      select t.asked from unnest(${[...asked]}::text[]) t(asked)
      join unnest(${[...dictionaries]}::text[], ${loose.map(anyWordOf)}::text[]) q(dictionary, query)
        on q.dictionary = split_part(t.asked, ' ', 1)
      where to_tsvector(('search.' || q.dictionary)::regconfig, split_part(t.asked, ' ', 2)) @@ q.query::tsquery`,
  )
  return new Set(rows.map((row) => row.asked))
}

/** Its words alone: a word is marked wherever it stands. */
function anyWordOf(query: string): string {
  return Array.from(query.matchAll(WORD), ([word]) => word).join(' | ')
}

const WORD = /'(?:[^']|'')+'(?::\*)?/gu

const NAMES: Readonly<Record<string, string>> = { 'c++': 'cpp', 'c#': 'cs', 'f#': 'fs' }

/** As `search.plain` takes a text apart. */
function wordsIn(text: string): readonly Word[] {
  return Array.from(text.matchAll(/[Cc]\+\+|[CcF]#|[\p{L}\p{M}\p{N}]+/gu), (match) => {
    const word = match[0].toLowerCase()
    return { word: NAMES[word] ?? word, from: match.index, to: match.index + match[0].length }
  })
}

/** A word and its stem begin alike; accents aside, as the dictionaries look past them. */
function initialsIn(query = ''): ReadonlySet<string> {
  return new Set(
    Array.from(query.matchAll(/'((?:[^']|'')+)'/gu), ([, word = '']) => initialOf(word)),
  )
}

function initialOf(word: string): string {
  const [first = ''] = word.normalize('NFD').toLowerCase()
  return /[a-z0-9]/.test(first) ? first : ''
}
