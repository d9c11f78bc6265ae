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
        with asked as materialized (select search.key(${typed}) as key)
        select d.kind, d.subject_id::int as id from asked a, search.documents d
        where length(a.key) >= ${sql.lit(SHORTEST)} and ${isShown(now)}
          and (d.title_key like a.key || '%' or d.title_key like '% ' || a.key || '%' or a.key <% d.title_key and word_similarity(a.key, d.title_key) >= ${sql.lit(ALIKE)})
        order by d.title_key like a.key || '%' desc, d.title_key like '% ' || a.key || '%' desc,
          case d.kind when 'podcast' then 0 when 'person' then 1 when 'topic' then 1 else 2 end,
          word_similarity(a.key, d.title_key) desc, d.shown_at desc nulls last, d.title_key, d.id
        limit ${sql.lit(MOST)}`,
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
