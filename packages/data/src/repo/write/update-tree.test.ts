import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change, put } from '../../changeset/change.ts'
import { castAssoc } from '../../changeset/cast-relation.ts'
import { cast } from '../../changeset/cast.ts'
import { unique } from '../../changeset/constraints.ts'
import { markedFor, putAssoc } from '../../changeset/put-relation.ts'
import { check } from '../../changeset/rule.ts'
import { traverseErrors } from '../../changeset/traverse.ts'
import { belongsTo, hasMany } from '../../schema/association.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { schema } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { from } from '../../query/from.ts'
import { blogTests, Comment, Permalink, Post, Rating, Tag, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

/** What is written, and to which table. */
async function written(repo: Repo, work: () => Promise<unknown>): Promise<readonly string[]> {
  const events = await statementsOf(repo, work)
  return events
    .filter(({ operation }) => ['insert', 'update', 'delete'].includes(operation))
    .map(({ operation, source }) => `${operation} ${source}`)
}

async function postWith(repo: Repo, texts: readonly string[]) {
  const comments = texts.map((text) => build(Comment, { text }))
  const { id } = await repo.insertOrThrow(build(Post, { title: 'Post', comments }))
  return repo.preload(
    await repo.getOrThrow(Post, id),
    'comments',
    'forcedComments',
    'fixComments',
    'permalink',
    'author',
  )
}

async function comments(repo: Repo) {
  const rows = await repo.all(from(Comment).orderBy({ id: 'asc' }))
  return rows.map(({ text, postId }) => [text, postId !== null])
}

describe('repo.update of a whole tree', () => {
  it(
    'skips assocs on update when not changing',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a'])
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(
          putAssoc(change(post, { title: 'New' }), 'comments', post.comments),
        )
        assert.deepEqual(saved.comments, post.comments)
      })

      assert.deepEqual(statements, ['update blog_posts'])
    }),
  )

  it(
    'inserting assocs on update leaves the row itself alone',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a'])
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(
          putAssoc(change(post), 'comments', [...post.comments, { text: 'b' }]),
        )
        assert.deepEqual(
          saved.comments.map(({ text }) => text),
          ['a', 'b'],
        )
        assert.deepEqual(saved.updatedAt, post.updatedAt)
      })

      assert.deepEqual(statements, ['insert blog_comments'])
      assert.deepEqual(await comments(repo), [
        ['a', true],
        ['b', true],
      ])
    }),
  )

  it(
    'with force the row is written too, when one of its relation is',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a'])
      const rule = castAssoc<typeof Post, 'comments'>('comments', {
        with: (comment, params) => cast(comment, params, ['text']),
        forceUpdateOnChange: true,
      })
      const sent = [{ id: post.comments[0]?.id, text: 'b' }]
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(check(cast(post, { comments: sent }, []), rule))
        assert.ok(saved.updatedAt >= post.updatedAt)
      })

      assert.deepEqual(statements, ['update blog_posts', 'update blog_comments'])
    }),
  )

  it(
    'replacing assocs on update: deleted before others are written',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a', 'b'])
      const [, kept] = post.forcedComments
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(
          putAssoc(change(post), 'forcedComments', [
            { text: 'c' },
            { id: kept?.id ?? 0, text: 'B' },
          ]),
        )
        assert.deepEqual(
          saved.forcedComments.map(({ text }) => text),
          ['c', 'B'],
        )
      })

      assert.deepEqual(statements, [
        'delete blog_comments',
        'insert blog_comments',
        'update blog_comments',
      ])
      assert.deepEqual(await comments(repo), [
        ['B', true],
        ['c', true],
      ])
    }),
  )

  it(
    'replacing assocs on update: let go',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a', 'b'])
      const saved = await repo.updateOrThrow(
        putAssoc(change(post), 'fixComments', post.fixComments.slice(1)),
      )

      assert.deepEqual(
        saved.fixComments.map(({ text }) => text),
        ['b'],
      )
      assert.deepEqual(await comments(repo), [
        ['a', false],
        ['b', true],
      ])
    }),
  )

  it(
    'replacing a has_one deletes the old row before the new one takes its unique place',
    sandboxed(async (repo) => {
      const post = await postWith(repo, [])
      const linked = await repo.updateOrThrow(putAssoc(change(post), 'permalink', { url: 'a' }))
      const again = await repo.updateOrThrow(putAssoc(change(linked), 'permalink', { url: 'b' }))
      const none = await repo.updateOrThrow(putAssoc(change(again), 'permalink', null))

      assert.deepEqual(
        [linked.permalink?.url, again.permalink?.url, none.permalink],
        ['a', 'b', null],
      )
      assert.notEqual(linked.permalink?.id, again.permalink?.id)
      assert.equal(await repo.count(Permalink), 0)
    }),
  )

  it(
    'replacing a belongs_to with nilify lets the old one be',
    sandboxed(async (repo) => {
      const comment = await repo.insertOrThrow(
        build(Comment, { text: 'x', author: build(User, { name: 'Ada' }) }),
      )
      const statements = await written(repo, async () => {
        const moved = await repo.updateOrThrow(putAssoc(change(comment), 'author', { name: 'Ben' }))
        assert.equal(moved.author?.name, 'Ben')
        assert.equal(moved.authorId, moved.author?.id)
        const none = await repo.updateOrThrow(putAssoc(change(moved), 'author', null))
        assert.deepEqual([none.authorId, none.author], [null, null])
      })

      assert.deepEqual(statements, [
        'insert blog_users',
        'update blog_comments',
        'update blog_comments',
      ])
      assert.equal(await repo.count(User), 2)
    }),
  )

  it(
    'replacing a belongs_to with delete deletes the old one once nothing leads to it',
    sandboxed(async (repo) => {
      const Letter = schema(
        'blog_comments',
        { id: t.id(), authorId: t.reference().nullable(), text: t.string().nullable() },
        () => ({ author: belongsTo(User, { onReplace: 'delete' }) }),
      )
      const letter = await repo.insertOrThrow(
        build(Letter, { author: build(User, { name: 'Ada' }) }),
      )
      await repo.updateOrThrow(putAssoc(change(letter), 'author', { name: 'Ben' }))

      assert.deepEqual(
        (await repo.all(User)).map(({ name }) => name),
        ['Ben'],
      )
    }),
  )

  it(
    'changing assocs on update raises if there is no id',
    sandboxed(async (repo) => {
      const post = await postWith(repo, [])
      const never = change(build(Comment, { text: 'x' }), { text: 'y' })
      const update = putAssoc(change(post), 'comments', [
        Object.assign(never, { action: 'update' }),
      ])

      await assert.rejects(repo.update(update), {
        name: 'PrimaryKeyError',
        message:
          'repo.update() was given a row of "blog_comments" without "id": it was never stored.',
      })
      assert.deepEqual(await comments(repo), [])
    }),
  )

  it(
    'removing assocs on update, and updating assocs with action: :delete',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a', 'b'])
      const [first, second] = post.comments
      assert.ok(first && second)
      const saved = await repo.updateOrThrow(
        putAssoc(change(post), 'comments', [markedFor(change(first), 'delete'), second]),
      )

      assert.deepEqual(
        saved.comments.map(({ text }) => text),
        ['b'],
      )
      assert.deepEqual(await comments(repo), [['b', true]])
    }),
  )

  it(
    'a row to replace that is gone already is stale, unless the association says deleteIfExists',
    sandboxed(async (repo) => {
      const Lenient = schema('blog_posts', { id: t.id(), title: t.string() }, () => ({
        comments: hasMany(Comment, { foreignKey: 'postId', onReplace: 'deleteIfExists' }),
      }))
      const post = await postWith(repo, ['a'])
      const lenient = await repo.preload(await repo.getOrThrow(Lenient, post.id), 'comments')
      await repo.deleteAll(Comment)

      await assert.rejects(repo.update(putAssoc(change(post), 'forcedComments', [])), {
        name: 'StaleRowError',
      })
      const saved = await repo.updateOrThrow(putAssoc(change(lenient), 'comments', []))
      assert.deepEqual(saved.comments, [])
    }),
  )

  it(
    'returns untouched changeset on child constraint mismatch on update, and everything as it was',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Permalink, { url: 'taken' }))
      const post = await postWith(repo, ['a'])
      const permalink = check(change(build(Permalink), { url: 'taken' }), unique('url'))
      const changeset = putAssoc(
        putAssoc(change(post, { title: 'New' }), 'forcedComments', [{ text: 'b' }]),
        'permalink',
        permalink,
      )
      const saved = await repo.update(changeset)

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), {
        permalink: { url: ['has already been taken'] },
      })
      assert.equal(saved.changeset.changes.forcedComments, changeset.changes.forcedComments)
      assert.deepEqual(saved.changeset.changes.title, 'New')
      assert.equal(saved.changeset.row, post)
      assert.equal((await repo.getOrThrow(Post, post.id)).title, 'Post')
      assert.deepEqual(await comments(repo), [['a', true]])
    }),
  )

  it(
    'reset assoc when foreign key update results in a mismatch',
    sandboxed(async (repo) => {
      const [ada, ben] = [
        await repo.insertOrThrow(build(User, { name: 'Ada' })),
        await repo.insertOrThrow(build(User, { name: 'Ben' })),
      ]
      const comment = await repo.insertOrThrow(build(Comment, { text: 'x', author: ada }))
      const renamed = await repo.updateOrThrow(change(comment, { text: 'y' }))
      const moved = await repo.updateOrThrow(change(comment, { authorId: ben.id }))
      const none = await repo.insertOrThrow(build(Comment, { text: 'z', author: null }))

      assert.throws(() => moved.author, { name: 'AssociationNotLoadedError' })
      assert.equal(renamed.author, ada)
      const set = await repo.updateOrThrow(change(none, { authorId: ben.id }))
      assert.throws(() => set.author, { name: 'AssociationNotLoadedError' })
    }),
  )

  it(
    'writes what is below a row that itself stays as it is',
    sandboxed(async (repo) => {
      const user = await repo.insertOrThrow(
        build(User, {
          name: 'Ada',
          posts: [build(Post, { title: 'x', comments: [build(Comment, { text: 'a' })] })],
        }),
      )
      const [post] = user.posts
      assert.ok(post)
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(
          putAssoc(change(user), 'posts', [
            { id: post.id, comments: [{ id: post.comments[0]?.id ?? 0, text: 'A' }] },
          ]),
        )
        assert.equal(Reflect.get(saved.posts[0] ?? {}, 'comments')[0].text, 'A')
      })

      assert.deepEqual(statements, ['update blog_comments'])
    }),
  )
})

describe('repo.update of what cannot be found', () => {
  it(
    'with allowStale writes what hangs on the row all the same',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a'])
      const [first] = post.comments
      await repo.deleteAll(Comment)
      const changeset = putAssoc(change(post), 'comments', [{ id: first?.id ?? 0, text: 'A' }])

      await assert.rejects(repo.update(changeset), { name: 'StaleRowError' })
      const saved = await repo.updateOrThrow(changeset, { allowStale: true })
      assert.equal(saved.comments[0]?.text, 'A')
    }),
  )

  it(
    'throws for a schema without a primary key',
    sandboxed(async (repo) => {
      const Keyless = schema('blog_tags', { name: t.string() })
      await repo.insertOrThrow(build(Keyless, { name: 'sea' }))
      const [tag] = await repo.all(Keyless)
      assert.ok(tag)

      await assert.rejects(repo.update(change(tag, { name: 'sky' })), {
        name: 'PrimaryKeyError',
        message: /finds a row of "blog_tags" by its primary key, and the schema has none/,
      })
      await assert.rejects(repo.delete(tag), { name: 'PrimaryKeyError' })
    }),
  )

  it(
    'throws when the key leads to several rows',
    sandboxed(async (repo) => {
      const Wrong = schema('blog_comments', {
        state: t.string().primaryKey(),
        text: t.string().nullable(),
      })
      await repo.insertAll(Comment, [{ text: 'a' }, { text: 'b' }])
      const [comment] = await repo.all(Wrong)
      assert.ok(comment)

      await assert.rejects(
        repo.transaction(() => repo.update(change(comment, { text: 'c' }))),
        {
          name: 'PrimaryKeyError',
          message: /was to write one row of "blog_comments" and found 2 with state new/,
        },
      )
      assert.deepEqual(await comments(repo), [
        ['a', false],
        ['b', false],
      ])
    }),
  )
})

describe('repo.delete', () => {
  it(
    'deletes and lets go what its associations say, in one transaction, before the row',
    sandboxed(async (repo) => {
      const user = await repo.insertOrThrow(
        build(User, { name: 'Ada', posts: [build(Post, { title: 'x' })] }),
      )
      const post = await postWith(repo, ['a', 'b'])
      await repo.insertOrThrow(build(Comment, { text: 'of another' }))

      assert.deepEqual(await written(repo, () => repo.deleteOrThrow(post)), [
        'delete blog_comments',
        'delete blog_posts',
      ])
      assert.deepEqual(await written(repo, () => repo.deleteOrThrow(user)), [
        'update blog_posts',
        'delete blog_posts_editors',
        'delete blog_users',
      ])
      assert.deepEqual(await comments(repo), [['of another', false]])
      assert.deepEqual(
        (await repo.all(Post)).map(({ authorId }) => authorId),
        [null],
      )
    }),
  )

  it(
    'is one statement where nothing hangs on the row, and says that the row is deleted',
    sandboxed(async (repo) => {
      const tag = await repo.insertOrThrow(build(Tag, { name: 'sea' }))
      const events = await statementsOf(repo, async () => {
        assert.equal(stateOf(await repo.deleteOrThrow(tag)), 'deleted')
      })

      assert.deepEqual(
        events.map(({ operation }) => operation),
        ['delete'],
      )
    }),
  )

  it(
    'leaves all in place when the row cannot go',
    sandboxed(async (repo) => {
      const post = await postWith(repo, ['a'])
      const linked = await repo.updateOrThrow(putAssoc(change(post), 'permalink', { url: 'a' }))

      await assert.rejects(repo.delete(linked), { name: 'ConstraintError' })
      assert.deepEqual(await comments(repo), [['a', true]])
    }),
  )
})

describe('a row of two keys', () => {
  it(
    'is inserted, updated and deleted by both',
    sandboxed(async (repo) => {
      await repo.insertAll(Rating, [
        { year: 2025, place: 1, title: 'a' },
        { year: 2026, place: 1, title: 'b' },
      ])
      const second = await repo.insertOrThrow(build(Rating, { year: 2026, place: 2 }))
      const [event] = await statementsOf(repo, () =>
        repo.updateOrThrow(put(change(second), 'title', 'c')),
      )
      await repo.deleteOrThrow(second)

      assert.match(event?.sql ?? '', /set "title" = \$3 where "year" = \$1 and "place" = \$2/)
      assert.deepEqual(
        (await repo.all(Rating)).map(({ title }) => title),
        ['a', 'b'],
      )
      await assert.rejects(repo.delete(second), /with year 2026 and place 2/)
    }),
  )
})
