import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { type Values } from '../schema/row.ts'
import { Book } from '../testing/library.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import { addError, type Changeset } from './changeset.ts'
import { checkConstraint, foreignKey, unique } from './constraints.ts'
import { errorMessages } from './messages.ts'
import { length } from './length.ts'
import { number } from './number.ts'
import { check, validate, type Validator } from './rule.ts'
import { acceptance, confirmation, exclusion, format, inclusion, required } from './validate.ts'

const book = build(Book)

function messages(changes: Values<typeof Book>, ...rules: Validator<typeof Book>[]): unknown {
  return errorMessages(check(change(book, changes), ...rules))
}

function metaOf(changeset: Changeset<typeof Book>, field: string): unknown {
  return changeset.errors[field]?.[0]?.meta
}

describe('required', () => {
  it('looks at the change, or else at the row', () => {
    const stored = build(Book, { title: 'Emma' })
    assert.deepEqual(errorMessages(check(change(stored), required('title', 'isbn'))), {
      isbn: ["can't be blank"],
    })
    assert.deepEqual(errorMessages(check(change(stored, { title: '  ' }), required('title'))), {
      title: ["can't be blank"],
    })
  })

  it('adds nothing to a field that failed already', () => {
    const failed = cast(book, { pages: 'many' }, ['pages'])
    assert.deepEqual(errorMessages(check(failed, required('pages'))), { pages: ['is invalid'] })
  })

  it('is remembered, for forms', () => {
    assert.deepEqual(check(change(book), required('title')).required, ['title'])
  })

  it('does not compile for a field that does not exist', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => check(change(book), required('titel')), { name: 'UnknownFieldError' })
  })
})

describe('the rules for one field', () => {
  it('run only where it has a change that is not null', () => {
    const nothing = messages({}, format('isbn', /x/), number('pages', { atLeast: 9 }))
    assert.deepEqual(nothing, {})
    const absent = { isbn: null, pages: null }
    assert.deepEqual(messages(absent, format('isbn', /x/), number('pages', { atLeast: 9 })), {})
  })

  it('format matches text', () => {
    const global = /^\d+$/g
    assert.deepEqual(messages({ isbn: 'x' }, format('isbn', global)), {
      isbn: ['has invalid format'],
    })
    assert.deepEqual(messages({ isbn: '1' }, format('isbn', global), format('isbn', global)), {})
    assert.deepEqual(messages({ isbn: 'x' }, format('isbn', /\d/, 'needs a digit')), {
      isbn: ['needs a digit'],
    })
  })

  it('inclusion and exclusion compare by the meaning of the type', () => {
    assert.deepEqual(messages({ price: '1.00' }, inclusion('price', ['1'])), {})
    assert.deepEqual(messages({ price: '2' }, inclusion('price', ['1'])), { price: ['is invalid'] })
    assert.deepEqual(messages({ title: 'new' }, exclusion('title', ['new'])), {
      title: ['is reserved'],
    })
    // @ts-expect-error there is no such kind
    inclusion<typeof Book, 'kind'>('kind', ['play'])
  })

  it('length counts what a reader calls characters, or bytes, or items', () => {
    assert.deepEqual(messages({ title: '👩‍👩‍👧é' }, length('title', { is: 2 })), {})
    assert.deepEqual(messages({ title: 'abc' }, length('title', { is: 2 })), {
      title: ['should be 2 character(s)'],
    })
    assert.deepEqual(messages({ title: 'a' }, length('title', { min: 2 })), {
      title: ['should be at least 2 character(s)'],
    })
    assert.deepEqual(messages({ title: 'é' }, length('title', { max: 1, count: 'bytes' })), {
      title: ['should be at most 1 byte(s)'],
    })
    assert.deepEqual(messages({ tags: ['a'] }, length('tags', { min: 2 })), {
      tags: ['should have at least 2 item(s)'],
    })
  })

  it('length says in its meta what was broken', () => {
    const changeset = check(change(book, { title: 'abc' }), length('title', { min: 1, max: 2 }))
    assert.deepEqual(metaOf(changeset, 'title'), {
      count: 2,
      validation: 'length',
      kind: 'max',
      type: 'string',
    })
  })

  it('number keeps its limits, and reports the first that is broken', () => {
    assert.deepEqual(messages({ pages: 0 }, number('pages', { greaterThan: 0, atLeast: 5 })), {
      pages: ['must be greater than 0'],
    })
    assert.deepEqual(messages({ pages: 9 }, number('pages', { atMost: 8 })), {
      pages: ['must be less than or equal to 8'],
    })
    assert.deepEqual(messages({ price: '9.5' }, number('price', { equalTo: 9.5 })), {})
  })

  it('validate takes a rule of your own, which knows the type', () => {
    const rule = validate<typeof Book, 'title'>('title', (title) =>
      title.endsWith('.')
        ? ['ends with a full stop', { message: 'really', meta: { a: 1 } }]
        : undefined,
    )
    assert.deepEqual(messages({ title: 'Emma' }, rule), {})
    assert.deepEqual(messages({ title: 'Emma.' }, rule), {
      title: ['ends with a full stop', 'really'],
    })
    // @ts-expect-error a title has no such method
    validate<typeof Book, 'title'>('title', (title) => title.toFixed())
  })
})

describe('the rules for what was sent', () => {
  it('confirmation wants the same twice, when it was sent', () => {
    const sent = { isbn: '1', isbnConfirmation: '2' }
    assert.deepEqual(errorMessages(check(cast(book, sent, ['isbn']), confirmation('isbn'))), {
      isbnConfirmation: ['does not match confirmation'],
    })
    assert.equal(check(cast(book, { isbn: '1' }, ['isbn']), confirmation('isbn')).valid, true)
  })

  it('acceptance wants a tick', () => {
    assert.deepEqual(errorMessages(check(cast(book, {}, []), acceptance('terms'))), {
      terms: ['must be accepted'],
    })
    assert.equal(check(cast(book, { terms: 'true' }, []), acceptance('terms')).valid, true)
    assert.equal(check(change(book), acceptance('terms')).valid, true)
  })
})

describe('constraints', () => {
  it('are named by convention, or as they are', () => {
    const { constraints } = check(
      change(book),
      unique('isbn'),
      unique(['authorId', 'title'], { errorField: 'title', message: 'is on the shelf' }),
      foreignKey('authorId'),
      checkConstraint('pages', { name: 'library_books_pages_check' }),
    )
    assert.deepEqual(
      constraints.map(({ type, name, field, message }) => [type, name, field, message]),
      [
        ['unique', 'library_books_isbn_index', 'isbn', 'has already been taken'],
        ['unique', 'library_books_author_id_title_index', 'title', 'is on the shelf'],
        ['foreign key', 'library_books_author_id_fkey', 'authorId', 'does not exist'],
        ['check', 'library_books_pages_check', 'pages', 'is invalid'],
      ],
    )
  })

  it('are cut where PostgreSQL cuts them', () => {
    const { constraints } = check(change(book), unique('isbn', { name: 'x'.repeat(70) }))
    assert.equal(constraints[0]?.name, 'x'.repeat(63))
  })
})

it('errors of several rules stay in the order of the rules', () => {
  const changeset = check(
    addError(change(book, { title: 'x.' }), 'title', 'was odd'),
    length('title', { min: 3 }),
    format('title', /^[^.]+$/),
  )
  assert.deepEqual(errorMessages(changeset), {
    title: ['was odd', 'should be at least 3 character(s)', 'has invalid format'],
  })
})
