import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { Comment, Post, User } from '../testing/blog.ts'
import { tail } from '../testing/sql-tail.ts'
import { dynamic, exists, notExists } from './dynamic.ts'
import { from } from './from.ts'
import { allOf, anyOf, parent, subquery } from './operands.ts'

/** What a search form sends: some of these. */
interface Filters {
  readonly title?: string
  readonly least?: number
}

function matching({ title, least }: Filters) {
  let found = dynamic(Post)
  if (title !== undefined) found = found.and({ title })
  if (least !== undefined) found = found.and('visits', '>=', least)
  return found
}

describe('dynamic/2', () => {
  it('starts with no condition, and takes what there is', () => {
    assert.equal(tail(from(Post).where(matching({}))), 'from "blog_posts"')
    assert.equal(
      tail(from(Post).where({ text: 'x' }).orWhere(matching({}))),
      'from "blog_posts" where "blog_posts"."text" = $1',
    )
    const query = from(Post).where(matching({ title: 'a', least: 3 }))
    assert.equal(
      tail(query),
      'from "blog_posts" where ("blog_posts"."title" = $1 and "blog_posts"."visits" >= $2)',
    )
    assert.deepEqual(query.toSQL().parameters, ['a', 3])
  })

  it('merge two dynamics, with their precedence', () => {
    const left = dynamic(Post).and({ title: 'a' }).or({ title: 'b' })
    const right = dynamic(Post).and('visits', '>', 1).and('visits', '<', 9)

    assert.match(
      tail(from(Post).where(left.and(right))),
      /where \(\("blog_posts"."title" = \$1 or "blog_posts"."title" = \$2\) and "blog_posts"."visits" > \$3 and "blog_posts"."visits" < \$4\)$/,
    )
    assert.match(
      tail(from(Post).where(right.or(left.not()))),
      /where \(\("blog_posts"."visits" > \$1 and "blog_posts"."visits" < \$2\) or not \(\("blog_posts"."title" = \$3 or "blog_posts"."title" = \$4\)\)\)$/,
    )
  })

  it('is never changed by what is made of it', () => {
    const none = dynamic(Post)
    none.and({ title: 'a' })
    assert.equal(inspect(none), 'dynamic(blog_posts: no condition)')
  })

  it('prints itself, without secrets', () => {
    const found = dynamic(User)
      .and({ name: 'Ada', email: 'ada@example.org' })
      .or('id', 'in', [1, 2])
      .and((eb) => eb('name', '=', 'x'))

    assert.equal(
      inspect(found),
      'dynamic(blog_users: (((name = "Ada" and email = **redacted**) or id in [1,2]) and (an expression)))',
    )
    assert.equal(
      inspect(dynamic(Post).and('text', 'is', null).not()),
      'dynamic(blog_posts: not text is null)',
    )
  })

  it('names joined fields where it knows the join, and needs that join', () => {
    const spam = dynamic(from(Post).join('comments')).and('comments.state', '=', 'spam')

    assert.match(
      tail(from(Post).join('comments').where(spam).having(spam)),
      /where "comments"."state" = \$1 having "comments"."state" = \$2$/,
    )
    assert.throws(
      // @ts-expect-error it needs the comments
      () => from(Post).where(spam),
      /got a dynamic that names "comments\.state", but the query has no join "comments" of "blog_comments"/,
    )
    assert.throws(
      // @ts-expect-error it is for posts
      () => from(Comment).where(matching({ title: 'a' })),
      /where\(\) for "blog_comments" got a dynamic for "blog_posts"/,
    )
  })
})

describe('subquery', () => {
  it('in where: one of its values, or its only one', () => {
    const adas = from(User).where({ name: 'Ada' }).select('id')
    const query = from(Post).where('authorId', 'in', subquery(adas)).where({ title: 'a' })

    assert.equal(
      tail(query),
      'from "blog_posts" where "blog_posts"."author_id" in (select "blog_users"."id" as "id" from "blog_users" ' +
        'where "blog_users"."name" = $1) and "blog_posts"."title" = $2',
    )
    assert.deepEqual(query.toSQL().parameters, ['Ada', 'a'])
    assert.match(
      tail(from(Post).where({ authorId: subquery(adas.limit(1)) })),
      /"author_id" = \(select .* limit 1\)$/,
    )
    assert.throws(
      // @ts-expect-error nothing is selected
      () => from(Post).where('authorId', 'in', subquery(User)),
      /where\('authorId', 'in', …\) compares with one value of each row, so its subquery has to select one field/,
    )
    // @ts-expect-error names are no ids
    from(Post).where('authorId', 'in', subquery(from(User).select('name')))
  })

  it('any/all', () => {
    const others = from(Post).where({ title: 'x' }).select('visits')

    assert.match(
      tail(from(Post).where('visits', '>', allOf(others))),
      /"visits" > all \(select .*\)$/,
    )
    assert.match(
      tail(from(Post).where('visits', '=', anyOf(others))),
      /"visits" = any \(select .*\)$/,
    )
    assert.throws(
      () => from(Post).where('visits', 'in', anyOf(others)),
      /takes subquery\(…\)\. anyOf\(\) and allOf\(\) go with '=', '<' and so on/,
    )
  })

  it('exists, correlated with the query around it', () => {
    const spam = from(Comment).where({ postId: parent('id'), state: 'spam' })

    assert.equal(
      tail(from(Post).where(exists(spam))),
      'from "blog_posts" where exists (select 1 as "one" from "blog_comments" ' +
        'where "blog_comments"."post_id" = "blog_posts"."id" and "blog_comments"."state" = $1)',
    )
    assert.match(
      tail(from(Post).where(dynamic(Post).and({ title: 'a' }).or(notExists(spam)))),
      /"title" = \$1 or not \(exists \(select .*\)\)\)$/,
    )
    assert.match(
      inspect(exists(spam)),
      /^dynamic\(any: exists \(blog_comments where postId = parent\("id"\) and state = "spam"\)\)$/,
    )
  })

  it('refuses a parent that is not there, or cannot be told apart', () => {
    assert.throws(
      () =>
        from(Comment)
          .where({ postId: parent('id') })
          .toSQL(),
      /parent\('id'\) in a query on "blog_comments" is a field of the query around it, and there is none/,
    )
    assert.throws(
      () =>
        from(Post)
          .where(exists(from(Comment).where({ postId: parent('uid') })))
          .toSQL(),
      /unknown field "uid" given to parent\('uid'\) for "blog_posts"/,
    )
    assert.throws(
      () =>
        from(Post)
          .where(exists(from(Post).where({ id: parent('authorId') })))
          .toSQL(),
      /cannot be told from its own fields, as the query around it has rows under that name too/,
    )
  })

  it('in from: its rows as if they were the table', () => {
    const newest = from(Post).orderBy({ id: 'desc' }).limit(100).select('id', 'title', 'language')
    const query = from(subquery(newest)).where({ language: 'en' }).orderBy({ title: 'asc' })

    assert.equal(
      query.toSQL().sql,
      'select "blog_posts"."id" as "id", "blog_posts"."title" as "title", "blog_posts"."lang" as "lang" from ' +
        '(select "blog_posts"."id" as "id", "blog_posts"."title" as "title", "blog_posts"."lang" as "lang" from "blog_posts" ' +
        'order by "blog_posts"."id" desc limit $1) as "blog_posts" where "blog_posts"."lang" = $2 order by "blog_posts"."title" asc',
    )
    assert.deepEqual(query.toSQL().parameters, [100, 'en'])
  })
})
