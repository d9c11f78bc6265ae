import assert from 'node:assert/strict'
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'

import { Client, Pool } from 'pg'

import { createEmptyDatabase, dropDatabase } from '../sandbox/databases.ts'
import { testDatabaseUrl } from '../sandbox/env.ts'
import { migrate, rollback, status } from './migrator.ts'

interface Place {
  readonly url: string
  readonly directory: string
  write(file: string, sql: string): Promise<void>
  remove(file: string): Promise<void>
  tables(): Promise<string[]>
}

const TREES = {
  '001_trees.up.sql': 'create table trees (id bigint primary key);',
  '001_trees.down.sql': 'drop table trees;',
  '002_leaves.up.sql':
    'create table leaves (id bigint primary key);\ninsert into trees values (1);',
  '002_leaves.down.sql': 'drop table leaves;\ndelete from trees;',
}

/** An empty database and a directory with these files, gone when the test is over. */
async function place(
  t: TestContext,
  files: Record<string, string> = TREES,
): Promise<Place | undefined> {
  const template = testDatabaseUrl()
  if (template === undefined) {
    t.skip('TEST_DATABASE_URL is not set')
    return undefined
  }
  const url = await createEmptyDatabase(template)
  const directory = await mkdtemp(join(tmpdir(), 'migrations-'))
  t.after(() => {
    t.after(async () => {
      await dropDatabase(url)
      await rm(directory, { recursive: true })
    })
  })
  const write = (file: string, sql: string): Promise<void> => writeFile(join(directory, file), sql)
  for (const [file, sql] of Object.entries(files)) await write(file, sql)
  return {
    url,
    directory,
    write,
    remove: (file) => unlink(join(directory, file)),
    tables: () => tablesIn(url),
  }
}

async function tablesIn(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    )
    return rows.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

describe('migrate', () => {
  it('runs what has not run yet, in order, and tells of each step', async (t) => {
    const here = await place(t)
    if (!here) return
    const told: string[] = []
    await migrate({ ...here, onStep: ({ name, direction }) => told.push(`${direction} ${name}`) })
    const again = await migrate(here)
    await here.write('003_roots.up.sql', 'create table roots (id bigint);')
    const [third, ...others] = await migrate(here)

    assert.deepEqual(told, ['up 001_trees', 'up 002_leaves'])
    assert.deepEqual(again, [])
    assert.equal(third?.name, '003_roots')
    assert.deepEqual(others, [])
    assert.deepEqual(await here.tables(), ['leaves', 'roots', 'schema_migrations', 'trees'])
  })

  it('may be started by several nodes at once', async (t) => {
    const here = await place(t)
    if (!here) return
    const nodes = await Promise.all([migrate(here), migrate(here), migrate(here)])

    assert.deepEqual(
      nodes.map((steps) => steps.length).toSorted((left, right) => left - right),
      [0, 0, 2],
    )
    assert.deepEqual(await here.tables(), ['leaves', 'schema_migrations', 'trees'])
  })

  it('leaves the database as it was when one fails, and names its file and line', async (t) => {
    const here = await place(t)
    if (!here) return
    await migrate(here)
    const sql = `-- Größe 🌲\ncreate table roots (id bigint);\n\nalter table trees\n  add column height nonsense;\n`
    await here.write('003_roots.up.sql', sql)

    await assert.rejects(migrate(here), {
      name: 'MigrationError',
      message:
        `${join(here.directory, '003_roots.up.sql')}:5: type "nonsense" does not exist. Nothing of it was applied.\n` +
        '    add column height nonsense;',
    })
    assert.deepEqual(await here.tables(), ['leaves', 'schema_migrations', 'trees'])
    await here.write('003_roots.up.sql', 'create table roots (id bigint);')
    assert.equal((await migrate(here)).length, 1)
  })

  it('names the line of a statement whose error has no place in the text', async (t) => {
    const here = await place(t)
    if (!here) return
    await here.write(
      '003_roots.up.sql',
      `select 1;\n\n-- a ; here\ninsert into trees\nvalues (1);\nselect 2;`,
    )

    await assert.rejects(migrate(here), (error: Error) => {
      assert.match(
        error.message,
        /003_roots\.up\.sql:4: duplicate key value violates unique constraint "trees_pkey"/,
      )
      return true
    })
  })

  it('keeps what ran before the one that failed', async (t) => {
    const here = await place(t, { ...TREES, '003_roots.up.sql': 'nonsense;' })
    if (!here) return
    await assert.rejects(migrate(here), /003_roots\.up\.sql:1: syntax error at or near "nonsense"/)
    assert.deepEqual(
      (await status(here)).map(({ name, appliedAt }) => [name, appliedAt instanceof Date]),
      [
        ['001_trees', true],
        ['002_leaves', true],
        ['003_roots', false],
      ],
    )
  })

  it('refuses a file that ends the transaction it runs in', async (t) => {
    const here = await place(t, {
      '001_trees.up.sql': 'create table trees (id bigint);\ncommit;\nselect 1;',
    })
    if (!here) return
    await assert.rejects(migrate(here), /001_trees\.up\.sql:2: "commit" would end the transaction/)
    assert.deepEqual(await here.tables(), ['schema_migrations'])
  })
})

describe('rollback', () => {
  it('undoes the last one, once each time, and can be taken back', async (t) => {
    const here = await place(t)
    if (!here) return
    await migrate(here)

    assert.equal((await rollback(here))?.name, '002_leaves')
    assert.deepEqual(await here.tables(), ['schema_migrations', 'trees'])
    assert.equal((await rollback(here))?.direction, 'down')
    assert.equal(await rollback(here), undefined)
    assert.deepEqual(await here.tables(), ['schema_migrations'])
    assert.equal((await migrate(here)).length, 2)
  })

  it('changes nothing when the way back fails, or was never written', async (t) => {
    const here = await place(t)
    if (!here) return
    await migrate(here)
    await here.write('002_leaves.down.sql', 'drop table leaves;\ndrop table nowhere;')
    await assert.rejects(rollback(here), /002_leaves\.down\.sql:2: table "nowhere" does not exist/)
    assert.deepEqual(await here.tables(), ['leaves', 'schema_migrations', 'trees'])

    await here.remove('002_leaves.down.sql')
    await assert.rejects(
      rollback(here),
      /002_leaves cannot be undone: there is no 002_leaves\.down\.sql/,
    )
  })
})

describe('migrations that no longer fit the database', () => {
  it('are refused when one is gone that ran', async (t) => {
    const here = await place(t)
    if (!here) return
    await migrate(here)
    await here.remove('002_leaves.up.sql')
    await here.remove('002_leaves.down.sql')
    await assert.rejects(migrate(here), /the database has migrations that .* has not: 002_leaves/)
  })

  it('are refused when one was changed after it ran', async (t) => {
    const here = await place(t)
    if (!here) return
    await migrate(here)
    await here.write('001_trees.up.sql', 'create table trees (id bigint, height int);')
    await assert.rejects(migrate(here), /001_trees\.up\.sql was changed after it ran/)
  })

  it('are refused when a new one would come before one that ran', async (t) => {
    const here = await place(t, { '002_leaves.up.sql': 'create table leaves (id bigint);' })
    if (!here) return
    await migrate(here)
    await here.write('001_trees.up.sql', 'create table trees (id bigint);')
    await assert.rejects(
      status(here),
      /001_trees would run after 002_leaves, which is newer and has run already/,
    )
  })

  it('are refused when their files are misnamed, lonely or share a number', async (t) => {
    const here = await place(t, { '001_trees.up.sql': 'select 1', '001_leaves.up.sql': 'select 1' })
    if (!here) return
    await assert.rejects(migrate(here), /2 migrations with the number 1: 001_leaves, 001_trees/)
    await here.remove('001_leaves.up.sql')
    await here.write('002_roots.down.sql', 'select 1')
    await assert.rejects(migrate(here), /002_roots\.down\.sql has no 002_roots\.up\.sql beside it/)
    await here.remove('002_roots.down.sql')
    await here.write('roots.sql', 'select 1')
    await assert.rejects(migrate(here), /roots\.sql is not named like a migration/)
  })
})

describe('status', () => {
  it('changes nothing, not even in an empty database', async (t) => {
    const here = await place(t)
    if (!here) return
    const all = await status(here)

    assert.deepEqual(all, [
      { name: '001_trees', appliedAt: undefined },
      { name: '002_leaves', appliedAt: undefined },
    ])
    assert.deepEqual(await here.tables(), [])
  })
})

it('a pool serves as well as a URL, and gets its connection back', async (t) => {
  const here = await place(t)
  if (!here) return
  const pool = new Pool({ connectionString: here.url, max: 1 })
  t.after(() => pool.end())

  assert.equal((await migrate({ pool, directory: here.directory })).length, 2)
  assert.equal((await status({ pool, directory: here.directory })).length, 2)
})
