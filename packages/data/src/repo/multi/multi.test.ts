import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { assert as assertProperty, nat, property } from 'fast-check'

import { cast } from '../../changeset/cast.ts'
import { addError, type Changeset } from '../../changeset/changeset.ts'
import { change } from '../../changeset/change.ts'
import { unique } from '../../changeset/constraints.ts'
import { errorMessages } from '../../changeset/messages.ts'
import { check } from '../../changeset/rule.ts'
import { required } from '../../changeset/validate.ts'
import { from } from '../../query/from.ts'
import { build } from '../../schema/instance.ts'
import { blogTests, Comment, Post, Tag, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { Multi } from './multi.ts'
import { inc } from '../write/operations.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

const post = (title: string) => change(build(Post), { title })
const invalid = () => check(cast(build(Post), {}, ['title']), required('title'))

async function operations(repo: Repo, work: () => Promise<unknown>): Promise<string[]> {
  return (await statementsOf(repo, work)).map(({ operation }) => operation)
}

describe('Multi', () => {
  it(
    'runs its operations in their order in one transaction, and gives what each came to',
    sandboxed(async (repo) => {
      const multi = Multi.new()
        .put('name', 'Ada')
        .insert('user', ({ name }) => build(User, { name }))
        .insert('post', ({ user }) => change(build(Post), { title: 'x', authorId: user.id }))
        .insertAll('comments', Comment, ({ post }) => [
          { postId: post.id, text: '1' },
          { postId: post.id, text: '2' },
        ])
        .updateAll('read', Post, { visits: inc(1) }, { returning: ['visits'] })
        .update('renamed', ({ post }) => change(post, { title: 'y' }))
        .run('count', async (_results, inner) => ({ ok: true, value: await inner.count(Comment) }))
        .all('texts', ({ post }) => from(Comment).where({ postId: post.id }).orderBy({ id: 'asc' }))
        .exists('spam', from(Comment).where({ state: 'spam' }))
        .deleteAll('gone', from(Comment).where({ text: '1' }))
        .one('left', Comment)
        .insertOrUpdate('tag', change(build(Tag), { name: 'new' }))
        .delete('last', ({ left }) => left!)

      const made: string[] = []
      const ran = await operations(repo, async () => {
        const result = await repo.transaction(multi)
        assert.ok(result.ok)
        const { user, renamed, comments, read, count, texts, spam, gone, tag, last } = result.value
        made.push(user.name, renamed.title, tag.name)
        assert.deepEqual([comments.length, read[0]?.visits, count, gone], [2, 1, 2, 1])
        assert.deepEqual([texts.map(({ text }) => text), spam, last.text], [['1', '2'], false, '2'])
      })

      assert.deepEqual(made, ['Ada', 'y', 'new'])
      assert.deepEqual([ran[0], ran.at(-1)], ['begin', 'commit'])
      assert.equal(await repo.count(Comment), 0)
      assert.equal((await repo.oneOrThrow(Post)).title, 'y')
    }),
  )

  it(
    'stops at the first that fails, undoes the others, and says what was done',
    sandboxed(async (repo) => {
      const result = await repo.transaction(
        Multi.new()
          .insert('post', post('x'))
          .run('check', async () => ({ ok: false as const, value: 'no room' }))
          .insert('never', post('y')),
      )

      assert.ok(!result.ok)
      assert.equal(result.name, 'check')
      assert.equal(result.value, 'no room')
      assert.equal(result.changes.post?.title, 'x')
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'gives the changeset of a write that the database refuses, typed by its name',
    sandboxed(async (repo) => {
      const tag = () => check(change(build(Tag), { name: 'a' }), unique('name'))
      const result = await repo.transaction(
        Multi.new().insert('first', tag()).insert('second', tag()).insert('post', post('x')),
      )

      assert.ok(!result.ok && result.name === 'second')
      const changeset: Changeset<typeof Tag> = result.value
      assert.deepEqual(errorMessages(changeset), { name: ['has already been taken'] })
      assert.equal(await repo.count(Tag), 0)
    }),
  )

  it(
    'passes on what a write inside a run came to',
    sandboxed(async (repo) => {
      const result = await repo.transaction(
        Multi.new().run('post', (_results, inner) => inner.insert(invalid())),
      )
      assert.ok(!result.ok)
      assert.deepEqual(errorMessages(result.value), { title: ["can't be blank"] })
    }),
  )

  it(
    'checks invalid changesets before starting transaction',
    sandboxed(async (repo) => {
      const failing: readonly Multi[] = [
        Multi.new().insert('post', post('x')).insert('bad', invalid()),
        Multi.new().insert('post', post('x')).error('bad', 'out of luck'),
      ]
      const results: unknown[] = []
      const ran = await operations(repo, async () => {
        for (const multi of failing) {
          const result = await repo.transaction(multi)
          assert.ok(!result.ok)
          results.push([result.name, result.changes, result.value])
        }
      })

      assert.deepEqual(ran, [])
      assert.deepEqual(results[1], ['bad', {}, 'out of luck'])
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'fails the transaction that it runs in, also before it starts',
    sandboxed(async (repo) => {
      const failing = repo.transaction(async () => {
        await repo.insert(post('x'))
        const result = await repo.transaction(Multi.new().error('bad', 1))
        assert.equal(result.ok, false)
        return { ok: true, value: 'went on' }
      })
      await assert.rejects(failing, /a transaction inside this one failed/)
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'with empty multi: is done, without a transaction',
    sandboxed(async (repo) => {
      const ran = await operations(repo, async () => {
        assert.deepEqual(await repo.transaction(Multi.new()), { ok: true, value: {} })
      })
      assert.deepEqual(ran, [])
    }),
  )

  it('repeating an operation raises', () => {
    const multi = Multi.new().put('a', 1)
    // @ts-expect-error the name is taken
    assert.throws(() => multi.run('a', async () => ({ ok: true, value: 2 })), {
      name: 'QueryError',
      message: '"a" is already a member of the Multi. Known: a. Give the run another name.',
    })
  })

  it('append/prepend with repetition raises; without, it keeps the order', () => {
    const [first, second] = [Multi.new().put('a', 1), Multi.new().put('b', 2)]
    const names = (multi: { toList(): readonly (readonly [string, unknown])[] }) =>
      multi.toList().map(([name]) => name)

    assert.deepEqual(names(first.append(second)), ['a', 'b'])
    assert.deepEqual(names(first.prepend(second)), ['b', 'a'])
    assert.throws(() => first.append(first), /append\(\) was given a Multi .* names are taken: a/)
    assert.throws(() => first.prepend(first), /prepend\(\) was given a Multi .* names are taken: a/)
  })

  it(
    'merge: adds what a function makes of the results so far',
    sandboxed(async (repo) => {
      const result = await repo.transaction(
        Multi.new()
          .insert('post', post('x'))
          .merge(({ post }) => Multi.new().insert('comment', build(Comment, { postId: post.id })))
          .run('both', async ({ post, comment }) => ({
            ok: true,
            value: comment.postId === post.id,
          })),
      )
      assert.ok(result.ok)
      assert.equal(result.value.both, true)
    }),
  )

  it(
    'merge with repetition raises, also of a name that comes later',
    sandboxed(async (repo) => {
      const later = Multi.new()
        .merge(() => Multi.new().put('a', 1))
        .put('b', 2)
        .merge((): Multi => Multi.new().put('c', 3))
        .put('c', 4)
      await assert.rejects(repo.transaction(later), /merge\(\) was given a Multi .* taken: c/)
      await assert.rejects(
        repo.transaction(Multi.new().merge(() => 7 as never)),
        /expected the function given to merge\(\) to return a Multi, got: 7/,
      )
    }),
  )

  it(
    'merge rollbacks on errors in nested function',
    sandboxed(async (repo) => {
      const result = await repo.transaction(
        Multi.new()
          .insert('post', post('x'))
          .merge(() => Multi.new().insert('other', post('y')).insert('bad', invalid())),
      )
      assert.ok(!result.ok)
      assert.equal(result.name, 'bad')
      assert.deepEqual(Object.keys(result.changes), ['post', 'other'])
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'run raises on invalid return, and rolls back',
    sandboxed(async (repo) => {
      const multi = Multi.new()
        .insert('post', post('x'))
        // @ts-expect-error it has to say whether it is ok
        .run('log', async () => 'done')
      await assert.rejects(
        repo.savepoint(() => repo.transaction(multi)),
        {
          message:
            'expected the function of operation "log" (run) of the Multi to return { ok: true, value } or ' +
            "{ ok: false, value }, got: 'done'",
        },
      )
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'raises when a function throws or rolls back by hand',
    sandboxed(async (repo) => {
      const throwing = Multi.new().run('bad', () => {
        throw new RangeError('oh')
      })
      await assert.rejects(repo.transaction(throwing), { name: 'RangeError' })

      const rollingBack = Multi.new()
        .insert('post', post('x'))
        .run('bad', async (_results, inner) => inner.rollback('why'))
      await assert.rejects(
        repo.savepoint(() => repo.transaction(rollingBack)),
        /operation "bad" of the Multi is rolling back unexpectedly, by repo.rollback\(\)/,
      )
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'holds as many operations as the data say, whose names are then not known',
    sandboxed(async (repo) => {
      const titles = ['a', 'b', 'c']
      const multi = titles.reduce<Multi>(
        (all, title) => all.insert(`post ${title}`, post(title)),
        Multi.new(),
      )
      const result = await repo.transaction(multi)
      assert.deepEqual(Object.keys(result.ok ? result.value : {}), ['post a', 'post b', 'post c'])
      assert.equal(await repo.count(Post), 3)
    }),
  )

  it('lists and prints what it would do, so that a test need not run it', () => {
    const changeset = post('x')
    const multi = Multi.new()
      .insert('post', changeset, { onConflict: 'nothing' })
      .deleteAll('comments', from(Comment).where({ state: 'spam' }))
      .update('later', ({ post }) => change(post, { title: 'y' }))
      .inspect()

    const [[name, operation] = [], [, query] = [], [, later] = []] = multi.toList()
    assert.equal(name, 'post')
    assert.deepEqual(operation, { kind: 'insert', changeset, options: { onConflict: 'nothing' } })
    assert.equal(query?.query?.schema, Comment)
    assert.deepEqual(later, { kind: 'update' })
    assert.equal(inspect(multi), 'Multi<post: insert, comments: deleteAll, later: update, inspect>')
  })

  it(
    'inspect: prints what was done so far, or some of it',
    sandboxed(async (repo, t) => {
      const { mock } = t.mock.method(process.stdout, 'write', () => true)
      await repo.transaction(
        Multi.new().put('a', 1).put('b', 2).inspect().inspect({ only: 'b', label: 'then' }),
      )
      const printed = mock.calls.map(({ arguments: [text] }) => String(text))
      mock.restore()
      assert.deepEqual(
        printed.filter((text) => text.includes('b: 2')),
        ['{ a: 1, b: 2 }\n', 'then: { b: 2 }\n'],
      )
    }),
  )

  it('append and prepend keep every operation, in the order of the two', () => {
    const named = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${prefix}${at}`).reduce<Multi>(
        (all, name) => all.put(name, name),
        Multi.new(),
      )
    const names = (multi: Multi) => multi.toList().map(([name]) => name)
    assertProperty(
      property(nat(4), nat(4), nat(4), (one, two, three) => {
        const [a, b, c] = [named('a', one), named('b', two), named('c', three)]
        assert.deepEqual(names(a.append(b)), [...names(a), ...names(b)])
        assert.deepEqual(names(a.append(b).append(c)), names(a.append(b.append(c))))
        assert.deepEqual(names(b.prepend(a)), names(a.append(b)))
      }),
    )
  })

  it(
    'is a value: what is added to it makes another',
    sandboxed(async (repo) => {
      const base = Multi.new().insert('post', post('x'))
      const bad = base.run('bad', async () => ({
        ok: false as const,
        value: addError(post('y'), 'title', 'no'),
      }))

      assert.ok(!(await repo.savepoint(() => repo.transaction(bad))).ok)
      assert.ok((await repo.transaction(base)).ok)
      assert.equal(await repo.count(Post), 1)
    }),
  )
})
