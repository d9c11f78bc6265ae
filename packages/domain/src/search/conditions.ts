import { sql } from '@showrunner/data'
import { PUBLIC_STATUSES } from '../podcasts/index.ts'
import { type ByDictionary, type GroupQuery, type Queries } from './queries.ts'

type Condition = ReturnType<typeof sql<boolean>>
type Rows = ReturnType<typeof sql>

/**
 * Rows of a table whose words are what is looked for, each read in its own dictionary. One branch for each of them: an index that
 * has answered is not asked again for every row.
 */
export function rowsOf(
  { dictionaries }: Queries,
  queries: ByDictionary,
  select: (dictionary: string, query: Rows) => Rows,
): Rows {
  const branches = dictionaries.flatMap((dictionary, index): Rows[] => {
    const query = queries[index] ?? ''
    return query === '' ? [] : [select(dictionary, sql`${query}::tsquery`)]
  })
  return sql.join(branches, sql` union all `)
}

/** Of a document `d` that has the words of a group: whether the phrases of one stand in it as they should. */
export function hasPhrases({ dictionaries, groups }: Queries): Condition | undefined {
  if (groups.every(({ phrases }) => phrases.length === 0)) return undefined
  return either(groups.map((group) => isGroup(dictionaries, group)))
}

function isGroup(dictionaries: readonly string[], { match, phrases }: GroupQuery): Condition {
  const said = within(dictionaries, match, 'd', 'words')
  const spoken = phrases.map(({ query, isWanted }) => {
    const somewhere = sql<boolean>`(${within(dictionaries, query, 'd', 'head')} or d.kind = 'episode' and d.subject_id in (
      select p.episode_id from search.passages p where ${within(dictionaries, query, 'p', 'words')}))`
    return isWanted ? somewhere : sql<boolean>`not ${somewhere}`
  })
  return sql<boolean>`(${sql.join([said, ...spoken], sql` and `)})`
}

/** Of a passage `p`: whether all that is looked for is said in it. */
export function isSaid({ dictionaries, close }: Queries): Condition {
  return within(dictionaries, close, 'p', 'words')
}

/** Of a passage `p`: whether any of it is. */
export function isTouched({ dictionaries, loose }: Queries): Condition {
  return within(dictionaries, loose, 'p', 'words')
}

/** The words of a row are looked for in the dictionary that it was read with. */
function within(
  dictionaries: readonly string[],
  queries: ByDictionary,
  row: 'd' | 'p',
  column: 'words' | 'head',
): Condition {
  const asked = dictionaries.flatMap((dictionary, index): Condition[] => {
    const query = queries[index] ?? ''
    const [by, words] = [sql.ref(`${row}.dictionary`), sql.ref(`${row}.${column}`)]
    return query === ''
      ? []
      : [sql<boolean>`(${by} = ${dictionary} and ${words} @@ ${query}::tsquery)`]
  })
  return either(asked)
}

/** How well what is looked for stands in some words: those of a title weigh most, those of notes least. */
export function rankOf(words: Rows, query: Rows) {
  return sql<number>`ts_rank('{0.1, 0.2, 0.5, 1.0}', ${words}, ${query})`
}

/** Of a passage `p`: how well any of it is said. */
export function rankOfPassage({ dictionaries, loose }: Queries) {
  const cases = dictionaries.map((dictionary, index) => {
    return sql`when ${dictionary} then ${loose[index] ?? ''}::tsquery`
  })
  return rankOf(
    sql`p.words`,
    sql`case p.dictionary ${sql.join(cases, sql` `)} else ''::tsquery end`,
  )
}

function either(conditions: readonly Condition[]): Condition {
  return conditions.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`(${sql.join([...conditions], sql` or `)})`
}

/** Of a document `d`: whether its page is there for anybody. People and topics have one once something of them is out. */
export function isShown(asOf: Date): Condition {
  const shows = sql`array(select id from podcasts where status = any(${PUBLIC_STATUSES}::text[]))`
  return sql<boolean>`((d.podcast_id is null or d.podcast_id = any(${shows})) and case d.kind
    when 'podcast' then true
    when 'person' then search.has_page(d.kind, d.subject_id, ${shows}, ${asOf})
    when 'topic' then search.has_page(d.kind, d.subject_id, ${shows}, ${asOf})
    else d.shown_at <= ${asOf} end)`
}
