import { NotFoundError, type Repo } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as admin from '@showrunner/domain/admin'
import * as comments from '@showrunner/domain/comments'
import * as episodes from '@showrunner/domain/episodes'
import * as imports from '@showrunner/domain/import'
import * as moving from '@showrunner/domain/moving'
import * as live from '@showrunner/domain/live'
import * as memberships from '@showrunner/domain/memberships'
import { repoFor } from '@showrunner/domain/policies'
import { getOwnUpload } from '@showrunner/domain/uploads'
import { type Dependency } from '@showrunner/live'

/** A page of the admin area that changes while somebody looks at it. */
interface Desk {
  /** Whether they may see it: what its route asks. */
  readonly isTheirs: (actor: Account, repo: Repo) => boolean | Promise<boolean>
  readonly shows: readonly Dependency[]
}

const DESK = /^([a-z-]+)((?::[1-9]\d{0,14}){0,2})$/

/** The desk of this name; of another nobody is told anything. */
export function deskAt(name: string): Desk | undefined {
  const [, kind = '', given = ''] = DESK.exec(name) ?? []
  const ids = given.split(':').slice(1).map(Number)
  const [one, other] = ids
  if (ids.length === 0) return NAMED[kind]
  if (one !== undefined && ids.length === 1) return ofOne(kind, one)
  return one !== undefined && other !== undefined ? ofEpisode(kind, one, other) : undefined
}

const NAMED: Readonly<Record<string, Desk>> = {
  today: {
    isTheirs: (actor) => admin.may(actor, 'enter'),
    shows: all(
      'activities',
      'chapters',
      'comments',
      'community_notices',
      'community_accounts',
      'community_settings',
      'episode_requests',
      'episodes',
      'jobs',
      'memberships',
      'people',
      'podcasts',
      'posts',
      'uploads',
      'webhook_endpoints',
      'webhook_events',
    ),
  },
  inbox: {
    isTheirs: (actor) => memberships.may(actor, 'listEvents'),
    shows: all('community_accounts', 'community_settings', 'memberships', 'webhook_events'),
  },
  imports: { isTheirs: (actor) => imports.may(actor, 'list'), shows: all('imports') },
  comments: { isTheirs: (actor) => comments.may(actor, 'list'), shows: all('comments') },
  jobs: { isTheirs: (actor) => admin.may(actor, 'watchJobs'), shows: all('jobs') },
}

function ofOne(kind: string, id: number): Desk | undefined {
  switch (kind) {
    case 'inbox-event':
      return {
        isTheirs: (actor) => memberships.may(actor, 'showEvent'),
        shows: [
          row('webhook_events', 'id', id),
          row('webhook_steps', 'event_id', id),
          ...all('jobs'),
        ],
      }
    case 'import':
      return { isTheirs: (actor) => imports.may(actor, 'show'), shows: [row('imports', 'id', id)] }
    case 'files':
      return {
        isTheirs: (actor) => moving.may(actor, 'show', { podcastId: id }),
        shows: [row('moved_files', 'podcast_id', id)],
      }
    case 'upload':
      return {
        isTheirs: (actor, repo) => isThere(getOwnUpload(repoFor(actor, repo), actor, id)),
        shows: [row('uploads', 'id', id)],
      }
    default:
      return undefined
  }
}

function ofEpisode(kind: string, podcastId: number, id: number): Desk | undefined {
  switch (kind) {
    // What is sent is tagged and measured a while later.
    case 'audio':
      return {
        isTheirs: (actor, repo) =>
          episodes.may(actor, 'update', { podcastId }) &&
          isThere(episodes.getEpisodeSheet(repoFor(actor, repo), podcastId, id)),
        shows: [row('episodes', 'id', id), row('chapters', 'episode_id', id)],
      }
    // The chat tells of itself.
    case 'live':
      return {
        isTheirs: (actor, repo) =>
          live.may(actor, 'plan', { podcastId }) &&
          isThere(live.getEpisodeOfDesk(repoFor(actor, repo), podcastId, id)),
        shows: ['live_shows', 'live_notes', 'chapters'].map((table) =>
          row(table, 'episode_id', id),
        ),
      }
    default:
      return undefined
  }
}

function all(...tables: readonly string[]): readonly Dependency[] {
  return tables.map((table) => ({ table, scopes: [] }))
}

function row(table: string, column: string, id: number): Dependency {
  return { table, scopes: [{ column, values: [String(id)] }] }
}

async function isThere(found: Promise<object>): Promise<boolean> {
  try {
    await found
    return true
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}
