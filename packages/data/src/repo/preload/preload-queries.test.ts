import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { joined } from '../../query/joined.ts'
import { build } from '../../schema/instance.ts'
import { statementsOf } from '../../testing/library.ts'
import { Article, Note, press, pressTests, Writer } from '../../testing/press.ts'
import { createRepo, type Repo, type RepoOptions } from '../repo.ts'

const { sandboxed, url } = pressTests()

async function counted(repo: Repo, work: () => Promise<unknown>): Promise<number> {
  return (await statementsOf(repo, work)).length
}

/** Which tables were read, in turn. */
async function tables(repo: Repo, work: () => Promise<unknown>): Promise<(string | undefined)[]> {
  return (await statementsOf(repo, work)).map(({ source }) => source?.replace('press_', ''))
}

describe('the queries of a preload', () => {
  it(
    'one association: 2 queries, 1 where there are no rows',
    sandboxed(async (repo) => {
      assert.equal(await counted(repo, () => repo.all(from(Article).preload('notes'))), 1)
      await press(repo)
      assert.equal(await counted(repo, () => repo.all(from(Article).preload('notes'))), 2)
    }),
  )

  it(
    'two associations: 3 queries',
    sandboxed(async (repo) => {
      await press(repo)
      const both = from(Article).preload('writer', 'notes')
      assert.equal(await counted(repo, () => repo.all(both)), 3)
    }),
  )

  it(
    'one inside another: 3 queries, in turn',
    sandboxed(async (repo) => {
      await press(repo)
      const nested = from(Article).preload({ notes: 'reader' })
      assert.deepEqual(await tables(repo, () => repo.all(nested)), ['articles', 'notes', 'writers'])
    }),
  )

  it(
    'a through: 3 queries, and with its steps still 3 queries',
    sandboxed(async (repo) => {
      await press(repo)
      const through = from(Article).preload('readers')
      assert.equal(await counted(repo, () => repo.all(through)), 3)
      assert.equal(await counted(repo, () => repo.all(through.preload('notes'))), 3)
      assert.equal(await counted(repo, () => repo.all(through.preload({ notes: 'reader' }))), 3)
    }),
  )

  it(
    'a through-through: 4 queries',
    sandboxed(async (repo) => {
      await press(repo)
      const readers = from(Writer).preload('readers')
      assert.equal(await counted(repo, () => repo.all(readers)), 4)
      assert.equal(await counted(repo, () => repo.all(readers.preload('notes', 'articles'))), 4)
    }),
  )

  it(
    'a tree: 1 + 2 + 2 + 1 = 6 queries',
    sandboxed(async (repo) => {
      await press(repo)
      const tree = from(Article).preload({ notes: ['reader', 'article'], writer: 'portrait' })
      assert.equal(await counted(repo, () => repo.all(tree)), 6)
    }),
  )

  it(
    'many_to_many: 2 queries, of which one is with the join table, in the order of the association',
    sandboxed(async (repo) => {
      await press(repo)
      const events = await statementsOf(repo, () => repo.all(from(Article).preload('labels')))
      assert.equal(events.length, 2)
      assert.match(
        events[1]?.sql ?? '',
        /from "press_labels" inner join "press_articles_labels" as "of__labels" on .+ order by "press_labels"\."name" asc$/,
      )
      assert.deepEqual(events[1]?.parameters, [[1, 2, 3]])
    }),
  )

  it(
    'preload again, same: 0 queries',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const loaded = await repo.preload(rain, 'labels', { notes: 'reader' }, 'readers')
      const again = () => repo.preload(loaded, 'labels', { notes: 'reader' }, 'readers')
      assert.equal(await counted(repo, again), 0)
    }),
  )

  it(
    'a list half loaded: 1 query, for the missing ids only',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const loaded = await repo.preload(rain, 'notes')
      const events = await statementsOf(repo, () => repo.preload([loaded, dust], 'notes'))
      assert.deepEqual(
        events.map(({ parameters }) => parameters),
        [[dust.id]],
      )
    }),
  )

  it(
    'belongs_to where no row has a key: 0 queries',
    sandboxed(async (repo) => {
      const { zoe, mia } = await press(repo)
      assert.equal(await counted(repo, () => repo.preload([zoe, mia], { mentor: 'mentor' })), 0)
    }),
  )

  it(
    'below an empty result: 0 queries more',
    sandboxed(async (repo) => {
      const { ash } = await press(repo)
      const deep = () => repo.preload(ash, { notes: { reader: 'portrait' } }, { labels: 'writers' })
      assert.equal(await counted(repo, deep), 2)
    }),
  )

  it(
    'from a join: 1 query, and one for each branch that is not',
    sandboxed(async (repo) => {
      await press(repo)
      const articles = from(Article).join('notes', { type: 'left' })
      const one = articles.preload({ notes: joined('notes') })
      const two = articles.preload({ notes: joined('notes', 'reader') })
      assert.equal(await counted(repo, () => repo.all(one)), 1)
      assert.equal(await counted(repo, () => repo.all(two)), 2)
    }),
  )

  it(
    'inside embeds: 1 query for all of them',
    sandboxed(async (repo) => {
      await press(repo)
      const seats = JSON.stringify([{ id: crypto.randomUUID(), writerId: 1 }])
      await repo.run(sql`update press_articles set seats = ${seats}::jsonb`)
      const articles = await repo.all(Article)
      assert.equal(await counted(repo, () => repo.preload(articles, { seats: 'writer' })), 1)
    }),
  )

  it(
    'are one plan for one key and one for many, whatever the values',
    sandboxed(async (repo) => {
      const { rain, dust, ash } = await press(repo)
      const sqlOf = async (...given: readonly Article[]) => {
        const [event] = await statementsOf(repo, () => repo.preload(given, 'notes'))
        return event?.sql
      }
      assert.match((await sqlOf(rain)) ?? '', /"article_id" = \$1/)
      assert.equal(await sqlOf(rain), await sqlOf(dust))
      assert.match((await sqlOf(rain, dust)) ?? '', /"article_id" = any\(\$1\)/)
      assert.equal(await sqlOf(rain, dust), await sqlOf(rain, dust, ash))
    }),
  )
})

describe('the branches of a preload', () => {
  /** The repo itself, with all of its connections. */
  function repoOf(t: TestContext, options: RepoOptions = {}): Repo | undefined {
    const database = url()
    if (database === undefined) {
      t.skip('TEST_DATABASE_URL is not set')
      return undefined
    }
    const repo = createRepo({ ...options, url: database })
    t.after(() => repo.close())
    return repo
  }

  const articles = [build(Article, { id: 1, title: 'Fog', writerId: 2 })]

  /** Two branches, and what they do in turn. With `meet`, neither ends before the other has begun. */
  function twoBranches(meet: boolean) {
    const steps: string[] = []
    const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const branch = (name: string, own: 0 | 1, other: 0 | 1) => async () => {
      steps.push(`${name} begins`)
      begun[own].resolve()
      if (meet) await begun[other].promise
      else await Promise.resolve()
      steps.push(`${name} ends`)
      return []
    }
    return { steps, preloads: { notes: branch('notes', 0, 1), writer: branch('writer', 1, 0) } }
  }

  const IN_TURN = ['notes begins', 'notes ends', 'writer begins', 'writer ends']

  it('run at the same time', async (t) => {
    const repo = repoOf(t)
    const { steps, preloads } = twoBranches(true)
    const loaded = await repo?.preload(articles, preloads)
    if (!loaded) return
    assert.deepEqual(steps.slice(0, 2), ['notes begins', 'writer begins'])
    assert.deepEqual(loaded[0]?.notes, [])
  })

  it('run one after the other in a transaction, and with one connection checked out', async (t) => {
    const repo = repoOf(t)
    if (!repo) return
    const inTransaction = twoBranches(false)
    await repo.transaction(() => repo.preload(articles, inTransaction.preloads))
    assert.deepEqual(inTransaction.steps, IN_TURN)
    const checkedOut = twoBranches(false)
    await repo.checkout(() => repo.preload(articles, checkedOut.preloads))
    assert.deepEqual(checkedOut.steps, IN_TURN)
  })

  it('run one after the other with { parallel: false }, or where the repo says so', async (t) => {
    const repo = repoOf(t)
    const slow = repoOf(t, { parallelPreloads: false })
    if (!repo || !slow) return
    const told = twoBranches(false)
    await repo.preload(articles, told.preloads, { parallel: false })
    assert.deepEqual(told.steps, IN_TURN)
    const never = twoBranches(false)
    await slow.preload(articles, never.preloads)
    assert.deepEqual(never.steps, IN_TURN)
    const after = twoBranches(true)
    await slow.preload(articles, after.preloads, { parallel: true })
    assert.deepEqual(after.steps.slice(0, 2), ['notes begins', 'writer begins'])
  })

  it('are bounded by the connections that the repo has', async (t) => {
    const repo = repoOf(t, { connections: 2 })
    if (!repo) return
    const seen: unknown[] = []
    const connection = async (): Promise<[]> => {
      seen.push(...(await repo.run(sql<{ pid: number }>`select pg_backend_pid() as pid`)))
      return []
    }
    const [fog] = articles
    await repo.preload([fog, fog], {
      notes: connection,
      signed: connection,
      unsigned: connection,
      best: connection,
      loud: connection,
      labels: connection,
      editors: connection,
    })
    assert.equal(seen.length, 7)
    assert.ok(new Set(seen.map((row) => JSON.stringify(row))).size <= 2)
  })

  it('that fail let the others come to their end first', async (t) => {
    const repo = repoOf(t)
    if (!repo) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const ended: string[] = []
    const loading = repo.preload(articles, {
      notes: async () => {
        resolve()
        throw new RangeError('no notes')
      },
      writer: async () => {
        await promise
        await repo.all(Note)
        ended.push('writer')
        return []
      },
    })
    await assert.rejects(loading, { name: 'RangeError', message: 'no notes' })
    assert.deepEqual(ended, ['writer'])
  })
})
