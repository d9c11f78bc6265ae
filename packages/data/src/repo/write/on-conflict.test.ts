import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { change } from '../../changeset/change.ts'
import { errorMessages } from '../../changeset/messages.ts'
import { from } from '../../query/from.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { blogTests, Post, Rating, Tag, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { inc } from './operations.ts'
import { type Repo } from '../repo.ts'
import { type InsertOptions } from './write-options.ts'

const { sandboxed } = blogTests()

const UUID = '6fa459ea-ee8a-4ca4-894e-db77e160355e'

/** A post, and a new one that is in conflict with it. */
async function conflict(repo: Repo) {
  const post = await repo.insertOrThrow(
    build(Post, { title: 'first', text: 'text', visits: 1, uuid: UUID }),
  )
  return { post, again: build(Post, { title: 'second', uuid: UUID, visits: 10 }) }
}

describe('on conflict', () => {
  it(
    'raise: is an error, as without the option',
    sandboxed(async (repo) => {
      const { again } = await conflict(repo)

      await assert.rejects(
        repo.savepoint(() => repo.insert(again, { onConflict: 'raise' })),
        { name: 'ConstraintError' },
      )
      await assert.rejects(
        // @ts-expect-error a target of nothing
        repo.insert(again, { conflictTarget: 'uuid' }),
        /was given a conflictTarget without onConflict/,
      )
    }),
  )

  it(
    'ignore: leaves the row in the way as it is, and gives the one that was not stored',
    sandboxed(async (repo) => {
      const { post, again } = await conflict(repo)
      const saved = await repo.insert(again, { onConflict: 'nothing' })

      assert.ok(saved.ok)
      assert.deepEqual([saved.value.id, saved.value.title], [null, 'second'])
      assert.equal(stateOf(saved.value), 'built')
      assert.deepEqual(await repo.all(Post), [post])

      const other = build(Post, { title: 'third' })
      const stored = await repo.insertOrThrow(other, { onConflict: 'nothing' })
      assert.equal(stateOf(stored), 'loaded')
    }),
  )

  it(
    'ignore with a conflict target: another conflict is an error all the same',
    sandboxed(async (repo) => {
      const { again } = await conflict(repo)
      const onConflict = 'nothing'

      assert.ok((await repo.insert(again, { onConflict, conflictTarget: ['uuid'] })).ok)
      await assert.rejects(repo.insert(again, { onConflict, conflictTarget: 'id' }), {
        name: 'ConstraintError',
      })
    }),
  )

  it(
    'keyword list: sets what is said in the row in the way, and gives that row',
    sandboxed(async (repo) => {
      const { post, again } = await conflict(repo)
      const saved = await repo.insertOrThrow(again, {
        onConflict: { set: { title: 'updated', visits: inc(5) } },
        conflictTarget: 'uuid',
      })

      assert.deepEqual([saved.id, saved.title, saved.text], [post.id, 'updated', 'text'])
      assert.equal(saved.visits, 6)
      assert.deepEqual(await repo.all(Post), [saved])
    }),
  )

  it(
    'keyword list: an expression may name the new row as excluded',
    sandboxed(async (repo) => {
      const { again } = await conflict(repo)
      const { title } = await repo.insertOrThrow(again, {
        onConflict: {
          set: {
            title: (eb) =>
              sql`${eb.ref('blog_posts.title')} || ' and ' || ${eb.ref('excluded.title')}`,
          },
        },
        conflictTarget: 'uuid',
      })
      assert.equal(title, 'first and second')
    }),
  )

  it(
    'query having condition: updates where it holds, and is stale where it does not',
    sandboxed(async (repo) => {
      const { again } = await conflict(repo)
      const unless = (visits: number): InsertOptions<typeof Post> => ({
        onConflict: { set: { title: 'updated' }, where: from(Post).where('visits', '<', visits) },
        conflictTarget: 'uuid',
      })

      assert.equal((await repo.insertOrThrow(again, unless(2))).title, 'updated')
      await assert.rejects(repo.insert(again, unless(1)), {
        name: 'StaleRowError',
        message:
          'attempted to insert the row of "blog_posts", over a row that is in its way and that the query of onConflict ' +
          'does not hold for. To get an error in the changeset instead, give repo.insert() a staleErrorField.',
      })
      const saved = await repo.insert(again, { ...unless(1), staleErrorField: 'uuid' })
      assert.deepEqual(saved.ok || errorMessages(saved.changeset), { uuid: ['is stale'] })
    }),
  )

  it(
    'replace_all: takes over everything of the new row but what it is known by',
    sandboxed(async (repo) => {
      const { post, again } = await conflict(repo)
      const saved = await repo.insertOrThrow(again, {
        onConflict: 'replaceAll',
        conflictTarget: 'uuid',
      })

      assert.deepEqual([saved.id, saved.uuid], [post.id, UUID])
      assert.deepEqual([saved.title, saved.visits, saved.text], ['second', 10, null])
      assert.deepEqual(await repo.all(Post), [saved])
    }),
  )

  it(
    'replace_all_except: leaves some of it',
    sandboxed(async (repo) => {
      const { post, again } = await conflict(repo)
      const saved = await repo.insertOrThrow(again, {
        onConflict: { replaceAllExcept: ['text', 'insertedAt'] },
        conflictTarget: 'uuid',
      })

      assert.deepEqual([saved.title, saved.text], ['second', 'text'])
      assert.deepEqual(saved.insertedAt, post.insertedAt)
      await assert.rejects(
        repo.insert(build(Rating, { year: 1, place: 1 }), {
          onConflict: { replaceAllExcept: ['title'] },
          conflictTarget: ['year', 'place'],
        }),
        /was given an onConflict that replaces no field/,
      )
    }),
  )

  it(
    'replaces the fields that are named',
    sandboxed(async (repo) => {
      const { again } = await conflict(repo)
      const replace = (...fields: readonly ('title' | 'visits')[]) =>
        repo.insertOrThrow(again, { onConflict: { replace: fields }, conflictTarget: 'uuid' })

      const saved = await replace('title')
      assert.deepEqual([saved.title, saved.visits], ['second', 1])
      await assert.rejects(replace(), /replaces no field/)
      await assert.rejects(replace('temp' as 'title'), /cannot write "temp", which is virtual/)
    }),
  )

  it(
    'finds the conflict by fields, a constraint or a fragment',
    sandboxed(async (repo) => {
      await repo.insertAll(Rating, [{ year: 1999, place: 1, title: 'a' }])
      const rating = build(Rating, { year: 1999, place: 1, title: 'b' })
      const onConflict = { replace: ['title'] } as const

      const targets: InsertOptions<typeof Rating>['conflictTarget'][] = [
        ['year', 'place'],
        { constraint: 'blog_ratings_pkey' },
        { unsafeFragment: '(year, place)' },
      ]
      for (const conflictTarget of targets) {
        const saved = await repo.insertOrThrow(rating, {
          onConflict,
          conflictTarget: conflictTarget!,
        })
        assert.equal(saved.title, 'b')
      }
      assert.equal(await repo.count(Rating), 1)
    }),
  )

  it(
    'refuses before the database does what PostgreSQL cannot know or what makes no sense',
    sandboxed(async (repo) => {
      const insert = (options: unknown) =>
        repo.insert(build(Post, { title: 'x' }), options as InsertOptions<typeof Post>)

      const events = await statementsOf(repo, async () => {
        await assert.rejects(
          insert({ onConflict: 'replaceAll' }),
          /PostgreSQL has to know which unique index that is about\. Add conflictTarget/,
        )
        await assert.rejects(
          insert({ onConflict: { replce: ['title'] }, conflictTarget: 'uuid' }),
          /does not know onConflict: \{ replce: \[ 'title' \] \}/,
        )
        await assert.rejects(
          insert({ onConflict: 'nothing', conflictTarget: 'uid' }),
          /the conflictTarget "uid", which is none of its columns\. Known: id, title/,
        )
        await assert.rejects(
          insert({
            onConflict: { set: { title: 'y' }, where: from(User) },
            conflictTarget: 'uuid',
          }),
          /was given an onConflict with a query on "blog_users"/,
        )
        await assert.rejects(
          insert({
            onConflict: { set: { title: 'y' }, where: from(Post).limit(1) },
            conflictTarget: 'uuid',
          }),
          /takes a query with where\(\) only, got also: limit/,
        )
        await assert.rejects(
          insert({ onConflct: 'nothing' }),
          /unknown option onConflct for repo.insert\(\)\. Did you mean "onConflict"\?/,
        )
      })
      assert.deepEqual(events, [])
    }),
  )

  it('does not compile without the target that an update needs', () => {
    const never = (repo: Repo) => [
      // @ts-expect-error which unique index?
      repo.insert(build(Tag, { name: 'x' }), { onConflict: 'replaceAll' }),
      repo.insert(build(Tag, { name: 'x' }), {
        // @ts-expect-error a tag has no such field
        onConflict: { replace: ['nmae'] },
        conflictTarget: 'name',
      }),
    ]
    assert.equal(typeof never, 'function')
  })

  it(
    'counts what a changeset changes, as an insert does',
    sandboxed(async (repo) => {
      await repo.insertAll(Tag, [{ name: 'a' }])
      const saved = await repo.insert(change(build(Tag), { name: 'a' }), {
        onConflict: { replace: ['name'] },
        conflictTarget: 'name',
      })
      assert.ok(saved.ok)
      assert.equal(await repo.count(Tag), 1)
    }),
  )
})
