import assert from 'node:assert/strict'
import { after, describe, it, type TestContext } from 'node:test'

import { sql } from 'kysely'

import { from } from '../query/from.ts'
import { type Repo } from '../repo/repo.ts'
import { build } from '../schema/instance.ts'
import { Author, Book, libraryTests, statementsOf } from '../testing/library.ts'
import {
  asOwnerOf,
  createSandboxes,
  decodeTokens,
  encodeTokens,
  type Sandbox,
  SANDBOX_HEADER,
  type Sandboxes,
  userAgentWith,
} from './sandboxes.ts'

const library = libraryTests()
const sandboxes = createSandboxes(async () => library.url() ?? '')
after(() => sandboxes.close())

const named = (name: string) => build(Author, { name, email: `${name}@example.org` })

const names = async (repo: Repo): Promise<string[]> =>
  (await repo.all(from(Author).orderBy({ id: 'asc' }))).map(({ name }) => name)

/** A test's sandbox, which is closed after it; undefined, and the test skipped, where there is no database. */
async function opened(
  t: TestContext,
  from: Sandboxes = sandboxes,
  options: Parameters<Sandboxes['open']>[0] = {},
): Promise<Sandbox | undefined> {
  if (library.url() === undefined) {
    t.skip('TEST_DATABASE_URL is not set')
    return undefined
  }
  const sandbox = await from.open({ name: `the test "${t.name}"`, ...options })
  t.after(() => sandbox.close())
  return sandbox
}

describe('the owner of a shared repo’s calls', () => {
  it('cannot find ownership process: says what can be done', async () => {
    await assert.rejects(sandboxes.repo.all(Author), {
      name: 'OwnershipError',
      message:
        /^no sandbox belongs to the code.*sandboxed\(.*sandbox\.allow\(.*x-showrunner-sandbox.*sandbox\.share\(\).*unboxed/s,
    })
    await assert.rejects(
      sandboxes.repo.transaction(async () => undefined),
      { name: 'OwnershipError' },
    )
  })

  it('is used when checked out: what a test starts is on its connection', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    await sandbox.allow(async () => {
      await sandboxes.repo.insertOrThrow(named('austen'))
      const later = new Promise<string[]>((resolve, reject) => {
        setImmediate(() => void names(sandboxes.repo).then(resolve, reject))
      })
      assert.deepEqual(await later, ['austen'])
    })
    assert.deepEqual(await names(sandbox.repo), ['austen'])
  })

  it('is used when allowed: any number of them at once, none sees another', async (t) => {
    const [one, two] = [await opened(t), await opened(t)]
    if (!one || !two) return
    const insertTwice = (sandbox: Sandbox, name: string) =>
      sandbox.allow(async () => {
        await Promise.all([
          sandboxes.repo.insertOrThrow(named(name)),
          sandboxes.repo.insertOrThrow(named(`${name} again`)),
        ])
        return names(sandboxes.repo)
      })

    const [first, second] = await Promise.all([insertTwice(one, 'one'), insertTwice(two, 'two')])

    assert.deepEqual(first, ['one', 'one again'])
    assert.deepEqual(second, ['two', 'two again'])
  })

  it('is used when shared, by who owns none, until the test is over', async (t) => {
    const own = createSandboxes(async () => library.url() ?? '')
    const [shared, other] = [await opened(t, own), await opened(t, own)]
    if (!shared || !other) return
    shared.share()
    await own.repo.insertOrThrow(named('austen'))

    assert.deepEqual(await names(shared.repo), ['austen'])
    assert.deepEqual(await other.allow(() => names(own.repo)), [])
    assert.throws(() => other.share(), { name: 'OwnershipError', message: /is shared already/ })
    await shared.close()
    await assert.rejects(own.repo.all(Author), /no sandbox belongs/)
    other.share()
    assert.deepEqual(await names(own.repo), [])
  })

  it('leaves nothing behind: rolled back on checkin', async (t) => {
    const [first, second] = [await opened(t), await opened(t)]
    if (!first || !second) return
    await first.allow(() => sandboxes.repo.insertOrThrow(named('austen')))
    await first.close()

    assert.deepEqual(await names(second.repo), [])
    await assert.rejects(
      first.allow(() => sandboxes.repo.all(Author)),
      { name: 'OwnershipError', message: /^the test "leaves nothing .* is over, and its sandbox/ },
    )
  })

  it('may be disabled: unboxed work stays', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    const id = await sandbox.allow(() =>
      sandboxes.unboxed(async () => (await sandboxes.repo.insertOrThrow(named('unboxed'))).id),
    )
    const seen = await sandbox.repo.get(Author, id)
    await sandboxes.unboxed(() => sandboxes.repo.deleteAll(from(Author).where({ id })))

    assert.equal(seen?.name, 'unboxed')
    assert.equal(await sandbox.repo.get(Author, id), undefined)
  })

  it('is the same for a preload in allowed process, whose branches share one connection', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    await sandbox.allow(async () => {
      const { id: authorId } = await sandboxes.repo.insertOrThrow(named('austen'))
      await sandboxes.repo.insertOrThrow(
        build(Book, { authorId, editorId: authorId, title: 'Emma' }),
      )
      const [book] = await sandboxes.repo.all(from(Book).preload('author', 'editor', 'reviews'))

      assert.equal(sandboxes.repo.inTransaction(), false)
      assert.deepEqual(
        [book?.author.name, book?.editor?.name, book?.reviews.length],
        ['austen', 'austen', 0],
      )
    })
  })

  it('does not taint the sandbox on query errors', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    await sandbox.allow(async () => {
      const { repo } = sandboxes
      await repo.insertOrThrow(named('austen'))
      await assert.rejects(repo.run(sql`select 1 / 0`), /division by zero/)
      await assert.rejects(repo.insert(named('austen')), { name: 'ConstraintError' })
      await assert.rejects(
        repo.checkout(() => repo.run(sql`select 1 / 0`)),
        /division by zero/,
      )
      assert.deepEqual(await names(repo), ['austen'])
    })
  })

  it('keeps a transaction inside checkout, and a checkout inside a transaction', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    const { repo } = sandboxes
    const undo = async (): Promise<void> => {
      await repo.insertOrThrow(named('undone'))
      throw new Error('no')
    }
    await sandbox.allow(async () => {
      await repo.checkout(async () => {
        await repo.insertOrThrow(named('kept'))
        await assert.rejects(repo.transaction(undo), /no/)
        await repo.transaction(() => repo.insertOrThrow(named('also kept')))
      })
      await assert.rejects(
        repo.transaction(() => repo.checkout(undo)),
        /no/,
      )
      assert.deepEqual(await names(repo), ['kept', 'also kept'])
    })
  })

  it('start_owner: a sandbox outlives the code that opened it, until it is closed', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    await sandbox.allow(() => sandboxes.repo.insertOrThrow(named('austen')))
    assert.deepEqual(await sandboxes.withToken(sandbox.token, () => names(sandboxes.repo)), [
      'austen',
    ])
    assert.equal(await sandboxes.closeToken(sandbox.token), true)
    assert.equal(await sandboxes.closeToken(sandbox.token), false)
    assert.throws(() => sandboxes.withToken(sandbox.token, () => 1), { name: 'OwnershipError' })
  })

  it('is a stranger in the transaction of another', async (t) => {
    const [one, two] = [await opened(t), await opened(t)]
    if (!one || !two) return
    const { repo } = sandboxes
    const inside = await one.allow(() =>
      repo.transaction(async () => {
        await repo.insertOrThrow(named('one'))
        return two.allow(async () => ({ open: repo.inTransaction(), seen: await names(repo) }))
      }),
    )
    assert.deepEqual(inside, { open: false, seen: [] })
  })

  it('loses its sandbox when it holds it too long, and is told so', async (t) => {
    const sandbox = await opened(t, sandboxes, { timeoutMs: 20 })
    if (!sandbox) return
    const tooLong = {
      name: 'OwnershipError',
      message: /^the test "loses its sandbox .* owned its sandbox for longer than 20 ms/,
    }
    await assert.rejects(sandbox.repo.run(sql`select pg_sleep(30)`), tooLong)
    await assert.rejects(sandbox.repo.all(Author), tooLong)
    assert.equal(sandboxes.has(sandbox.token), false)
  })

  it('may not end the sandbox’s transaction by hand', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    const refused = {
      name: 'TransactionError',
      message:
        /^repo\.run\(\) was given ".*", which begins or ends a transaction that the repo would/s,
    }
    for (const text of ['begin', 'COMMIT', 'rollback', '/* so */ commit', '-- so\ncommit', 'end']) {
      await assert.rejects(sandbox.repo.run(sql.raw(text)), refused)
    }
    await sandbox.repo.transaction(async () => {
      await sandbox.repo.run(sql`savepoint mine`)
      await sandbox.repo.run(sql`rollback to savepoint mine`)
    })
  })

  it('hears of the statements of every owner, as they were sent', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    const events = await statementsOf(sandboxes.repo, () =>
      sandbox.allow(() => sandboxes.repo.count(Author)),
    )
    assert.deepEqual(
      events.map(({ sql }) => sql),
      ['select count(*) as "count" from "library_authors"'],
    )
  })
})

describe('a sandbox’s token', () => {
  it('allows access to single repo, for all that the request starts', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    const tokens = decodeTokens({ [SANDBOX_HEADER]: encodeTokens(sandbox) }) ?? ''
    await asOwnerOf([sandboxes], tokens, () => sandboxes.repo.insertOrThrow(named('austen')))
    assert.deepEqual(await names(sandbox.repo), ['austen'])
  })

  it('allows access to multiple repos', async (t) => {
    const others = createSandboxes(async () => library.url() ?? '')
    const [one, two] = [await opened(t), await opened(t, others)]
    if (!one || !two) return
    await asOwnerOf([sandboxes, others], encodeTokens(one, two), async () => {
      await sandboxes.repo.insertOrThrow(named('one'))
      await others.repo.insertOrThrow(named('two'))
    })
    assert.deepEqual([await names(one.repo), await names(two.repo)], [['one'], ['two']])
  })

  it('is found in a customized header', () => {
    assert.equal(decodeTokens({ 'x-my-test': 'abc' }, 'X-My-Test'), 'abc')
    assert.equal(decodeTokens({ 'x-my-test': 'abc' }), undefined)
  })

  it('gives no access without metadata, nor with what nobody gave', async (t) => {
    const sandbox = await opened(t)
    if (!sandbox) return
    assert.equal(decodeTokens({}), undefined)
    assert.equal(decodeTokens({ 'user-agent': 'Mozilla/5.0 (X11) Chrome/140' }), undefined)
    for (const wrong of ['', 'made-up', `${sandbox.token}.made-up`]) {
      assert.throws(() => asOwnerOf([sandboxes], wrong, () => 1), {
        name: 'OwnershipError',
        message: /^the sandbox of this request is gone/,
      })
    }
  })

  it('encodes and decodes, in a header and in a User-Agent', () => {
    const tokens = encodeTokens({ token: 'a-_B' }, { token: 'c' })
    const userAgent = userAgentWith('Mozilla/5.0 (X11) Chrome/140', tokens)
    assert.equal(decodeTokens({ [SANDBOX_HEADER]: tokens }), 'a-_B.c')
    assert.equal(decodeTokens({ 'user-agent': userAgent }), 'a-_B.c')
    assert.match(userAgent, /^Mozilla\/5.0 \(X11\) Chrome\/140 /)
  })
})
