import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { type RowOf } from '../schema/row.ts'
import { Comment, Post, Tag } from '../testing/blog.ts'
import { stored } from '../testing/stored.ts'
import { castAssoc, type CastMany } from './cast-relation.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import {
  type AnyChangeset,
  type Base,
  type Changeset,
  type Params,
  withState,
} from './changeset.ts'
import { getChange, getField } from './read.ts'
import { markedFor } from './put-relation.ts'
import { check } from './rule.ts'
import { traverseErrors } from './traverse.ts'
import { required } from './validate.ts'

function commentChangeset(
  comment: Base<typeof Comment>,
  params: Params,
): Changeset<typeof Comment> {
  return check(cast(comment, params, ['text', 'position', 'remove']), required('text'))
}

type Names = 'comments' | 'forcedComments' | 'fixComments' | 'invalidComments'

/** A post, from the database, with these comments in an association. */
function postWith(name: Names | 'approvedComments', comments: readonly RowOf<typeof Comment>[]) {
  return stored(Post, { id: 1, title: 'Post' }, { [name]: comments })
}

function castComments(
  post: Base<typeof Post>,
  comments: unknown,
  options: Partial<CastMany<typeof Comment>> = {},
  name: Names = 'comments',
): Changeset<typeof Post> {
  return check(
    cast(post, { [name]: comments }, ['title']),
    castAssoc(name, { with: commentChangeset, ...options }),
  )
}

/** What would be done, a line for each. */
function done(changeset: Changeset<typeof Post>, name: Names = 'comments'): unknown[] | undefined {
  return getChange(changeset, name)?.map(({ action, row, changes }: AnyChangeset) => [
    action,
    Reflect.get(row, 'id'),
    changes,
  ])
}

const first = () => stored(Comment, { id: 1, text: 'first' })
const second = () => stored(Comment, { id: 2, text: 'second' })

describe('cast has_many', () => {
  it('with only new schemas', () => {
    const changeset = castComments(build(Post), [{ text: 'hello' }, { id: 7, text: 'seven' }])

    assert.deepEqual(done(changeset), [
      ['insert', null, { text: 'hello' }],
      ['insert', null, { text: 'seven' }],
    ])
    assert.ok(changeset.valid)
  })

  it('with map: by number, smaller numbers first', () => {
    const sent = {
      10: { text: 'ten' },
      2: { text: 'two' },
      '-1': { text: 'before' },
      x: { text: 'x' },
    }

    assert.deepEqual(done(castComments(build(Post), sent)), [
      ['insert', null, { text: 'before' }],
      ['insert', null, { text: 'two' }],
      ['insert', null, { text: 'ten' }],
      ['insert', null, { text: 'x' }],
    ])
  })

  it('with empty posts: none on a new row; on a stored one that has nothing loaded it throws', () => {
    const unloaded = stored(Post, { id: 1, title: 'Post' })

    assert.deepEqual(castComments(build(Post), []).changes, {})
    assert.throws(() => castComments(unloaded, []), {
      name: 'AssociationNotLoadedError',
      message: /"comments" of "blog_posts" is not loaded. Add \.preload\('comments'\)/,
    })
  })

  it('does nothing, loaded or not, when nothing was sent', () => {
    const unloaded = stored(Post, { id: 1, title: 'Post' })
    const rule = castAssoc<typeof Post, 'comments'>('comments', { with: commentChangeset })

    assert.deepEqual(check(cast(unloaded, { title: 'New' }, ['title']), rule).changes, {
      title: 'New',
    })
    assert.deepEqual(check(change(unloaded), rule).changes, {})
  })

  it('changing schemas: replaced ones first, the others in the order they were sent', () => {
    const post = postWith('forcedComments', [first(), second()])
    const sent = [{ text: 'new' }, { id: '2', text: 'changed' }]
    const changeset = castComments(post, sent, {}, 'forcedComments')

    assert.deepEqual(done(changeset, 'forcedComments'), [
      ['replace', 1, {}],
      ['insert', null, { text: 'new' }],
      ['update', 2, { text: 'changed' }],
    ])
    assert.deepEqual(
      getField(changeset, 'forcedComments').map(({ text }) => text),
      ['new', 'changed'],
    )
  })

  it('inserts what has a key that is not there, and does not take the key', () => {
    const changeset = castComments(postWith('comments', [first()]), [
      { id: 1 },
      { id: 999, text: 'of another post' },
    ])

    assert.deepEqual(done(changeset), [
      ['update', 1, {}],
      ['insert', null, { text: 'of another post' }],
    ])
  })

  it('with sort_param: those it leaves out come first, and those that are not there are new', () => {
    const rule = castAssoc<typeof Post, 'comments'>('comments', {
      with: (comment, params) => cast(comment, params, ['text']),
      sortParam: 'order',
    })
    const comments = { 0: { text: 'a' }, 1: { text: 'b' }, 2: { text: 'c' } }
    const cases = [['2', '0'], [2, 'new'], []].map((order) =>
      done(check(cast(build(Post), { comments, order }, []), rule))?.map(
        (one) => Object(one)[2].text,
      ),
    )

    assert.deepEqual(cases, [
      ['b', 'c', 'a'],
      ['a', 'b', 'c', undefined],
      ['a', 'b', 'c'],
    ])
  })

  it('with drop_param: those it names are left out, and it may come alone', () => {
    const rule = castAssoc<typeof Post, 'forcedComments'>('forcedComments', {
      with: (comment, params) => cast(comment, params, ['text']),
      dropParam: 'drop',
      sortParam: 'order',
    })
    const post = postWith('forcedComments', [first()])
    const forcedComments = [{ id: 1 }, { text: 'b' }, { text: 'c' }]
    const dropped = check(
      cast(post, { forcedComments, drop: ['0', '1'], order: ['1', '2'] }, []),
      rule,
    )
    const all = check(cast(post, { drop: ['0'] }, []), rule)
    const blank = check(cast(post, { forcedComments: [{ id: 1 }], drop: '' }, []), rule)

    assert.deepEqual(done(dropped, 'forcedComments'), [
      ['replace', 1, {}],
      ['insert', null, { text: 'c' }],
    ])
    assert.deepEqual(done(all, 'forcedComments'), [['replace', 1, {}]])
    assert.deepEqual(blank.changes, {})
  })

  it('arity-3 with: the function is told the place of each', () => {
    const changeset = castComments(build(Post), [{ text: 'a' }, { text: 'b' }], {
      with: (comment, params, index) =>
        change(commentChangeset(comment, params), { position: index }),
    })

    assert.deepEqual(done(changeset), [
      ['insert', null, { text: 'a', position: 0 }],
      ['insert', null, { text: 'b', position: 1 }],
    ])
  })

  it('with invalid operation: nothing that was sent reaches a row that is not there', () => {
    const sentFor = (action: 'update' | 'replace') =>
      castComments(postWith('comments', [first()]), [{ id: 1, text: 'x' }, { text: 'y' }], {
        with: (comment, params) => withState(commentChangeset(comment, params), { action }),
      })

    assert.throws(() => sentFor('replace'), {
      name: 'ChangesetError',
      message: /cannot replace the row of "blog_comments" with id 1 .* replaced by an earlier call/,
    })
    assert.throws(() => sentFor('update'), {
      name: 'ChangesetError',
      message:
        /cannot update the row of "blog_comments" with id null through "comments" of "blog_posts": it is not in there/,
    })
  })

  it('with invalid params', () => {
    const invalid = ['text', null, { 0: 'text' }, [{ text: 'a' }, 'b'], 3].map((sent) =>
      castComments(build(Post), sent),
    )
    assert.deepEqual(
      invalid.map(({ errors, changes, valid }) => [errors['comments'], changes, valid]),
      invalid.map(() => [
        [{ message: 'is invalid', meta: { validation: 'assoc', type: 'array of map' } }],
        {},
        false,
      ]),
    )
    const { errors } = castComments(build(Post), 'x', { invalidMessage: 'are no comments' })
    assert.equal(errors['comments']?.[0]?.message, 'are no comments')
  })

  it('invalid rows make the post invalid, and say why in their own changesets', () => {
    const changeset = castComments(postWith('comments', [first()]), [
      { id: 1, text: ' ' },
      { text: 'b' },
    ])

    assert.equal(changeset.valid, false)
    assert.deepEqual(changeset.errors, {})
    assert.deepEqual(traverseErrors(changeset), { comments: [{ text: ["can't be blank"] }, {}] })
  })

  it('without changes skips', () => {
    const post = postWith('comments', [first(), second()])

    assert.deepEqual(castComments(post, [{ id: 1 }, { id: 2, text: 'second' }]).changes, {})
    assert.deepEqual(castComments(post, [{ id: 2 }, { id: 1 }]).changes, {})
    assert.deepEqual(done(castComments(post, [{ id: 1, text: 'x' }, { id: 2 }])), [
      ['update', 1, { text: 'x' }],
      ['update', 2, {}],
    ])
  })

  it('discards changesets marked as ignore', () => {
    const withIgnored = {
      with: (comment: Comment, params: Params) => {
        const changeset = commentChangeset(comment, params)
        return getChange(changeset, 'text') === 'ignored'
          ? markedFor(changeset, 'ignore')
          : changeset
      },
    }
    const post = postWith('comments', [first()])

    assert.deepEqual(castComments(post, [{ id: 1 }, { text: 'ignored' }], withIgnored).changes, {})
    assert.deepEqual(
      done(castComments(post, [{ id: 1, text: 'ignored' }, { text: 'b' }], withIgnored)),
      [['insert', null, { text: 'b' }]],
    )
  })

  it('deletes what the form marks, and forgets what it both adds and deletes', () => {
    const withBox = {
      with: (comment: Comment, params: Params) => {
        const changeset = commentChangeset(comment, params)
        return getChange(changeset, 'remove') ? markedFor(changeset, 'delete') : changeset
      },
    }
    const sent = [{ id: 1, remove: 'true' }, { text: 'never mind', remove: 'true' }, { id: 2 }]

    assert.deepEqual(done(castComments(postWith('comments', [first(), second()]), sent, withBox)), [
      ['delete', 1, { remove: true }],
      ['update', 2, {}],
    ])
  })

  it('when required: there must be a row, sent now or there already', () => {
    const rule = castAssoc<typeof Post, 'forcedComments'>('forcedComments', {
      with: commentChangeset,
      required: true,
      requiredMessage: 'is needed',
    })
    const check1 = (post: Base<typeof Post>, params: object) => check(cast(post, params, []), rule)
    const post = postWith('forcedComments', [first()])
    const blank = { forcedComments: [{ message: 'is needed', meta: { validation: 'required' } }] }

    assert.deepEqual(check1(build(Post), {}).errors, blank)
    assert.deepEqual(check1(build(Post), { forcedComments: [] }).errors, blank)
    assert.deepEqual(check1(post, { forcedComments: [] }).errors, blank)
    assert.deepEqual(check1(post, {}).errors, {})
    assert.deepEqual(check1(build(Post), { forcedComments: [{ text: 'a' }] }).errors, {})
    assert.deepEqual(check1(post, {}).required, ['forcedComments'])
  })

  it('with `:force_update_on_change`: the row is written too, when one of its own is', () => {
    const post = postWith('comments', [first()])
    const force = { forceUpdateOnChange: true }

    assert.equal(castComments(post, [{ id: 1, text: 'x' }], force).force, true)
    assert.equal(castComments(post, [{ id: 1 }], force).force, false)
    assert.equal(castComments(post, [{ id: 1, text: 'x' }]).force, false)
  })

  it('with on_replace :raise', () => {
    assert.throws(() => castComments(postWith('comments', [first(), second()]), [{ id: 2 }]), {
      name: 'ChangesetError',
      message:
        `attempting to change "comments" of "blog_posts" so that the row of "blog_comments" with id 1 is left out of it, and its onReplace is 'raise', which lets no row go.\n` +
        'Casting and putting take all rows of a relation, not only those that change. If rows are only to be added and changed:\n' +
        '  * give every row that is there already, each with its "id".\n' +
        'If rows may go, say in the schema what becomes of them:\n' +
        `  * comments: …(…, { onReplace: … }), one of 'delete', 'nilify', 'deleteIfExists', 'markAsInvalid'.`,
    })
  })

  it('with on_replace :mark_as_invalid', () => {
    const post = postWith('invalidComments', [first()])
    const changeset = castComments(post, [], {}, 'invalidComments')

    assert.deepEqual(changeset.changes, {})
    assert.deepEqual(changeset.errors, {
      invalidComments: [
        { message: 'is invalid', meta: { validation: 'assoc', type: 'array of map' } },
      ],
    })
  })

  it('twice: the second time counts', () => {
    const once = castComments(build(Post), [{ text: 'a' }])
    const again = check(
      cast(once, { comments: [{ text: 'b' }] }, []),
      castAssoc('comments', { with: commentChangeset }),
    )

    assert.deepEqual(done(again), [['insert', null, { text: 'b' }]])
  })

  it('says that a row given twice is taken', () => {
    const changeset = castComments(postWith('comments', [first()]), [
      { id: 1 },
      { id: '1', text: 'b' },
    ])

    assert.deepEqual(traverseErrors(changeset), {
      comments: [{}, { id: ['has already been taken'] }],
    })
  })

  it('updates the rows that were built beside the post, in their order', () => {
    const post = build(Post, { comments: [build(Comment, { text: 'a' }), build(Comment)] })

    assert.deepEqual(done(castComments(post, [{}, { text: 'b' }])), [
      ['insert', null, {}],
      ['insert', null, { text: 'b' }],
    ])
  })
})

describe('cast many_to_many', () => {
  const tagged = (post: Base<typeof Post>, tags: unknown) =>
    check(
      cast(post, { tags }, []),
      castAssoc('tags', { with: (tag, params) => cast(tag, params, ['name']) }),
    )

  it('without loading', () => {
    assert.deepEqual(
      getChange(tagged(build(Post), [{ name: 'sea' }]), 'tags')?.map(({ changes }) => changes),
      [{ name: 'sea' }],
    )
    assert.throws(() => tagged(stored(Post, { id: 1, title: 'x' }), [{ name: 'sea' }]), {
      name: 'AssociationNotLoadedError',
    })
  })

  it('changing schemas', () => {
    const tags = [stored(Tag, { id: 1, name: 'sea' }), stored(Tag, { id: 2, name: 'sky' })]
    const changeset = tagged(stored(Post, { id: 1, title: 'x' }, { tags }), [
      { name: 'wind' },
      { id: 1, name: 'ocean' },
    ])

    assert.deepEqual(
      getChange(changeset, 'tags')?.map(({ action, row: { id } }) => [action, id]),
      [
        ['replace', 2],
        ['insert', null],
        ['update', 1],
      ],
    )
  })
})

describe('castAssoc', () => {
  it('takes only associations of the schema, and the functions for their rows', () => {
    // @ts-expect-error a post has no such association
    const unknown = castAssoc<typeof Post, 'coments'>('coments', { with: commentChangeset })
    // @ts-expect-error an embed is cast by castEmbed
    const embed = castAssoc<typeof Post, 'links'>('links', { with: commentChangeset })
    // @ts-expect-error what goes through others is read only
    const through = castAssoc<typeof Post, 'commenters'>('commenters', { with: commentChangeset })
    // @ts-expect-error a function for comments makes no tags
    castAssoc<typeof Post, 'tags'>('tags', { with: commentChangeset })
    // @ts-expect-error a function is needed
    const without = castAssoc<typeof Post, 'comments'>('comments', {})
    const changeset = cast(build(Post), {}, [])

    assert.throws(() => check(changeset, unknown), { name: 'UnknownAssociationError' })
    assert.throws(() => check(changeset, embed), /"links" .* is an embed.*Use castEmbed\('links'/)
    assert.throws(
      () => check(changeset, through),
      /goes through other associations \(comments, author\)/,
    )
    assert.throws(() => check(changeset, without), /castAssoc\('comments'\) .* needs \{ with: … \}/)
  })
})
