import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from '@showrunner/data'
import { sandboxed } from './testing/index.ts'

/** Tables whose rows no page shows, or that are told of on channels. Whoever writes there tells nobody else. */
const UNWATCHED = [
  'api_creations',
  'api_token_podcasts',
  'api_tokens',
  'chat_messages',
  'chat_mutes',
  'comment_follows',
  'comment_mails',
  'commenters',
  'download_counts',
  'download_pieces',
  'download_salts',
  'email_changes',
  'feed_agents',
  'issue_mails',
  'kept_mails',
  'live_reactions',
  'logged_mails',
  'post_preview_links',
  'request_links',
  'sessions',
  'sign_in_links',
  'slack_events',
  'stored_files',
  'subscription_mails',
  'told_feeds',
  'unconfirmed_requests',
  'unconfirmed_subscriptions',
  'unsubscribe_keys',
  'unwanted_comment_mails',
]

describe('every table', () => {
  it(
    'tells what changes in it, or is known to be shown by no page',
    sandboxed(async (repo) => {
      const tables = await repo.run(
        sql<{ name: string; triggers: number }>`
          select c.relname::text as name, count(t.oid)::int as triggers from pg_class c
          left join pg_trigger t on t.tgrelid = c.oid
            and t.tgname in ('changes_insert', 'changes_update', 'changes_delete', 'changes_truncate')
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like '%migrations'
          group by 1 order by 1`,
      )

      const silent = tables.filter(({ triggers }) => triggers !== 4).map(({ name }) => name)
      assert.deepEqual(
        silent,
        UNWATCHED,
        `A migration that makes a table calls watch_changes('…'), or the table is named in this test.`,
      )
    }),
  )

  it(
    'tells of every key by which pages find its rows',
    sandboxed(async (repo) => {
      const untold = await repo.run(
        sql<{ column: string }>`
          select c.conrelid::regclass || '.' || a.attname as column from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
          join pg_trigger t on t.tgrelid = c.conrelid and t.tgname = 'changes_insert'
          join pg_proc p on p.oid = t.tgfoid
          where c.contype in ('p', 'f') and c.connamespace = 'public'::regnamespace
            and position(quote_literal(a.attname) in p.prosrc) = 0`,
      )

      assert.deepEqual(untold, [], `A migration that adds a key calls watch_changes('…') again.`)
    }),
  )
})
