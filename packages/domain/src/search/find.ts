import { type Repo, sql } from '@showrunner/data'
import { type Asked } from './asked.ts'
import { isMeant, isSaid, isShown, rankIn } from './conditions.ts'
import { type Queries } from './queries.ts'

export const HITS_PER_PAGE = 10

/** A word that is said in more passages than these is said everywhere: how often then says nothing. */
const MOST_PASSAGES = 20_000

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
  const meant = queries.saysNothing
    ? sql<boolean>`(length(search.key(${text})) > 1 and d.title_key like '%' || search.key(${text}) || '%')`
    : isMeant(queries)
  const inShow = sql<boolean>`(${podcastId}::bigint is null or podcast_id = ${podcastId}::bigint)`
  const inYear = sql<boolean>`(${year}::int is null or year = ${year}::int)`
  const [found] = await repo.run(
    sql<Found>`
      with said as materialized (
        select episode_id, count(*)::int as passages
        from (select p.episode_id from search.passages p where ${isSaid(queries)} limit ${sql.lit(MOST_PASSAGES)}) passage
        group by 1
      ), found as materialized (
        select d.kind, d.subject_id as id, d.dictionary, d.podcast_id, d.shown_at,
          extract(year from d.shown_at at time zone 'UTC')::int as year, coalesce(s.passages, 0) as passages,
          ${scoreOf(text, queries, now)} as score
        from search.documents d left join said s on d.kind = 'episode' and s.episode_id = d.subject_id
        where ${meant} and ${isShown(now)}
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

/** A title that is what was typed comes first, and of equals the newer. */
function scoreOf(text: string, queries: Queries, now: Date) {
  return sql<number>`${rankIn(queries, 'd', 'head')}
    + 0.12 * ln(1 + coalesce(s.passages, 0))
    + case when d.title_key = search.key(${text}) then case d.kind when 'episode' then 1.5 else 2 end
           when d.kind in ('podcast', 'person', 'topic') and ' ' || d.title_key || ' ' like '% ' || search.key(${text}) || ' %' then 0.5
           else 0 end
    + 0.08 * exp(-greatest(0, coalesce(extract(epoch from ${now}::timestamptz - d.shown_at) / 31557600, 5)) / 4)`
}
