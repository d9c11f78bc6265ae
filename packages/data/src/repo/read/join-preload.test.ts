import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { joined } from '../../query/joined.ts'
import { parent, subquery } from '../../query/operands.ts'
import { first } from '../../query/order.ts'
import { blogTests, Comment, Permalink, Post, Tag, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

/** Keys differ from table to table, so that rows cannot be put in the wrong place and look right. */
async function blog(repo: Repo) {
  await repo.insertAll(User, [{ name: 'nobody' }, { name: 'no one' }])
  const [ada, bea] = await repo.insertAll(User, [{ name: 'Ada' }, { name: 'Bea' }])
  assert.ok(ada && bea)
  await repo.insertAll(Post, [{ title: 'x' }])
  const [one, two, three] = await repo.insertAll(Post, [
    { title: 'One', authorId: ada.id },
    { title: 'Two', authorId: ada.id },
    { title: 'Three' },
  ])
  assert.ok(one && two && three)
  await repo.deleteAll(from(Post).where({ title: 'x' }))
  await repo.insertAll(Comment, [
    { postId: two.id, authorId: bea.id, text: 'a', state: 'approved' },
    { postId: one.id, authorId: ada.id, text: 'b', state: 'spam' },
    { postId: two.id, authorId: ada.id, text: 'c', state: 'approved' },
    { postId: two.id, text: 'd', state: 'new' },
  ])
  await repo.insertAll(Permalink, [{ postId: one.id, url: 'one' }])
  const [art, tea] = await repo.insertAll(Tag, [{ name: 'art' }, { name: 'tea' }])
  assert.ok(art && tea)
  await repo.run(
    sql`insert into blog_posts_tags (post_id, tag_id) values (${one.id}, ${art.id}), (${one.id}, ${tea.id}), (${two.id}, ${tea.id})`,
  )
  return { ada, bea, one, two, three }
}

const texts = (comments: readonly { readonly text: string | null }[]) =>
  comments.map(({ text }) => text).join('')

describe('assoc selectors', () => {
  it(
    'for has_many: one statement, each row once, in the order of first appearance',
    sandboxed(async (repo) => {
      await blog(repo)
      const query = from(Post)
        .join('comments')
        .orderBy({ 'comments.text': 'desc' })
        .preload({ comments: joined('comments') })

      const statements = await statementsOf(repo, async () => {
        const posts = await repo.all(query)
        assert.deepEqual(
          posts.map(({ title, comments }) => [title, texts(comments)]),
          [
            ['Two', 'dca'],
            ['One', 'b'],
          ],
        )
      })
      assert.equal(statements.length, 1)
    }),
  )

  it(
    'for has_one and belongs_to: the row, or null where a left join finds none',
    sandboxed(async (repo) => {
      await blog(repo)
      const posts = await repo.all(
        from(Post)
          .join('permalink', { type: 'left' })
          .join('author', { type: 'left' })
          .orderBy({ id: 'asc' })
          .preload({ permalink: joined('permalink'), author: joined('author') }),
      )

      assert.deepEqual(
        posts.map(({ permalink, author }) => [permalink?.url, author?.name]),
        [
          ['one', 'Ada'],
          [undefined, 'Ada'],
          [undefined, undefined],
        ],
      )
      assert.equal(posts[2]?.author, null)
    }),
  )

  it(
    'for many_to_many and through',
    sandboxed(async (repo) => {
      await blog(repo)
      const posts = await repo.all(
        from(Post)
          .join('tags', { type: 'left' })
          .join('commenters', { type: 'left' })
          .orderBy({ id: 'asc', 'tags.name': 'asc', 'commenters.name': 'asc' })
          .preload({ tags: joined('tags'), commenters: joined('commenters') }),
      )

      assert.deepEqual(
        posts.map(({ tags, commenters }) => [
          tags.map(({ name }) => name),
          commenters.map(({ name }) => name),
        ]),
        [
          [['art', 'tea'], ['Ada']],
          [['tea'], ['Ada', 'Bea']],
          [[], []],
        ],
      )
      assert.throws(() => posts[0]?.comments, { name: 'AssociationNotLoadedError' })
    }),
  )

  it(
    'nested assoc with missing entries',
    sandboxed(async (repo) => {
      await blog(repo)
      const query = from(Post)
        .join('comments', { type: 'left' })
        .join('author', { from: 'comments', type: 'left' })
        .orderBy({ id: 'asc', 'comments.id': 'asc' })
        .preload({ comments: joined('comments', { author: joined('author') }) })

      const statements = await statementsOf(repo, async () => {
        const posts = await repo.all(query)
        assert.deepEqual(
          posts.map(({ comments }) => comments.map(({ author }) => author?.name ?? null)),
          [['Ada'], ['Bea', 'Ada', null], []],
        )
      })
      assert.equal(statements.length, 1)
    }),
  )

  it(
    'nested assoc with child preload and sibling preload, each by a statement of its own',
    sandboxed(async (repo) => {
      await blog(repo)
      const query = from(Post)
        .join('comments')
        .orderBy({ id: 'asc', 'comments.id': 'asc' })
        .preload('permalink', { comments: joined('comments', 'author') })

      const statements = await statementsOf(repo, async () => {
        const posts = await repo.all(query)
        assert.deepEqual(
          posts.map(({ permalink, comments }) => [
            permalink?.url,
            comments.map(({ author }) => author?.name),
          ]),
          [
            ['one', ['Ada']],
            [undefined, ['Bea', 'Ada', undefined]],
          ],
        )
      })
      assert.equal(statements.length, 3)
    }),
  )

  it(
    'has_many through with where: what filters the join filters the association',
    sandboxed(async (repo) => {
      const { two } = await blog(repo)
      const query = from(Post)
        .join('approvedComments')
        .where('approvedComments.text', '!=', 'a')
        .select('title')
        .preload({ approvedComments: joined('approvedComments') })
      const post = await repo.oneOrThrow(query)

      assert.equal(post.title, two.title)
      assert.equal(texts(post.approvedComments), 'c')
      assert.throws(() => Reflect.get(post, 'text'), { name: 'FieldNotSelectedError' })
    }),
  )

  it(
    'for a lateral subquery: the newest of each',
    sandboxed(async (repo) => {
      await blog(repo)
      const newest = from(Comment)
        .where({ postId: parent('id') })
        .orderBy({ id: 'desc' })
        .limit(2)
      const posts = await repo.all(
        from(Post)
          .join(subquery(newest), { as: 'newest', type: 'leftLateral' })
          .orderBy({ id: 'asc', 'newest.id': 'desc' })
          .preload({ comments: joined('newest') }),
      )

      assert.deepEqual(
        posts.map(({ comments }) => texts(comments)),
        ['b', 'dc', ''],
      )
    }),
  )

  it(
    'count as one row for one(), and are refused where they are not joined',
    sandboxed(async (repo) => {
      const { two, one } = await blog(repo)
      const query = from(Post)
        .join('comments')
        .preload({ comments: joined('comments') })

      assert.equal(texts((await repo.getOrThrow(query, two.id)).comments), 'acd')
      assert.throws(
        // @ts-expect-error not joined
        () => from(Post).preload({ comments: joined('comments') }),
        /cannot preload "comments" from the join "comments", which the query does not have\. Call \.join\('comments'\) before \.preload\(\)\. Joins: none\./,
      )
      const written = from(Post).join('author')
      assert.throws(
        // @ts-expect-error authors are no comments
        () => written.preload({ comments: joined('author') }),
        /cannot preload "comments" with rows of "blog_users": its rows are of "blog_comments"/,
      )
      // @ts-expect-error there is no query, so nothing is joined
      await assert.rejects(repo.preload(one, { comments: joined('comments') }), {
        name: 'QueryError',
      })
    }),
  )

  it(
    'refuse rows of a right join, which may have none of their own',
    sandboxed(async (repo) => {
      const query = from(Post).join('comments', { type: 'right' })
      await assert.rejects(
        repo.all(query),
        /joins "comments" by a right join, which gives rows without one of "blog_posts"\. Begin with "blog_comments"/,
      )
      assert.equal(await repo.count(query), 0)
    }),
  )

  it(
    'go with whatever rows of a query there are',
    sandboxed(async (repo) => {
      await blog(repo)
      const none = from(Post).where({ title: 'none' }).join('comments')
      assert.deepEqual(await repo.all(none.preload({ comments: joined('comments') })), [])
      assert.equal((await repo.one(first(from(Post).join('comments'))))?.title, 'One')
    }),
  )
})

/** These are checked by the compiler. They are never called. */
export async function types(repo: Repo): Promise<void> {
  const [post] = await repo.all(
    from(Post)
      .join('comments')
      .join('author', { from: 'comments' })
      .preload({ comments: joined('comments', { author: joined('author') }), tags: from(Tag) }),
  )
  takes(post?.comments[0]?.author?.name ?? '')
  takes(post?.tags[0]?.name ?? '')
  // @ts-expect-error not loaded
  takes(post?.author.name)
  // @ts-expect-error tags are no comments
  from(Post).preload({ comments: from(Tag) })
  from(Post).preload({
    comments: (ids: readonly number[]) => repo.all(from(Comment).where('postId', 'in', ids)),
  })
}
declare function takes(text: string): void
