import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { cast } from '../../changeset/cast.ts'
import { change, put } from '../../changeset/change.ts'
import { errorMessages } from '../../changeset/messages.ts'
import { check } from '../../changeset/rule.ts'
import { required } from '../../changeset/validate.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { blogTests, Post, Rating } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

/** A post that somebody else has deleted since. */
async function gone(repo: Repo): Promise<Post> {
  const post = await repo.insertOrThrow(build(Post, { title: 'gone' }))
  await repo.deleteAll(Post)
  return post
}

describe('insert, update, delete raises on stale entries', () => {
  it(
    'raises, and says what may be done instead',
    sandboxed(async (repo) => {
      const post = await gone(repo)

      await assert.rejects(repo.update(change(post, { title: 'x' })), {
        name: 'StaleRowError',
        message:
          `attempted to update the row of "blog_posts" with id ${post.id}, which is not in the database. ` +
          'It was deleted after it was read, or never stored. To get an error in the changeset instead, give ' +
          'repo.update() a staleErrorField; to go on as if nothing were wrong, { allowStale: true }.',
      })
      await assert.rejects(
        repo.delete(post),
        /attempted to delete the row of "blog_posts" with id \d+/,
      )
    }),
  )

  it(
    'names every field of the key',
    sandboxed(async (repo) => {
      const rating = await repo.insertOrThrow(build(Rating, { year: 1999, place: 2 }))
      await repo.deleteAll(Rating)
      await assert.rejects(repo.delete(rating), /"blog_ratings" with year 1999 and place 2, which/)
    }),
  )

  it(
    'adds error to stale error field',
    sandboxed(async (repo) => {
      const post = await gone(repo)
      const changeset = change(post, { title: 'x' })
      const updated = await repo.update(changeset, { staleErrorField: 'id' })
      const deleted = await repo.delete(post, {
        staleErrorField: 'id',
        staleErrorMessage: 'is gone already',
      })

      assert.ok(!updated.ok && !deleted.ok)
      assert.deepEqual(updated.changeset.errors, {
        id: [{ message: 'is stale', meta: { stale: true } }],
      })
      assert.equal(updated.changeset.valid, false)
      assert.equal(updated.changeset.action, 'update')
      assert.deepEqual(errorMessages(deleted.changeset), { id: ['is gone already'] })
      await assert.rejects(repo.updateOrThrow(changeset, { staleErrorField: 'id' }), {
        name: 'InvalidChangesetError',
      })
    }),
  )

  it(
    'allow_stale: is as good as done',
    sandboxed(async (repo) => {
      const post = await gone(repo)
      const updated = await repo.update(change(post, { title: 'x' }), { allowStale: true })
      const deleted = await repo.delete(post, { allowStale: true })

      assert.ok(updated.ok && deleted.ok)
      assert.equal(updated.value.title, 'x')
      assert.equal(stateOf(deleted.value), 'deleted')
      assert.equal(await repo.count(Post), 0)
    }),
  )
})

describe('errors on invalid changeset', () => {
  it(
    'gives the changeset with what was attempted, and sends nothing',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(build(Post, { title: 'x' }))
      const invalid = check(cast(post, { title: '' }, ['title']), required('title'))
      const fresh = check(cast(build(Post), {}, ['title']), required('title'))

      const events = await statementsOf(repo, async () => {
        const saved = [
          await repo.insert(fresh),
          await repo.update(invalid),
          await repo.delete(invalid),
        ]
        assert.deepEqual(
          saved.map((one) => one.ok || [one.changeset.action, one.changeset.valid]),
          [
            ['insert', false],
            ['update', false],
            ['delete', false],
          ],
        )
        await assert.rejects(repo.insertOrThrow(fresh), { name: 'InvalidChangesetError' })
        await assert.rejects(repo.insertOrUpdateOrThrow(invalid), { name: 'InvalidChangesetError' })
      })
      assert.deepEqual(events, [])
    }),
  )
})

describe('insert_or_update', () => {
  it(
    'uses the correct action',
    sandboxed(async (repo) => {
      const inserted = await repo.insertOrUpdateOrThrow(change(build(Post), { title: 'new' }))
      assert.equal(stateOf(inserted), 'loaded')
      const updated = await repo.insertOrUpdate(put(change(inserted), 'title', 'newer'))

      assert.equal(updated.ok && updated.value.id, inserted.id)
      assert.equal((await repo.oneOrThrow(Post)).title, 'newer')
    }),
  )

  it(
    'goes by whether the row is stored, not by whether it has an id',
    sandboxed(async (repo) => {
      const changeset = change(build(Post, { id: 1234, title: 'x' }))
      assert.equal((await repo.insertOrUpdateOrThrow(changeset)).id, 1234)
    }),
  )

  it(
    'refuses a row, as update does, and a changeset of one that was deleted',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(build(Post, { title: 'x' }))
      const deleted = await repo.deleteOrThrow(post)

      await assert.rejects(
        repo.insertOrUpdate(change(deleted, { title: 'y' })),
        /a row of "blog_posts" that has been deleted/,
      )
      await assert.rejects(
        // @ts-expect-error a row says nothing of what changes
        repo.insertOrUpdate(post),
        /repo.insertOrUpdate\(\) takes a changeset, and was given a row of "blog_posts"/,
      )
      await assert.rejects(
        // @ts-expect-error a row says nothing of what changes
        repo.update(post),
        /repo.update\(\) takes a changeset, and was given a row of "blog_posts"/,
      )
    }),
  )

  it(
    'tells the write that it comes to what is about it',
    sandboxed(async (repo) => {
      const [one, two] = [{ year: 1, place: 1 }, { title: 'x' }]
      const options = { onConflict: 'nothing', allowStale: true } as const
      const rating = await repo.insertOrThrow(build(Rating, one))

      assert.ok((await repo.insertOrUpdate(change(build(Rating, one)), options)).ok)
      await repo.deleteAll(Rating)
      assert.ok((await repo.insertOrUpdate(change(rating, two), options)).ok)
      assert.equal(await repo.count(Rating), 0)
    }),
  )
})

describe('insert and update with empty changeset', () => {
  it(
    'stores a row of defaults, and updates nothing (no query)',
    sandboxed(async (repo) => {
      const rating = await repo.insertOrThrow(change(build(Rating, { year: 1, place: 1 })))
      const events = await statementsOf(repo, async () => {
        assert.equal(await repo.updateOrThrow(change(rating)), rating)
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'writes all the same when it is forced to',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(build(Post, { title: 'x' }))
      const then = new Date('2020-01-01T00:00:00Z')
      await repo.updateAll(Post, { updatedAt: then })

      const forced = await repo.updateOrThrow(change(post), { force: true })
      assert.ok(forced.updatedAt > then)
    }),
  )
})
