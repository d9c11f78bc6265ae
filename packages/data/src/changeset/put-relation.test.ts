import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { Comment, Permalink, Post, Tag, User } from '../testing/blog.ts'
import { stored } from '../testing/stored.ts'
import { applyChanges } from './apply.ts'
import { change, put } from './change.ts'
import { type AnyChangeset, withState } from './changeset.ts'
import { changed, getChange, getField } from './read.ts'
import { getAssoc, markedFor, putAssoc, putEmbed, reorderAssoc } from './put-relation.ts'
import { check } from './rule.ts'
import { traverseErrors } from './traverse.ts'
import { required } from './validate.ts'

const first = stored(Comment, { id: 1, text: 'first' })
const second = stored(Comment, { id: 2, text: 'second' })
const link = stored(Permalink, { id: 5, url: 'a' })

function postWith(related: object) {
  return stored(Post, { id: 1, title: 'Post' }, related)
}

/** What would be done, a line for each. */
function done(changesets: readonly AnyChangeset[] | undefined) {
  return changesets?.map(({ action, row, changes }) => [action, Reflect.get(row, 'id'), changes])
}

describe('change has_many', () => {
  it('with attributes: those of a row that is there change it, others make a new one', () => {
    const changeset = change(postWith({ comments: [first] }), {
      comments: [{ id: 1, text: 'changed' }, { text: 'new' }],
    })

    assert.deepEqual(done(getChange(changeset, 'comments')), [
      ['update', 1, { text: 'changed' }],
      ['insert', null, { text: 'new' }],
    ])
  })

  it('with structs: as they are, new ones to insert and stored ones to move here', () => {
    const fresh = build(Comment, { text: 'new' })
    const elsewhere = stored(Comment, { id: 9, postId: 4, text: 'elsewhere' })
    const changeset = putAssoc(change(postWith({ comments: [first] })), 'comments', [
      first,
      fresh,
      elsewhere,
    ])

    assert.deepEqual(done(getChange(changeset, 'comments')), [
      ['update', 1, {}],
      ['insert', null, {}],
      ['update', 9, {}],
    ])
    assert.equal(getChange(changeset, 'comments')?.[1]?.row, fresh)
  })

  it('with changesets, whose own action counts', () => {
    const changeset = putAssoc(change(postWith({ comments: [first, second] })), 'comments', [
      markedFor(change(first), 'delete'),
      change(second, { text: 'x' }),
      change(build(Comment), { text: 'new' }),
    ])

    assert.deepEqual(done(getChange(changeset, 'comments')), [
      ['delete', 1, {}],
      ['update', 2, { text: 'x' }],
      ['insert', null, { text: 'new' }],
    ])
  })
})

describe('put_assoc/4', () => {
  it('with has_one', () => {
    const changeset = putAssoc(change(build(Post)), 'permalink', { url: 'a' })
    const updated = putAssoc(change(postWith({ permalink: link })), 'permalink', {
      id: 5,
      url: 'b',
    })

    assert.deepEqual(done([getChange(changeset, 'permalink') ?? changeset]), [
      ['insert', null, { url: 'a' }],
    ])
    assert.deepEqual(done([getChange(updated, 'permalink') ?? updated]), [
      ['update', 5, { url: 'b' }],
    ])
  })

  it('with has_many', () => {
    const changeset = putAssoc(change(build(Post)), 'comments', [{ text: 'a' }, build(Comment)])

    assert.deepEqual(done(getChange(changeset, 'comments')), [
      ['insert', null, { text: 'a' }],
      ['insert', null, {}],
    ])
    assert.deepEqual(
      getField(changeset, 'comments').map(({ text }) => text),
      ['a', null],
    )
  })

  it('when replacing', () => {
    const fixed = putAssoc(change(postWith({ fixComments: [first, second] })), 'fixComments', [
      second,
    ])
    const linked = change(postWith({ permalink: link }))
    const raised = change(postWith({ raisedPermalink: link }))
    const invalid = putAssoc(change(postWith({ invalidComments: [first] })), 'invalidComments', [])

    assert.deepEqual(done(getChange(fixed, 'fixComments')), [
      ['replace', 1, {}],
      ['update', 2, {}],
    ])
    assert.equal(
      getChange(putAssoc(linked, 'permalink', { url: 'b' }), 'permalink')?.action,
      'insert',
    )
    assert.throws(() => putAssoc(raised, 'raisedPermalink', { url: 'b' }), {
      name: 'ChangesetError',
      message: /with id 5 is left out of it, and its onReplace is 'raise'/,
    })
    assert.deepEqual(invalid.errors, {
      invalidComments: [{ message: 'is invalid', meta: { type: 'array of map' } }],
    })
  })

  it('with empty: null and no rows leave none, and are no change where there are none', () => {
    assert.deepEqual(putAssoc(change(postWith({ permalink: link })), 'permalink', null).changes, {
      permalink: null,
    })
    assert.deepEqual(putAssoc(change(build(Post)), 'permalink', null).changes, {})
    assert.deepEqual(putAssoc(change(build(Post)), 'comments', []).changes, {})
    assert.deepEqual(putAssoc(change(postWith({ comments: [] })), 'comments', []).changes, {})
  })

  it('takes an earlier change back with what is there already', () => {
    const post = postWith({ comments: [first] })
    const changeset = putAssoc(change(post), 'comments', [{ id: 1, text: 'x' }])

    assert.ok(changed(changeset, 'comments'))
    assert.deepEqual(putAssoc(changeset, 'comments', [first]).changes, {})
    assert.deepEqual(put(changeset, 'comments', [{ id: 1, text: 'first' }]).changes, {})
  })

  it('raises on invalid changeset: of another schema, or one that a call before has replaced', () => {
    const post = postWith({ forcedComments: [first] })
    const [replaced] =
      getChange(putAssoc(change(post), 'forcedComments', []), 'forcedComments') ?? []

    assert.throws(
      // @ts-expect-error tags are no comments
      () => putAssoc(change(post), 'forcedComments', [build(Tag)]),
      /"forcedComments" of "blog_posts" takes rows and changesets of "blog_comments", got one of "blog_tags"/,
    )
    assert.ok(replaced)
    assert.throws(() => putAssoc(change(post), 'forcedComments', [replaced]), {
      name: 'ChangesetError',
      message: /cannot replace .* Cast or put a relation once/,
    })
  })

  it('does not compile with a row or changeset of another schema, though its values would fit', () => {
    const post = change(build(Post))
    const tag = build(Tag, { name: 'x' })
    // @ts-expect-error tags are no users
    assert.throws(() => putAssoc(post, 'author', tag), { name: 'ChangesetError' })
    // @ts-expect-error nor are their changesets
    assert.throws(() => putAssoc(post, 'author', change(tag)), { name: 'ChangesetError' })
    // @ts-expect-error nor among others
    assert.throws(() => putAssoc(post, 'comments', [{ text: 'a' }, change(tag)]), /takes rows and/)
    // @ts-expect-error nor by put
    assert.throws(() => put(post, 'author', tag), /takes rows and changesets of "blog_users"/)
    // @ts-expect-error nor by change
    assert.throws(() => change(build(Post), { author: tag }), { name: 'ChangesetError' })
    // @ts-expect-error nor are they the values of a post
    assert.throws(() => change(build(Post), tag), { name: 'UnknownFieldError' })
    // @ts-expect-error a user is no settings
    assert.throws(() => putEmbed(post, 'settings', build(User)), { name: 'ChangesetError' })
  })

  it('raises where nothing is loaded, whatever is put', () => {
    const post = stored(Post, { id: 1, title: 'x' })

    assert.throws(() => putAssoc(change(post), 'comments', []), {
      name: 'AssociationNotLoadedError',
    })
    assert.throws(() => putAssoc(change(post), 'author', null), {
      name: 'AssociationNotLoadedError',
    })
  })

  it('is invalid with what is no row, and with an invalid one', () => {
    // @ts-expect-error numbers are no rows
    const numbers = putAssoc(change(build(Post)), 'comments', [1])
    const blank = putAssoc(change(build(Post)), 'comments', [
      check(change(build(Comment)), required('text')),
    ])

    assert.deepEqual(traverseErrors(numbers), { comments: ['is invalid'] })
    assert.equal(blank.valid, false)
    assert.deepEqual(traverseErrors(blank), { comments: [{ text: ["can't be blank"] }] })
  })

  it('refuses another row where onReplace is update', () => {
    const post = change(postWith({ updatedPermalink: link }))
    const updated = putAssoc(post, 'updatedPermalink', { url: 'b' }).changes.updatedPermalink

    assert.deepEqual([updated?.action, updated?.row.id], ['update', 5])
    assert.throws(() => putAssoc(post, 'updatedPermalink', build(Permalink, { url: 'b' })), {
      message:
        /onReplace 'update', which changes the row that is there and puts no other in its place/,
    })
  })

  it('refuses what it is not for', () => {
    const changeset = change(build(Post))

    // @ts-expect-error an embed
    assert.throws(() => putAssoc(changeset, 'links', []), /Use putEmbed\(changeset, 'links'/)
    // @ts-expect-error goes through others
    assert.throws(() => putAssoc(changeset, 'commenters', []), /goes through other associations/)
    // @ts-expect-error no association
    assert.throws(() => putAssoc(changeset, 'title', 'x'), { name: 'UnknownAssociationError' })
  })

  it('a row put in a belongs_to sets the foreign key of the row as it would be', () => {
    const ada = stored(User, { id: 3, name: 'Ada' })
    const applied = applyChanges(putAssoc(change(build(Comment)), 'author', ada))

    assert.equal(applied.authorId, 3)
  })
})

describe('reorder_assoc/2', () => {
  it('sorts actions (delete then update then insert)', () => {
    const changeset = putAssoc(
      change(postWith({ forcedComments: [first, second] })),
      'forcedComments',
      [{ text: 'new' }, { id: 2, text: 'x' }],
    )
    const marked = withState(changeset, {
      changes: { forcedComments: (getChange(changeset, 'forcedComments') ?? []).toReversed() },
    })
    const actions = (one: typeof changeset) =>
      getChange(one, 'forcedComments')?.map(({ action }) => action)

    assert.deepEqual(actions(marked), ['update', 'insert', 'replace'])
    assert.deepEqual(actions(reorderAssoc(marked, 'forcedComments')), [
      'replace',
      'update',
      'insert',
    ])
    assert.deepEqual(
      actions(
        reorderAssoc(marked, 'forcedComments', (left, right) =>
          String(left.action).localeCompare(String(right.action)),
        ),
      ),
      ['insert', 'replace', 'update'],
    )
    assert.equal(reorderAssoc(change(build(Post)), 'forcedComments').changes.comments, undefined)
  })
})

describe('get_assoc/3', () => {
  it('gives the changesets, of those that change or else of those that are there', () => {
    const changeset = change(postWith({ comments: [first], permalink: link }))
    const [there] = getAssoc(changeset, 'comments')
    const put = putAssoc(changeset, 'comments', [{ id: 1, text: 'x' }])

    assert.equal(there?.row, first)
    assert.deepEqual(there?.changes, {})
    assert.equal(getAssoc(changeset, 'permalink')?.row, link)
    assert.equal(getAssoc(put, 'comments'), getChange(put, 'comments'))
    assert.deepEqual(getAssoc(change(build(Post)), 'permalink'), null)
  })

  it('gives the rows as they would be', () => {
    const changeset = putAssoc(change(postWith({ forcedComments: [first] })), 'forcedComments', [
      { text: 'new' },
    ])

    assert.deepEqual(
      getAssoc(changeset, 'forcedComments', 'row').map(({ text }) => text),
      ['new'],
    )
  })
})
