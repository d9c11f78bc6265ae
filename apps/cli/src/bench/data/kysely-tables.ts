import { type Generated, type Kysely } from 'kysely'

// `pg` reads a bigint as text.
interface Row {
  readonly id: Generated<string>
}

interface Episode extends Row {
  readonly podcast_id: string
  readonly published: boolean
  readonly published_at: Date
}

interface Placed extends Row {
  readonly episode_id: string
  readonly position: number
}

interface Note extends Row {
  readonly podcast_id: string
  readonly slug: string
  readonly title: string
  readonly subtitle: string
  readonly body: string
  readonly type: string
  readonly number: number
  readonly explicit: boolean
  readonly published_at: Date
  readonly inserted_at: Date
  readonly updated_at: Date
}

export interface Tables {
  readonly podcasts: Row
  readonly episodes: Episode
  readonly people: Row
  readonly sponsors: Row
  readonly topics: Row
  readonly episode_hosts: Placed & { readonly person_id: string }
  readonly episode_guests: Placed & { readonly person_id: string }
  readonly episode_sponsors: Placed & { readonly sponsor_id: string }
  readonly episode_topics: Placed & { readonly topic_id: string }
  readonly episode_links: Placed
  readonly transcripts: Placed
  readonly transcript_cues: Row & {
    readonly transcript_id: string
    readonly person_id: string | null
    readonly position: number
  }
  readonly bench_notes_kysely: Note
}

export type Db = Kysely<Tables>
