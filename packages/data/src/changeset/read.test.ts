import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build, rowWith, stateOf } from '../schema/instance.ts'
import { Author, Comment, Post } from '../testing/post.ts'
import { applyAction, applyActionOrThrow, applyChanges, resetFields } from './apply.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import { addError, type AnyChangeset, type Changeset, withChanges, withState } from './changeset.ts'
import {
  changed,
  fetchChange,
  fetchChangeOrThrow,
  fetchField,
  fetchFieldOrThrow,
  fieldMissing,
  getChange,
  getField,
} from './read.ts'
import { check } from './rule.ts'
import { required } from './validate.ts'

const sent = cast(build(Post, { body: 'bar' }), { title: 'foo', upvotes: null }, [
  'title',
  'upvotes',
])

function acted<S extends typeof Comment>(
  changeset: Changeset<S>,
  action: AnyChangeset['action'],
): Changeset<S> {
  return withState(changeset, { action })
}

const stored = rowWith(build(Post, { id: 1, body: 'bar' }), 'loaded')

describe('fetch_field/2', () => {
  it('says whether a value is proposed or what the row has', () => {
    assert.deepEqual(fetchField(sent, 'title'), { from: 'changes', value: 'foo' })
    assert.deepEqual(fetchField(sent, 'body'), { from: 'row', value: 'bar' })
    // @ts-expect-error there is no such field
    assert.equal(fetchField(sent, 'other'), undefined)
  })

  it('throws in the variant that says so', () => {
    assert.equal(fetchFieldOrThrow(sent, 'title'), 'foo')
    // @ts-expect-error there is no such field
    assert.throws(() => fetchFieldOrThrow(sent, 'titel'), { name: 'UnknownFieldError' })
  })
})

describe('fetch_change/2', () => {
  it('tells no change from a change to null', () => {
    assert.deepEqual(fetchChange(sent, 'title'), { value: 'foo' })
    assert.deepEqual(fetchChange(sent, 'upvotes'), { value: null })
    assert.equal(fetchChange(sent, 'body'), undefined)
  })

  it('throws in the variant that says so', () => {
    assert.equal(fetchChangeOrThrow(sent, 'title'), 'foo')
    assert.throws(() => fetchChangeOrThrow(sent, 'body'), {
      name: 'ChangesetError',
      message: 'the changeset of "posts" does not change "body". It changes: title, upvotes.',
    })
  })
})

describe('get_change/3', () => {
  it('gives the change, or else the fallback', () => {
    assert.equal(getChange(sent, 'title'), 'foo')
    assert.equal(getChange(sent, 'body'), undefined)
    assert.equal(getChange(sent, 'body', 'other'), 'other')
    assert.equal(getChange(sent, 'upvotes', 5), null)
  })
})

describe('get_field/3', () => {
  it('gives the change, or what the row has, or else the fallback', () => {
    assert.equal(getField(sent, 'title'), 'foo')
    assert.equal(getField(sent, 'body'), 'bar')
    assert.equal(getField(sent, 'body', 'other'), 'bar')
    assert.equal(getField(sent, 'colour', 'red'), 'red')
  })

  it('with associations: their rows as they would be, less those that go', () => {
    const kept = build(Comment, { id: 1, text: 'kept' })
    const base = change(build(Post, { comments: [kept] }))
    const changeset = withChanges(base, {
      comments: [
        acted(change(build(Comment, { id: 2 })), 'replace'),
        acted(change(build(Comment, { id: 3 })), 'delete'),
        acted(change(kept, { text: 'changed' }), 'update'),
      ],
    })
    assert.deepEqual(
      getField(base, 'comments').map(({ text }) => text),
      ['kept'],
    )
    assert.deepEqual(
      getField(changeset, 'comments').map(({ text }) => text),
      ['changed'],
    )
    assert.equal(getChange(changeset, 'comments')?.length, 3)
  })

  it('with associations of a row that was never stored: none', () => {
    assert.deepEqual(getField(change(build(Post)), 'comments'), [])
    assert.equal(getField(change(build(Post)), 'comment'), null)
  })

  it('with associations that were not loaded: refuses', () => {
    assert.throws(() => getField(change(stored), 'comments'), {
      name: 'AssociationNotLoadedError',
    })
  })
})

describe('changed?/3', () => {
  const changeset = change(build(Post, { upvotes: 1, decimal: '1' }), { upvotes: 2 })

  it('tells whether a field would change, from what and to what', () => {
    assert.equal(changed(changeset, 'upvotes'), true)
    assert.equal(changed(changeset, 'title'), false)
    assert.equal(changed(changeset, 'upvotes', { from: 1 }), true)
    assert.equal(changed(changeset, 'upvotes', { from: 0 }), false)
    assert.equal(changed(changeset, 'upvotes', { from: 1, to: 2 }), true)
    assert.equal(changed(changeset, 'upvotes', { to: 3 }), false)
  })

  it('compares by the meaning of the type', () => {
    const cheaper = change(changeset, { decimal: '0.5' })
    assert.equal(changed(cheaper, 'decimal', { from: '1.00', to: '0.50' }), true)
  })

  it('tells whether rows come, go or change', () => {
    const comment = build(Comment)
    const having = (comments: readonly AnyChangeset[]) =>
      withChanges(change(build(Post)), { comments })
    const same = acted(change(comment), 'update')
    assert.equal(changed(having([same]), 'comments'), false)
    assert.equal(changed(having([]), 'comments'), true)
    assert.equal(changed(having([same, acted(change(comment), 'insert')]), 'comments'), true)
    assert.equal(
      changed(having([acted(change(comment, { text: 'x' }), 'update')]), 'comments'),
      true,
    )
    assert.equal(changed(change(build(Post)), 'comments'), false)
  })

  it('refuses what it cannot tell', () => {
    // @ts-expect-error rows are no value to compare
    assert.throws(() => changed(changeset, 'comments', { to: [] }), { name: 'ChangesetError' })
    // @ts-expect-error there is no such field
    assert.throws(() => changed(changeset, 'titel'), { name: 'UnknownFieldError' })
  })
})

describe('field_missing?/2', () => {
  it('is null, or what counts as empty', () => {
    const post = build(Post, { title: 'x', body: '  ', topics: [] })
    assert.equal(fieldMissing(change(post), 'title'), false)
    assert.equal(fieldMissing(change(post), 'body'), true)
    assert.equal(fieldMissing(change(post), 'decimal'), true)
    assert.equal(fieldMissing(change(post), 'topics'), false)
    assert.equal(fieldMissing(change(post, { title: '' }), 'title'), true)
    const dashes = cast(post, {}, [], { emptyValues: ['x'] })
    assert.equal(fieldMissing(dashes, 'title'), true)
  })

  it('of associations is none of them, and must be loaded to be told', () => {
    assert.equal(fieldMissing(change(build(Post)), 'comments'), true)
    assert.equal(
      fieldMissing(change(build(Post, { comments: [build(Comment)] })), 'comments'),
      false,
    )
    assert.throws(() => fieldMissing(change(stored), 'comments'), {
      name: 'AssociationNotLoadedError',
    })
  })
})

describe('apply_changes/1', () => {
  it('gives the row as it would be, and leaves the row as it is', () => {
    const post = build(Post, { title: 'old' })
    const changeset = addError(change(post, { title: 'new', slogan: 'more' }), 'title', 'is new')
    const applied = applyChanges(changeset)
    assert.deepEqual([applied.title, applied.slogan, post.title], ['new', 'more', 'old'])
    assert.equal(stateOf(applied), 'built')
  })

  it('applies what is nested, and drops what goes', () => {
    const changeset = withChanges(change(build(Post)), {
      title: 'x',
      comment: acted(change(build(Comment), { text: 'one' }), 'insert'),
      comments: [
        acted(change(build(Comment, { text: 'gone' })), 'replace'),
        acted(change(build(Comment), { text: 'two' }), 'insert'),
      ],
      seo: null,
    })
    const applied: { readonly [name: string]: unknown } = { ...applyChanges(changeset) }
    assert.partialDeepStrictEqual(applied, {
      comment: { text: 'one' },
      comments: [{ text: 'two' }],
    })
    assert.equal(applied.seo, null)
  })

  it('of a row put in a belongsTo sets the foreign key', () => {
    const ada = build(Author, { id: 7, name: 'Ada' })
    const put = withChanges(change(build(Post)), { author: change(ada) })
    assert.equal(applyChanges(put).authorId, 7)
    const taken = withChanges(change(build(Post, { authorId: 7, author: ada })), { author: null })
    assert.equal(applyChanges(taken).authorId, null)
  })

  it('forgets an association that the foreign key no longer leads to', () => {
    const ada = build(Author, { id: 7, name: 'Ada' })
    const post = build(Post, { authorId: 7, author: ada })
    assert.equal(applyChanges(change(post, { title: 'x' })).author, ada)
    assert.throws(() => applyChanges(change(post, { authorId: 8 })).author, {
      name: 'AssociationNotLoadedError',
    })
    const nobody = build(Post, { authorId: null, author: null })
    assert.throws(() => applyChanges(change(nobody, { authorId: 8 })).author, {
      name: 'AssociationNotLoadedError',
    })
  })
})

describe('apply_action/2', () => {
  it('valid', () => {
    const applied = applyAction(change(build(Post), { title: 'x' }), 'insert')
    assert.ok(applied.ok)
    assert.equal(applied.value.title, 'x')
  })

  it('invalid', () => {
    const changeset = check(change(build(Post)), required('title'))
    const applied = applyAction(changeset, 'search')
    assert.ok(!applied.ok)
    assert.equal(applied.changeset.action, 'search')
    assert.equal(changeset.action, undefined)
  })

  it('raises for an action that is no word', () => {
    // @ts-expect-error it has to be said what was attempted
    assert.throws(() => applyAction(change(build(Post)), undefined), {
      name: 'ChangesetError',
      message: /applyAction\(\) takes the name of what was attempted, such as 'insert', got: undef/,
    })
  })

  it('throws in the variant that says so', () => {
    assert.equal(applyActionOrThrow(change(build(Post), { title: 'x' }), 'insert').title, 'x')
    const changeset = check(change(build(Post)), required('title'))
    assert.throws(() => applyActionOrThrow(changeset, 'insert'), { name: 'InvalidChangesetError' })
  })
})

describe('reset_fields/2', () => {
  it('sets fields to their defaults, and forgets associations', () => {
    const loaded = rowWith(build(Post, { id: 1, title: 'x', upvotes: 9, comments: [] }), 'loaded')
    const reset = resetFields(loaded, ['upvotes', 'comments'])
    assert.deepEqual([reset.id, reset.title, reset.upvotes, stateOf(reset)], [1, 'x', 0, 'loaded'])
    assert.throws(() => reset.comments, { name: 'AssociationNotLoadedError' })
    // @ts-expect-error there is no such field
    assert.throws(() => resetFields(loaded, ['titel']), { name: 'UnknownFieldError' })
  })
})
