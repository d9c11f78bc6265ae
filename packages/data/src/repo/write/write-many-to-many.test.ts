import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { change } from '../../changeset/change.ts'
import { foreignKey, unique } from '../../changeset/constraints.ts'
import { markedFor, putAssoc } from '../../changeset/put-relation.ts'
import { check } from '../../changeset/rule.ts'
import { traverseErrors } from '../../changeset/traverse.ts'
import { from } from '../../query/from.ts'
import { manyToMany } from '../../schema/association.ts'
import { build } from '../../schema/instance.ts'
import { schema } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { blogTests, Post, PostEditor, Tag, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

async function written(repo: Repo, work: () => Promise<unknown>): Promise<readonly string[]> {
  const events = await statementsOf(repo, work)
  return events
    .filter(({ operation }) => ['insert', 'update', 'delete'].includes(operation))
    .map(({ operation, source }) => `${operation} ${source}`)
}

/** The tags of every post, by title. */
async function tagging(repo: Repo) {
  const posts = await repo.all(from(Post).orderBy({ id: 'asc' }).preload('tags'))
  return posts.map(({ title, tags }) => [title, tags.map(({ name }) => name)])
}

async function taggedPost(repo: Repo) {
  const tags = [build(Tag, { name: 'sea' }), build(Tag, { name: 'sky' })]
  return repo.insertOrThrow(build(Post, { title: 'Tides', tags }))
}

describe('manyToMany through a table', () => {
  it(
    'inserts rows and joins them; those that are there already are joined only',
    sandboxed(async (repo) => {
      const sea = await repo.insertOrThrow(build(Tag, { name: 'sea' }))
      const statements = await written(repo, async () => {
        const post = await repo.insertOrThrow(
          change(build(Post, { title: 'Tides', tags: [] }), { tags: [sea, { name: 'wind' }] }),
        )
        assert.deepEqual(
          post.tags.map(({ name }) => name),
          ['sea', 'wind'],
        )
      })

      assert.deepEqual(statements, [
        'insert blog_posts',
        'insert blog_tags',
        'insert blog_posts_tags',
        'insert blog_posts_tags',
      ])
      assert.deepEqual(await tagging(repo), [['Tides', ['sea', 'wind']]])
    }),
  )

  it(
    'adding struct assocs on update joins what was not joined',
    sandboxed(async (repo) => {
      const post = await taggedPost(repo)
      const wind = await repo.insertOrThrow(build(Tag, { name: 'wind' }))
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(
          putAssoc(change(post), 'tags', [...post.tags, wind, build(Tag, { name: 'fog' })]),
        )
        assert.deepEqual(
          saved.tags.map(({ name }) => name),
          ['sea', 'sky', 'wind', 'fog'],
        )
      })

      assert.deepEqual(statements, [
        'insert blog_tags',
        'insert blog_posts_tags',
        'insert blog_posts_tags',
      ])
    }),
  )

  it(
    'replacing takes rows apart and deletes none of them',
    sandboxed(async (repo) => {
      const post = await taggedPost(repo)
      const [sea, sky] = post.tags
      assert.ok(sea && sky)
      await repo.insertOrThrow(build(Post, { title: 'Other', tags: [sea] }))
      const statements = await written(repo, async () => {
        const saved = await repo.updateOrThrow(putAssoc(change(post), 'tags', [sky]))
        const marked = putAssoc(change(saved), 'tags', [markedFor(change(sky), 'delete')])
        assert.deepEqual((await repo.updateOrThrow(marked)).tags, [])
      })

      assert.deepEqual(statements, ['delete blog_posts_tags', 'delete blog_posts_tags'])
      assert.deepEqual(await tagging(repo), [
        ['Tides', []],
        ['Other', ['sea']],
      ])
      assert.equal(await repo.count(Tag), 2)
    }),
  )

  it(
    'unique: the same row twice is an error on its key',
    sandboxed(async (repo) => {
      const sea = await repo.insertOrThrow(build(Tag, { name: 'sea' }))
      const saved = await repo.insert(build(Post, { title: 'x', uniqueTags: [sea, sea] }))

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), {
        uniqueTags: [{}, { id: ['has already been taken'] }],
      })
    }),
  )

  it(
    'a violated constraint of the join table is an error of the row that was to be joined',
    sandboxed(async (repo) => {
      const sea = await repo.insertOrThrow(build(Tag, { name: 'sea' }))
      const twice = change(build(Post, { title: 'x' }), { tags: [{ name: 'sky' }, sea, sea] })
      const declared = unique<typeof Post>('id', {
        name: 'blog_posts_tags_post_id_tag_id_index',
        errorField: 'name',
        message: 'is there already',
      })
      const saved = await repo.insert(check(twice, declared))

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), {
        tags: [{}, {}, { name: ['is there already'] }],
      })
      assert.deepEqual(saved.changeset.changes.tags?.[2]?.row, sea)
      await assert.rejects(repo.insert(twice), {
        name: 'ConstraintError',
        message: /when attempting to insert a row of "blog_posts_tags"/,
      })
      assert.deepEqual([await repo.count(Post), await repo.count(Tag)], [0, 1])
    }),
  )

  it(
    'on_join_through_conflict: nothing lets what is joined already be',
    sandboxed(async (repo) => {
      const Lenient = schema('blog_posts', { id: t.id(), title: t.string() }, () => ({
        tags: manyToMany(Tag, {
          joinThrough: 'blog_posts_tags',
          joinKeys: ['postId', 'tagId'],
          onJoinThroughConflict: 'nothing',
        }),
      }))
      const sea = await repo.insertOrThrow(build(Tag, { name: 'sea' }))
      const post = await repo.insertOrThrow(build(Lenient, { title: 'x', tags: [sea] }))
      const unaware = await repo.preload(await repo.getOrThrow(Lenient, post.id), 'tags')
      await repo.run(
        sql`insert into blog_posts_tags select ${post.id}, id from blog_tags on conflict do nothing`,
      )
      const saved = await repo.updateOrThrow(
        putAssoc(change(unaware), 'tags', [
          sea,
          await repo.insertOrThrow(build(Tag, { name: 'sky' })),
        ]),
      )
      const again = await repo.insert(build(Lenient, { title: 'y', tags: [sea, sea] }))

      assert.equal(saved.tags.length, 2)
      assert.ok(again.ok)
    }),
  )
})

describe('manyToMany through a schema', () => {
  it(
    'join schema defaults: its rows have timestamps, defaults and constraints',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(
        change(build(Post, { title: 'x', editors: [] }), { editors: [{ name: 'Ada' }] }),
      )
      const [join] = await repo.all(PostEditor)

      assert.deepEqual(
        [join?.postId, join?.userId, join?.role],
        [post.id, post.editors[0]?.id, 'editor'],
      )
      assert.ok(join?.insertedAt instanceof Date)
      await repo.updateOrThrow(putAssoc(change(post), 'editors', []))
      assert.deepEqual([await repo.count(PostEditor), await repo.count(User)], [0, 1])
    }),
  )

  it(
    'errors of the join rows are those of the rows that they join',
    sandboxed(async (repo) => {
      const gone = await repo.insertOrThrow(build(User, { name: 'Gone' }))
      await repo.deleteOrThrow(gone)
      const changeset = check(
        change(build(Post, { title: 'x' }), {
          editors: [{ name: 'Ada' }, Object.assign(change(gone), { action: 'update' })],
        }),
        foreignKey('id', { name: 'blog_posts_editors_user_id_fkey', message: 'has left' }),
      )
      const saved = await repo.insert(changeset)

      assert.ok(!saved.ok)
      assert.deepEqual(traverseErrors(saved.changeset), { editors: [{}, { id: ['has left'] }] })
      assert.deepEqual([await repo.count(Post), await repo.count(User)], [0, 0])
    }),
  )

  it(
    'joinWhere: only its rows are made and taken apart',
    sandboxed(async (repo) => {
      const Edited = schema('blog_posts', { id: t.id(), title: t.string() }, () => ({
        guests: manyToMany(User, {
          joinThrough: PostEditor,
          joinKeys: ['postId', 'userId'],
          joinWhere: { role: 'guest' },
          onReplace: 'delete',
          onDelete: 'deleteAll',
        }),
      }))
      const post = await repo.insertOrThrow(
        build(Edited, { title: 'x', guests: [build(User, { name: 'Ada' })] }),
      )
      const [ada] = post.guests
      assert.ok(ada)
      assert.deepEqual(
        (await repo.all(PostEditor)).map(({ role }) => role),
        ['guest'],
      )
      await repo.updateAll(PostEditor, { role: 'editor' })
      await repo.updateOrThrow(putAssoc(change(post), 'guests', []))

      assert.equal(await repo.count(PostEditor), 1)
    }),
  )
})
