import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { Post } from '../testing/post.ts'
import { applyAction } from './apply.ts'
import { cast } from './cast.ts'
import { change, deleteChange, forceChange, merge, put, updateChange } from './change.ts'
import { unique } from './constraints.ts'
import { length } from './length.ts'
import { errorMessages } from './messages.ts'
import { optimisticLock, prepareChanges } from './prepare.ts'
import { check } from './rule.ts'
import { format, required } from './validate.ts'

describe('change/2', () => {
  it('with a struct', () => {
    const post = build(Post, { body: 'bar' })
    assert.deepEqual(change(post).changes, {})
    assert.equal(change(post).row, post)
    assert.deepEqual(change(post, { body: 'bar' }).changes, {})
    assert.deepEqual(change(post, { body: 'bar', title: 'foo' }).changes, { title: 'foo' })
  })

  it('with a changeset', () => {
    const base = cast(build(Post, { upvotes: 5 }), { title: 'title' }, ['title'])
    assert.equal(change(base), base)
    assert.deepEqual(change(base, { body: 'body' }).changes, { title: 'title', body: 'body' })
    assert.deepEqual(change(base, { title: 'new title' }).changes, { title: 'new title' })
    assert.deepEqual(change(base, { body: null }).changes, { title: 'title' })
    assert.deepEqual(change(base, { upvotes: 5 }).changes, { title: 'title' })
    assert.deepEqual(change(base, { upvotes: 10 }).changes, { title: 'title', upvotes: 10 })
    assert.deepEqual(change(base, { title: '', upvotes: 5 }).changes, {})
  })

  it('semantic comparison', () => {
    const post = build(Post, { decimal: '1', options: { a: { b: 1 } } })
    assert.deepEqual(change(post, { decimal: '1.0', options: { a: { b: 1 } } }).changes, {})
    assert.deepEqual(change(post, { decimal: '1.1' }).changes, { decimal: '1.1' })
  })

  it('unknown field', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => change(build(Post), { titel: 'x' }), {
      name: 'UnknownFieldError',
      message: /unknown field "titel" given to change\(\) for "posts"\. Did you mean "title"\?/,
    })
  })

  it('with virtual fields', () => {
    assert.deepEqual(change(build(Post), { slogan: 'more' }).changes, { slogan: 'more' })
  })

  it('holds to the types of the fields', () => {
    // @ts-expect-error upvotes are a number
    change(build(Post), { upvotes: '249' })
    // @ts-expect-error upvotes are a number
    put(change(build(Post)), 'upvotes', '249')
    // @ts-expect-error upvotes are not null
    put(change(build(Post)), 'upvotes', null)
  })
})

describe('put_change/3 and delete_change/2', () => {
  const base = change(build(Post, { upvotes: 5 }))

  it('put what differs, and take back what does not', () => {
    const changed = put(base, 'title', 'foo')
    assert.deepEqual(changed.changes, { title: 'foo' })
    assert.deepEqual(put(changed, 'title', '').changes, {})
    assert.deepEqual(put(base, 'body', null).changes, {})
    assert.deepEqual(put(base, 'upvotes', 5).changes, {})
    assert.deepEqual(base.changes, {})
  })

  it('drop a change, if there is one', () => {
    const changed = put(base, 'title', 'foo')
    assert.deepEqual(deleteChange(changed, 'title').changes, {})
    assert.equal(deleteChange(changed, 'body'), changed)
  })
})

describe('update_change/3', () => {
  it('makes a new change of the one there is', () => {
    const changeset = updateChange(change(build(Post), { title: 'foo' }), 'title', (title) => {
      return `${title}bar`
    })
    assert.deepEqual(changeset.changes, { title: 'foobar' })
  })

  it('also of null', () => {
    const start = change(build(Post, { body: 'x' }), { body: null })
    assert.deepEqual(updateChange(start, 'body', (body) => body ?? 'y').changes, { body: 'y' })
    assert.deepEqual(updateChange(start, 'body', () => 'x').changes, {})
  })

  it('is not called where there is none', () => {
    const start = change(build(Post))
    assert.equal(
      updateChange(start, 'title', () => 'bar'),
      start,
    )
  })
})

describe('force_change/3', () => {
  it('sets what the row has already', () => {
    const changeset = forceChange(change(build(Post, { upvotes: 5 })), 'upvotes', 5)
    assert.deepEqual(changeset.changes, { upvotes: 5 })
  })

  it('is not for associations and embeds', () => {
    // @ts-expect-error comments are put by putAssoc
    assert.throws(() => forceChange(change(build(Post)), 'comments', []), {
      name: 'ChangesetError',
      message:
        /is an association, which forceChange\(\) does not change\. Use putAssoc\(changeset, 'comments', …\)/,
    })
  })

  it('raises for an unknown field', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => forceChange(change(build(Post)), 'titel', ''), {
      name: 'UnknownFieldError',
    })
  })
})

describe('merge/2', () => {
  const post = build(Post)

  it('merges changes', () => {
    const [one, two] = [
      cast(post, { title: 'foo' }, ['title']),
      cast(post, { body: 'b' }, ['body']),
    ]
    assert.deepEqual(merge(one, two).changes, { title: 'foo', body: 'b' })
    const later = cast(post, { title: 'bar' }, ['title'])
    assert.deepEqual(merge(one, later).changes, { title: 'bar' })
    assert.deepEqual(merge(one, later).params, { title: 'bar' })
  })

  it('merges errors', () => {
    const one = check(cast(post, {}, []), required('title'))
    const two = check(cast(post, {}, []), required('title', 'body'))
    const merged = merge(one, two)
    assert.equal(merged.valid, false)
    assert.deepEqual(errorMessages(merged), { title: ["can't be blank"], body: ["can't be blank"] })
  })

  it('merges validations', () => {
    const one = check(cast(post, { title: 'Title' }, ['title']), length('title', { max: 10 }))
    const two = check(cast(post, { body: 'Body' }, ['body']), format('body', /B/))
    assert.deepEqual(
      merge(one, two).validations.map(({ field, name }) => [field, name]),
      [
        ['title', 'length'],
        ['body', 'format'],
      ],
    )
  })

  it('merges constraints', () => {
    const merged = merge(check(change(post), unique('title')), check(change(post), unique('body')))
    assert.deepEqual(
      merged.constraints.map(({ field }) => field),
      ['title', 'body'],
    )
  })

  it('merges prepare callbacks, in their order', () => {
    const [first, second] = [
      prepareChanges<typeof Post>((cs) => cs),
      optimisticLock<typeof Post, 'upvotes'>('upvotes'),
    ]
    const merged = merge(check(change(post), first), check(change(post), second))
    assert.equal(merged.prepare.length, 2)
    assert.deepEqual(merged.filters, { upvotes: 0 })
  })

  it('merges parameters', () => {
    const none = change(post)
    const some = cast(post, { body: 'foo' }, ['body'])
    assert.deepEqual(merge(some, none).params, { body: 'foo' })
    assert.deepEqual(merge(none, some).params, { body: 'foo' })
    assert.equal(merge(none, none).params, undefined)
  })

  it('gives required fields precedence over optional ones', () => {
    const merged = merge(check(change(post), required('title')), cast(post, {}, ['title']))
    assert.deepEqual(merged.required, ['title'])
    const twice = merge(merged, check(change(post), required('title', 'body')))
    assert.deepEqual(twice.required, ['title', 'body'])
  })

  it('keeps the action of either', () => {
    const tried = applyAction(check(change(post), required('body')), 'insert')
    assert.ok(!tried.ok)
    assert.equal(merge(tried.changeset, change(post)).action, 'insert')
    assert.equal(merge(change(post), tried.changeset).action, 'insert')
  })

  it('fails when data, repo or action differ: a changeset has no repo here, but empty values', () => {
    assert.throws(() => merge(change(post), change(build(Post, { title: 'other' }))), {
      name: 'ChangesetError',
      message: /merge\(\) takes two changesets over the same row of "posts"; these have different/,
    })
    const wrong = check(change(post), required('body'))
    const [inserted, updated] = [applyAction(wrong, 'insert'), applyAction(wrong, 'update')]
    assert.ok(!inserted.ok && !updated.ok)
    const { changeset: one } = inserted
    const { changeset: two } = updated
    assert.throws(() => merge(one, two), /different actions: 'insert' and 'update'/)
    const empties = cast(post, {}, [], { emptyValues: ['-'] })
    const others = cast(post, {}, [], { emptyValues: ['+'] })
    assert.throws(() => merge(empties, others), /different empty values/)
  })
})
