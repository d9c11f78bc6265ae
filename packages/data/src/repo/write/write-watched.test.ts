import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { castAssoc } from '../../changeset/cast-relation.ts'
import { cast } from '../../changeset/cast.ts'
import { change } from '../../changeset/change.ts'
import { unique } from '../../changeset/constraints.ts'
import { optimisticLock } from '../../changeset/prepare.ts'
import { check } from '../../changeset/rule.ts'
import { required } from '../../changeset/validate.ts'
import { from } from '../../query/from.ts'
import { build } from '../../schema/instance.ts'
import { blogTests, Comment, Post, Rating, Tag } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { Multi } from '../multi/multi.ts'
import { type Repo } from '../repo.ts'
import { inc } from './operations.ts'
import { type WriteEvent } from './write-watched.ts'

const { sandboxed } = blogTests()

/** The repo, watched, and what was told. */
function heard(repo: Repo): { readonly watched: Repo; readonly events: WriteEvent[] } {
  const events: WriteEvent[] = []
  return { watched: repo.watched((event) => void events.push(event)), events }
}

const told = (events: readonly WriteEvent[]) =>
  events.map(({ operation, schema, changeset }) => [
    operation,
    schema.source,
    ...Object.keys(changeset.changes),
  ])

const titles = async (repo: Repo) =>
  (await repo.all(from(Post).orderBy({ id: 'asc' }))).map(({ title }) => title)

describe('repo.watched', () => {
  it(
    'tells of each row that is inserted, updated and deleted: what it was, what it is, what was said',
    sandboxed(async (repo) => {
      const { watched, events } = heard(repo)
      const post = await watched.insertOrThrow(build(Post, { title: 'a' }))
      const renamed = await watched.updateOrThrow(change(post, { title: 'b' }))
      await watched.insertOrUpdateOrThrow(change(renamed, { title: 'c' }))
      const gone = await watched.deleteOrThrow(renamed)

      assert.deepEqual(told(events), [
        ['insert', 'blog_posts'],
        ['update', 'blog_posts', 'title'],
        ['update', 'blog_posts', 'title'],
        ['delete', 'blog_posts'],
      ])
      assert.deepEqual([events[0]?.row, events[0]?.before], [post, undefined])
      assert.deepEqual([events[1]?.row, events[1]?.before], [renamed, post])
      assert.deepEqual(events[1]?.at, renamed.updatedAt)
      assert.deepEqual([events[3]?.row, events[3]?.before], [gone, renamed])
    }),
  )

  it(
    'tells inside the transaction of the write, after it',
    sandboxed(async (repo) => {
      const seen: unknown[] = []
      const watched = repo.watched(async (_event, plain) => {
        seen.push(plain === repo, plain.inTransaction(), await titles(plain))
      })
      const events = await statementsOf(repo, () => watched.insert(build(Post, { title: 'a' })))

      assert.deepEqual(seen, [true, true, ['a']])
      assert.deepEqual(
        events.map(({ operation }) => operation),
        ['begin', 'insert', 'select', 'commit'],
      )
    }),
  )

  it(
    'undoes the write when the listener throws, and leaves the transaction around it usable',
    sandboxed(async (repo) => {
      const watched = repo.watched(() => {
        throw new Error('no')
      })
      const post = await repo.insertOrThrow(build(Post, { title: 'a' }))

      await assert.rejects(watched.insert(build(Post, { title: 'b' })), /^Error: no$/)
      await assert.rejects(watched.delete(post), /^Error: no$/)
      await repo.transaction(async () => {
        await assert.rejects(watched.update(change(post, { title: 'c' })), /^Error: no$/)
        await repo.insertOrThrow(build(Post, { title: 'd' }))
      })
      assert.deepEqual(await titles(repo), ['a', 'd'])
    }),
  )

  it(
    'does not tell of what the listener itself writes, and undoes it with the write',
    sandboxed(async (repo) => {
      let count = 0
      const watched = repo.watched(async ({ row }, plain) => {
        count += 1
        await plain.insertOrThrow(
          build(Comment, { text: `told ${String(Reflect.get(row, 'id'))}` }),
        )
      })
      const post = await watched.insertOrThrow(build(Post, { title: 'a' }))

      await repo
        .transaction(async () => {
          await watched.insertOrThrow(build(Post, { title: 'b' }))
          throw new Error('undone')
        })
        .catch(() => undefined)
      assert.equal(count, 2)
      assert.deepEqual(
        (await repo.all(Comment)).map(({ text }) => text),
        [`told ${post.id}`],
      )
    }),
  )

  it(
    'tells of a row and what is nested in it once, with the nested changesets',
    sandboxed(async (repo) => {
      const { watched, events } = heard(repo)
      const post = await repo.insertOrThrow(
        build(Post, {
          title: 'a',
          forcedComments: [build(Comment, { text: '1' }), build(Comment, { text: '2' })],
        }),
      )
      const loaded = await repo.preload(await repo.reloadOrThrow(post), 'forcedComments')
      const [kept, left] = loaded.forcedComments
      assert.ok(kept && left)
      const params = { forcedComments: [{ id: kept.id, text: '1!' }, { text: '3' }] }
      const changeset = check(
        cast(loaded, params, []),
        castAssoc('forcedComments', { with: (row, sent) => cast(row, sent, ['text']) }),
      )
      await repo.transaction(() => watched.updateOrThrow(changeset))

      assert.deepEqual(told(events), [['update', 'blog_posts', 'forcedComments']])
      const nested = Reflect.get(events[0]?.changeset.changes ?? {}, 'forcedComments') as {
        action: string
      }[]
      assert.deepEqual(nested.map(({ action }) => action).toSorted(), [
        'insert',
        'replace',
        'update',
      ])
      const rows = Reflect.get(events[0]?.row ?? {}, 'forcedComments') as Comment[]
      assert.deepEqual(new Set(rows.map(({ text }) => text)), new Set(['1!', '3']))
    }),
  )

  it(
    'says what preparations made of the changeset',
    sandboxed(async (repo) => {
      const { watched, events } = heard(repo)
      const post = await repo.insertOrThrow(build(Post, { title: 'a' }))
      await watched.updateOrThrow(
        check(change(post, { title: 'b' }), optimisticLock('lockVersion')),
      )

      assert.deepEqual(events[0]?.changeset.changes, { title: 'b', lockVersion: 2 })
    }),
  )

  it(
    'tells nothing of a write that changes nothing, or is refused',
    sandboxed(async (repo) => {
      const { watched, events } = heard(repo)
      const post = await repo.insertOrThrow(build(Post, { title: 'a' }))
      await repo.insertOrThrow(build(Tag, { name: 'a' }))
      await repo.insertOrThrow(build(Rating, { year: 1, place: 1 }))
      const tag = () => check(change(build(Tag), { name: 'a' }), unique('name'))

      await watched.update(change(post, { title: 'a' }))
      await watched.update(change(post, { temp: 'of no column' }))
      await watched.update(check(cast(post, { title: '' }, ['title']), required('title')))
      await watched.insert(build(Rating, { year: 1, place: 1 }), { onConflict: 'nothing' })
      await repo.transaction(async () => {
        assert.equal((await watched.savepoint(() => watched.insert(tag()))).ok, false)
        assert.equal(await repo.count(Tag), 1)
      })
      await repo.deleteAll(Post)
      await watched.update(change(post, { title: 'b' }), { allowStale: true })
      await watched.update(change(post, { title: 'b' }), { staleErrorField: 'id' })
      await assert.rejects(watched.update(change(post, { title: 'b' })), { name: 'StaleRowError' })

      assert.deepEqual(events, [])
    }),
  )

  it(
    'tells of the writes of a Multi, and of none of its bulk writes',
    sandboxed(async (repo) => {
      const { watched, events } = heard(repo)
      const multi = Multi.new()
        .insert('post', build(Post, { title: 'a' }))
        .insertAll('comments', Comment, [{ text: 'x' }])
        .updateAll('read', Post, { visits: inc(1) })
        .update('renamed', ({ post }) => change(post, { title: 'b' }))
      assert.ok((await watched.transaction(multi)).ok)
      const failed = await watched.transaction(
        Multi.new()
          .insert('post', build(Post, { title: 'c' }))
          .error('bad', 1),
      )

      assert.equal(failed.ok, false)
      assert.deepEqual(told(events), [
        ['insert', 'blog_posts'],
        ['update', 'blog_posts', 'title'],
      ])
    }),
  )

  it(
    'is kept by the repos that are made of it, and several listeners are told in their order',
    sandboxed(async (repo) => {
      const seen: string[] = []
      const watched = repo
        .watched(() => void seen.push('first'))
        .unscoped()
        .watched(async (_event, plain) => {
          seen.push('second')
          if (seen.length === 2) await plain.insert(build(Tag, { name: 'by the second' }))
        })
        .withOptions({ some: 'option' })
      await watched.insertOrThrow(build(Post, { title: 'a' }))

      assert.deepEqual(seen, ['first', 'second', 'first'])
    }),
  )

  it(
    'tells of two writes at once one after the other, each of its own row',
    sandboxed(async (repo) => {
      const order: string[] = []
      const watched = repo.watched(async ({ row }, plain) => {
        const title = String(Reflect.get(row, 'title'))
        order.push(`${title} begins`)
        await plain.insertOrThrow(build(Comment, { text: title }))
        order.push(`${title} ends`)
      })
      const one = (title: string) => watched.insertOrThrow(build(Post, { title }))
      await repo.transaction(() => Promise.all([one('a'), one('b')]))

      assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends'])
      assert.deepEqual(
        (await repo.all(from(Comment).orderBy({ id: 'asc' }))).map(({ text }) => text),
        ['a', 'b'],
      )
    }),
  )

  it(
    'costs a repo that is not watched nothing: one statement stays one',
    sandboxed(async (repo) => {
      repo.watched(() => undefined)
      const events = await statementsOf(repo, () => repo.insert(build(Post, { title: 'a' })))

      assert.deepEqual(
        events.map(({ operation }) => operation),
        ['insert'],
      )
    }),
  )
})
