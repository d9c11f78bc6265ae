import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { build } from '../schema/instance.ts'
import { embedded } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { Author, Comment, Post } from '../testing/post.ts'
import { applyActionOrThrow } from './apply.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import { addError, withChanges, withState } from './changeset.ts'
import { errorMessages } from './messages.ts'
import { check } from './rule.ts'
import { traverseErrors, traverseValidations } from './traverse.ts'
import { length } from './length.ts'
import { required } from './validate.ts'

const comments = [
  withState(change(build(Comment)), { action: 'replace' }),
  withState(check(change(build(Comment), { text: 'far too long' }), length('text', { max: 3 })), {
    action: 'insert',
  }),
]
const nested = withChanges(addError(change(build(Post)), 'title', 'is %{what}', { what: 'dull' }), {
  comments,
  comment: comments[0],
})

describe('inspect', () => {
  it('shows what would be written and what is wrong', () => {
    const changeset = cast(build(Post), { title: 1, body: 'text' }, ['title', 'body'])
    assert.equal(
      inspect(changeset),
      `Changeset<posts> {
  action: undefined,
  changes: { body: 'text' },
  errors: { title: [ 'is invalid' ] },
  valid: false
}`,
    )
  })

  it('redacts fields marked redact: true', () => {
    const changeset = change(build(Post), { token: 'secret', title: 'x' })
    const text = inspect(changeset)
    assert.match(text, /token: '\*\*redacted\*\*'/)
    assert.doesNotMatch(text, /secret/)
  })

  it('shows changesets within, indented', () => {
    assert.equal(
      inspect(withChanges(change(build(Post)), { comments })),
      `Changeset<posts> {
  action: undefined,
  changes: {
    comments: [
      Changeset<comments> { action: 'replace', changes: {}, errors: {}, valid: true },
      Changeset<comments> {
        action: 'insert',
        changes: { text: 'far too long' },
        errors: { text: [ 'should be at most 3 character(s)' ] },
        valid: false
      }
    ]
  },
  errors: {},
  valid: true
}`,
    )
  })

  it('names data that has no table for what it is', () => {
    assert.match(inspect(change(build(embedded({ a: t.any() })))), /^Changeset<embedded> \{/)
  })
})

describe('traverses changeset errors', () => {
  it('as people read them, nested as the changesets are', () => {
    assert.deepEqual(traverseErrors(nested), {
      title: ['is dull'],
      comments: [{}, { text: ['should be at most 3 character(s)'] }],
    })
    assert.deepEqual(errorMessages(nested), { title: ['is dull'] })
  })

  it('as a function makes them', () => {
    assert.deepEqual(
      traverseErrors(nested, ({ meta }) => meta['validation'] ?? 'none'),
      { title: ['none'], comments: [{}, { text: ['length'] }] },
    )
  })

  it('with field', () => {
    assert.deepEqual(
      traverseErrors(nested, ({ message }, field, { schema }) => [schema.source, field, message]),
      {
        title: [['posts', 'title', 'is %{what}']],
        comments: [{}, { text: [['comments', 'text', 'should be at most %{count} character(s)']] }],
      },
    )
  })

  it('of an association itself, where those of its rows are not in the way', () => {
    const changeset = addError(change(build(Post)), 'comments', "can't be blank")
    assert.deepEqual(traverseErrors(changeset), { comments: ["can't be blank"] })
    assert.deepEqual(traverseErrors(withChanges(changeset, { comments })), {
      comments: [{}, { text: ['should be at most 3 character(s)'] }],
    })
  })
})

describe('traverses changeset validations', () => {
  it('as a function makes them', () => {
    const changeset = check(nested, length('title', { min: 2 }), length('body', { max: 9 }))
    assert.deepEqual(
      traverseValidations(changeset, ({ name, options }) => ({ name, ...options })),
      {
        title: [{ name: 'length', min: 2, count: 'graphemes' }],
        body: [{ name: 'length', max: 9, count: 'graphemes' }],
        comments: [{}, { text: [{ name: 'length', max: 3, count: 'graphemes' }] }],
      },
    )
  })
})

describe('InvalidChangesetError', () => {
  it('says what is wrong, what would change, what was sent and what came of it, and no secret', () => {
    const params = {
      title: '',
      token: 'secret',
      tokenConfirmation: 'secret',
      seo: { keywords: 'tide', secret: 'secret' },
      links: [{ url: 'a' }],
      author: { email: 'secret' },
    }
    const seo = Post.fields.seo.type.embed?.schema
    assert.ok(seo)
    const author = change(build(Author), { name: 'Ada', email: 'secret' })
    const base = cast(build(Post), params, ['title', 'token'])
    const changeset = check(withChanges(base, { ...base.changes, author }), required('title'))

    assert.throws(
      () => applyActionOrThrow(changeset, 'publish'),
      (error: Error) => {
        assert.equal(
          error.message,
          `could not publish a row of "posts", because the changeset is invalid.

Errors
  * title can't be blank

Applied changes
  {
    token: '**redacted**',
    author: { name: 'Ada', email: '**redacted**' }
  }

Params
  {
    title: '',
    token: '**redacted**',
    tokenConfirmation: '**redacted**',
    seo: { keywords: 'tide', secret: '**redacted**' },
    links: [ { url: 'a' } ],
    author: { email: '**redacted**' }
  }

Changeset
  Changeset<posts> {
    action: 'publish',
    changes: {
      token: '**redacted**',
      author: Changeset<authors> {
        action: undefined,
        changes: { name: 'Ada', email: '**redacted**' },
        errors: {},
        valid: true
      }
    },
    errors: { title: [ "can't be blank" ] },
    valid: false
  }`,
        )
        assert.doesNotMatch(inspect(error), /secret'/)
        return true
      },
    )
  })

  it('names what is wrong within by its way', () => {
    assert.throws(() => applyActionOrThrow(nested, 'insert'), {
      message: /Errors\n {2}\* title is dull\n {2}\* comments\[1\]\.text should be at most 3 char/,
    })
  })
})
