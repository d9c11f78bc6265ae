import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type LightMyRequestResponse as Response } from 'fastify'
import { sql } from '@showrunner/data'
import { aNetwork } from '../testing/a-network.ts'
import { keptSite, type KeptSite } from '../testing/kept-site.ts'

/** What hides and shows the rows themselves, and is changed by itself, so that the others are seen. */
const SHOWS = ['published_at', 'went_live_at', 'ended_at', 'starts_at']

interface Column {
  readonly table: string
  readonly column: string
}

/** Of each table that pages are told of, the moments. */
async function momentColumns({ repo }: KeptSite): Promise<readonly Column[]> {
  return repo.run(sql<Column>`
    select c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.atttypid in ('timestamptz'::regtype, 'date'::regtype) and c.relnamespace = 'public'::regnamespace
      and exists (select from pg_trigger where tgrelid = c.oid and tgname = 'changes_update')
    order by 1, 2`)
}

describe('a moment that is never, or was always', () => {
  it('has every page made, and none fail', { timeout: 240_000 }, async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { fresh, urls } = await aNetwork(site)
    const columns = await momentColumns(site)
    assert.ok(columns.length > 20)
    const groups = [
      columns.filter(({ column }) => !SHOWS.includes(column)),
      ...SHOWS.map((shows) => columns.filter(({ column }) => column === shows)),
    ]
    for (const group of groups) {
      for (const moment of ['-infinity', 'infinity']) {
        for (const { table, column } of group) {
          // What the database refuses changes nothing.
          await site.psql(`update ${table} set ${column} = '${moment}'`).catch(() => undefined)
        }
        for (const url of urls) {
          const said = `${url} with ${moment} in ${group.map(({ column }) => column).join()}`
          const release = site.live.pages.hold(url)
          const kept: Response = await site.app.inject(url)
          const made: Response = await fresh.inject(url)
          release()
          assert.ok(kept.statusCode < 500, `${said}: ${kept.body}`)
          assert.deepEqual([kept.statusCode, kept.body], [made.statusCode, made.body], said)
          assert.ok(!/Invalid Date|NaN|Infinity/.test(kept.body), said)
        }
      }
    }
  })
})
