import { sql, type Repo } from '@showrunner/data'
import { type MovedKind } from './moved-file.ts'

/** A file that something of a podcast refers to by an address elsewhere. */
export interface FileElsewhere {
  readonly kind: MovedKind
  readonly address: string
  /** How large its feed said it is. */
  readonly bytes: number | null
}

/** The same name is the same file. */
export function nameOf({ kind, address }: Pick<FileElsewhere, 'kind' | 'address'>): string {
  return `${kind} ${address}`
}

/** What of a podcast lies elsewhere, in numbers. */
export interface Elsewhere {
  readonly pictures: number
  readonly audio: number
  /** Of the recordings, as far as their feed says so. */
  readonly audioBytes: number
  /** Of how many recordings the feed does not. */
  readonly unsized: number
}

/**
 * The files of a podcast that lie elsewhere, each once: its cover, those of its episodes, the pictures of their chapters and
 * the faces of its people; and the recordings.
 */
export async function filesElsewhere(
  repo: Repo,
  podcastId: number,
): Promise<readonly FileElsewhere[]> {
  const rows = await repo.run(
    sql<{ kind: MovedKind; address: string; bytes: string | null }>`
      with theirs as (
        select person_id from podcast_hosts where podcast_id = ${podcastId}
        union select person_id from podcast_credits where podcast_id = ${podcastId}
        union select person_id from episode_hosts where podcast_id = ${podcastId}
        union select person_id from episode_guests where podcast_id = ${podcastId}
        union select person_id from episode_credits where podcast_id = ${podcastId}
      ), files as (
        select 1 as rank, 'picture' as kind, cover_url as address, null::bigint as bytes, id
          from podcasts where id = ${podcastId}
        union all select 2, 'picture', cover_url, null, -id from episodes where podcast_id = ${podcastId}
        union all select 3, 'picture', avatar_url, null, id
          from people where id in (select person_id from theirs)
        union all select 4, 'picture', image_url, null, id from chapters where podcast_id = ${podcastId}
        union all select 5, 'audio', audio_url, audio_bytes, -id from episodes where podcast_id = ${podcastId}
      )
      select kind, address, max(bytes)::text as bytes from files
      where address ~* '^https?://' and octet_length(address) <= 2000
      group by kind, address order by min(rank), min(id)`,
  )
  return rows.map(({ bytes, ...file }) => ({
    ...file,
    bytes: bytes === null ? null : Number(bytes),
  }))
}

export function summedUp(files: readonly FileElsewhere[]): Elsewhere {
  const recordings = files.filter(({ kind }) => kind === 'audio')
  return {
    pictures: files.length - recordings.length,
    audio: recordings.length,
    audioBytes: recordings.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    unsized: recordings.filter(({ bytes }) => bytes === null).length,
  }
}
