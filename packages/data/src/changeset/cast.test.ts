import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { build } from '../schema/instance.ts'
import { schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { Author, Book } from '../testing/library.ts'
import { applyChanges } from './apply.ts'
import { cast } from './cast.ts'
import { change, put } from './change.ts'
import { addError } from './changeset.ts'
import { getChange, getField } from './read.ts'
import { errorMessages } from './messages.ts'

const book = build(Book, { title: 'Emma', pages: 400, price: '1.50', tags: ['classic'] })

describe('cast', () => {
  it('keeps the named fields that differ, cast to their types', () => {
    const changeset = cast(book, { title: 'Persuasion', pages: '249', kind: 'poem' }, [
      'title',
      'pages',
    ])

    assert.deepEqual(changeset.changes, { title: 'Persuasion', pages: 249 })
    assert.deepEqual(changeset.params, { title: 'Persuasion', pages: '249', kind: 'poem' })
    assert.equal(changeset.valid, true)
  })

  it('sees no change in the value there is, by the meaning of its type', () => {
    const same = { title: 'Emma', pages: '400', price: '1.5', tags: ['classic', ''] }
    assert.deepEqual(cast(book, same, ['title', 'pages', 'price', 'tags']).changes, {})
  })

  it('takes blank text for the default of the field, and null for null', () => {
    const poem = build(Book, { kind: 'poem', isbn: '1', title: 'Odes' })
    const changes = cast(poem, { kind: '', isbn: '  ', title: null }, [
      'kind',
      'isbn',
      'title',
    ]).changes
    assert.deepEqual(changes, { kind: 'novel', isbn: null, title: null })
  })

  it('keeps the white space of what is not blank', () => {
    assert.deepEqual(cast(book, { title: ' Emma ' }, ['title']).changes, { title: ' Emma ' })
  })

  it('turns what does not fit into an error and no change', () => {
    const changeset = cast(book, { pages: 'many', kind: 'play' }, ['pages', 'kind'])

    assert.deepEqual(changeset.changes, {})
    assert.equal(changeset.valid, false)
    assert.deepEqual(changeset.errors, {
      pages: [{ message: 'is invalid', meta: { type: 'integer', validation: 'cast' } }],
      kind: [
        {
          message: 'is invalid',
          meta: { type: 'enum', validation: 'inclusion', enum: ['novel', 'essay', 'poem'] },
        },
      ],
    })
  })

  it('goes on from a changeset: params and changes add up, and the old one is as it was', () => {
    const first = cast(book, { title: 'Persuasion', pages: 'many' }, ['title', 'pages'])
    const second = cast(first, { title: 'Emma', isbn: '1' }, ['title', 'isbn'])

    assert.deepEqual(second.changes, { title: 'Emma', isbn: '1' })
    assert.deepEqual(second.params, { title: 'Emma', pages: 'many', isbn: '1' })
    assert.deepEqual(errorMessages(second), { pages: ['is invalid'] })
    assert.deepEqual(first.changes, { title: 'Persuasion' })
  })

  it('takes objects of forms and parsers, and nothing that only looks like one', () => {
    const bare: Record<string, unknown> = Object.create(null)
    bare['title'] = 'Persuasion'
    const parsed: Record<string, unknown> = Object.create(Object.create(null))
    parsed['title'] = 'Persuasion'

    assert.deepEqual(cast(book, bare, ['title']).changes, { title: 'Persuasion' })
    assert.deepEqual(cast(book, parsed, ['title']).changes, { title: 'Persuasion' })
    for (const wrong of [undefined, null, 'title=Emma', ['title'], new Map(), new Date()]) {
      assert.throws(() => cast(book, wrong, ['title']), { name: 'CastError' })
    }
    assert.throws(
      () => cast(book, 'title=Emma', []),
      /params to be a plain object, got: 'title=Emma'/,
    )
  })

  it('does not mistake what every object has for a parameter', () => {
    const Odd = schema('odds', { constructor: t.string().nullable() })
    assert.deepEqual(cast(build(Odd), {}, ['constructor']).changes, {})
  })

  it('refuses a field that does not exist', () => {
    // @ts-expect-error there is no such field
    const misspelled = (): unknown => cast(book, {}, ['titel'])
    assert.throws(misspelled, /unknown field "titel" given to cast\(\).*Did you mean "title"\?/)
  })
})

describe('change and put', () => {
  it('propose values without casting them', () => {
    const changeset = put(change(book, { title: 'Persuasion' }), 'pages', 249)
    assert.deepEqual(changeset.changes, { title: 'Persuasion', pages: 249 })
  })

  it('take a change back when it is the value of the row', () => {
    const changeset = put(change(book, { title: 'Persuasion' }), 'title', 'Emma')
    assert.deepEqual(changeset.changes, {})
  })

  it('hold to the types of the fields', () => {
    // @ts-expect-error pages are a number
    change(book, { pages: '249' })
    // @ts-expect-error pages are a number
    put(change(book), 'pages', '249')
  })
})

describe('reading a changeset', () => {
  const changeset = change(book, { title: 'Persuasion' })

  it('gives the change, or what the row has', () => {
    assert.equal(getField(changeset, 'title'), 'Persuasion')
    assert.equal(getField(changeset, 'pages'), 400)
    assert.equal(getChange(changeset, 'pages'), undefined)
  })

  it('gives the row as it would be, and leaves the row as it is', () => {
    assert.equal(applyChanges(changeset).title, 'Persuasion')
    assert.equal(book.title, 'Emma')
  })

  it('gives errors in the order in which they came, with their numbers filled in', () => {
    const wrong = addError(
      addError(changeset, 'title', 'is %{adjective}', { adjective: 'dull' }),
      'title',
      'is %{unknown}',
    )
    assert.deepEqual(errorMessages(wrong), { title: ['is dull', 'is %{unknown}'] })
    assert.equal(wrong.valid, false)
  })

  it('prints what would be written and what is wrong, and no secrets', () => {
    const author = cast(build(Author), { name: 1, email: 'ada@example.org' }, ['name', 'email'])
    assert.equal(
      inspect(author),
      `Changeset<library_authors> {
  action: undefined,
  changes: { email: '**redacted**' },
  errors: { name: [ 'is invalid' ] },
  valid: false
}`,
    )
  })
})
