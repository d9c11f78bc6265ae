import { type Repo, sql } from '@showrunner/data'
import { cleaned } from './asked.ts'
import { bounded } from './bounded.ts'
import { isShown } from './conditions.ts'
import { isKind, type Kind, readSubjects } from './kinds.ts'

/** Something whose title or name may be what somebody begins to type. */
export interface Suggestion {
  readonly kind: Kind
  readonly id: number
  readonly title: string
  readonly slug: string
  readonly podcast: { readonly slug: string; readonly title: string } | null
}

const MOST = 8
const SHORTEST = 2
/** How alike a part of a title has to be. */
const ALIKE = 0.5

const inOrder = sql`case d.kind when 'podcast' then 0 when 'person' then 1 when 'topic' then 1 else 2 end`

/** The best first: what begins so, then what has a word that does, then what is written alike. */
export async function suggest(
  repo: Repo,
  { text, now }: { readonly text: string; readonly now: Date },
): Promise<readonly Suggestion[]> {
  const typed = cleaned(text)
  if (typed.length < SHORTEST) return []
  return bounded(repo, async (every) => {
    const rows = await every.run(
      sql<{ kind: string; id: number }>`
        with asked as materialized (select search.key(${typed}) as key), begun as materialized (
          select d.kind, d.subject_id::int as id, row_number() over (
            order by d.title_key like a.key || '%' desc, ${inOrder}, d.shown_at desc nulls last, d.title_key, d.id) as place
          from asked a, search.documents d
          where length(a.key) >= ${sql.lit(SHORTEST)} and (d.title_key like a.key || '%' or d.title_key like '% ' || a.key || '%')
            and ${isShown(now)}
          order by place limit ${sql.lit(MOST)}
        )
        select kind, id from (
          select 0 as worse, kind, id, place from begun
          union all
          (select 1, d.kind, d.subject_id::int, row_number() over (
            order by word_similarity(a.key, d.title_key) desc, ${inOrder}, d.shown_at desc nulls last, d.title_key, d.id)
          from asked a, search.documents d
          where (select count(*) from begun) < ${sql.lit(MOST)} and length(a.key) > ${sql.lit(SHORTEST)}
            and a.key <% d.title_key and word_similarity(a.key, d.title_key) >= ${sql.lit(ALIKE)}
            and not (d.title_key like a.key || '%' or d.title_key like '% ' || a.key || '%') and ${isShown(now)}
          order by 4 limit ${sql.lit(MOST)})
        ) found
        order by worse, place limit ${sql.lit(MOST)}`,
    )
    const subjects = await readSubjects(every, rows)
    return rows.flatMap(({ kind, id }): Suggestion[] => {
      const subject = subjects.get(`${kind} ${id}`)
      if (!subject || !isKind(kind)) return []
      const { title, slug, podcast } = subject
      const show = podcast && { slug: podcast.slug, title: podcast.title }
      return [{ kind, id, title, slug, podcast: show }]
    })
  })
}
