import { type Repo, sql } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { isShown } from './conditions.ts'

const AT_ONCE = 25
const LONGEST_RUN_MS = 4 * 60_000

/**
 * Learns how words are written from what came out since, so that what is typed wrongly is known for what it is. Of no draft:
 * its words are nobody's yet.
 */
export async function gatherWords(repo: Repo, now: Date, most = AT_ONCE): Promise<number> {
  const [gathered] = await repo.unscoped().run(
    sql<{ documents: number }>`
      with fresh as materialized (
        select d.id, d.kind, d.subject_id, d.title_key from search.documents d
        where not d.spelled and ${isShown(now)} order by d.id limit ${most} for update skip locked
      ), said as (
        select f.id, w.lexeme as word
        from fresh f
        join search.passages p on f.kind = 'episode' and p.episode_id = f.subject_id
        join transcript_cues c on c.transcript_id = p.transcript_id and c.position between p.first_position and p.last_position,
        unnest(to_tsvector('search.plain', search.plain(left(c.body, 100000)))) w
        union
        select f.id, w.lexeme from fresh f, unnest(to_tsvector('search.plain', f.title_key)) w
        union
        select f.id, w.lexeme from fresh f join episodes e on f.kind = 'episode' and e.id = f.subject_id,
        unnest(to_tsvector('search.plain', search.plain(concat_ws(' ', left(e.summary, 50000),
          left(search.without_tags(coalesce(e.notes_html, e.notes)), 100000))))) w
        union
        select f.id, w.lexeme from fresh f join posts p on f.kind = 'post' and p.id = f.subject_id,
        unnest(to_tsvector('search.plain', search.plain(concat_ws(' ', left(p.tldr, 50000),
          left(search.without_tags(coalesce(p.body_html, p.body)), 100000))))) w
      ), learnt as (
        insert into search.words (word, documents)
        select word, count(*) from said where word ~ '^[[:alpha:]]{3,30}$' group by 1 order by 1
        on conflict (word) do update set documents = words.documents + excluded.documents
      ), done as (
        update search.documents set spelled = true where id in (select id from fresh) returning 1
      )
      select count(*)::int as documents from done`,
  )
  return gathered?.documents ?? 0
}

/** What is learnt in one run has an end, so that another job has its turn. */
export const gatherSearchWords = defineJob({
  name: 'gather_search_words',
  args: z.object({}),
  maxAttempts: 1,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    const end = performance.now() + LONGEST_RUN_MS
    while (performance.now() < end && (await gatherWords(repo, clock())) === AT_ONCE);
  },
})
