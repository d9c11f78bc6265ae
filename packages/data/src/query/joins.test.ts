import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { hasMany, through } from '../schema/association.ts'
import { schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { Comment, Post, Tag, User } from '../testing/blog.ts'
import { tail } from '../testing/sql-tail.ts'
import { dynamic } from './dynamic.ts'
import { from } from './from.ts'
import { parent, subquery } from './operands.ts'
import { type Query } from './query.ts'

const Page = schema('pages', { id: t.id(), volumeId: t.reference() })
const Volume = schema(
  'volumes',
  { id: t.id(), shelfId: t.reference(), kind: t.string(), sold: t.integer() },
  () => ({ pages: hasMany(Page) }),
)
/** One of its associations is narrowed by an expression, which names its columns with and without their table. */
const Shelf = schema('shelves', { id: t.id() }, () => ({
  novels: hasMany(Volume, {
    foreignKey: 'shelfId',
    where: (eb) => eb.and([eb('volumes.kind', '=', 'novel'), eb('sold', '>', 0)]),
  }),
  pagesOfNovels: through('novels', 'pages'),
}))

/** Keeps whatever else the query is. */
const discussed = <Q extends Query<typeof Post>>(posts: Q): Q => posts.where('visits', '>', 100)

describe('join by an association', () => {
  it('is made by its keys, under its name', () => {
    assert.equal(
      tail(from(Post).join('comments').where('comments.text', '=', 'x')),
      'from "blog_posts" inner join "blog_comments" as "comments" on "comments"."post_id" = "blog_posts"."id" ' +
        'where "comments"."text" = $1',
    )
    assert.equal(
      tail(from(Comment).join('author', { as: 'writer', type: 'left' })),
      'from "blog_comments" left join "blog_users" as "writer" on "writer"."id" = "blog_comments"."author_id"',
    )
  })

  it('is made once: the same join again is the same query', () => {
    const posts = from(Post).join('comments')
    assert.equal(posts.join('comments'), posts)
    const approved = from(Post).join('comments', { on: { state: 'approved' } })
    assert.equal(approved.join('comments', { on: { state: 'approved' } }), approved)
  })

  it("holds to the association's where, and to what on adds", () => {
    const query = from(Post)
      .join('approvedComments', { as: 'comments', on: { text: 'x' } })
      .where({ title: 'a' })

    assert.match(
      tail(query),
      / on "comments"."post_id" = "blog_posts"."id" and "comments"."state" = \$1 and "comments"."text" = \$2 where "blog_posts"."title" = \$3$/,
    )
    assert.deepEqual(query.toSQL().parameters, ['approved', 'x', 'a'])
  })

  it('takes a dynamic for what is joined, and an expression over everything', () => {
    const long = dynamic(Comment)
      .and('position', '>', 3)
      .or((eb) => eb('blog_comments.text', 'like', '%!'))
    assert.match(
      tail(from(Post).join('comments', { on: long })),
      / and \("comments"."position" > \$1 or "comments"."text" like \$2\)$/,
    )
    const own = from(Post).join('comments', {
      on: (eb) => eb('comments.authorId', '=', eb.ref('blog_posts.authorId')),
    })
    assert.match(tail(own), / and "comments"."author_id" = "blog_posts"."author_id"$/)
  })

  it("keeps an association's expression about its own rows, whatever they are called", () => {
    assert.match(
      tail(from(Shelf).join('novels', { as: 'books' })),
      / on "books"."shelf_id" = "shelves"."id" and \("books"."kind" = \$1 and "books"."sold" > \$2\)$/,
    )
    assert.match(
      tail(from(Shelf).join('pagesOfNovels', { as: 'leaves' })),
      / as "leaves__novels" on .* and \("leaves__novels"."kind" = \$1 and "leaves__novels"."sold" > \$2\) inner join "pages" as /,
    )
    const [once, again] = [1, 2].map((id) => from(Shelf).join('novels').where({ id }).toSQL())
    assert.deepEqual(
      [once?.parameters, again?.parameters],
      [
        ['novel', 0, 1],
        ['novel', 0, 2],
      ],
    )
  })

  it('of manyToMany goes through its table, and of through over its steps', () => {
    assert.equal(
      tail(from(Post).join('tags')),
      'from "blog_posts" inner join "blog_posts_tags" as "tags__blog_posts_tags" on "tags__blog_posts_tags"."post_id" = "blog_posts"."id" ' +
        'inner join "blog_tags" as "tags" on "tags"."id" = "tags__blog_posts_tags"."tag_id"',
    )
    assert.equal(
      tail(from(Post).join('commenters', { type: 'left' })),
      'from "blog_posts" left join "blog_comments" as "commenters__comments" on "commenters__comments"."post_id" = "blog_posts"."id" ' +
        'left join "blog_users" as "commenters" on "commenters"."id" = "commenters__comments"."author_id"',
    )
  })

  it('goes on from what is joined', () => {
    const query = from(Post)
      .join('comments')
      .join('author', { from: 'comments', as: 'commenter' })
      .where({ 'commenter.name': 'Ada' })
      .orderBy({ 'comments.position': 'desc', title: 'asc' })
      .groupBy('id', 'comments.position')

    assert.match(
      tail(query),
      /inner join "blog_users" as "commenter" on "commenter"."id" = "comments"."author_id" where "commenter"."name" = \$1 /,
    )
    assert.match(
      tail(query),
      /group by "blog_posts"."id", "comments"."position" order by "comments"."position" desc, /,
    )
  })

  it('casts what is compared with its fields, and says what it does not know', () => {
    const query = from(Post).join('comments')
    assert.deepEqual(query.where('comments.id', '=', '42' as never).toSQL().parameters, [42])
    assert.throws(() => query.where('comments.id', '=', 'x' as never), { name: 'CastError' })
    assert.throws(
      // @ts-expect-error no such field
      () => query.where('comments.txt', '=', 'x'),
      /"txt" given to where\(\) for "blog_comments"\. Did you mean "text"/,
    )
    // @ts-expect-error no such association
    assert.throws(() => from(Post).join('coments'), {
      name: 'UnknownAssociationError',
      message:
        /"coments" is not an association of "blog_posts", so it cannot be joined\. Did you mean "comments"\?/,
    })
  })

  it('keeps expressions apart that were written without it', () => {
    const query = from(Post)
      .where((eb) => eb('id', '=', 1))
      .join('comments')
      .where((eb) => eb('comments.id', '=', 2))

    assert.match(tail(query), /where "blog_posts"."id" = \$1 and "comments"."id" = \$2$/)
  })
})

describe('named bindings', () => {
  it('assigns a name to a join: that of the association, or the one it is given', () => {
    const query = from(Post).join('comments').join('author', { as: 'writer' })
    assert.match(
      tail(query.where('comments.text', '=', 'x').where('writer.name', '=', 'y')),
      / as "comments" .* as "writer" .* where "comments"\."text" = \$1 and "writer"\."name" = \$2$/,
    )
    assert.deepEqual(
      ['comments', 'writer', 'author'].map((name) => query.hasNamedJoin(name)),
      [true, true, false],
    )
  })

  it('duplicate crashes', () => {
    assert.throws(() => from(Post).join('comments').join('author', { as: 'comments' }), {
      name: 'QueryError',
      message:
        'the query on "blog_posts" has another join under the name "comments". Give this one another: .join(…, { as: \'…\' }).',
    })
    assert.throws(
      () => from(Post).join('comments').join('comments', { type: 'left' }),
      /has another join under the name "comments"/,
    )
    assert.throws(
      () => from(Post).join('comments', { as: 'blog_posts' }),
      /has its own rows under the name "blog_posts"/,
    )
  })

  it('non-existing crashes', () => {
    // @ts-expect-error not joined
    assert.throws(() => from(Post).where('nope.text', '=', 'x'), {
      name: 'QueryError',
      message:
        'where() names the join "nope", which the query on "blog_posts" does not have. ' +
        "Call .join('nope') first. Known joins: none.",
    })
  })

  it('has_named_binding? tells whether there is a join of that name', () => {
    assert.equal(from(Post).hasNamedJoin('comments'), false)
    assert.equal(from(Post).join('comments').hasNamedJoin('comments'), true)
    assert.equal(from(Post).join('author', { as: 'comments' }).hasNamedJoin('comments'), true)
    assert.equal(from(Post).join('comments').exclude('join').hasNamedJoin('comments'), false)
  })

  it('with_named_binding does nothing when the join is there', () => {
    const joined = from(Post).join('comments')
    assert.equal(
      joined.withNamedJoin('comments', () => assert.fail()),
      joined,
    )
  })

  it('with_named_binding calls the function with the query when the join is not there', () => {
    const posts = from(Post).where({ title: 'a' })
    const joined = posts.withNamedJoin('comments', (query) => {
      assert.equal(query, posts)
      return query.join('comments')
    })
    assert.equal(tail(joined), tail(posts.join('comments')))
  })

  it('with_named_binding raises when the callback does not produce it', () => {
    assert.throws(
      () => from(Post).withNamedJoin('comments', (query) => query.join('author')),
      /the function given to withNamedJoin\('comments', …\) for "blog_posts" has to join something under that name\. Joins: author\./,
    )
  })

  it('are known to the types of named functions, which keep them', () => {
    const query = discussed(from(Post).join('comments')).where('comments.text', '=', 'x')
    assert.match(tail(query), /"visits" > \$1 and "comments"."text" = \$2$/)
    assert.equal(
      tail(query),
      tail(
        from(Post)
          .join('comments')
          .pipe(discussed, (q) => q.where('comments.text', '=', 'x')),
      ),
    )
  })
})

describe('join with something else', () => {
  it('takes any schema with on, and none without', () => {
    const query = from(Post).join(Tag, {
      as: 'namesakes',
      on: (eb) => eb('namesakes.name', '=', eb.ref('blog_posts.title')),
    })
    assert.equal(
      tail(query),
      'from "blog_posts" inner join "blog_tags" as "namesakes" on "namesakes"."name" = "blog_posts"."title"',
    )
    assert.match(
      tail(from(Post).join(Tag, { as: 'every', type: 'cross' })),
      /cross join "blog_tags" as "every"$/,
    )
    assert.throws(
      () => from(Post).join(Tag, { as: 'tags' }),
      /needs \{ on: … \}: without it every row would meet every other/,
    )
    // @ts-expect-error it needs a name
    assert.throws(() => from(Post).join(Tag, {}), /join\(\) of "blog_tags" needs a name/)
  })

  it('takes a subquery in join, also for each row', () => {
    const newest = from(Comment)
      .where({ postId: parent('id') })
      .orderBy({ id: 'desc' })
      .limit(2)
    const query = from(Post)
      .join(subquery(newest), { as: 'newest', type: 'leftLateral' })
      .where({ title: 'a' })

    assert.match(
      tail(query),
      /left join lateral \(select .* from "blog_comments" where "blog_comments"."post_id" = "blog_posts"."id" order by "blog_comments"."id" desc limit 2\) as "newest" on true where/,
    )
  })
})

/** These are checked by the compiler. They are never called. */
export function types(): void {
  const query = from(Post)
    .join('comments')
    .join('author', { from: 'comments', as: 'commenter', type: 'left' })
  query.where('comments.position', '>', 3)
  // @ts-expect-error a number is wanted
  query.where('comments.position', '>', '3')
  // @ts-expect-error not under that name
  query.where('author.name', '=', 'x')
  query.where((eb) => eb('commenter.name', '=', 'x'))
  // @ts-expect-error no such column
  query.where((eb) => eb('commenter.nam', '=', 'x'))
  // @ts-expect-error no such field
  query.orderBy({ 'comments.nam': 'asc' })
  // @ts-expect-error users have no comments of posts
  from(User).join('author')
  // @ts-expect-error comments have no tags
  query.join('tags', { from: 'comments' })
  // @ts-expect-error on names fields of what is joined
  from(Post).join('comments', { on: { title: 'x' } })
  // @ts-expect-error a dynamic for another schema
  from(Post).where(dynamic(Comment).and({ text: 'x' }))
  const spam = dynamic(from(Post).join('comments')).and('comments.state', '=', 'spam')
  query.where(spam)
  // @ts-expect-error it needs the comments
  from(Post).where(spam)
}
