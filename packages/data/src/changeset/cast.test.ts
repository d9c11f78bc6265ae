import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { embedded, schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { Post } from '../testing/post.ts'
import { applyChanges } from './apply.ts'
import { cast, type CastOptions, invalidParams } from './cast.ts'
import { change } from './change.ts'
import { unique } from './constraints.ts'
import { length } from './length.ts'
import { errorMessages } from './messages.ts'
import { check } from './rule.ts'
import { required } from './validate.ts'

function changesOf(post: object, params: object, options?: CastOptions): unknown {
  return cast(build(Post, post), params, ['title', 'body', 'topics', 'key'], options).changes
}

describe('cast/4', () => {
  it('with valid string keys', () => {
    const params = { title: 'hello', body: 'world', upvotes: 3 }
    const post = build(Post)
    const changeset = cast(post, params, ['title', 'body'])

    assert.deepEqual(changeset.params, params)
    assert.equal(changeset.row, post)
    assert.deepEqual(changeset.changes, { title: 'hello', body: 'world' })
    assert.deepEqual(changeset.errors, {})
    assert.deepEqual(changeset.validations, [])
    assert.deepEqual(changeset.required, [])
    assert.equal(changeset.valid, true)
  })

  it('with valid atom keys: objects of forms and parsers have no prototype, or an empty one', () => {
    const bare: unknown = Object.assign(Object.create(null), { title: 'Odes' })
    assert.deepEqual(cast(build(Post), bare, ['title']).changes, { title: 'Odes' })
    const parsed: unknown = Object.assign(Object.create(Object.create(null)), { title: 'Odes' })
    assert.deepEqual(cast(build(Post), parsed, ['title']).changes, { title: 'Odes' })
  })

  it('with empty values', () => {
    assert.deepEqual(changesOf({ title: 'foo', body: 'bar' }, { title: '', body: null }), {
      title: '',
      body: null,
    })
    assert.deepEqual(changesOf({ title: 'foo', body: 'bar' }, { title: ' \t', body: '  ' }), {
      title: '',
      body: null,
    })
  })

  it('keeps the white space of what is not empty', () => {
    assert.deepEqual(changesOf({}, { title: ' Emma ' }), { title: ' Emma ' })
  })

  it('with nested empty values', () => {
    assert.deepEqual(changesOf({ topics: ['foo'] }, { topics: ['', 'bar', '  '] }), {
      topics: ['bar'],
    })
    assert.deepEqual(changesOf({ topics: ['foo'] }, { topics: ['', ''] }), { topics: [] })
    const emptyValues = ['', []]
    assert.deepEqual(changesOf({ topics: ['foo'] }, { topics: [''] }, { emptyValues }), {
      topics: null,
    })
  })

  it('with custom empty values', () => {
    const changeset = cast(
      build(Post, { title: 'foo', body: 'bar' }),
      { title: 'empty', body: '' },
      ['title', 'body'],
      {
        emptyValues: ['empty'],
      },
    )
    assert.deepEqual(changeset.changes, { title: '', body: '' })
    assert.deepEqual(changeset.emptyValues, ['empty'])
    assert.deepEqual(errorMessages(check(changeset, required('body'))), {})
  })

  it('with custom trim values', () => {
    const trim = (_type: unknown, value: unknown) =>
      typeof value === 'string' ? value.replaceAll('-', '') : value
    assert.deepEqual(changesOf({ title: 'foo' }, { title: '--', body: '  ' }, { trim }), {
      title: '',
      body: '  ',
    })
  })

  it('with matching empty values', () => {
    assert.deepEqual(changesOf({ title: '', body: null }, { title: '', body: null }), {})
  })

  it('with binary empty values', () => {
    const post = { key: Buffer.from('key') }
    assert.deepEqual(changesOf(post, { key: '' }), { key: null })
    assert.deepEqual(changesOf(post, { key: Buffer.alloc(0) }), { key: null })
    assert.deepEqual(changesOf(post, { key: Buffer.from('  ') }), { key: Buffer.from('  ') })
  })

  it('with force_changes', () => {
    const post = { title: 'foo', body: null }
    const params = { title: 'foo', body: null }
    assert.deepEqual(changesOf(post, params, { forceChanges: true }), params)
  })

  it('with data and types', () => {
    const Search = embedded({ title: t.string(), upvotes: t.integer() })
    const changeset = cast(build(Search, { title: 'hello' }), { title: 'world', upvotes: '0' }, [
      'title',
      'upvotes',
    ])
    assert.deepEqual(changeset.changes, { title: 'world', upvotes: 0 })
    assert.equal(changeset.valid, true)
    assert.deepEqual({ ...applyChanges(changeset) }, { title: 'world', upvotes: 0 })
  })

  it('with data struct and types: a schema that is no table of its own does as well', () => {
    const Report = schema('reports', { from: t.date(), kind: t.enum(['short', 'long']) })
    const changeset = cast(build(Report), { from: '2026-02-03', kind: 'long' }, ['from', 'kind'])
    assert.deepEqual({ ...applyChanges(changeset) }, { from: '2026-02-03', kind: 'long' })
  })

  it('with changeset (composing)', () => {
    const base = check(
      cast(build(Post, { title: 'valid' }), {}, ['title']),
      required('title'),
      length('title', { min: 3 }),
      unique('title'),
    )
    const kept = (changeset: typeof base) => [
      changeset.required,
      changeset.validations.length,
      changeset.constraints.length,
      changeset.valid,
    ]

    const same = cast(base, {}, [])
    assert.deepEqual(same.changes, {})
    const more = cast(same, { body: 'new body' }, ['body'])
    assert.deepEqual(more.changes, { body: 'new body' })
    const none = cast(more, { body: null }, ['body'])
    assert.deepEqual(none.changes, { body: null })

    for (const one of [same, more, none]) assert.deepEqual(kept(one), [['title'], 1, 1, true])
    assert.deepEqual(more.changes, { body: 'new body' })
  })

  it('with changeset: params and errors add up, the later ones on top', () => {
    const first = cast(build(Post), { title: 'a', upvotes: 'many' }, ['title', 'upvotes'])
    const second = cast(first, { title: 'b', body: 1 }, ['title', 'body'])

    assert.deepEqual(second.changes, { title: 'b' })
    assert.deepEqual(second.params, { title: 'b', upvotes: 'many', body: 1 })
    assert.deepEqual(errorMessages(second), { upvotes: ['is invalid'], body: ['is invalid'] })
    assert.deepEqual(first.changes, { title: 'a' })
  })

  it('struct with :invalid parameters', () => {
    const changeset = cast(build(Post), invalidParams, ['title', 'body'])
    assert.equal(changeset.params, undefined)
    assert.deepEqual([changeset.changes, changeset.errors], [{}, {}])
    assert.equal(changeset.valid, false)
  })

  it('changeset with :invalid parameters', () => {
    const changeset = cast(cast(build(Post), { title: 'sample' }, ['title']), invalidParams, [
      'body',
    ])
    assert.deepEqual(changeset.params, { title: 'sample' })
    assert.deepEqual(changeset.changes, { title: 'sample' })
    assert.equal(changeset.valid, false)
  })

  it('field is marked as invalid', () => {
    const changeset = cast(build(Post), { body: 12, topics: ['a', 1] }, ['body', 'topics'])
    assert.deepEqual(changeset.changes, {})
    assert.deepEqual(changeset.errors, {
      body: [{ message: 'is invalid', meta: { type: 'string', validation: 'cast' } }],
      topics: [
        {
          message: 'is invalid',
          meta: { type: 'array of string', validation: 'cast', source: [1] },
        },
      ],
    })
    assert.equal(changeset.valid, false)
  })

  it('user-defined error message overrides default invalid error message', () => {
    const message = (field: string, meta: object): string | undefined =>
      field === 'body' ? `no ${JSON.stringify(meta)}` : undefined
    const changeset = cast(build(Post), { body: 1, title: 2 }, ['body', 'title'], { message })
    assert.deepEqual(errorMessages(changeset), {
      body: ['no {"type":"string","validation":"cast"}'],
      title: ['is invalid'],
    })
  })

  it('field has a custom invalid error message on an array field (source index)', () => {
    const even = t.custom<number>({
      name: 'even',
      sqlTypes: ['integer'],
      cast: (value) =>
        typeof value === 'number' && value % 2 === 0
          ? { ok: true, value }
          : { ok: false, message: 'is odd', meta: { reason: 'parity' } },
      load: Number,
      dump: (value) => value,
    })
    const Pairs = embedded({ one: even, many: t.array(even) })
    const changeset = cast(build(Pairs), { one: 1, many: [2, 4, 5] }, ['one', 'many'])
    assert.deepEqual(changeset.errors, {
      one: [{ message: 'is odd', meta: { type: 'even', validation: 'cast', reason: 'parity' } }],
      many: [
        {
          message: 'is odd',
          meta: { type: 'array of even', validation: 'cast', reason: 'parity', source: [2] },
        },
      ],
    })
  })

  it('fails on invalid field', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => cast(build(Post), {}, ['titel']), {
      name: 'UnknownFieldError',
      message:
        /^unknown field "titel" given to cast\(\) for "posts"\. Did you mean "title"\? Known/,
    })
  })

  it('fails on an association or embed, and says what casts it', () => {
    // @ts-expect-error comments are cast by castAssoc
    assert.throws(() => cast(build(Post), {}, ['comments']), {
      name: 'ChangesetError',
      message: `"comments" of "posts" is an association, which cast() does not cast. Use castAssoc('comments') in check().`,
    })
    // @ts-expect-error links are cast by castEmbed
    assert.throws(() => cast(build(Post), {}, ['links']), /Use castEmbed\('links'\) in check\(\)/)
  })

  it('fails on bad arguments', () => {
    const message = /^cast\(\) expects params to be a plain object, got: /
    assert.throws(() => cast(build(Post), build(Post), []), { name: 'CastError', message })
    assert.throws(() => cast(build(Post), 'foo', []), { name: 'CastError', message })
    assert.throws(() => cast(build(Post), ['foo'], []), { name: 'CastError', message })
    assert.throws(() => cast(build(Post), null, []), { name: 'CastError', message })
    assert.throws(() => cast(build(Post), new Date(), []), { name: 'CastError', message })
    // @ts-expect-error fields have names
    assert.throws(() => cast(build(Post), {}, [1]), {
      name: 'ChangesetError',
      message: 'cast() takes the names of the fields that may be sent, got: 1.',
    })
    const options: object = { emptyValue: ['n/a'] }
    assert.throws(() => cast(build(Post), {}, [], options), {
      name: 'ChangesetError',
      message: /^unknown option "emptyValue" given to cast\(\)\. Did you mean "emptyValues"\?/,
    })
  })

  it('required field of wrong type is marked as invalid', () => {
    const changeset = check(cast(build(Post), { body: 1 }, ['body']), required('body'))
    assert.deepEqual(changeset.changes, {})
    assert.deepEqual(errorMessages(changeset), { body: ['is invalid'] })
  })

  it('does not validate types in data', () => {
    const odd: object = { body: 12 }
    const changeset = cast(build(Post, odd), {}, ['body'])
    assert.equal(changeset.valid, true)
    assert.deepEqual(changeset.changes, {})
  })

  it('semantic comparison', () => {
    const post = build(Post, { decimal: '1', scores: ['1', '2.50'] })
    const same = cast(post, { decimal: '1.0', scores: ['1.00', 2.5] }, ['decimal', 'scores'])
    assert.deepEqual(same.changes, {})
    const other = cast(post, { decimal: '1.1', scores: ['1'] }, ['decimal', 'scores'])
    assert.deepEqual(other.changes, { decimal: '1.1', scores: ['1'] })
  })

  it('takes what params inherit from nowhere', () => {
    const Odd = schema('odd', { constructor: t.string().nullable(), toString: t.integer() })
    const sent = cast(build(Odd), {}, ['constructor', 'toString'])
    assert.deepEqual(sent.changes, {})
    assert.deepEqual(errorMessages(check(sent, required('constructor'))), {
      constructor: ["can't be blank"],
    })
  })

  it('leaves the changeset it was given as it is', () => {
    const base = change(build(Post), { title: 'a' })
    cast(base, { title: 'b', upvotes: 'x' }, ['title', 'upvotes'])
    assert.deepEqual([base.changes, base.errors, base.valid], [{ title: 'a' }, {}, true])
  })
})
