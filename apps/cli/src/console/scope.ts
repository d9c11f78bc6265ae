import * as data from '@showrunner/data'
import * as accounts from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import * as feed from '@showrunner/domain/feed'
import * as importing from '@showrunner/domain/import'
import * as memberships from '@showrunner/domain/memberships'
import * as people from '@showrunner/domain/people'
import * as podcasts from '@showrunner/domain/podcasts'
import * as settings from '@showrunner/domain/settings'
import * as site from '@showrunner/domain/site'
import * as sponsors from '@showrunner/domain/sponsors'
import * as topics from '@showrunner/domain/topics'
import * as transcripts from '@showrunner/domain/transcripts'

export const CONTEXTS = {
  accounts,
  episodes,
  feed,
  importing,
  memberships,
  people,
  podcasts,
  settings,
  site,
  sponsors,
  topics,
  transcripts,
}

const { from, build, cast, change, check, put, errorMessages, tablesOf } = data
export const TOOLS = { from, build, cast, change, check, put, errorMessages, tablesOf }

/** Every schema the contexts have, by its name: `Episode`, `Podcast` … */
export function schemasOf(contexts: Readonly<Record<string, object>>): Record<string, unknown> {
  const named = Object.values(contexts).flatMap((context) => Object.entries(context))
  return Object.fromEntries(named.filter(([, value]) => isSchema(value)))
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'source' in value && 'fields' in value
}
