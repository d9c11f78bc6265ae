/** A column that points to somebody. */
export interface Pointing {
  readonly table: string
  readonly column: string
  /** What becomes of the row when who it points to is merged into somebody else. */
  readonly merged: 'moves' | 'goes'
  /** Where there can be one row for each of these, or one in all: the one that is there already stays. */
  readonly oneFor?: readonly string[]
  /** Whether it names them to others: while it does, they are not deleted. */
  readonly names?: true
}

/** Everything that points to people. `merge.test.ts` holds it to the database. */
export const POINTING = [
  {
    table: 'podcast_hosts',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['podcast_id'],
    names: true,
  },
  {
    table: 'podcast_credits',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['podcast_id', 'role'],
    names: true,
  },
  {
    table: 'episode_hosts',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['episode_id'],
    names: true,
  },
  {
    table: 'episode_guests',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['episode_id'],
    names: true,
  },
  {
    table: 'episode_credits',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['episode_id', 'role'],
    names: true,
  },
  { table: 'transcript_cues', column: 'person_id', merged: 'moves', names: true },
  { table: 'posts', column: 'author_id', merged: 'moves', names: true },
  { table: 'posts', column: 'editor_id', merged: 'moves', names: true },
  { table: 'episode_requests', column: 'submitter_id', merged: 'moves', names: true },
  { table: 'request_messages', column: 'person_id', merged: 'moves', names: true },
  { table: 'news_items', column: 'author_id', merged: 'moves', names: true },
  { table: 'news_items', column: 'submitter_id', merged: 'moves', names: true },
  { table: 'news_items', column: 'logger_id', merged: 'moves' },
  { table: 'comments', column: 'author_id', merged: 'moves', names: true },
  { table: 'comments', column: 'decided_by_id', merged: 'moves' },
  { table: 'commenters', column: 'person_id', merged: 'moves', oneFor: [] },
  { table: 'commenters', column: 'decided_by_id', merged: 'moves' },
  {
    table: 'comment_follows',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['news_item_id', 'episode_id', 'post_id'],
  },
  { table: 'unwanted_comment_mails', column: 'person_id', merged: 'moves', oneFor: ['why'] },
  { table: 'live_notes', column: 'person_id', merged: 'moves' },
  { table: 'chat_messages', column: 'person_id', merged: 'moves' },
  { table: 'chat_messages', column: 'deleted_by_id', merged: 'moves' },
  { table: 'chat_mutes', column: 'person_id', merged: 'moves', oneFor: ['podcast_id'] },
  { table: 'chat_mutes', column: 'muted_by_id', merged: 'moves' },
  { table: 'preview_links', column: 'made_by_id', merged: 'moves' },
  { table: 'post_preview_links', column: 'made_by_id', merged: 'moves' },
  { table: 'transcript_versions', column: 'person_id', merged: 'moves' },
  { table: 'imports', column: 'person_id', merged: 'moves' },
  { table: 'uploads', column: 'person_id', merged: 'moves' },
  { table: 'moved_files', column: 'person_id', merged: 'moves' },
  { table: 'logged_mails', column: 'person_id', merged: 'moves' },
  { table: 'sponsor_reps', column: 'person_id', merged: 'moves', oneFor: ['sponsor_id'] },
  { table: 'activities', column: 'person_id', merged: 'moves' },
  { table: 'activities', column: 'masquerader_id', merged: 'moves' },
  { table: 'memberships', column: 'person_id', merged: 'moves' },
  { table: 'member_feeds', column: 'person_id', merged: 'moves' },
  {
    table: 'subscriptions',
    column: 'person_id',
    merged: 'moves',
    oneFor: ['podcast_id', 'episode_id'],
  },
  { table: 'person_handles', column: 'person_id', merged: 'moves' },
  { table: 'community_accounts', column: 'person_id', merged: 'moves', oneFor: [] },
  { table: 'sessions', column: 'person_id', merged: 'goes' },
  { table: 'api_tokens', column: 'person_id', merged: 'goes' },
  { table: 'sign_in_links', column: 'person_id', merged: 'goes' },
  { table: 'email_changes', column: 'person_id', merged: 'goes' },
  // A masquerade ends with who it is about, by its key.
  { table: 'sessions', column: 'masquerading_as_id', merged: 'goes' },
] as const satisfies readonly Pointing[]

export type PointingName = NameOf<(typeof POINTING)[number]>
type NameOf<One> = One extends {
  readonly table: infer Table extends string
  readonly column: infer Column extends string
}
  ? `${Table}.${Column}`
  : never

/** What points to somebody, how often. */
export interface Uses {
  readonly of: PointingName
  readonly rows: number
  /** Of those, how many somebody else has, too: merged into them, these are not moved. */
  readonly there: number
  readonly names: boolean
}

export function pointingName({ table, column }: (typeof POINTING)[number]): PointingName {
  // Table and column of one entry, which is how the names are made.
  return `${table}.${column}` as PointingName
}
