import { type Repo, sql } from '@showrunner/data'
import { type Asked, type Group, type Term } from './asked.ts'

/** What is looked for, as PostgreSQL writes it, in the words of each dictionary that something is written with. */
export interface Queries {
  readonly dictionaries: readonly string[]
  /** All of the words of a group, wherever they stand, and none of those that are not wanted in it. */
  readonly match: ByDictionary
  /** All of the words of a group, in one place. */
  readonly close: ByDictionary
  /** Any of the words. */
  readonly loose: ByDictionary
  readonly groups: readonly GroupQuery[]
  /** Every word is one that stands everywhere, and says nothing. */
  readonly saysNothing: boolean
}

export interface GroupQuery {
  readonly match: ByDictionary
  readonly phrases: readonly Phrase[]
}

export interface Phrase {
  readonly query: ByDictionary
  readonly isWanted: boolean
}

/** A query in each dictionary, in the order in which they are named; an empty one where it says nothing there. */
export type ByDictionary = readonly string[]

export async function queriesFor(repo: Repo, { groups }: Asked): Promise<Queries> {
  const all = groups.flatMap(({ wanted }) => wanted)
  const phrases = groups.map(phrasesOf)
  const matches = groups.map(({ wanted, unwanted }) =>
    bothOf(allOf(wanted.map(near)), noneOf(unwanted)),
  )
  const columns = [
    anyOf(matches),
    anyOf(groups.map(({ wanted }) => allOf(wanted.map(exact)))),
    anyOf(all.map(exact)),
    ...groups.flatMap((_, index) => [
      matches[index] ?? NOTHING,
      ...(phrases[index] ?? []).map(({ term }) => exact(term)),
    ]),
  ]
  const rows = await repo.run(
    sql<{ dictionary: string; queries: readonly string[] }>`
      select d.dictionary, array[${sql.join(columns.map((query) => sql`(${query})::text`))}] as queries
      from (
        select distinct search.dictionary_of(language) as dictionary from (
          select language from podcasts union select language from transcripts where language is not null union select language from settings
        ) languages
      ) d, lateral (select ('search.' || d.dictionary)::regconfig as config) c
      order by 1`,
  )
  // In the order in which they were asked for.
  let next = 0
  const take = (): ByDictionary => {
    const at = next
    next += 1
    return rows.map(({ queries }) => queries[at] ?? '')
  }
  const [match, close, loose] = [take(), take(), take()]
  return {
    dictionaries: rows.map(({ dictionary }) => dictionary),
    match,
    close,
    loose,
    groups: groups.map((_, index) => ({
      match: take(),
      phrases: (phrases[index] ?? []).map(({ isWanted }) => ({ query: take(), isWanted })),
    })),
    saysNothing: loose.every((query) => query === ''),
  }
}

function phrasesOf({ wanted, unwanted }: Group) {
  return [
    ...wanted.filter(isLong).map((term) => ({ term, isWanted: true })),
    ...unwanted.filter(isLong).map((term) => ({ term, isWanted: false })),
  ]
}

/** One word in quotation marks is a word. */
function isLong({ isPhrase, words }: Term): boolean {
  return isPhrase && /\s/u.test(words.trim())
}

const NOTHING = sql`''::tsquery`

type Part = ReturnType<typeof exact>

/** The words of a term one after the other. */
function exact({ words, isPrefix }: Term) {
  return isPrefix
    ? sql`to_tsquery(c.config, ${`${words}:*`})`
    : sql`phraseto_tsquery(c.config, search.plain(${words}))`
}

/** The words of a term anywhere: where places are not known, nothing is one after the other. */
function near(term: Term): Part {
  return term.isPrefix ? exact(term) : sql`plainto_tsquery(c.config, search.plain(${term.words}))`
}

function bothOf(one: Part, other: Part): Part {
  return sql`(${one} && ${other})`
}

function allOf(parts: readonly Part[]): Part {
  return parts.reduce((whole, part) => bothOf(whole, part), NOTHING)
}

function anyOf(parts: readonly Part[]): Part {
  return parts.reduce((whole, part) => sql`(${whole} || ${part})`, NOTHING)
}

/** A phrase that is not wanted is looked for by itself: its words may stand elsewhere. */
function noneOf(terms: readonly Term[]): Part {
  return allOf(terms.filter((term) => !isLong(term)).map((term) => sql`!!(${near(term)})`))
}
