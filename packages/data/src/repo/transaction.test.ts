import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change } from '../changeset/change.ts'
import { unique } from '../changeset/constraints.ts'
import { check } from '../changeset/rule.ts'
import { sql } from 'kysely'

import { RollbackError } from '../errors.ts'
import { from } from '../query/from.ts'
import { tablesOf } from '../query/tables.ts'
import { build } from '../schema/instance.ts'
import { Author, libraryTests, statementsOf } from '../testing/library.ts'
import { createRepo, type Repo } from './repo.ts'

const { sandboxed, url } = libraryTests()

const author = (repo: Repo, name: string): Promise<Author> =>
  repo.insertOrThrow(build(Author, { name }))

const names = async (repo: Repo): Promise<string[]> =>
  (await repo.all(from(Author).orderBy({ id: 'asc' }))).map(({ name }) => name)

const nonsense = tablesOf([]).selectNoFrom(sql`1 / 0`.as('nonsense'))

describe('repo.transaction', () => {
  it(
    'transaction returns value, and commits what was written',
    sandboxed(async (repo) => {
      const name = await repo.transaction(async () => (await author(repo, 'Austen')).name)
      assert.equal(name, 'Austen')
      assert.deepEqual(await names(repo), ['Austen'])
    }),
  )

  it(
    'transaction re-raises what the function throws, and rolls back everything',
    sandboxed(async (repo) => {
      const failing = repo.transaction(async () => {
        await author(repo, 'Austen')
        throw new Error('no')
      })
      await assert.rejects(failing, /^Error: no$/)
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'undoes everything when the function gives a failed result, and passes that on',
    sandboxed(async (repo) => {
      const result = await repo.transaction(async () => {
        await author(repo, 'Austen')
        return { ok: false, why: 'no' }
      })
      assert.deepEqual(result, { ok: false, why: 'no' })
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'is joined by what is called in it, however deep',
    sandboxed(async (repo) => {
      const createTwo = (): Promise<void> =>
        repo.transaction(async () => {
          await author(repo, 'Austen')
          await author(repo, 'Eliot')
        })
      const failing = repo.transaction(async () => {
        await createTwo()
        throw new Error('later')
      })

      await assert.rejects(failing, /later/)
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'nested transaction partial rollback: cannot go on after one inside it failed, even when that is ignored',
    sandboxed(async (repo) => {
      const ignoring = repo.transaction(async () => {
        await repo.transaction(async () => ({ ok: false }))
        return 'all is well'
      })
      await assert.rejects(ignoring, {
        name: 'TransactionError',
        message: /inside this one failed/,
      })

      const goingOn = repo.transaction(async () => {
        await repo.transaction(() => Promise.reject(new Error('no'))).catch(() => undefined)
        await author(repo, 'Austen')
      })
      await assert.rejects(goingOn, { name: 'TransactionError' })
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'never says that it kept what PostgreSQL undid',
    sandboxed(async (repo) => {
      const ignoring = repo.transaction(async () => {
        await author(repo, 'Austen')
        await repo.run(nonsense).catch(() => undefined)
        return 'all is well'
      })
      await assert.rejects(ignoring, {
        name: 'TransactionError',
        message: /a statement in this transaction failed/,
      })
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'goes on after a write that was refused: that is an answer',
    sandboxed(async (repo) => {
      const named = (name: string) =>
        check(change(build(Author), { name, email: 'one@example.org' }), unique('email'))
      await repo.transaction(async () => {
        const first = await repo.insert(named('Austen'))
        const [second, third] = await Promise.all([
          repo.insert(named('Eliot')),
          author(repo, 'Woolf'),
        ])
        assert.deepEqual([first.ok, second.ok, third.name], [true, false, 'Woolf'])
      })
      assert.deepEqual(await names(repo), ['Austen', 'Woolf'])
    }),
  )

  it(
    'refuses what was not awaited',
    sandboxed(async (repo) => {
      let late: Promise<unknown> = Promise.resolve()
      await repo.transaction(async () => {
        late = new Promise((resolve) => setImmediate(resolve)).then(() => repo.count(Author))
        late.catch(() => undefined)
      })
      await assert.rejects(late, /the transaction this was called in has ended. Await everything/)
    }),
  )

  it(
    'manual rollback bubbles up on nested transaction, with its value',
    sandboxed(async (repo) => {
      const rolledBack = repo.transaction(async () => {
        await author(repo, 'Austen')
        await repo.transaction(async () => repo.rollback('sold out'))
      })
      await assert.rejects(rolledBack, (error) => {
        assert.ok(error instanceof RollbackError)
        assert.equal(error.value, 'sold out')
        return true
      })
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'cannot call rollback outside of transaction',
    sandboxed(async (repo) => {
      assert.throws(() => repo.rollback(), {
        name: 'TransactionError',
        message: /^cannot call rollback outside of transaction/,
      })
    }),
  )

  it(
    'says whether there is one',
    sandboxed(async (repo) => {
      assert.equal(repo.inTransaction(), false)
      await repo.transaction(async () => {
        assert.equal(repo.inTransaction(), true)
        await repo.count(Author)
        assert.equal(repo.inTransaction(), true)
      })
      assert.equal(repo.inTransaction(), false)
    }),
  )

  it(
    'shows its statements to listeners',
    sandboxed(async (repo) => {
      const events = await statementsOf(repo, () => repo.transaction(() => repo.count(Author)))
      assert.deepEqual(
        events.map((event) => event.sql),
        ['begin', 'select count(*) as "count" from "library_authors"', 'commit'],
      )
    }),
  )
})

describe('transact', () => {
  it(
    'ok: keeps what was written, and gives the result',
    sandboxed(async (repo) => {
      const saved = await repo.transaction(() => repo.insert(build(Author, { name: 'Austen' })))
      assert.equal(saved.ok && saved.value.name, 'Austen')
      assert.deepEqual(await names(repo), ['Austen'])
    }),
  )

  it(
    'error: rolls back, and gives the failed result, also of one inside',
    sandboxed(async (repo) => {
      const refused = await repo.transaction(async () => {
        await author(repo, 'Austen')
        return repo.transaction(async () => ({ ok: false, why: 'sold out' }))
      })
      assert.deepEqual(refused, { ok: false, why: 'sold out' })
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'rollback: gives the value to who caught it, and the next transaction is a new one',
    sandboxed(async (repo) => {
      const value = await repo
        .transaction(async () => {
          await author(repo, 'Austen')
          repo.rollback(7)
        })
        .catch((error: unknown) => (error instanceof RollbackError ? error.value : error))
      await repo.transaction(() => author(repo, 'Eliot'))

      assert.equal(value, 7)
      assert.deepEqual(await names(repo), ['Eliot'])
    }),
  )

  it(
    'raise: passes on the very error, also of one inside',
    sandboxed(async (repo) => {
      const error = new RangeError('no')
      const raising = repo.transaction(() =>
        repo.transaction(async () => {
          await author(repo, 'Austen')
          throw error
        }),
      )
      await assert.rejects(raising, (caught) => caught === error)
      assert.deepEqual(await names(repo), [])
    }),
  )
})

describe('repo.savepoint', () => {
  it(
    'may fail alone: what it wrote is undone, and the transaction around it goes on',
    sandboxed(async (repo) => {
      const inside: unknown[] = []
      await repo.transaction(async () => {
        await author(repo, 'Austen')
        const throwing = repo.savepoint(async () => {
          await author(repo, 'undone')
          await repo.run(nonsense)
        })
        await assert.rejects(throwing, /division by zero/)
        inside.push(await repo.savepoint(async () => ({ ok: false, why: 'sold out' })))
        await repo.savepoint(() => author(repo, 'Eliot'))
      })
      assert.deepEqual(inside, [{ ok: false, why: 'sold out' }])
      assert.deepEqual(await names(repo), ['Austen', 'Eliot'])
    }),
  )

  it(
    'is a transaction where there is none, and may hold others',
    sandboxed(async (repo) => {
      const outermost = repo.savepoint(async () => {
        await repo.savepoint(() => author(repo, 'Austen'))
        await repo
          .savepoint(async () => {
            await repo.transaction(() => author(repo, 'undone'))
            repo.rollback()
          })
          .catch((error: unknown) => assert.ok(error instanceof RollbackError))
        assert.deepEqual(await names(repo), ['Austen'])
        throw new Error('no')
      })
      await assert.rejects(outermost, /^Error: no$/)
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'undoes nothing of what its transaction does beside it',
    sandboxed(async (repo) => {
      await repo.transaction(async () => {
        const failing = repo.savepoint(async () => {
          await author(repo, 'undone')
          await new Promise((resolve) => setImmediate(resolve))
          throw new Error('no')
        })
        const [, kept] = await Promise.allSettled([failing, author(repo, 'kept')])
        assert.equal(kept.status, 'fulfilled')
      })
      assert.deepEqual(await names(repo), ['kept'])
    }),
  )
})

describe('repo.checkout', () => {
  it('keeps one connection for everything inside, and takes no other', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const repo = createRepo({ url: database, connections: 4 })
    t.after(() => repo.close())
    const pid = tablesOf([]).selectNoFrom(sql<number>`pg_backend_pid()`.as('pid'))
    const pidsOf = async () => (await Promise.all([repo.run(pid), repo.run(pid)])).flat()

    const inside = await repo.checkout(async () => [
      ...(await pidsOf()),
      ...(await repo.checkout(pidsOf)),
      ...(await repo.transaction(() => repo.run(pid))),
    ])

    assert.equal(new Set(inside.map((row) => row.pid)).size, 1)
    assert.equal(inside.length, 5)
  })

  it(
    'refuses what was not awaited',
    sandboxed(async (repo) => {
      let late: Promise<unknown> = Promise.resolve()
      await repo.checkout(async () => {
        late = new Promise((resolve) => setImmediate(resolve)).then(() => repo.count(Author))
        late.catch(() => undefined)
      })
      await assert.rejects(late, /the repo.checkout\(\) this was called in has ended/)
    }),
  )
})

describe('transactions on several connections', () => {
  it('rolls back per repository: each has transactions of its own', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const [one, two] = [createRepo({ url: database }), createRepo({ url: database })]
    t.after(() => Promise.all([one.close(), two.close()]))
    const failing = one.transaction(async () => {
      await author(one, 'undone')
      assert.equal(two.inTransaction(), false)
      await author(two, 'kept')
      throw new Error('no')
    })

    await assert.rejects(failing, /^Error: no$/)
    assert.deepEqual(await names(one), ['kept'])
    assert.equal(await one.deleteAll(Author), 1)
  })

  it('transactions are not shared: do not see each other before they are over, and block nobody who reads', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const repo = createRepo({ url: database, connections: 3 })
    t.after(() => repo.close())
    const barrier = Promise.withResolvers<void>()

    const writing = (name: string): Promise<number> =>
      repo.transaction(async () => {
        await author(repo, name)
        await barrier.promise
        return repo.count(Author)
      })
    const writers = [writing('Austen'), writing('Eliot')]
    // Two of the three connections are taken; these five reads share what is left.
    const outside = await Promise.all(Array.from({ length: 5 }, () => repo.count(Author)))
    barrier.resolve()

    assert.deepEqual(outside, [0, 0, 0, 0, 0])
    assert.ok((await Promise.all(writers)).every((count) => count >= 1))
    assert.deepEqual((await names(repo)).sort(), ['Austen', 'Eliot'])
    assert.equal(await repo.deleteAll(Author), 2)
  })

  it('wait for a connection when all are taken', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const repo = createRepo({ url: database, connections: 1 })
    t.after(() => repo.close())
    const order: string[] = []
    const first = repo.transaction(async () => {
      await repo.count(Author)
      order.push('first')
    })
    const second = repo.transaction(async () => order.push('second'))
    const third = repo.count(Author).then(() => order.push('third'))

    await Promise.all([first, second, third])
    assert.deepEqual(order, ['first', 'second', 'third'])
  })
})

describe('a statement that nobody awaited', () => {
  it('does not have its transaction called done when it was undone', async (t) => {
    const database = url()
    if (database === undefined) return t.skip()
    const repo = createRepo({ url: database, connections: 2 })
    t.after(() => repo.close())
    const late: { call?: Promise<unknown> } = {}
    const lost = repo.transaction(async () => {
      await author(repo, 'Written')
      late.call = repo.run(nonsense)
      late.call.catch(() => undefined)
      return 'done'
    })
    await assert.rejects(lost, {
      name: 'TransactionError',
      message:
        /^a statement of this transaction that nobody awaited failed, so PostgreSQL rolled all of it back/,
    })
    await assert.rejects(late.call ?? Promise.resolve(), /division by zero/)
    assert.deepEqual(await names(repo), [])
  })
})
