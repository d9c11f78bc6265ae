import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Author, Book, Profile } from '../testing/library.ts'
import { type AnyAssociation, belongsTo, hasMany, through } from './association.ts'
import { associationNamed } from './associations.ts'
import { schema } from './schema.ts'
import { t } from './types.ts'

function keys(association: ReturnType<typeof associationNamed>): string {
  assert.notEqual(association.kind, 'through')
  return association.kind === 'through'
    ? ''
    : `${association.ownerKey.name} = ${association.targetKey.name}`
}

function having(associations: () => Record<string, AnyAssociation>) {
  return schema('shelves', { id: t.id(), bookId: t.reference(), label: t.string() }, associations)
}

describe('the keys of an association', () => {
  it('are the field of its own name, or the one that is named', () => {
    assert.equal(keys(associationNamed(Book, 'author')), 'authorId = id')
    assert.equal(keys(associationNamed(Author, 'edited')), 'id = editorId')
  })

  it('are found on the other side by the name of this table', () => {
    const Shelf = having(() => ({}))
    const Room = schema('books', { id: t.id() }, () => ({ shelves: hasMany(Shelf) }))
    assert.equal(keys(associationNamed(Room, 'shelves')), 'id = bookId')
  })

  it('are found on the other side by the one association that leads back', () => {
    assert.equal(keys(associationNamed(Author, 'profile')), 'id = authorId')
  })

  it('lead through several steps to one row only where each step does', () => {
    assert.equal(associationNamed(Author, 'reviews').many, true)
    assert.equal(associationNamed(Book, 'authorProfile').many, false)
    assert.equal(associationNamed(Book, 'authorProfile').target, Profile)
  })
})

describe('a schema that cannot be right is refused', () => {
  it('when a foreign key is missing', () => {
    const Shelf = having(() => ({ room: belongsTo(Book) }))
    assert.throws(() => associationNamed(Shelf, 'room'), {
      name: 'SchemaError',
      message:
        'schema "shelves": the association "room" needs the foreign key "roomId" on "shelves", which has no such ' +
        'field. Add it, or name another with { foreignKey: \'…\' }. Did you mean "bookId"? Known fields: id, bookId, label.',
    })
  })

  it('when a step of a through does not exist', () => {
    const Shelf = having(() => ({ book: belongsTo(Book), owner: through('book', 'autor') }))
    assert.throws(
      () => associationNamed(Shelf, 'owner'),
      /the association "owner" goes through "autor", which is not an association of "library_books"\. Did you mean "author"\?/,
    )
  })

  it('when a through goes through itself', () => {
    const Shelf = having(() => ({ loop: through('loop', 'book') }))
    assert.throws(() => associationNamed(Shelf, 'loop'), /goes through "loop"/)
  })

  it('when a name is taken twice', () => {
    const Shelf = having(() => ({ label: belongsTo(Book) }))
    assert.throws(
      () => associationNamed(Shelf, 'label'),
      /"label" is both a field and an association/,
    )
    assert.throws(
      () => schema('shelves', { isbnTen: t.string(), isbn_ten: t.string() }),
      /the fields "isbnTen" and "isbn_ten" are both the column "isbn_ten"/,
    )
  })

  it('when it orders by a field that the other side lacks', () => {
    const order: Record<string, 'asc'> = { titel: 'asc' }
    const Shelf = having(() => ({ books: hasMany(Book, { foreignKey: 'authorId', order }) }))
    assert.throws(
      () => associationNamed(Shelf, 'books'),
      /ordered by "titel".*Did you mean "title"\?/,
    )
  })

  it('when it has no primary key to be found by', () => {
    const Form = schema('forms', { bookId: t.reference() }, () => ({
      books: hasMany(Book, { foreignKey: 'authorId' }),
    }))
    assert.throws(() => associationNamed(Form, 'books'), /it has no primary key/)
  })

  it('and so is an unknown association', () => {
    assert.throws(() => associationNamed(Book, 'autor'), {
      name: 'UnknownAssociationError',
      message:
        '"autor" is not an association of "library_books", so it cannot be preloaded. Did you mean "author"? ' +
        'Known associations: author, editor, reviews, authorProfile.',
    })
  })
})
