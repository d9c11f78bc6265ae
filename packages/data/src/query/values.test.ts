import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { Comment, Post } from '../testing/blog.ts'
import { rowsOf } from './select.ts'
import { dynamic, exists } from './dynamic.ts'
import { from } from './from.ts'
import { parent, subquery } from './operands.ts'
import { type Query } from './query.ts'
import { sourceOf } from './source.ts'
import { valuesOf } from './values.ts'

type Posts = Query<typeof Post>

const integer = fc.integer({ min: 0, max: 1000 })

/** Each adds a clause with values of its own. */
const clause = fc.oneof(
  integer.map(
    (visits) =>
      (posts: Posts): Posts =>
        posts.where('visits', '>', visits),
  ),
  integer.map(
    (visits) =>
      (posts: Posts): Posts =>
        posts.orWhere({ visits, title: String(visits) }),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.where(['visits', 'id'], '<', [id, id + 1]),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.where('id', 'in', [id, id]),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.where(dynamic(Post).and({ id }).or({ visits: id }).not()),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.where(
          exists(
            from(Comment)
              .where({ postId: parent('id'), id })
              .offset(id),
          ),
        ),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.where('id', 'in', subquery(from(Comment).where({ id }).limit(id).select('postId'))),
  ),
  integer.map(
    (count) =>
      (posts: Posts): Posts =>
        posts.limit(count),
  ),
  integer.map(
    (count) =>
      (posts: Posts): Posts =>
        posts.offset(count),
  ),
  integer.map(
    (visits) =>
      (posts: Posts): Posts =>
        posts.having('visits', '>', visits),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.join('approvedComments', { as: `c${id}`, on: { id } }),
  ),
  integer.map(
    (id) =>
      (posts: Posts): Posts =>
        posts.join(subquery(from(Comment).where({ id }).limit(id)), { as: `s${id}`, on: { id } }),
  ),
  fc.constant((posts: Posts): Posts => posts.distinct()),
  fc.constant((posts: Posts): Posts => posts.orderBy({ title: 'asc' })),
)

describe('the values of a query', () => {
  it('are in the order in which its SQL has their places', () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 8 }), (clauses) => {
        const query = clauses.reduce((posts, add) => joinedOnce(posts, add), from(Post))
        const { schema, state } = sourceOf(query)
        const { parameters } = rowsOf({ schema, state, around: undefined }).compile()
        assert.deepEqual(valuesOf({ schema, state }), parameters)
      }),
    )
  })

  it('are the only difference between two queries of one shape', () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 8 }), (clauses) => {
        const query = clauses.reduce((posts, add) => joinedOnce(posts, add), from(Post))
        const { schema, state } = sourceOf(query)
        const { sql } = rowsOf({ schema, state, around: undefined }).compile()
        assert.equal(query.toSQL().sql, sql)
      }),
    )
  })
})

/** A join under a name that is taken is refused; here it is left out. */
function joinedOnce(posts: Posts, add: (posts: Posts) => Posts): Posts {
  try {
    return add(posts)
  } catch {
    return posts
  }
}
