import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkSchemas, type Repo, sql } from '@showrunner/data'
import * as settings from './settings/index.ts'
import { everySchema, sandboxed } from './testing/index.ts'

const schemas = await everySchema()

const rowsOf = (repo: Repo, text: string) => repo.run(sql.raw<Record<string, string>>(text))

/** Every named thing of ours, with the columns it is about in their order. */
const NAMED = `
  select c.conrelid::regclass::text as source, c.conname::text as name, c.contype::text as kind,
    (select string_agg(a.attname, '_' order by k.place)
       from unnest(c.conkey) with ordinality k(number, place)
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as columns
  from pg_constraint c
  where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'f', 'c', 'x')
  union all
  select i.indrelid::regclass::text, x.relname::text, 'i',
    (select string_agg(regexp_replace(pg_get_indexdef(i.indexrelid, n, true), '^lower\\(|[")]', '', 'g'), '_' order by n)
       from generate_series(1, i.indnkeyatts) n)
  from pg_index i join pg_class x on x.oid = i.indexrelid
  where x.relnamespace = 'public'::regnamespace and not i.indisprimary
  order by 1, 2`

const OURS = ({ source }: Record<string, string>) => schemas.some((one) => one.source === source)

describe('the database', () => {
  it(
    'is what the schemas say, and every table has one',
    sandboxed(async (repo) => {
      const tables = await rowsOf(
        repo,
        `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
      )

      assert.deepEqual(await checkSchemas(repo, schemas), [])
      const known = new Set(schemas.map(({ source }) => source))
      const unknown = tables.map(({ name }) => String(name)).filter((name) => !known.has(name))
      assert.ok(known.size >= 20, `found only ${known.size} schemas`)
      assert.ok(
        unknown.every((name) => name.endsWith('migrations')),
        `no schema for ${unknown.join(', ')}`,
      )
    }),
  )

  it(
    'names its constraints and indexes so that changesets can infer them',
    sandboxed(async (repo) => {
      const named = (await rowsOf(repo, NAMED)).filter(OURS)

      const astray = named.filter(({ source, name, kind, columns }) => {
        if (kind === 'p') return name !== `${source}_pkey`
        // Whose a row is stands in every key between rows of podcasts: it is named for the rest.
        const about = columns?.replace(/(?<=.)_podcast_id$/, '')
        if (kind === 'f') return name !== `${source}_${about}_fkey`
        if (kind === 'i') return name !== `${source}_${columns}_index`
        return kind !== 'c' || !new RegExp(`^${source}_\\w+_check$`).test(String(name))
      })
      assert.ok(named.length > 100, `read only ${named.length} names`)
      assert.deepEqual(astray, [])
      assert.deepEqual(
        named.map(({ name }) => String(name)).filter((name) => name.length > 63),
        [],
      )
    }),
  )

  it(
    'finds the rows of a foreign key by an index',
    sandboxed(async (repo) => {
      const unindexed = await rowsOf(
        repo,
        `select c.conname::text as name from pg_constraint c
         where c.contype = 'f' and c.connamespace = 'public'::regnamespace and not exists (
           select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1] and i.indpred is null)`,
      )

      assert.deepEqual(unindexed, [])
    }),
  )

  it(
    'has one row of settings from the start, and takes no other',
    sandboxed(async (repo) => {
      assert.equal((await settings.getSettings(repo)).title, 'Showrunner')
      await assert.rejects(
        repo.insertAll(settings.Settings, [{ title: 'Another' }]),
        /settings_pkey|settings_one_row_check/,
      )
    }),
  )
})
