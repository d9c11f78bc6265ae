import { type AnySchema } from '@showrunner/data'

/** What an activity is about. */
export interface Subject {
  readonly type: string
  readonly id: number | null
  readonly title: string
  /** Whose hosts may read of it; nobody's, of what is the network's own. */
  readonly podcastId?: number | null
}

/** What is called otherwise than its table without its plural. */
const NAMED: { readonly [source: string]: string } = {
  people: 'person',
  settings: 'settings',
  community_settings: 'community settings',
  episode_requests: 'request',
}

/** What rows of a schema are called in the log. */
export function subjectType({ source }: AnySchema): string {
  return NAMED[source] ?? source.replaceAll('_', ' ').replace(/ies$/, 'y').replace(/s$/, '')
}

/** What nobody edits: the program's own records, and what is secret or passes by. */
const NOT_RECORDED = new Set([
  'activities',
  'api_creations',
  'api_token_podcasts',
  'chat_messages',
  'comment_follows',
  'comment_mails',
  'community_accounts',
  'community_invite_mails',
  'community_notices',
  'download_counts',
  'download_pieces',
  'download_salts',
  'episode_slugs',
  'feed_agents',
  'issue_mails',
  'kept_mails',
  'live_reactions',
  'logged_mails',
  'member_feed_podcasts',
  'moved_files',
  'person_handles',
  'podcast_slugs',
  'popular_episodes',
  'post_preview_links',
  'post_slugs',
  'preview_links',
  'rate_limits',
  'request_links',
  'sessions',
  'sign_in_links',
  'slack_events',
  'subscription_mails',
  'subscriptions',
  'told_feeds',
  'transcript_cues',
  'transcript_versions',
  'unconfirmed_requests',
  'unconfirmed_subscriptions',
  'unsubscribe_keys',
  'unwanted_comment_mails',
  'uploads',
  'webhook_attempts',
  'webhook_deliveries',
  'webhook_events',
  'webhook_steps',
])

export function isRecorded({ source }: AnySchema): boolean {
  return !NOT_RECORDED.has(source)
}

/** The podcast that a row belongs to, or is. */
export function podcastOf({ source }: AnySchema, row: object): number | null {
  const id: unknown = Reflect.get(row, source === 'podcasts' ? 'id' : 'podcastId')
  return typeof id === 'number' ? id : null
}
