import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change } from '../changeset/change.ts'
import { from } from '../query/from.ts'
import { type Repo } from '../repo/repo.ts'
import { Author, Book, type Review } from '../testing/library.ts'
import { belongsTo } from './association.ts'
import { build, schemaOf, stateOf } from './instance.ts'
import { type Loaded } from './preloads.ts'
import { type NewRow } from './row.ts'
import { schema } from './schema.ts'
import { t } from './types.ts'

describe('a row', () => {
  it('is built with what it is given, defaults, and null', () => {
    const book = build(Book, { title: 'Middlemarch', authorId: 1 })

    assert.equal(book.title, 'Middlemarch')
    assert.equal(book.kind, 'novel')
    assert.deepEqual(book.tags, [])
    assert.equal(book.isbn, null)
    assert.equal(stateOf(book), 'built')
    assert.equal(schemaOf(book), Book)
  })

  it('is built of known fields only', () => {
    // @ts-expect-error there is no such field
    const misspelled = (): unknown => build(Book, { titel: 'Middlemarch' })
    assert.throws(
      misspelled,
      /unknown field "titel" given to build\(\) for "library_books"\. Did you mean "title"\? Known fields: id, authorId/,
    )
  })

  it('keeps schema and state out of what is enumerated and printed as JSON', () => {
    const author = build(Author, { name: 'George Eliot' })
    assert.deepEqual(Object.keys(author), ['id', 'name', 'email', 'insertedAt', 'updatedAt'])
    assert.equal(JSON.parse(JSON.stringify(author)).name, 'George Eliot')
  })

  it('throws where an association was not loaded, naming it and what to add', () => {
    const author = build(Author)
    assert.throws(() => author.books, {
      name: 'AssociationNotLoadedError',
      message:
        'the association "books" of "library_authors" is not loaded. Add .preload(\'books\') to the query, ' +
        "or repo.preload(row, 'books') to a row you have.",
    })
  })
})

/** These are checked by the compiler. They are never called. */
export async function types(repo: Repo): Promise<void> {
  const book = await repo.getOrThrow(Book, 1)
  takesTitle(book.title)
  takesNullable(book.isbn)
  // @ts-expect-error it may be null
  takesTitle(book.isbn)
  // @ts-expect-error the kinds are closed
  takesKind('play' satisfies Book['kind'])
  // @ts-expect-error rows are values
  book.title = 'other'

  // @ts-expect-error not loaded
  takesTitle(book.author.name)
  // @ts-expect-error not loaded
  book.reviews.map(String)
  // @ts-expect-error not loaded
  takesTitle(book.editor?.name)

  const whole = await repo.preload(book, 'editor', { author: ['profile', 'books'] }, 'reviews')
  takesTitle(whole.author.name)
  takesTitle(whole.author.books[0]?.title ?? '')
  takesNullable(whole.author.profile?.bio ?? null)
  takesReviews(whole.reviews)
  // @ts-expect-error a book need not have an editor
  takesTitle(whole.editor.name)
  takesTitle(whole.editor?.name ?? '')
  // @ts-expect-error an author need not have a profile
  takesTitle(whole.author.profile.bio)
  // @ts-expect-error loaded one level further up
  takesTitle(whole.author.books[0]?.author.name)

  const walked = await repo.all(from(Author).preload('reviews').preload({ books: 'editor' }))
  takesReviews(walked[0]?.reviews ?? [])
  takesTitle(walked[0]?.books[0]?.editor?.name ?? '')
  const [viaOne] = await repo.all(from(Book).preload('authorProfile'))
  takesTitle(viaOne?.authorProfile?.bio ?? '')

  const lean = await repo.oneOrThrow(from(Book).select('id', 'title').preload('author'))
  takesTitle(lean.title)
  takesTitle(lean.author.name)
  // @ts-expect-error not selected
  takesNullable(lean.isbn)
  // @ts-expect-error a part of a row is no row
  takesBook(lean)
  // @ts-expect-error nor can it be changed
  change(lean, { title: 'x' })
  // @ts-expect-error no such field
  from(Book).select('titel')

  // @ts-expect-error no such association
  await repo.preload(book, 'autor')
  // @ts-expect-error no such association on an author
  await repo.preload(book, { author: ['editor'] })

  // A row with more loaded serves where less is asked for, and not the other way.
  takesBook(whole)
  takesWhole(whole)
  // @ts-expect-error its reviews were not loaded
  takesWhole(book)
  // @ts-expect-error another schema
  takesBook(await repo.getOrThrow(Author, 1))
}

const Loan = schema(
  'library_loans',
  { id: t.id(), bookId: t.reference(), readerId: t.reference() },
  () => ({ book: belongsTo(Book, { where: { inPrint: true } }), reader: belongsTo(Author) }),
)

/** As above: a key that is never null leads nowhere where the association leaves the row out. */
export async function typesOfNarrowed(repo: Repo): Promise<void> {
  const loan = await repo.oneOrThrow(from(Loan).preload('book', 'reader'))
  takesTitle(loan.reader.name)
  takesTitle(loan.book?.title ?? '')
  // @ts-expect-error the book may be out of print
  takesTitle(loan.book.title)
}

export const complete: NewRow<typeof Book> = { authorId: 1, title: 'Silas Marner' }
// @ts-expect-error the title has no default
export const incomplete: NewRow<typeof Book> = { authorId: 1 }

declare function takesTitle(title: string): void
declare function takesNullable(isbn: string | null): void
declare function takesKind(kind: Book['kind']): void
declare function takesReviews(reviews: readonly Review[]): void
declare function takesBook(book: Book): void
declare function takesWhole(book: Loaded<typeof Book, ['reviews', { author: 'books' }]>): void
