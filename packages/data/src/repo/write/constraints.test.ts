import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change, put } from '../../changeset/change.ts'
import { type Changeset } from '../../changeset/changeset.ts'
import {
  assocConstraint,
  checkConstraint,
  exclusionConstraint,
  foreignKey,
  noAssocConstraint,
  unique,
} from '../../changeset/constraints.ts'
import { check, type Validator } from '../../changeset/rule.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { blogTests, Comment, Permalink, Post, Tag, User } from '../../testing/blog.ts'
import { type Saved } from './attempt.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

const INDEX = 'blog_tags_name_index'

/** Inserts a second tag of one name, with this constraint declared. */
async function tagTwice(repo: Repo, ...constraints: readonly Validator<typeof Tag>[]) {
  await repo.insertOrThrow(build(Tag, { name: 'a' }), {
    onConflict: 'nothing',
    conflictTarget: 'name',
  })
  return repo.insert(check(change(build(Tag), { name: 'a' }), ...constraints))
}

function errorsOf<S extends AnySchema>(saved: Saved<S>): Changeset<S>['errors'] {
  assert.ok(!saved.ok)
  return saved.changeset.errors
}

const TAKEN = { constraint: 'unique', constraintName: INDEX }

describe('constraints', () => {
  it(
    'unique constraint: is an error on its field, and the changeset is as it was given',
    sandboxed(async (repo) => {
      const saved = await tagTwice(repo, unique('name'))

      assert.ok(!saved.ok)
      assert.deepEqual(saved.changeset.errors, {
        name: [{ message: 'has already been taken', meta: TAKEN }],
      })
      assert.deepEqual([saved.changeset.valid, saved.changeset.action], [false, 'insert'])
      assert.equal(stateOf(saved.changeset.row), 'built')
      assert.deepEqual(saved.changeset.changes, { name: 'a' })
      assert.equal(await repo.count(Tag), 1)
    }),
  )

  it(
    'mapped by exact name',
    sandboxed(async (repo) => {
      const errors = errorsOf(await tagTwice(repo, unique('name', { name: INDEX, match: 'exact' })))
      assert.deepEqual(errors['name']?.[0]?.meta, TAKEN)
    }),
  )

  it(
    'mapped by suffix',
    sandboxed(async (repo) => {
      const errors = errorsOf(
        await tagTwice(repo, unique('name', { name: 'name_index', match: 'suffix' })),
      )
      assert.deepEqual(errors['name']?.[0]?.meta, TAKEN)
    }),
  )

  it(
    'mapped by prefix',
    sandboxed(async (repo) => {
      const errors = errorsOf(
        await tagTwice(repo, unique('name', { name: 'blog_tags', match: 'prefix' })),
      )
      assert.deepEqual(errors['name']?.[0]?.meta, TAKEN)
    }),
  )

  it(
    'mapped by regex',
    sandboxed(async (repo) => {
      const errors = errorsOf(await tagTwice(repo, unique('name', { name: /^blog_\w+_name_/ })))
      assert.deepEqual(errors['name']?.[0]?.meta, TAKEN)
    }),
  )

  it(
    'the last one declared wins',
    sandboxed(async (repo) => {
      const errors = errorsOf(
        await tagTwice(repo, unique('name'), unique('name', { message: 'is not free' })),
      )
      assert.deepEqual(
        errors['name']?.map(({ message }) => message),
        ['is not free'],
      )
    }),
  )

  it(
    'may fail to map on name: then it raises, and lists what was declared',
    sandboxed(async (repo) => {
      const other = unique<typeof Tag>('name', { name: 'other_index' })
      await assert.rejects(tagTwice(repo, other), (error: Error) => {
        assert.equal(error.name, 'ConstraintError')
        assert.match(
          error.message,
          /constraint error when attempting to insert a row of "blog_tags"/,
        )
        assert.match(error.message, /\* "blog_tags_name_index" \(unique\)/)
        assert.match(error.message, /declares these constraints:\n\n    \* "other_index" \(unique/)
        return true
      })
      await assert.rejects(
        tagTwice(repo, unique('name', { name: 'name', match: 'suffix' })),
        /\* "name" \(unique.*, suffix\)/,
      )
    }),
  )

  it(
    'may fail to map on type: a check of that name is another',
    sandboxed(async (repo) => {
      await assert.rejects(tagTwice(repo, checkConstraint('name', { name: INDEX })), {
        name: 'ConstraintError',
      })
    }),
  )

  it(
    'raises when none was declared',
    sandboxed(async (repo) => {
      await assert.rejects(tagTwice(repo), /The changeset declares no constraint\./)
    }),
  )

  it(
    'check constraint',
    sandboxed(async (repo) => {
      const name = 'blog_posts_visits_check'
      const post = await repo.insertOrThrow(build(Post, { title: 'x' }))
      const changeset = check(change(post, { visits: -1 }), checkConstraint('visits', { name }))

      assert.deepEqual(errorsOf(await repo.update(changeset)), {
        visits: [{ message: 'is invalid', meta: { constraint: 'check', constraintName: name } }],
      })
      assert.equal((await repo.reloadOrThrow(post)).visits, 0)
    }),
  )

  it(
    'exclusion constraint',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(build(Post, { title: 'x' }))
      const place = () =>
        check(
          change(build(Comment), { postId: post.id, position: 1 }),
          exclusionConstraint('position'),
        )
      assert.ok((await repo.insert(place())).ok)
      assert.deepEqual(errorsOf(await repo.insert(place()))['position'], [
        {
          message: 'violates an exclusion constraint',
          meta: {
            constraint: 'exclusion',
            constraintName: 'blog_comments_position_exclusion',
          },
        },
      ])
    }),
  )

  it(
    'foreign key constraint',
    sandboxed(async (repo) => {
      const changeset = check(change(build(Comment), { postId: 0 }), foreignKey('postId'))
      assert.deepEqual(errorsOf(await repo.insert(changeset))['postId'], [
        {
          message: 'does not exist',
          meta: { constraint: 'foreign', constraintName: 'blog_comments_post_id_fkey' },
        },
      ])
    }),
  )

  it(
    'assoc constraint: is an error on the association',
    sandboxed(async (repo) => {
      const changeset = check(change(build(Comment), { postId: 0 }), assocConstraint('post'))
      const errors = errorsOf(await repo.insert(changeset))
      assert.deepEqual(errors['post']?.[0]?.message, 'does not exist')
      assert.equal(errors['post']?.[0]?.meta['constraint'], 'assoc')
    }),
  )

  it(
    'no assoc constraint: is an error on the association that forbids to delete its owner',
    sandboxed(async (repo) => {
      const user = await repo.insertOrThrow(build(User, { name: 'Ada' }))
      const post = await repo.insertOrThrow(build(Post, { title: 'x' }))
      await repo.insertAll(Comment, [{ authorId: user.id }])
      await repo.insertAll(Permalink, [{ postId: post.id, url: 'x' }])

      const byUser = check(change(user), noAssocConstraint('comments'))
      assert.deepEqual(
        errorsOf(await repo.delete(byUser))['comments']?.map(({ message }) => message),
        ['are still associated with this entry'],
      )
      const byPost = check(change(post), noAssocConstraint('raisedPermalink'))
      assert.deepEqual(
        errorsOf(await repo.delete(byPost))['raisedPermalink']?.map(({ message }) => message),
        ['is still associated with this entry'],
      )
      assert.equal(await repo.count(User), 1)
    }),
  )

  it(
    'leaves the transaction usable that it is found in',
    sandboxed(async (repo) => {
      await repo.transaction(async () => {
        assert.ok(!(await tagTwice(repo, unique('name'))).ok)
        await repo.insertOrThrow(put(change(build(Tag)), 'name', 'b'))
      })
      assert.equal(await repo.count(Tag), 2)
    }),
  )
})
