import { type Repo, sql } from '@showrunner/data'
import { isSaid, isTouched, rankOfPassage } from './conditions.ts'
import { type Queries } from './queries.ts'

export const MOST_PASSAGES_SHOWN = 3

/** A piece of a transcript in which some of what is looked for is said. */
export interface Heard {
  readonly episodeId: number
  readonly dictionary: string
  readonly cues: readonly HeardCue[]
}

export interface HeardCue {
  readonly startsMs: number | null
  readonly speaker: string | null
  readonly body: string
}

/** The best of what is said in each of these episodes, in the order in which it is said. */
export async function listHeard(
  repo: Repo,
  queries: Queries,
  episodeIds: readonly number[],
): Promise<readonly Heard[]> {
  if (episodeIds.length === 0 || queries.saysNothing) return []
  return repo.run(
    sql<Heard>`
      select e.id::int as episode_id, best.dictionary, said.cues
      from unnest(${[...episodeIds]}::bigint[]) e(id), lateral (
        select p.transcript_id, p.first_position, p.last_position, p.dictionary
        from search.passages p where p.episode_id = e.id and ${isTouched(queries)}
        order by ${isSaid(queries)} desc, ${rankOfPassage(queries)} desc, p.first_position
        limit ${sql.lit(MOST_PASSAGES_SHOWN)}
      ) best, lateral (
        select jsonb_agg(jsonb_build_object('startsMs', c.starts_ms, 'speaker', c.speaker, 'body', left(c.body, 4000))
          order by c.position) as cues
        from transcript_cues c
        where c.transcript_id = best.transcript_id and c.position between best.first_position and best.last_position
      ) said
      where said.cues is not null
      order by 1, best.first_position`,
  )
}
