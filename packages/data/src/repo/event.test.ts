import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../query/from.ts'
import { plainStatement } from '../query/statement.ts'
import { build } from '../schema/instance.ts'
import { Author, libraryTests, statementsOf } from '../testing/library.ts'
import { describeStatement } from './event.ts'
import { createRepo } from './repo.ts'

const { sandboxed, url } = libraryTests()

const described = (text: string) => {
  const { operation, source } = describeStatement(plainStatement(text))
  return `${operation} ${source}`
}

describe('a query event', () => {
  it(
    'tells operation, source, parameters and rows',
    sandboxed(async (repo) => {
      const events = await statementsOf(repo, async () => {
        const { id } = await repo.insertOrThrow(build(Author, { name: 'Austen' }))
        await repo.all(from(Author).where('id', '>=', id))
        await repo.updateAll(Author, { name: 'Eliot' })
        await repo.deleteAll(Author)
        await repo.run(sql`select 1`)
      })

      assert.deepEqual(
        events.map(({ operation, source, rows }) => [operation, source, rows]),
        [
          ['insert', 'library_authors', 1],
          ['select', 'library_authors', 1],
          ['update', 'library_authors', 1],
          ['delete', 'library_authors', 1],
          ['select', undefined, 1],
        ],
      )
      assert.equal(events[0]?.parameters[0], 'Austen')
    }),
  )

  it('tells what it waited for, and the sum of its times', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const repo = createRepo({ url: database, connections: 1 })
    t.after(() => repo.close())

    const events = await statementsOf(repo, () =>
      Promise.all([repo.run(sql`select pg_sleep(0.05)`), repo.all(Author)]),
    )

    const [slow, behind] = events
    assert.ok(slow && behind)
    assert.ok(slow.queryMs >= 45, `ran for ${slow.queryMs} ms`)
    assert.ok(behind.queueMs >= 45, `waited for ${behind.queueMs} ms`)
    assert.ok(behind.queryMs < 45, `ran for ${behind.queryMs} ms`)
    for (const { milliseconds, queueMs, queryMs, decodeMs } of events) {
      assert.ok(Math.abs(milliseconds - (queueMs + queryMs + decodeMs)) < 0.001)
      assert.ok(Math.min(queueMs, queryMs, decodeMs) >= 0)
    }
  })

  it(
    'tells why a statement failed',
    sandboxed(async (repo) => {
      const events = await statementsOf(repo, () =>
        repo.run(sql`select 1 / 0`).catch(() => undefined),
      )
      assert.match(String(events[0]?.error), /division by zero/)
      assert.equal(events[0]?.rows, 0)
    }),
  )

  it(
    'goes on when a listener throws, and warns of it',
    sandboxed(async (repo) => {
      const warned = once(process, 'warning')
      let heard = 0
      repo.onQuery(() => {
        heard += 1
        throw new Error('no')
      })
      assert.deepEqual(await repo.run(sql`select 1 as one`), [{ one: 1 }])
      assert.deepEqual(await repo.run(sql`select 2 as two`), [{ two: 2 }])
      assert.equal(heard, 1)
      assert.match(String((await warned)[0]), /a listener of repo.onQuery\(\) threw, .*Error: no/)
    }),
  )
})

describe('describeStatement', () => {
  it('names the outermost table and what is done to it', () => {
    assert.equal(described('select (select 1 from "b" limit 1) from "a"'), 'select a')
    assert.equal(described(`select ')' from "a" where "x" = '('`), 'select a')
    assert.equal(
      described('with old as (delete from "b" returning *) insert into a select * from old'),
      'insert a',
    )
    assert.equal(described('  UPDATE ONLY "we ""say""" set x = 1'), 'update we "say"')
    assert.equal(described('begin'), 'begin undefined')
    assert.equal(described('select "a"."x" from (select 1 as "x" from "b") as "a"'), 'select a')
    assert.equal(described('select 1'), 'select undefined')
  })
})
