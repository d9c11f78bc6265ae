import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { Comment, Post, Rating, User } from '../testing/blog.ts'
import { embedded } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { from } from './from.ts'
import { joined } from './joined.ts'
import { subquery } from './operands.ts'
import { first, last, reverseOrder } from './order.ts'
import { tail } from '../testing/sql-tail.ts'

describe('or_where', () => {
  it('is the left fold: all there is so far, or this', () => {
    const query = from(Post)
      .where({ title: 'a' })
      .where('visits', '>', 1)
      .orWhere({ title: 'b', visits: 2 })
      .orWhere('text', 'is', null)
      .where({ language: 'en' })

    assert.equal(
      tail(query),
      'from "blog_posts" where (("blog_posts"."title" = $1 and "blog_posts"."visits" > $2) or ' +
        '("blog_posts"."title" = $3 and "blog_posts"."visits" = $4) or "blog_posts"."text" is null) ' +
        'and "blog_posts"."lang" = $5',
    )
    assert.deepEqual(query.toSQL().parameters, ['a', 1, 'b', 2, 'en'])
  })

  it('is where when there is nothing so far', () => {
    assert.equal(tail(from(Post).orWhere({ title: 'a' })), tail(from(Post).where({ title: 'a' })))
  })

  it('does the same for having', () => {
    const many = from(Post)
      .select('authorId')
      .groupBy('authorId')
      .having((eb) => eb(eb.fn.countAll(), '>', 3))
      .orHaving('authorId', '=', 7)

    assert.equal(
      tail(many),
      'from "blog_posts" group by "blog_posts"."author_id" having (count(*) > $1 or "blog_posts"."author_id" = $2)',
    )
  })
})

describe('limit', () => {
  it('limit overrides, and so do offset and lock', () => {
    const query = from(Post)
      .limit(1)
      .limit(2)
      .offset(5)
      .offset(60)
      .lock('for share')
      .lock('for update skip locked')

    assert.equal(tail(query), 'from "blog_posts" limit 2 offset $1 for update skip locked')
    assert.deepEqual(query.toSQL().parameters, [60])
  })

  it('locks rows of the schema only, where others are joined', () => {
    assert.match(
      tail(from(Post).join('author', { type: 'left' }).lock('for update nowait')),
      / for update of "blog_posts" nowait$/,
    )
    // @ts-expect-error there is no such lock
    assert.throws(() => from(Post).lock('for ever'), /lock\(\) does not know "for ever"/)
  })
})

describe('order_by', () => {
  it('appends, and prepend_order_by prepends', () => {
    const query = from(Post)
      .orderBy({ title: 'asc' })
      .orderBy((eb) => eb.fn('lower', ['text']), 'desc nulls last')
      .prependOrderBy({ visits: 'desc' })

    assert.equal(
      tail(query),
      'from "blog_posts" order by "blog_posts"."visits" desc, "blog_posts"."title" asc, lower("text") desc nulls last',
    )
  })
})

describe('distinct', () => {
  it('is of whole rows, or of the first of those that are alike, which then lead the order', () => {
    assert.match(from(Post).distinct().toSQL().sql, /^select distinct "blog_posts"."id"/)
    const query = from(Post)
      .distinct('authorId', 'title')
      .orderBy({ visits: 'desc', title: 'desc' })

    assert.match(
      query.toSQL().sql,
      /^select distinct on \("blog_posts"."author_id", "blog_posts"."title"\) "blog_posts"."id"/,
    )
    assert.match(
      tail(query),
      /order by "blog_posts"."author_id" asc, "blog_posts"."title" desc, "blog_posts"."visits" desc$/,
    )
    assert.equal(tail(query.distinct(false).exclude('orderBy')), 'from "blog_posts"')
  })
})

describe('first and last', () => {
  it('go by the order there is, by a field, or by the primary key', () => {
    const byVisits = from(Post).orderBy({ visits: 'desc nulls last' })

    assert.equal(tail(first(Post)), 'from "blog_posts" order by "blog_posts"."id" asc limit 1')
    assert.equal(tail(last(Post)), 'from "blog_posts" order by "blog_posts"."id" desc limit 1')
    assert.match(tail(first(byVisits)), /order by "blog_posts"."visits" desc nulls last limit 1$/)
    assert.match(tail(last(byVisits)), /order by "blog_posts"."visits" asc nulls first limit 1$/)
    assert.match(tail(first(Post, 'title')), /order by "blog_posts"."title" asc limit 1$/)
    assert.match(
      tail(last(byVisits, 'title')),
      /order by "blog_posts"."visits" asc nulls first, "blog_posts"."title" desc limit 1$/,
    )
    assert.match(
      tail(last(Rating)),
      /order by "blog_ratings"."year" desc, "blog_ratings"."place" desc limit 1$/,
    )
    assert.equal(tail(from(Post).pipe(first)), tail(first(Post)))
  })

  it('reverse_order: flips everything, nulls too; primary key downwards without an order', () => {
    const query = from(Post).orderBy({
      title: 'asc nulls last',
      visits: 'desc nulls first',
      text: 'desc',
    })

    assert.match(
      tail(reverseOrder(query)),
      /order by "blog_posts"."title" desc nulls first, "blog_posts"."visits" asc nulls last, "blog_posts"."text" asc$/,
    )
    assert.match(tail(reverseOrder(Post)), /order by "blog_posts"."id" desc$/)
    assert.deepEqual(reverseOrder(reverseOrder(query)).toSQL(), query.toSQL())
  })

  it('refuse what nothing orders', () => {
    // A schema without a primary key is a schema like any other.
    const Keyless = { ...Rating, primaryKey: [] }
    assert.throws(() => first(Keyless), /no order, and the schema no primary key/)
  })
})

describe('exclude/2', () => {
  const query = from(Post)
    .join('comments')
    .join('author', { type: 'left' })
    .where({ title: 'a' })
    .groupBy('id')
    .having('visits', '>', 1)
    .orderBy({ title: 'asc' })
    .distinct()
    .limit(1)
    .offset(2)
    .lock('for update')
    .select('id')
    .preload('author', { comments: joined('comments') })

  it('removes the given field', () => {
    assert.doesNotMatch(tail(query.exclude('where')), / where /)
    assert.doesNotMatch(tail(query.exclude('orderBy')), / order by /)
    assert.doesNotMatch(tail(query.exclude('groupBy', 'having')), / group by | having /)
    assert.doesNotMatch(tail(query.exclude(['limit', 'offset'])), / limit | offset /)
    assert.doesNotMatch(tail(query.exclude('lock')), / for update/)
    assert.match(query.exclude('distinct').toSQL().sql, /^select "blog_posts"."id" as/)
    assert.match(query.exclude('select').toSQL().sql, /"blog_posts"."title" as "title"/)
    assert.throws(
      // @ts-expect-error there is no such clause
      () => query.exclude('order'),
      /exclude\(\) for "blog_posts" does not know "order"/,
    )
  })

  it('removes join qualifiers', () => {
    const plain = query.exclude('preload')
    assert.doesNotMatch(tail(plain.exclude('join')), / join /)
    assert.doesNotMatch(tail(plain.exclude('leftJoin')), / left join /)
    assert.match(tail(plain.exclude('leftJoin')), / inner join /)
    assert.doesNotMatch(tail(plain.exclude('innerJoin')), / inner join /)
    assert.throws(() => query.exclude('join'), {
      name: 'QueryError',
      message:
        'exclude() for "blog_posts" takes the join "comments" away, whose rows are preloaded. ' +
        "Leave the join in, or exclude 'preload' as well.",
    })
    const narrowed = from(Post).join('comments').where('comments.text', '=', 'x')
    assert.throws(() => narrowed.exclude('join').toSQL(), {
      message:
        'the query on "blog_posts" names "comments.text", but it has no join "comments" any more. ' +
        'Leave the join in, or exclude what names it.',
    })
  })

  it('removes preloads and assocs', () => {
    assert.match(query.toSQL().sql, /"comments"."text"/)
    assert.doesNotMatch(query.exclude('preload').toSQL().sql, /"comments"."text"/)
  })
})

describe('select', () => {
  it('raises on multiple selects', () => {
    assert.throws(
      () => from(Post).select('id').select('title'),
      /only one select is allowed in a query\. Name all fields in one, or exclude\('select'\) first\./,
    )
    assert.match(
      from(Post).select('id').exclude('select').select('title').toSQL().sql,
      /^select "blog_posts"."title" as "title" from/,
    )
  })

  it('reads a field by the name its column has', () => {
    assert.match(
      from(Post).select('language').toSQL().sql,
      /^select "blog_posts"."lang" as "lang" from/,
    )
    assert.match(tail(from(Post).where((eb) => eb('lang', '=', 'en'))), /"lang" = \$1$/)
  })
})

describe('normalize: validate fields', () => {
  it('says what was meant', () => {
    // @ts-expect-error no such field
    assert.throws(() => from(Post).where({ titel: 'x' }), {
      name: 'UnknownFieldError',
      message: /unknown field "titel" given to where\(\) for "blog_posts"\. Did you mean "title"\?/,
    })
    // @ts-expect-error that is an association
    assert.throws(() => from(Post).where({ author: 1 }), {
      name: 'QueryError',
      message:
        /"author" given to where\(\) for "blog_posts" is an association, not a field\. Did you mean "authorId"\?/,
    })
    assert.throws(
      // @ts-expect-error that is an association
      () => from(Post).orderBy({ comments: 'asc' }),
      /is an association, not a field\. Call \.join\('comments'\) and name one of its fields: 'comments\.id'\./,
    )
    // @ts-expect-error no column
    assert.throws(() => from(Post).where({ temp: 'x' }), {
      name: 'QueryError',
      message:
        /"temp" given to where\(\) for "blog_posts" is a virtual field, which the table does not have/,
    })
  })
})

describe('from', () => {
  it('refuses an embedded schema', () => {
    const Form = embedded({ name: t.string() })
    assert.throws(
      // @ts-expect-error it has no table
      () => from(Form),
      /an embedded schema has no table, so it cannot be queried/,
    )
  })
})

describe('a query that is looked at', () => {
  it('shows its SQL and values, hides secrets, and names its preloads', () => {
    const query = from(User)
      .where({ name: 'Ada', email: 'ada@example.org' })
      .where((eb) => eb('email', '=', 'other@example.org'))
      .preload({ posts: from(Post).where({ title: 'x' }), comments: 'post' })
    const shown = inspect(query)

    assert.match(
      shown,
      /^Query<blog_users\n {2}select "blog_users"."id".* where "blog_users"."name" = \$1/,
    )
    assert.match(
      shown,
      /\n {2}\['Ada', \*\*redacted\*\*, \*\*redacted\*\*\]\n {2}preload posts \(by a query\), comments: \{ post \}>$/,
    )
  })
})

describe('subquery in from', () => {
  it('has the fields that it selects, and no others', () => {
    const titles = from(subquery(from(Post).select('title')))
    assert.match(
      tail(titles.where({ title: 'x' })),
      /^from \(select .*\) as "blog_posts" where "blog_posts"."title" = /,
    )
    assert.throws(() => titles.where({ visits: 1 }), {
      name: 'QueryError',
      message:
        '"visits" given to where() is not among the fields that the subquery selects: title. ' +
        "Add it to the subquery's select().",
    })
    const states = from(Post).join(subquery(from(Comment).select('state')), {
      as: 'c',
      type: 'cross',
    })
    assert.throws(
      () => states.orderBy({ 'c.text': 'asc' }),
      /"c.text" given to orderBy\(\) is not among/,
    )
  })
})

describe('a list of nothing', () => {
  it('has no row in it, in data and in expressions', () => {
    const none: readonly string[] = []
    assert.match(tail(from(Post).where('title', 'in', none)), /"title" = any\(\$1\)$/)
    assert.match(tail(from(Post).where((eb) => eb('title', 'in', none))), /where 1 = 0$/)
    assert.match(tail(from(Post).where((eb) => eb('title', 'not in', none))), /where 1 = 1$/)
  })
})

describe('does not allow nils', () => {
  it('compile and runtime: in data, nor in expressions, where it can be seen', () => {
    // @ts-expect-error null is asked for with 'is'
    assert.throws(() => from(Post).where({ title: null }), /in SQL nothing equals null/)
    const never = from(Post).where((eb) => eb('text', '=', null))
    assert.throws(() => never.toSQL(), {
      name: 'QueryError',
      message:
        'an expression compares "text" with null by "=", which in SQL is never true. ' +
        "Ask for absence with eb('text', 'is', null).",
    })
    assert.throws(
      () =>
        from(Comment)
          .where((eb) => eb('postId', 'in', [1, null as never]))
          .toSQL(),
      /compares "postId" with null by "in"/,
    )
    assert.throws(
      () =>
        from(Post)
          .where((eb) => eb(eb.val<string | null>(null), '=', eb.ref('title')))
          .toSQL(),
      /compares "…" with null by "="/,
    )
    assert.throws(
      () =>
        from(Post)
          .where((eb) => eb.between('visits', null as never, 3))
          .toSQL(),
      /compares "visits" with null by "between"/,
    )
    assert.match(tail(from(Post).where((eb) => eb('text', 'is', null))), /"text" is null$/)
  })
})
