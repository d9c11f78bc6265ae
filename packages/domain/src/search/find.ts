import { type Repo, sql } from '@showrunner/data'
import { type Asked } from './asked.ts'
import { hasPhrases, isShown, rankOf, rowsOf } from './conditions.ts'
import { type Queries } from './queries.ts'

export const HITS_PER_PAGE = 10

/** A word that is said in as many passages is said everywhere: how often then says nothing, and is not counted. */
const MOST_PASSAGES = 10_000

export interface Narrowing {
  readonly podcastId: number | null
  readonly year: number | null
  readonly page: number
  readonly now: Date
}

export interface Found {
  /** Of every show and year. */
  readonly all: number
  /** Of those that were asked for. */
  readonly total: number
  readonly page: readonly FoundRow[]
  readonly podcasts: readonly { readonly id: number; readonly count: number }[]
  readonly years: readonly { readonly year: number; readonly count: number }[]
}

export interface FoundRow {
  readonly kind: string
  readonly id: number
  readonly dictionary: string
  readonly passages: number
}

/** What is looked for, the best first: by what is written about it, and then by how much is said of it. */
export async function find(
  repo: Repo,
  { text }: Asked,
  queries: Queries,
  { podcastId, year, page, now }: Narrowing,
): Promise<Found> {
  const inShow = sql<boolean>`(${podcastId}::bigint is null or podcast_id = ${podcastId}::bigint)`
  const inYear = sql<boolean>`(${year}::int is null or year = ${year}::int)`
  const [found] = await repo.run(
    sql<Found>`
      with asked as materialized (select search.key(${text}) as key), heard as materialized (
        ${saidIn(queries)} limit ${sql.lit(MOST_PASSAGES)}
      ), said as materialized (
        select episode_id, count(*)::int as passages from heard
        where (select count(*) from heard) < ${sql.lit(MOST_PASSAGES)} group by 1
      ), told as materialized (${toldIn(queries)}), found as materialized (
        select d.kind, d.subject_id as id, d.dictionary, d.podcast_id, d.shown_at,
          extract(year from d.shown_at at time zone 'UTC')::int as year, coalesce(s.passages, 0) as passages,
          ${scoreOf(now)} as score
        from (${meantBy(queries)}) d cross join asked a
        left join said s on d.kind = 'episode' and s.episode_id = d.subject_id left join told t on t.id = d.id
        where ${isShown(now)}
      ), wanted as (select * from found where ${inShow} and ${inYear})
      select (select count(*)::int from found) as "all", (select count(*)::int from wanted) as total,
        (select coalesce(jsonb_agg(to_jsonb(one) order by place), '[]') from (
          select kind, id, dictionary, passages, row_number() over (order by score desc, shown_at desc nulls last, kind, id) as place
          from wanted order by place limit ${sql.lit(HITS_PER_PAGE)} offset ${(page - 1) * HITS_PER_PAGE}) one) as page,
        (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from (
          select podcast_id as id, count(*)::int as count from found
          where podcast_id is not null and ${inYear} group by 1 order by 2 desc, 1 limit 50) one) as podcasts,
        (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from (
          select year, count(*)::int as count from found
          where year is not null and ${inShow} group by 1 order by 1 desc limit 50) one) as years`,
  )
  if (!found) throw new Error('the search gave no row')
  return found
}

/** The documents with the words that are looked for. Where those are everywhere, the titles that are so. */
function meantBy(queries: Queries) {
  const columns = sql`select d.id, d.kind, d.subject_id, d.dictionary, d.podcast_id, d.shown_at, d.title_key from search.documents d`
  if (queries.saysNothing) {
    return sql`${columns}, asked a where length(a.key) > 1 and d.title_key like '%' || a.key || '%'`
  }
  const phrases = hasPhrases(queries) ?? sql`true`
  return rowsOf(queries, queries.match, (dictionary, query) => {
    return sql`${columns} where d.dictionary = ${dictionary} and d.words @@ ${query} and ${phrases}`
  })
}

/** In what is written about it. */
function toldIn(queries: Queries) {
  if (queries.saysNothing) return sql`select null::bigint as id, 0::float4 as rank where false`
  return rowsOf(queries, queries.loose, (dictionary, query) => {
    return sql`select d.id, ${rankOf(sql`d.head`, query)} as rank from search.documents d
      where d.dictionary = ${dictionary} and d.head @@ ${query}`
  })
}

/** In what is said. */
function saidIn(queries: Queries) {
  if (queries.saysNothing) return sql`select null::bigint as episode_id where false`
  return rowsOf(queries, queries.close, (dictionary, query) => {
    return sql`select p.episode_id from search.passages p where p.dictionary = ${dictionary} and p.words @@ ${query}`
  })
}

/** A title that is what was typed comes first, and of equals the newer. */
function scoreOf(now: Date) {
  return sql<number>`coalesce(t.rank, 0)
    + 0.12 * ln(1 + coalesce(s.passages, 0))
    + case when d.title_key = a.key then case d.kind when 'episode' then 1.5 else 2 end
           when d.kind in ('podcast', 'person', 'topic') and ' ' || d.title_key || ' ' like '% ' || a.key || ' %' then 0.5
           else 0 end
    + 0.08 * exp(-greatest(0, coalesce(extract(epoch from ${now}::timestamptz - d.shown_at) / 31557600, 5)) / 4)`
}
