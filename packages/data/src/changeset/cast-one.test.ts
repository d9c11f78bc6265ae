import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { Comment, Permalink, Post, User } from '../testing/blog.ts'
import { stored } from '../testing/stored.ts'
import { castAssoc } from './cast-relation.ts'
import { cast } from './cast.ts'
import { type Base } from './changeset.ts'
import { check } from './rule.ts'
import { traverseErrors } from './traverse.ts'
import { required } from './validate.ts'

function permalinkOf(
  name: 'permalink' | 'updatedPermalink' | 'raisedPermalink',
  post: Base<typeof Post>,
  params: unknown,
) {
  return check(
    cast(post, { [name]: params }, []),
    castAssoc(name, {
      with: (permalink, one) => check(cast(permalink, one, ['url']), required('url')),
    }),
  )
}

describe('cast has_one', () => {
  const link = () => stored(Permalink, { id: 5, url: 'a' })
  const linked = (name: string) => stored(Post, { id: 1, title: 'x' }, { [name]: link() })

  it('with existing struct updating', () => {
    const { permalink } = permalinkOf('permalink', linked('permalink'), {
      id: '5',
      url: 'b',
    }).changes

    assert.deepEqual(
      [permalink?.action, permalink?.row.id, permalink?.changes],
      ['update', 5, { url: 'b' }],
    )
    assert.deepEqual(permalinkOf('permalink', linked('permalink'), { id: 5, url: 'a' }).changes, {})
  })

  it('with existing struct replacing', () => {
    const { permalink } = permalinkOf('permalink', linked('permalink'), { url: 'b' }).changes

    assert.deepEqual([permalink?.action, permalink?.row.id], ['insert', null])
    assert.deepEqual(permalinkOf('permalink', linked('permalink'), null).changes, {
      permalink: null,
    })
    assert.throws(() => permalinkOf('raisedPermalink', linked('raisedPermalink'), { url: 'b' }), {
      message: /with id 5 is left out of it, and its onReplace is 'raise'/,
    })
  })

  it('on_replace :update', () => {
    const updated = permalinkOf('updatedPermalink', linked('updatedPermalink'), { url: 'b' })
    const { updatedPermalink } = updated.changes

    assert.deepEqual(
      [updatedPermalink?.action, updatedPermalink?.row.id, updatedPermalink?.changes],
      ['update', 5, { url: 'b' }],
    )
  })

  it('with invalid params', () => {
    const sent = ['text', 3, [], [{ url: 'b' }]].map((one) =>
      permalinkOf('permalink', build(Post), one),
    )

    assert.deepEqual(
      sent.map(({ errors }) => errors),
      sent.map(() => ({
        permalink: [{ message: 'is invalid', meta: { validation: 'assoc', type: 'map' } }],
      })),
    )
  })

  it('takes no sort_param and drop_param', () => {
    const rule = castAssoc<typeof Post, 'permalink'>('permalink', {
      with: (permalink, params) => cast(permalink, params, ['url']),
      // @ts-expect-error there is one row at most
      sortParam: 'order',
    })
    assert.throws(
      () => check(cast(build(Post), {}, []), rule),
      /nothing for sortParam and dropParam to do/,
    )
  })
})

describe('cast belongs_to', () => {
  const authorOf = (comment: Base<typeof Comment>, author: unknown) =>
    check(
      cast(comment, { author }, []),
      castAssoc('author', {
        with: (user, params) => check(cast(user, params, ['name']), required('name')),
      }),
    )
  const ada = () => stored(User, { id: 3, name: 'Ada' })
  const byAda = () => stored(Comment, { id: 1, authorId: 3 }, { author: ada() })

  it('with new, existing and invalid rows', () => {
    const added = authorOf(build(Comment), { name: 'Ben' }).changes.author
    const renamed = authorOf(byAda(), { id: 3, name: 'Ada L.' }).changes.author

    assert.deepEqual([added?.action, added?.changes], ['insert', { name: 'Ben' }])
    assert.deepEqual([renamed?.action, renamed?.changes], ['update', { name: 'Ada L.' }])
    assert.deepEqual(traverseErrors(authorOf(byAda(), { id: 3, name: '' })), {
      author: { name: ["can't be blank"] },
    })
  })

  it('on_replace: :nilify', () => {
    const { author } = authorOf(byAda(), { name: 'Ben' }).changes

    assert.deepEqual([author?.action, author?.row.id], ['insert', null])
    assert.deepEqual(authorOf(byAda(), null).changes, { author: null })
  })
})
