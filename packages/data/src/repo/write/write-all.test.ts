import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { subquery } from '../../query/operands.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { schema } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { Comment, Post, Rating, Tag, User, blogTests } from '../../testing/blog.ts'
import { Author, Book, libraryTests, statementsOf } from '../../testing/library.ts'
import { placeholder } from './cells.ts'
import { inc, pull, push } from './operations.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()
const { sandboxed: inLibrary } = libraryTests()

async function titles(repo: Repo): Promise<string[]> {
  return (await repo.all(from(Post).orderBy({ id: 'asc' }))).map(({ title }) => title)
}

describe('insert all', () => {
  it(
    'insert all: gives the rows in their order, and leaves to the database what a row does not say',
    sandboxed(async (repo) => {
      const [first, second, third] = await repo.insertAll(Comment, [
        { text: '1', position: 4 },
        { text: '2', state: 'spam' },
        {},
      ])

      assert.deepEqual([first?.text, second?.text, third?.text], ['1', '2', null])
      assert.deepEqual([first?.position, second?.position], [4, null])
      assert.deepEqual([first?.state, second?.state], ['new', 'spam'])
      assert.deepEqual(first?.insertedAt, third?.insertedAt)
      assert.equal(stateOf(first!), 'loaded')
      assert.deepEqual(await repo.all(from(Comment).orderBy({ id: 'asc' })), [first, second, third])
    }),
  )

  it(
    'sends nothing for no rows, whatever it is to return',
    sandboxed(async (repo) => {
      const events = await statementsOf(repo, async () => {
        assert.deepEqual(await repo.insertAll(Post, []), [])
        assert.deepEqual(await repo.insertAll(Post, [], { returning: ['id'] }), [])
        assert.equal(await repo.insertAll(Post, [], { returning: false }), 0)
        assert.equal(await repo.insertAll('blog_tags', []), 0)
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'insert all with built rows: what they hold, and the rest as for any',
    sandboxed(async (repo) => {
      const built = build(Comment, { text: 'built', remove: true })
      const [first, second] = await repo.insertAll(Comment, [built, build(Comment)])
      assert.deepEqual([first?.text, second?.text], ['built', null])
      assert.deepEqual(first?.insertedAt, second?.updatedAt)
    }),
  )

  it(
    'insert all with returning: all fields, some of them, or how many rows there are',
    sandboxed(async (repo) => {
      const rows = [{ name: 'a' }, { name: 'b' }]
      const [some] = await repo.insertAll(Tag, rows, { returning: ['name'] })
      assert.equal(some?.name, 'a')
      assert.throws(
        // @ts-expect-error it was not asked for
        () => some?.id,
        { name: 'FieldNotSelectedError' },
      )
      assert.equal(await repo.insertAll(User, [{ name: 'x' }], { returning: false }), 1)
      await assert.rejects(
        // @ts-expect-error a tag has no such field
        repo.insertAll(Tag, [{ name: 'c' }], { returning: ['nmae'] }),
        /unknown field "nmae" given to insertAll\(\) returning for "blog_tags"\. Did you mean "name"\?/,
      )
      await assert.rejects(repo.insertAll(Tag, [{ name: 'c' }], { returning: [] }), /empty list/)
    }),
  )

  it(
    'insert all with dumping: values travel by the types of their fields, and are not cast',
    sandboxed(async (repo) => {
      const uuid = '6fa459ea-ee8a-4ca4-894e-db77e160355e'
      const [post] = await repo.insertAll(Post, [
        { title: 'x', uuid, cost: '1.50', language: 'de' },
      ])

      assert.deepEqual([post?.uuid, post?.cost, post?.language], [uuid, '1.50', 'de'])
      assert.deepEqual(post?.links, [])
      await assert.rejects(
        // @ts-expect-error visits are a number
        repo.insertAll(Post, [{ title: 'y', visits: '7' }]),
        {
          name: 'ChangeError',
          message:
            'insertAll() for "blog_posts" was given \'7\' for "visits", which is not of type integer. ' +
            'Nothing is cast here: what comes from outside goes through cast() first.',
        },
      )
    }),
  )

  it(
    'refuses a field that is virtual, an association, or unknown',
    sandboxed(async (repo) => {
      const insert = (row: object) => repo.insertAll(Post, [{ title: 'x', ...row }])
      await assert.rejects(insert({ temp: 'y' }), /cannot write "temp", which is virtual/)
      await assert.rejects(insert({ comments: [] }), { name: 'UnknownFieldError' })
      await assert.rejects(
        insert({ titel: 'y' }),
        /unknown field "titel" .* Did you mean "title"\?/,
      )
    }),
  )

  it(
    'insert all with query source: stores what the query selects',
    sandboxed(async (repo) => {
      await repo.insertAll(User, [
        { name: 'Ada', email: 'a' },
        { name: 'Ben', email: 'b' },
      ])
      const named = from(User).where({ name: 'Ben' }).select('name')

      const [tag, ...others] = await repo.insertAll(Tag, named)
      assert.equal(tag?.name, 'Ben')
      assert.deepEqual(others, [])
      await assert.rejects(
        repo.insertAll(Tag, from(User)),
        /unknown field "email" given to insertAll\(\)/,
      )
    }),
  )

  it(
    'takes a subquery or an expression for a value',
    sandboxed(async (repo) => {
      const [ada] = await repo.insertAll(User, [{ name: 'Ada' }])
      const [post] = await repo.insertAll(Post, [
        {
          title: sql<string>`upper(${'hello'})`,
          authorId: subquery(from(User).where({ name: 'Ada' }).select('id')),
          text: 'plain',
        },
      ])
      assert.deepEqual([post?.title, post?.authorId, post?.text], ['HELLO', ada?.id, 'plain'])
    }),
  )

  it(
    'sends a placeholder once, however many rows have it',
    sandboxed(async (repo) => {
      const rows = ['a', 'b', 'c'].map((title) => ({ title, text: placeholder('long') }))
      const [event] = await statementsOf(repo, () =>
        repo.insertAll(Post, rows, { placeholders: { long: 'lorem ipsum' } }),
      )

      assert.equal(event?.parameters.filter((value) => value === 'lorem ipsum').length, 1)
      assert.equal(await repo.count(from(Post).where({ text: 'lorem ipsum' })), 3)
      await assert.rejects(
        repo.insertAll(Post, rows, { placeholders: { lng: 'x' } }),
        /has placeholder\('long'\) in a row, and no value for it\. Did you mean "lng"\?/,
      )
      const [twice] = [{ title: placeholder('x'), visits: placeholder('x') }]
      await assert.rejects(
        repo.insertAll(Post, [twice], { placeholders: { x: 'y' } }),
        /the placeholder "x" in "title" and "visits", which are of different types/,
      )
    }),
  )

  it(
    'stores all of many rows or none, where one statement cannot hold them',
    sandboxed(async (repo) => {
      const rows = Array.from({ length: 33_000 }, (_, place) => ({ year: 2000, place }))
      const events = await statementsOf(repo, async () => {
        assert.equal(await repo.insertAll(Rating, rows, { returning: false }), 33_000)
      })
      assert.deepEqual(
        events.map(({ operation }) => operation),
        ['begin', 'insert', 'insert', 'commit'],
      )

      const again = rows.map(({ place }) => ({ year: 2001, place: place === 32_999 ? 0 : place }))
      await assert.rejects(repo.insertAll(Rating, again), { code: '23505' })
      assert.equal(await repo.count(from(Rating).where({ year: 2001 })), 0)
    }),
  )

  it(
    'takes the name of a table that has no schema',
    sandboxed(async (repo) => {
      const [post] = await repo.insertAll(Post, [{ title: 'x' }])
      const [tag] = await repo.insertAll('blog_tags', [{ name: 'a' }], {
        returning: ['id', 'name'],
      })
      const row = { postId: post?.id, tagId: tag?.['id'] }

      assert.equal(await repo.insertAll('blog_posts_tags', [row]), 1)
      assert.equal(await repo.insertAll('blog_posts_tags', [row], { onConflict: 'nothing' }), 0)
      assert.deepEqual(
        await repo.insertAll('blog_tags', [{ id: tag?.['id'], name: 'b' }], {
          onConflict: { replace: ['name'] },
          conflictTarget: 'id',
          returning: ['name'],
        }),
        [{ name: 'b' }],
      )
      await assert.rejects(
        // @ts-expect-error nobody knows what all fields are
        repo.insertAll('blog_tags', [{ name: 'c' }], { onConflict: 'replaceAll' }),
        /knows the table by its name only/,
      )
    }),
  )

  it(
    'says what a conflict does, and leaves out of the result what was not written',
    sandboxed(async (repo) => {
      await repo.insertAll(Tag, [{ name: 'a' }])
      const rows = [{ name: 'a' }, { name: 'b' }]

      const inserted = await repo.insertAll(Tag, rows, { onConflict: 'nothing' })
      assert.deepEqual(
        inserted.map(({ name }) => name),
        ['b'],
      )
      const renamed = await repo.insertAll(Tag, rows, {
        onConflict: {
          set: { name: (eb) => eb.fn('concat', [eb.ref('excluded.name'), sql.lit('!')]) },
        },
        conflictTarget: 'name',
      })
      assert.deepEqual(
        renamed.map(({ name }) => name),
        ['a!', 'b!'],
      )
    }),
  )
})

describe('update all', () => {
  it(
    'update all: sets fields of every row, and says how many there were',
    sandboxed(async (repo) => {
      const inserted = await repo.insertAll(Post, [{ title: '1' }, { title: '2' }])

      assert.equal(await repo.updateAll(Post, { title: 'x', text: null }), 2)
      assert.deepEqual(await titles(repo), ['x', 'x'])
      const [now] = await repo.all(Post)
      assert.deepEqual(now?.updatedAt, inserted[0]?.updatedAt)
    }),
  )

  it(
    'update all with filter',
    sandboxed(async (repo) => {
      await repo.insertAll(Post, [{ title: '1' }, { title: '2' }, { title: '3' }])
      const some = from(Post).where({ title: '1' }).orWhere({ title: '2' })

      assert.equal(await repo.updateAll(some, { title: 'x' }), 2)
      assert.deepEqual((await titles(repo)).sort(), ['3', 'x', 'x'])
    }),
  )

  it(
    'update all with no entries',
    sandboxed(async (repo) => {
      await repo.insertAll(Post, [{ title: '1' }])

      assert.equal(await repo.updateAll(from(Post).where({ title: 'y' }), { title: 'x' }), 0)
      assert.deepEqual(
        await repo.updateAll(from(Post).where({ title: 'y' }), { title: 'x' }, { returning: true }),
        [],
      )
      assert.deepEqual(await titles(repo), ['1'])
    }),
  )

  it(
    'update all increment: adds to what each row has, also to an exact decimal',
    sandboxed(async (repo) => {
      await repo.insertAll(Post, [
        { title: '1', visits: 7, cost: '1.10' },
        { title: '2', visits: 11 },
      ])
      await repo.updateAll(Post, { visits: inc(2), cost: inc('0.25') })
      await repo.updateAll(from(Post).where({ title: '2' }), { visits: inc(-1) })

      const posts = await repo.all(from(Post).orderBy({ id: 'asc' }))
      assert.deepEqual(
        posts.map(({ visits, cost }) => [visits, cost]),
        [
          [9, '1.35'],
          [12, null],
        ],
      )
    }),
  )

  it(
    'update all with returning: the rows as they are now, or some fields of them',
    sandboxed(async (repo) => {
      await repo.insertAll(Post, [{ title: '1', visits: 1 }])
      const [whole] = await repo.updateAll(Post, { visits: inc(1) }, { returning: true })
      const [part] = await repo.updateAll(Post, { visits: inc(1) }, { returning: ['visits'] })

      assert.deepEqual(whole && [whole.title, whole.visits, whole.temp], ['1', 2, 'temp'])
      assert.equal(part?.visits, 3)
      assert.throws(() => Reflect.get(part ?? {}, 'title'), { name: 'FieldNotSelectedError' })
    }),
  )

  it(
    'pushes and pulls elements of an array',
    inLibrary(async (repo) => {
      const [author] = await repo.insertAll(Author, [{ name: 'Austen' }])
      await repo.insertAll(Book, [{ authorId: author!.id, title: 'Emma', tags: ['a', 'b', 'a'] }])

      const [pulled] = await repo.updateAll(Book, { tags: pull('a') }, { returning: true })
      assert.deepEqual(pulled?.tags, ['b'])
      const [pushed] = await repo.updateAll(Book, { tags: push('"c",\\') }, { returning: true })
      assert.deepEqual(pushed?.tags, ['b', '"c",\\'])
    }),
  )

  it(
    'sets a field to what an expression makes of the row and of what is joined',
    sandboxed(async (repo) => {
      const [ada] = await repo.insertAll(User, [{ name: 'Ada' }])
      await repo.insertAll(Post, [{ title: 'by Ada', authorId: ada!.id }, { title: 'by nobody' }])
      const named = from(Post).join('author').where('author.name', '=', 'Ada')

      const [event] = await statementsOf(repo, async () => {
        const changed = await repo.updateAll(
          named,
          { text: (eb) => eb.ref('author.name'), visits: (eb) => sql`${eb.ref('visits')} + 5` },
          { returning: true },
        )
        assert.deepEqual(
          changed.map(({ title, text, visits }) => [title, text, visits]),
          [['by Ada', 'Ada', 5]],
        )
      })
      assert.match(
        event?.sql ?? '',
        /^update "blog_posts" set .* from "blog_users" as "author" where/,
      )
    }),
  )

  it(
    'finds its rows first, where a join may find nothing',
    sandboxed(async (repo) => {
      const [ada] = await repo.insertAll(User, [{ name: 'Ada' }])
      await repo.insertAll(Post, [{ title: 'x', authorId: ada!.id }, { title: 'y' }])
      const orphans = from(Post).join('author', { type: 'left' }).where('author.id', 'is', null)

      assert.equal(await repo.updateAll(orphans, { title: 'z' }), 1)
      assert.deepEqual((await titles(repo)).sort(), ['x', 'z'])
      assert.equal(await repo.deleteAll(orphans), 1)
      assert.deepEqual(await titles(repo), ['x'])
    }),
  )

  it(
    'refuses what cannot be written',
    sandboxed(async (repo) => {
      const update = (set: object) => repo.updateAll(Post, set)
      await assert.rejects(update({}), /updateAll\(\) for "blog_posts" was given no field to set/)
      await assert.rejects(update({ temp: 'x' }), /cannot write "temp", which is virtual/)
      await assert.rejects(update({ titel: 'x' }), /unknown field "titel"/)
      await assert.rejects(
        update({ title: 7 }),
        /was given 7 for "title", which is not of type string/,
      )
      await assert.rejects(
        update({ title: inc('1') }),
        /was given inc\(\) for "title", which is no number but of type string/,
      )
      await assert.rejects(
        update({ visits: push(1) }),
        /was given push\(\) for "visits", which is no array but of type integer/,
      )
      await assert.rejects(update({ visits: inc(1.5) }), { name: 'ChangeError' })
    }),
  )

  it('does not compile with operations on fields that they do not fit', () => {
    const never = (repo: Repo) => [
      // @ts-expect-error a title is no number
      repo.updateAll(Post, { title: inc(1) }),
      // @ts-expect-error visits are no array
      repo.updateAll(Post, { visits: push(1) }),
      // @ts-expect-error tags are text
      repo.updateAll(Book, { tags: push(1) }),
      // @ts-expect-error a kind is one of three words, and no number
      repo.updateAll(Book, { kind: inc('1') }),
      // @ts-expect-error nothing of that name is joined
      repo.updateAll(Post, { text: (eb) => eb.ref('author.name') }),
      // @ts-expect-error a virtual field is in no table
      repo.updateAll(Post, { temp: 'x' }),
    ]
    assert.equal(typeof never, 'function')
  })

  it(
    'updates and inserts a field as it says who may write it: writable field option',
    sandboxed(async (repo) => {
      await repo.run(sql`create table doors (id int, code text default 'made', seen int)`)
      assert.equal(await repo.insertAll(Door, [{ id: 1, seen: 2 }], { returning: false }), 1)
      await assert.rejects(
        repo.insertAll(Door, [{ id: 1, code: 'x', seen: 2 }]),
        /insertAll\(\) for "doors" cannot write "code", which is writable\('never'\)/,
      )
      await assert.rejects(
        repo.updateAll(Door, { id: 2 }),
        /updateAll\(\) for "doors" cannot write "id", which is writable\('insert'\)/,
      )
      assert.equal(await repo.updateAll(Door, { seen: inc(1) }), 1)
      assert.deepEqual({ ...(await repo.one(Door)) }, { id: 1, code: 'made', seen: 3 })
    }),
  )
})

const Door = schema('doors', {
  id: t.integer().writable('insert'),
  code: t.string().readAfterWrites().writable('never'),
  seen: t.integer(),
})

describe('delete all', () => {
  it(
    'delete all: deletes every row of the query, and gives them back where it is asked to',
    sandboxed(async (repo) => {
      await repo.insertAll(Post, [{ title: '1' }, { title: '2' }, { title: '3' }])

      const gone = await repo.deleteAll(from(Post).where({ title: '1' }), { returning: ['title'] })
      assert.deepEqual(
        gone.map(({ title }) => title),
        ['1'],
      )
      assert.equal(await repo.deleteAll(Post), 2)
      assert.equal(await repo.deleteAll(Post), 0)
    }),
  )

  it(
    'delete all of a query with a join',
    sandboxed(async (repo) => {
      const [ada, ben] = await repo.insertAll(User, [{ name: 'Ada' }, { name: 'Ben' }])
      await repo.insertAll(Post, [
        { title: 'a', authorId: ada!.id },
        { title: 'b', authorId: ben!.id },
      ])
      const [event] = await statementsOf(repo, async () => {
        const byAda = from(Post).join('author').where('author.name', '=', 'Ada')
        assert.equal(await repo.deleteAll(byAda), 1)
      })
      assert.match(event?.sql ?? '', /^delete from "blog_posts" using "blog_users" as "author"/)
      assert.deepEqual(await titles(repo), ['b'])
    }),
  )
})

describe('raise an error when given Ecto.Query-like opts', () => {
  it(
    'names the option, what to do instead, and what is known',
    sandboxed(async (repo) => {
      const given: object = { where: { title: 'x' } }
      const message =
        'unsupported option where for repo.updateAll(). Instead, build a query and give it that: ' +
        'from(…).where(…). Known options: returning.'
      await assert.rejects(repo.updateAll(Post, { title: 'y' }, given), {
        name: 'QueryError',
        message,
      })
      await assert.rejects(
        repo.deleteAll(Post, given),
        /unsupported option where for repo.deleteAll\(\)/,
      )
      await assert.rejects(
        repo.insertAll(Post, [{ title: 'x' }], { retruning: true } as object),
        /unknown option retruning for repo.insertAll\(\)\. Did you mean "returning"\?/,
      )
      await assert.rejects(
        repo.insert(undefined as never, { preload: [] } as never),
        /unsupported option preload for repo.insert\(\)/,
      )
    }),
  )
})
