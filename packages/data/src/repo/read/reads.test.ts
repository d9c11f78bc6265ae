import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { subquery } from '../../query/operands.ts'
import { toKysely } from '../../query/to-kysely.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { type Row } from '../../schema/row.ts'
import { blogTests, Comment, Post, PostEditor, Rating, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

async function posts(repo: Repo) {
  const [a, b, c] = await repo.insertAll(Post, [
    { title: 'a', visits: 1, cost: '1.50' },
    { title: 'b', visits: 2, cost: '2.25' },
    { title: 'c', visits: 2 },
  ])
  assert.ok(a && b && c)
  return { a, b, c }
}

const sqlOf = async (repo: Repo, work: () => Promise<unknown>): Promise<string[]> =>
  (await statementsOf(repo, work)).map(({ sql }) => sql.replace(/^select .*? from /, 'from '))

describe('get/get_by', () => {
  it(
    'raises on bad inputs',
    sandboxed(async (repo) => {
      // @ts-expect-error null is no id
      await assert.rejects(repo.get(Post, null), {
        name: 'QueryError',
        message:
          'cannot perform repo.get() on "blog_posts" because the given id is null. ' +
          'Look at where it comes from: a row that was never stored, or a parameter that was not sent.',
      })
      await assert.rejects(
        repo.get(PostEditor, 1),
        /repo\.get\(\) requires "blog_posts_editors" to have exactly one field as its primary key, and it has postId, userId/,
      )
      // @ts-expect-error nothing equals null
      await assert.rejects(repo.getBy(Post, { title: null }), /in SQL nothing equals null/)
      await assert.rejects(repo.get(Post, 'x'), { name: 'CastError' })
    }),
  )

  it(
    'raise an error when given Ecto.Query-like opts',
    sandboxed(async (repo) => {
      const options = { where: { title: 'a' } }
      await assert.rejects(
        (repo.all as (...given: readonly unknown[]) => Promise<unknown>)(Post, options),
        {
          name: 'QueryError',
          message:
            'unsupported option where for repo.all(). Instead, build a query and give it that: repo.all(from(…).where(…)).',
        },
      )
      await assert.rejects(
        (repo.get as (...given: readonly unknown[]) => Promise<unknown>)(Post, 1, {
          preload: ['comments'],
        }),
        /unsupported option preload for repo\.get\(\)/,
      )
      await assert.rejects(
        (repo.aggregate as (...given: readonly unknown[]) => Promise<unknown>)(
          Post,
          'sum',
          'visits',
          options,
        ),
        /unsupported option where for repo\.aggregate\(\)/,
      )
      await assert.rejects(async () => {
        for await (const post of repo.stream(Post, { maxRow: 2 } as object)) assert.fail(post.title)
      }, /unknown option maxRow for repo\.stream\(\)\. Did you mean "maxRows"\?/)
    }),
  )

  it(
    'all_by gives every row whose fields are so',
    sandboxed(async (repo) => {
      await posts(repo)
      const two = await repo.allBy(from(Post).orderBy({ title: 'asc' }), { visits: 2 })
      assert.deepEqual(
        two.map(({ title }) => title),
        ['b', 'c'],
      )
    }),
  )
})

describe('reload', () => {
  it(
    'order, nil: gives fresh rows in the order of the old ones, undefined for one that is gone; by one statement, with nothing loaded',
    sandboxed(async (repo) => {
      const { a, b, c } = await posts(repo)
      const loaded = await repo.preload([c, a, b], 'comments')
      await repo.updateAll(from(Post).where({ id: c.id }), { title: 'changed' })
      await repo.deleteAll(from(Post).where({ id: a.id }))
      let fresh: (Row<typeof Post> | undefined)[] = []
      const statements = await sqlOf(repo, async () => {
        fresh = await repo.reload(loaded)
      })

      assert.deepEqual(
        fresh.map((post) => post?.title),
        ['changed', undefined, 'b'],
      )
      assert.deepEqual(statements, ['from "blog_posts" where "blog_posts"."id" = any($1)'])
      assert.throws(() => fresh[0]?.comments, { name: 'AssociationNotLoadedError' })
      assert.equal((await repo.reload(b))?.title, 'b')
      assert.equal(await repo.reload(a), undefined)
    }),
  )

  it(
    'by a key of several fields',
    sandboxed(async (repo) => {
      const [first, second] = await repo.insertAll(Rating, [
        { year: 1999, place: 1, title: 'a' },
        { year: 1999, place: 2, title: 'b' },
      ])
      assert.ok(first && second)
      const fresh = await repo.reload([second, first])
      assert.deepEqual(
        fresh.map((rating) => rating?.title),
        ['b', 'a'],
      )
    }),
  )

  it(
    'raises for one that is gone, never was, or is of another schema',
    sandboxed(async (repo) => {
      const { a } = await posts(repo)
      await repo.deleteAll(Post)
      await assert.rejects(repo.reloadOrThrow(a), {
        name: 'NotFoundError',
        message: `no row of "blog_posts" with id ${a.id}: could not reload it, maybe it doesn't exist or was deleted`,
      })
      await assert.rejects(
        repo.reload(build(Post, { title: 'x' })),
        /"id" of this one is null: it was never stored/,
      )
      await assert.rejects(
        // @ts-expect-error rows of two schemas
        repo.reload([a, build(User, { name: 'x' })]),
        /repo\.reload\(\) takes rows of one schema, got: "blog_posts" and "blog_users"/,
      )
    }),
  )
})

describe('aggregate', () => {
  it(
    'counts, sums, averages and finds the ends, in the type of the field',
    sandboxed(async (repo) => {
      await posts(repo)

      assert.equal(await repo.aggregate(Post, 'count'), 3)
      assert.equal(await repo.aggregate(Post, 'count', 'cost'), 2)
      assert.equal(await repo.aggregate(Post, 'sum', 'visits'), 5)
      assert.equal(await repo.aggregate(Post, 'avg', 'visits'), 5 / 3)
      assert.equal(await repo.aggregate(Post, 'max', 'title'), 'c')
      assert.equal(await repo.aggregate(Post, 'sum', 'cost'), '3.75')
      assert.ok((await repo.aggregate(Post, 'min', 'insertedAt')) instanceof Date)
      assert.equal(await repo.aggregate(from(Post).where({ title: 'x' }), 'max', 'visits'), null)
      assert.equal(await repo.aggregate(from(Post).where({ title: 'x' }), 'count'), 0)
    }),
  )

  it(
    'uses subqueries with distinct/limit/offset, and drops the order without',
    sandboxed(async (repo) => {
      await posts(repo)
      const byVisits = from(Post).orderBy({ visits: 'desc', id: 'asc' })

      assert.equal(await repo.aggregate(byVisits.limit(2), 'sum', 'visits'), 4)
      assert.equal(await repo.aggregate(byVisits.offset(1), 'count'), 2)
      assert.equal(await repo.aggregate(from(Post).distinct('visits'), 'count'), 2)
      assert.equal(await repo.aggregate(from(Post).select('visits').distinct(), 'sum', 'visits'), 3)
      const statements = await statementsOf(repo, async () => {
        await repo.aggregate(byVisits, 'max', 'visits')
        await repo.aggregate(byVisits.limit(1), 'max', 'visits')
      })
      assert.deepEqual(
        statements.map(({ sql }) => sql),
        [
          'select max("blog_posts"."visits") as "max" from "blog_posts"',
          'select max("rows"."value") as "max" from (select "blog_posts"."visits" as "value" from "blog_posts" ' +
            'order by "blog_posts"."visits" desc, "blog_posts"."id" asc limit 1) as "rows"',
        ],
      )
    }),
  )

  it(
    'raises when aggregating with group_by, and for what it does not know',
    sandboxed(async (repo) => {
      await assert.rejects(
        repo.aggregate(from(Post).groupBy('visits'), 'count'),
        /cannot aggregate on a query on "blog_posts" with groupBy/,
      )
      await assert.rejects(
        repo.aggregate(from(Post).select('title').distinct(), 'sum', 'visits'),
        /cannot aggregate "visits" of a query on "blog_posts" with distinct\(\), which does not read it/,
      )
      await assert.rejects(
        repo.aggregate(from(Post).join('comments').distinct(), 'max', 'comments.text'),
        /cannot aggregate "comments.text" of a query on "blog_posts" with distinct\(\)/,
      )
      // @ts-expect-error no such aggregate
      await assert.rejects(repo.aggregate(Post, 'median', 'visits'), /does not know "median"/)
      // @ts-expect-error no such field
      await assert.rejects(repo.aggregate(Post, 'sum', 'visit'), /Did you mean "visits"/)
      // @ts-expect-error of which field?
      await assert.rejects(repo.aggregate(Post, 'sum'), /takes a field/)
    }),
  )

  it(
    'takes fields of joins',
    sandboxed(async (repo) => {
      const { a } = await posts(repo)
      await repo.insertAll(Comment, [
        { postId: a.id, position: 4 },
        { postId: a.id, position: 9 },
      ])
      const query = from(Post).join('comments')
      assert.equal(await repo.aggregate(query, 'max', 'comments.position'), 9)
      assert.equal(await repo.aggregate(query.limit(5), 'sum', 'comments.position'), 13)
    }),
  )
})

describe('exists?', () => {
  it(
    'selects 1 and sets limit to 1, and drops what does not matter',
    sandboxed(async (repo) => {
      await posts(repo)
      const query = from(Post)
        .where({ visits: 2 })
        .select('title')
        .preload('comments')
        .distinct()
        .orderBy({ title: 'asc' })
        .limit(10)
      const statements = await statementsOf(repo, async () => {
        assert.equal(await repo.exists(query), true)
        assert.equal(await repo.exists(query.where({ title: 'x' })), false)
      })

      assert.equal(
        statements[0]?.sql,
        'select 1 as "one" from "blog_posts" where "blog_posts"."visits" = $1 limit 1',
      )
    }),
  )
})

describe('stream', () => {
  it(
    'gives every row in its order, some at a time, by a cursor',
    sandboxed(async (repo) => {
      await repo.insertAll(
        Post,
        Array.from({ length: 25 }, (_, visits) => ({ title: 'x', visits })),
      )
      const query = from(Post).where('visits', '<', 21).orderBy({ visits: 'asc' })
      const seen: number[] = []
      const statements = await statementsOf(repo, () =>
        repo.transaction(async () => {
          for await (const { visits } of repo.stream(query, { maxRows: 10 })) seen.push(visits)
        }),
      )

      assert.deepEqual(
        seen,
        Array.from({ length: 21 }, (_, visits) => visits),
      )
      assert.equal(statements.filter(({ sql }) => sql.startsWith('fetch ')).length, 3)
    }),
  )

  it(
    'may be left, and lets go of its cursor',
    sandboxed(async (repo) => {
      await posts(repo)
      const left = await repo.transaction(async () => {
        for await (const post of repo.stream(from(Post).orderBy({ id: 'asc' }), { maxRows: 1 })) {
          assert.equal(stateOf(post), 'loaded')
          return repo.run(OPEN_CURSORS)
        }
        return []
      })
      assert.equal(left.length, 1)
      assert.deepEqual(await repo.run(OPEN_CURSORS), [])
    }),
  )

  it(
    'does not work with preloads, nor outside a transaction',
    sandboxed(async (repo) => {
      await assert.rejects(
        drained(repo.stream(from(Post).preload('comments'))),
        /preloads are not supported on streams, and the query on "blog_posts" has some/,
      )
      await assert.rejects(drained(repo.stream(Post)), {
        name: 'TransactionError',
        message: /reads by a cursor, which lives in a transaction/,
      })
    }),
  )
})

describe('select_merge', () => {
  it(
    'computes virtual fields, beside all columns or those selected',
    sandboxed(async (repo) => {
      const { a } = await posts(repo)
      await repo.insertAll(Comment, [{ postId: a.id }, { postId: a.id }])
      const grouped = from(Post)
        .join('comments', { type: 'left' })
        .groupBy('id')
        .orderBy({ id: 'asc' })
      const whole = await repo.all(
        grouped.selectMerge({ commentCount: (eb) => eb.fn.count('comments.id') }),
      )
      const lean = await repo.all(
        grouped.select('title').selectMerge({ commentCount: (eb) => eb.fn.count('comments.id') }),
      )

      assert.deepEqual(
        whole.map(({ title, temp, commentCount }) => [title, temp, commentCount]),
        [
          ['a', 'temp', 2],
          ['b', 'temp', 0],
          ['c', 'temp', 0],
        ],
      )
      assert.deepEqual([lean[0]?.title, lean[0]?.commentCount], ['a', 2])
      assert.throws(() => Reflect.get(lean[0] ?? {}, 'visits'), { name: 'FieldNotSelectedError' })
    }),
  )

  it(
    'serves the query around it, and groups',
    sandboxed(async (repo) => {
      await posts(repo)
      const groups = from(Post)
        .select('visits')
        .groupBy('visits')
        .selectMerge({ commentCount: (eb) => eb.fn.countAll() })
      const [most] = await repo.all(from(subquery(groups)).where((eb) => eb('visits', '>', 1)))

      assert.deepEqual([most?.visits, most?.commentCount], [2, 2])
      assert.throws(
        // @ts-expect-error a column of the table
        () => from(Post).selectMerge({ visits: (eb) => eb.fn.countAll() }),
        /selectMerge\(\) for "blog_posts" fills virtual fields, and "visits" is a column of the table/,
      )
    }),
  )
})

describe('toKysely', () => {
  it(
    'goes on with joins and conditions, typed, and is run by the repo',
    sandboxed(async (repo) => {
      const { a } = await posts(repo)
      await repo.insertAll(Comment, [
        { postId: a.id, text: 'x' },
        { postId: a.id, text: 'y' },
      ])
      const query = from(Post).join('comments').where({ visits: 1 }).preload('author')
      const rows = await repo.run(
        toKysely(query)
          .select(({ fn }) => ['blog_posts.title', fn.count<number>('comments.id').as('howMany')])
          .where('comments.text', 'in', ['x', 'y'])
          .groupBy('blog_posts.title'),
      )

      assert.deepEqual(rows, [{ title: 'a', howMany: 2 }])
      const [{ id } = { id: 0 }] = await repo.run(
        toKysely(from(Post).where({ title: 'a' }).select('id')),
      )
      assert.equal(id, a.id)
    }),
  )
})

describe('updateAll and deleteAll', () => {
  it(
    'take joins',
    sandboxed(async (repo) => {
      const { a, b } = await posts(repo)
      await repo.insertAll(Comment, [{ postId: a.id, state: 'spam' }, { postId: b.id }])
      const spam = from(Post).join('comments').where('comments.state', '=', 'spam')

      assert.equal(await repo.updateAll(spam, { title: 'spammed' }), 1)
      assert.deepEqual(
        (await repo.reload([a, b])).map((post) => post?.title),
        ['spammed', 'b'],
      )
      const ofSpam = from(Comment).join('post').where('post.title', '=', 'spammed')
      assert.equal(await repo.deleteAll(ofSpam), 1)
      assert.equal(await repo.count(Comment), 1)
    }),
  )
})

const OPEN_CURSORS = sql<{ name: string }>`select name from pg_cursors where name like 'stream_%'`

async function drained(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const row of rows) assert.ok(row)
}
