import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Author, Book } from '../testing/library.ts'
import { from } from './from.ts'
import { type Query } from './query.ts'

type Books<Spec> = Query<typeof Book, Spec>

const inPrint = <Spec>(books: Books<Spec>): Books<Spec> => books.where({ inPrint: true })
const longest = <Spec>(books: Books<Spec>): Books<Spec> =>
  books.orderBy({ pages: 'desc nulls last' })

/** What follows the select list. */
function tail(query: Query<typeof Book> | Query<typeof Author>): string {
  return query.toSQL().sql.replace(/^.* from /, 'from ')
}

describe('a query', () => {
  it('selects the columns of the schema by name, in its order', () => {
    assert.equal(
      from(Author).toSQL().sql,
      'select "library_authors"."id" as "id", "library_authors"."name" as "name", "library_authors"."email" as "email", ' +
        '"library_authors"."inserted_at" as "inserted_at", "library_authors"."updated_at" as "updated_at" from "library_authors"',
    )
  })

  it('narrows with every where, and carries values beside the text', () => {
    const query = from(Book)
      .where({ title: 'Emma', pages: 400 })
      .where('publishedAt', '<=', new Date(0))

    assert.equal(
      tail(query),
      'from "library_books" where "library_books"."title" = $1 and "library_books"."pages" = $2 and "library_books"."published_at" <= $3',
    )
    assert.deepEqual(query.toSQL().parameters, ['Emma', 400, new Date(0)])
  })

  it('says the same however it is written, for any values', () => {
    const texts = [
      tail(from(Book).where({ title: 'Emma' }).limit(60).offset(5)),
      tail(from(Book).where('title', '=', 'Romola').offset(6).limit(70)),
    ]
    assert.deepEqual(new Set(texts).size, 1)
    assert.match(texts[0] ?? '', /where "library_books"."title" = \$1 limit \$2 offset \$3$/)
    assert.deepEqual(from(Book).where({ title: 'x' }).limit(60).offset(5).toSQL().parameters, [
      'x',
      60,
      5,
    ])
  })

  it('writes what a plan depends on into the text: truth, absence, and a small limit', () => {
    const query = from(Book).where({ inPrint: false }).where('isbn', 'is', null).limit(10)
    assert.match(tail(query), /"in_print" = false and "library_books"."isbn" is null limit 10$/)
    assert.deepEqual(query.toSQL().parameters, [])
  })

  it('keeps order, and lets the last limit hold', () => {
    const query = from(Book).orderBy({ title: 'asc' }).orderBy({ id: 'desc' }).limit(1).limit(2)
    assert.match(
      tail(query),
      /order by "library_books"."title" asc, "library_books"."id" desc limit 2$/,
    )
  })

  it('is never changed by what is made of it', () => {
    const books = from(Book)
    inPrint(books).limit(3)
    assert.equal(tail(books), 'from "library_books"')
  })

  it('goes through named functions, in a row', () => {
    const query = from(Book).pipe(inPrint, longest)
    assert.deepEqual(query.toSQL(), longest(inPrint(from(Book))).toSQL())
    assert.match(
      tail(query),
      /where .*"in_print" = true order by "library_books"."pages" desc nulls last$/,
    )
  })

  it('mixes data and expressions, each with its values in its place', () => {
    const query = from(Book)
      .where({ title: 'Emma' })
      .where((eb) => eb.or([eb('pages', '>', 400), eb('isbn', '=', '1')]))
      .where('id', 'in', [1, 2])
      .limit(100)

    assert.equal(
      tail(query),
      'from "library_books" where "library_books"."title" = $1 and ("pages" > $2 or "isbn" = $3) and "library_books"."id" = any($4) limit $5',
    )
    assert.deepEqual(query.toSQL().parameters, ['Emma', 400, '1', [1, 2], 100])
  })

  it('casts what it is given to the type of the field', () => {
    const loose: { readonly pages: never } = { pages: '400' as never }
    assert.deepEqual(from(Book).where(loose).toSQL().parameters, [400])
    assert.throws(() => from(Book).where('pages', '>', 'many' as never), {
      name: 'CastError',
      message: `'many' given for "pages" of "library_books" cannot be cast to integer.`,
    })
    assert.throws(() => from(Author).where('email', '=', 5 as never), {
      message: '**redacted** given for "email" of "library_authors" cannot be cast to string.',
    })
  })
})

describe('a query that would not mean what it says is refused', () => {
  const books = from(Book)

  it('when it compares with null', () => {
    // @ts-expect-error null is asked for with 'is'
    assert.throws(() => books.where({ isbn: null }), {
      name: 'QueryError',
      message:
        'null was given for "isbn" of "library_books", and in SQL nothing equals null. ' +
        "Use where('isbn', 'is', null) to ask for absence.",
    })
    // @ts-expect-error nor is there anything to compare with
    assert.throws(() => books.where('isbn', '=', undefined), /undefined was given for "isbn"/)
    // @ts-expect-error the other way round
    assert.throws(() => books.where('isbn', 'is', 'x'), /compares with null only/)
  })

  it('when it names a field that is not there, or an association', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => books.where({ titel: 'x' }), /given to where\(\) .*Did you mean "title"/)
    // @ts-expect-error there is no such field
    assert.throws(() => books.orderBy({ titel: 'asc' }), /given to orderBy\(\)/)
    // @ts-expect-error that is an association
    assert.throws(() => books.where({ author: 1 }), /not a field. Did you mean "authorId"\?/)
  })

  it('when an operator, a direction or a number makes no sense', () => {
    // @ts-expect-error there is no such operator
    assert.throws(() => books.where('title', '~', 'x'), /where\(\) does not know "~"\. Known: =, </)
    // @ts-expect-error there is no such direction
    assert.throws(() => books.orderBy({ title: 'up' }), /orderBy\(\) does not know "up"/)
    assert.throws(
      () => books.limit(-1),
      /limit\(\) takes a whole number that is not negative, got: -1/,
    )
    assert.throws(() => books.select('id').select('title'), /select\(\) was called twice/)
    assert.throws(() => books.offset(1.5), /offset\(\) takes a whole number/)
  })
})

/** These are checked by the compiler. They are never called. */
export function types(): void {
  from(Book).where('pages', 'in', [1, 2])
  // @ts-expect-error a list is wanted
  from(Book).where('pages', 'in', 1)
  // @ts-expect-error a number is wanted
  from(Book).where('pages', '=', '1')
  // @ts-expect-error one value for each field
  from(Book).where(['title', 'id'], '>', ['Emma'])
  // @ts-expect-error the other way round
  from(Book).where(['title', 'id'], '>', [1, 'Emma'])
  // @ts-expect-error not a column
  from(Book).where((eb) => eb('titel', '=', 'Emma'))
  // @ts-expect-error authors have no pages
  from(Author).pipe(inPrint)
}
