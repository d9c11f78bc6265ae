import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change } from '../../changeset/change.ts'
import { type Base, type Params } from '../../changeset/changeset.ts'
import { castAssoc } from '../../changeset/cast-relation.ts'
import { cast } from '../../changeset/cast.ts'
import { checkConstraint, exclusionConstraint, unique } from '../../changeset/constraints.ts'
import { markedFor, putAssoc } from '../../changeset/put-relation.ts'
import { check } from '../../changeset/rule.ts'
import { traverseErrors } from '../../changeset/traverse.ts'
import { required } from '../../changeset/validate.ts'
import { from } from '../../query/from.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { blogTests, Comment, Permalink, Post, Tag, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

function commentChangeset(comment: Base<typeof Comment>, params: Params) {
  return check(cast(comment, params, ['text', 'position']), required('text'))
}

function permalinkChangeset(permalink: Base<typeof Permalink>, params: Params) {
  return check(cast(permalink, params, ['url']), required('url'), unique('url'))
}

/** What a statement does, and to which table. */
async function operations(repo: Repo, work: () => Promise<unknown>): Promise<readonly string[]> {
  const events = await statementsOf(repo, work)
  return events.map(({ operation, source }) => [operation, source].filter(Boolean).join(' '))
}

/** Without what a sandbox adds. */
function sent(names: readonly string[]): readonly string[] {
  return names.filter((name) => /^(select|insert|update|delete)/.test(name))
}

async function texts(repo: Repo): Promise<readonly (string | null)[]> {
  const comments = await repo.all(from(Comment).orderBy({ id: 'asc' }))
  return comments.map(({ text }) => text)
}

describe('repo.insert of a whole tree', () => {
  it(
    'handles assocs on insert: parents, the row, children, in one transaction',
    sandboxed(async (repo) => {
      const changeset = change(build(Post, { title: 'Tides' }), {
        author: { name: 'Ada' },
        comments: [
          { text: 'a' },
          build(Comment, { text: 'b' }),
          change(build(Comment), { text: 'c' }),
        ],
        permalink: { url: 'tides' },
        tags: [{ name: 'sea' }],
      })
      const statements = await operations(repo, async () => {
        const saved = await repo.insert(changeset)
        assert.ok(saved.ok)
        const post = await repo.preload(
          await repo.getOrThrow(Post, saved.value.id),
          'author',
          'comments',
          'permalink',
          'tags',
        )
        assert.deepEqual(
          post.comments.map(({ text }) => text),
          ['a', 'b', 'c'],
        )
        assert.deepEqual(
          [post.author?.name, post.permalink?.url, post.tags[0]?.name],
          ['Ada', 'tides', 'sea'],
        )
        assert.deepEqual(Object.keys(saved.value).slice(-4), [
          'author',
          'comments',
          'permalink',
          'tags',
        ])
        assert.deepEqual({ ...saved.value }, { ...post })
        assert.equal(stateOf(saved.value), 'loaded')
      })

      assert.deepEqual(sent(statements).slice(0, 8), [
        'insert blog_users',
        'insert blog_posts',
        'insert blog_comments',
        'insert blog_comments',
        'insert blog_comments',
        'insert blog_permalinks',
        'insert blog_tags',
        'insert blog_posts_tags',
      ])
    }),
  )

  it(
    'handles assocs from struct on insert',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(
        build(Post, {
          title: 'Tides',
          author: build(User, { name: 'Ada' }),
          comments: [build(Comment, { text: 'a', author: build(User, { name: 'Ben' }) })],
          permalink: null,
        }),
      )

      assert.equal(post.author?.name, 'Ada')
      assert.equal(post.authorId, post.author?.id)
      assert.equal(post.comments[0]?.postId, post.id)
      assert.equal(post.comments[0]?.author?.name, 'Ben')
      assert.equal(post.permalink, null)
      assert.deepEqual(
        (await repo.all(from(User).orderBy({ id: 'asc' }))).map(({ name }) => name),
        ['Ada', 'Ben'],
      )
    }),
  )

  it(
    'handles invalid assocs from struct',
    sandboxed(async (repo) => {
      // @ts-expect-error what a program without types might give
      const saved = await repo.insert(build(Post, { title: 'x', comments: ['a'], permalink: 1 }))

      assert.ok(!saved.ok)
      assert.deepEqual(saved.changeset.errors, {
        comments: [{ message: 'is invalid', meta: { type: 'array of map' } }],
        permalink: [{ message: 'is invalid', meta: { type: 'map' } }],
      })
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'handles invalid assocs from struct, however deep, and undoes what is above them',
    sandboxed(async (repo) => {
      // @ts-expect-error what a program without types might give
      const broken = build(Post, { title: 'x', permalink: 1 })
      const saved = await repo.insert(build(User, { name: 'Ada', posts: [broken] }))

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), { posts: [{ permalink: ['is invalid'] }] })
      assert.equal(await repo.count(User), 0)
    }),
  )

  it(
    'raises on action mismatch on insert',
    sandboxed(async (repo) => {
      const comment = await repo.insertOrThrow(build(Comment, { text: 'a' }))
      const changeset = putAssoc(change(build(Post, { title: 'x' })), 'comments', [
        markedFor(change(comment), 'delete'),
      ])

      await assert.rejects(repo.insert(changeset), {
        name: 'ChangesetError',
        message:
          /cannot delete the row of "blog_comments" with id \d+ through "comments" while inserting/,
      })
      assert.deepEqual([await repo.count(Post), await repo.count(Comment)], [0, 1])
    }),
  )

  it(
    'returns untouched changeset on invalid children on insert, and sends nothing',
    sandboxed(async (repo) => {
      const changeset = check(
        cast(build(Post), { title: 'x', comments: [{ text: '' }] }, ['title']),
        castAssoc('comments', { with: commentChangeset }),
      )
      const statements = await operations(repo, async () => {
        const saved = await repo.insert(changeset)
        assert.ok(!saved.ok)
        assert.equal(saved.changeset.action, 'insert')
        assert.deepEqual(saved.changeset.changes, changeset.changes)
      })

      assert.deepEqual(statements, [])
    }),
  )

  it(
    'returns untouched changeset on parent constraint mismatch on insert',
    sandboxed(async (repo) => {
      const changeset = check(
        change(build(Post, { title: 'x', visits: -1 }), {
          author: { name: 'Ada' },
          comments: [{ text: 'a' }],
        }),
        checkConstraint('visits', {
          name: 'blog_posts_visits_check',
          message: 'must not be negative',
        }),
      )
      const saved = await repo.insert(changeset)

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), { visits: ['must not be negative'] })
      assert.deepEqual(saved.changeset.changes, changeset.changes)
      assert.equal(stateOf(saved.changeset.row), 'built')
      assert.deepEqual([await repo.count(User), await repo.count(Comment)], [0, 0])
    }),
  )

  it(
    'returns untouched changeset on child constraint mismatch on insert: one transaction, one rollback',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Permalink, { url: 'taken' }))
      const changeset = check(
        cast(build(Post), { title: 'x', comments: [{ text: 'a' }], permalink: { url: 'taken' } }, [
          'title',
        ]),
        castAssoc('comments', { with: commentChangeset }),
        castAssoc('permalink', { with: permalinkChangeset }),
      )
      const statements = await operations(repo, async () => {
        const saved = await repo.insert(changeset)
        assert.ok(!saved.ok)
        const { permalink, comments } = saved.changeset.changes
        assert.deepEqual(traverseErrors(saved.changeset), {
          permalink: { url: ['has already been taken'] },
        })
        assert.deepEqual(saved.changeset.errors, {})
        assert.deepEqual(permalink?.changes, { url: 'taken' })
        assert.equal(permalink?.action, 'insert')
        assert.equal(comments, changeset.changes.comments)
        assert.deepEqual([saved.changeset.row, saved.changeset.action], [changeset.row, 'insert'])
      })

      assert.deepEqual(
        statements.filter((name) => /^(begin|savepoint|rollback)/.test(name)).length,
        2,
      )
      assert.deepEqual([await repo.count(Post), await repo.count(Comment)], [0, 0])
    }),
  )

  it(
    'says which of the children failed, and leaves a transaction around it usable',
    sandboxed(async (repo) => {
      const kept = await repo.transaction(async () => {
        const at = { text: 'x', position: 1 }
        const changeset = check(
          cast(build(Post), { title: 'x', comments: [at, { text: 'y' }, at, { text: 'z' }] }, [
            'title',
          ]),
          castAssoc('comments', {
            with: (comment, params) =>
              check(commentChangeset(comment, params), exclusionConstraint('position')),
          }),
        )
        const saved = await repo.insert(changeset)
        assert.ok(!saved.ok)
        assert.deepEqual(traverseErrors(saved.changeset), {
          comments: [{}, {}, { position: ['violates an exclusion constraint'] }, {}],
        })
        return repo.insertOrThrow(build(Post, { title: 'kept' }))
      })

      assert.deepEqual(
        (await repo.all(Post)).map(({ id }) => id),
        [kept.id],
      )
      assert.deepEqual(await texts(repo), [])
    }),
  )

  it(
    'handles valid nested assocs on insert',
    sandboxed(async (repo) => {
      const user = await repo.insertOrThrow(
        change(build(User, { name: 'Ada' }), {
          posts: [
            { title: 'one', comments: [{ text: 'a' }, { text: 'b', author: { name: 'Ben' } }] },
            { title: 'two', permalink: { url: 'two' } },
          ],
        }),
      )
      const loaded = await repo.preload(user, { posts: [{ comments: 'author' }, 'permalink'] })

      assert.deepEqual(
        loaded.posts.map(({ authorId, comments }) => [authorId, comments.map(({ text }) => text)]),
        [
          [user.id, ['a', 'b']],
          [user.id, []],
        ],
      )
      assert.equal(loaded.posts[0]?.comments[1]?.author?.name, 'Ben')
      assert.equal(await repo.count(Permalink), 1)
    }),
  )

  it(
    'handles invalid nested assocs on insert: the error is where it is, and above it only the fact',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Permalink, { url: 'taken' }))
      const permalink = permalinkChangeset(build(Permalink), { url: 'taken' })
      const posts = [
        change(build(Post, { title: 'one' })),
        putAssoc(change(build(Post, { title: 'two' })), 'permalink', permalink),
      ]
      const changeset = putAssoc(change(build(User, { name: 'Ada' })), 'posts', posts)
      const saved = await repo.insert(changeset)

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), {
        posts: [{}, { permalink: { url: ['has already been taken'] } }],
      })
      const [, failed] = saved.changeset.changes.posts ?? []
      assert.deepEqual(
        [failed?.valid, failed?.errors, Object.keys(failed?.changes ?? {})],
        [false, {}, ['permalink']],
      )
      assert.deepEqual([await repo.count(User), await repo.count(Post)], [0, 0])
    }),
  )

  it(
    'duplicate pk on insert',
    sandboxed(async (repo) => {
      const comments = [build(Comment, { id: 7, text: 'a' }), build(Comment, { id: 7, text: 'b' })]
      const saved = await repo.insert(build(Post, { title: 'x', comments }))

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), {
        comments: [{}, { id: ['has already been taken'] }],
      })
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'checks dual changes on insert',
    sandboxed(async (repo) => {
      const [ada, ben] = [
        await repo.insertOrThrow(build(User, { name: 'Ada' })),
        await repo.insertOrThrow(build(User, { name: 'Ben' })),
      ]
      const both = change(build(Comment, { text: 'x' }), { authorId: ben.id, author: ada })
      const held = build(Comment, { text: 'x', authorId: ben.id, author: ada })
      const agreed = build(Comment, { text: 'x', authorId: ada.id, author: ada })
      const message =
        /cannot change the association "author" of "blog_comments", as its foreign key "authorId" is set to \d+ as well/

      await assert.rejects(repo.insert(both), { name: 'ChangesetError', message })
      await assert.rejects(repo.insert(held), { name: 'ChangesetError', message })
      assert.equal((await repo.insertOrThrow(agreed)).authorId, ada.id)
    }),
  )

  it(
    'ignore not loaded assoc on insert, and no rows are no statement',
    sandboxed(async (repo) => {
      const stored = await repo.insertOrThrow(
        build(Post, { title: 'x', comments: [], author: null }),
      )
      const reread = await repo.getOrThrow(Post, stored.id)
      await repo.deleteOrThrow(reread)
      const statements = await operations(repo, async () => {
        assert.equal((await repo.insertOrThrow(reread)).id, stored.id)
      })

      assert.deepEqual([stored.comments, stored.author], [[], null])
      assert.deepEqual(sent(statements), ['insert blog_posts'])
    }),
  )

  it(
    'is one statement and no transaction where one row is all there is to write',
    sandboxed(async (repo) => {
      const ada = await repo.insertOrThrow(build(User, { name: 'Ada' }))
      const plain = await operations(repo, () => repo.insert(build(Tag, { name: 'sea' })))
      const under = await operations(repo, () =>
        repo.insert(putAssoc(change(build(Comment, { text: 'x' })), 'author', ada)),
      )

      assert.deepEqual([plain, under], [['insert blog_tags'], ['insert blog_comments']])
      const [comment] = await repo.all(Comment)
      assert.equal(comment?.authorId, ada.id)
    }),
  )

  it(
    'moves a stored row here, without touching another',
    sandboxed(async (repo) => {
      const comment = await repo.insertOrThrow(build(Comment, { text: 'a' }))
      const post = await repo.insertOrThrow(build(Post, { title: 'x', comments: [comment] }))

      assert.deepEqual(
        (await repo.all(Comment)).map(({ id, postId }) => [id, postId]),
        [[comment.id, post.id]],
      )
    }),
  )
})
