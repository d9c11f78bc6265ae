import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { change } from '../../changeset/change.ts'
import { castEmbed } from '../../changeset/cast-relation.ts'
import { cast } from '../../changeset/cast.ts'
import { type Changeset, addError } from '../../changeset/changeset.ts'
import { checkConstraint } from '../../changeset/constraints.ts'
import { prepareChanges } from '../../changeset/prepare.ts'
import { markedFor, putEmbed } from '../../changeset/put-relation.ts'
import { check } from '../../changeset/rule.ts'
import { traverseErrors } from '../../changeset/traverse.ts'
import { belongsTo } from '../../schema/association.ts'
import { embedsMany } from '../../schema/embed.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { embedded, schema } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { blogTests, Link, Post, Settings, User } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = blogTests()

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

async function linked(repo: Repo, ...urls: readonly string[]) {
  return repo.insertOrThrow(
    change(build(Post, { title: 'x' }), { links: urls.map((url) => ({ url })) }),
  )
}

/** What is stored, as it is stored. */
async function stored(repo: Repo): Promise<unknown> {
  const rows = await repo.run(
    sql<{ links: unknown; settings: unknown }>`select links, settings from blog_posts order by id`,
  )
  return rows.length === 1 ? rows[0] : rows
}

describe('embeds', () => {
  it(
    'handles embeds on insert: ids are made, timestamps set, virtual fields kept and not stored',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(
        change(build(Post, { title: 'x', settings: build(Settings, { theme: 'dark' }) }), {
          links: [{ url: 'a', remove: false }, build(Link, { url: 'b', title: 'B' })],
        }),
      )
      const [first, second] = post.links
      assert.match(first?.id ?? '', UUID)
      assert.notEqual(first?.id, second?.id)
      assert.ok(first?.insertedAt instanceof Date)
      assert.deepEqual(first.insertedAt, first.updatedAt)
      assert.deepEqual(
        [first.remove, stateOf(first), stateOf(post.settings ?? first)],
        [false, 'loaded', 'loaded'],
      )

      const reread = await repo.getOrThrow(Post, post.id)
      assert.deepEqual(reread, post)
      const { links } = Object(await stored(repo))
      assert.deepEqual(Object.keys(links[0]).toSorted(), [
        'id',
        'insertedAt',
        'title',
        'updatedAt',
        'url',
      ])
    }),
  )

  it(
    'handles embeds from struct on insert, and none',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(
        build(Post, { title: 'x', links: [build(Link, { url: 'a' })] }),
      )
      await repo.insertOrThrow(build(Post, { title: 'y' }))

      assert.match(post.links[0]?.id ?? '', UUID)
      assert.deepEqual(Object(await stored(repo))[1], { links: [], settings: null })
    }),
  )

  it(
    'is one statement, whatever is inside',
    sandboxed(async (repo) => {
      const events = await statementsOf(repo, () => linked(repo, 'a', 'b'))
      assert.deepEqual(
        events.map(({ operation }) => operation),
        ['insert'],
      )
    }),
  )

  it(
    'changed: what changes has a new updated_at, which is auto-updated, and the others stay as they are',
    sandboxed(async (repo) => {
      const post = await linked(repo, 'a', 'b')
      const [first, second] = post.links
      assert.ok(first && second)
      const saved = await repo.updateOrThrow(
        change(post, { links: [first, change(second, { title: 'B' })] }),
      )
      const [same, changed] = saved.links

      assert.deepEqual(same, first)
      assert.deepEqual(
        [changed?.id, changed?.title, changed?.insertedAt],
        [second.id, 'B', second.insertedAt],
      )
      assert.ok((changed?.updatedAt ?? 0) >= second.updatedAt)
      assert.deepEqual((await repo.getOrThrow(Post, post.id)).links, saved.links)
    }),
  )

  it(
    'replaced, deleted and put in another order',
    sandboxed(async (repo) => {
      const post = await linked(repo, 'a', 'b', 'c')
      const [a, b, c] = post.links
      assert.ok(a && b && c)
      const saved = await repo.updateOrThrow(
        putEmbed(change(post), 'links', [c, markedFor(change(b), 'delete'), { url: 'd' }]),
      )
      const none = await repo.updateOrThrow(putEmbed(change(saved), 'links', []))

      assert.deepEqual(
        saved.links.map(({ url }) => url),
        ['c', 'd'],
      )
      assert.deepEqual(none.links, [])
      assert.deepEqual(await stored(repo), { links: [], settings: null })
    }),
  )

  it(
    'handles nested invalid ones without a statement',
    sandboxed(async (repo) => {
      const changeset = check(
        cast(build(Post), { title: 'x', links: [{ url: 3 }] }, ['title']),
        castEmbed('links', { with: (link, params) => cast(link, params, ['url']) }),
      )
      const events = await statementsOf(repo, async () => {
        const saved = await repo.insert(changeset)
        assert.deepEqual(saved.ok || traverseErrors(saved.changeset), {
          links: [{ url: ['is invalid'] }],
        })
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'returns untouched changeset on constraint mismatch',
    sandboxed(async (repo) => {
      const changeset = check(
        change(build(Post, { title: 'x', visits: -1 }), { links: [{ url: 'a' }] }),
        checkConstraint('visits', { name: 'blog_posts_visits_check' }),
      )
      const saved = await repo.insert(changeset)

      assert.ok(!saved.ok)
      assert.deepEqual(saved.changeset.changes, changeset.changes)
      assert.equal(saved.changeset.changes.links?.[0]?.row.id, null)
      assert.deepEqual(traverseErrors(saved.changeset), { visits: ['is invalid'] })
    }),
  )

  it(
    'changeset prepare: on embeds, runs in the transaction, and may make all of it invalid',
    sandboxed(async (repo) => {
      const prepared = (work: (one: Changeset<typeof Link>) => Changeset<typeof Link>) =>
        check(change(build(Link), { url: 'a' }), prepareChanges(work))
      const inTransaction: boolean[] = []
      const post = await repo.insertOrThrow(
        putEmbed(change(build(Post, { title: 'x' })), 'links', [
          prepared((link) => {
            inTransaction.push(repo.inTransaction())
            return change(link, { title: 'made' })
          }),
        ]),
      )
      const saved = await repo.insert(
        putEmbed(change(build(Post, { title: 'y' })), 'links', [
          prepared((link) => addError(link, 'url', 'is not to be')),
        ]),
      )

      assert.deepEqual([post.links[0]?.title, inTransaction], ['made', [true]])
      assert.deepEqual(saved.ok || traverseErrors(saved.changeset), {
        links: [{ url: ['is not to be'] }],
      })
      assert.equal(await repo.count(Post), 1)
    }),
  )

  it(
    'raises for what cannot be: an update while inserting, a row without an id, a value of another type',
    sandboxed(async (repo) => {
      const post = await linked(repo, 'a')
      const [link] = post.links
      assert.ok(link)
      const update = Object.assign(change(link, { title: 'A' }), { action: 'update' as const })
      const mismatch = putEmbed(change(build(Post, { title: 'y' })), 'links', [update])
      const never = Object.assign(change(build(Link), { url: 'b' }), { action: 'update' as const })

      await assert.rejects(repo.insert(mismatch), {
        name: 'ChangesetError',
        message:
          /cannot update the row of an embedded schema with id '.*' in "links" while inserting/,
      })
      await assert.rejects(repo.update(putEmbed(change(post), 'links', [link, never])), {
        name: 'PrimaryKeyError',
      })
      await assert.rejects(
        // @ts-expect-error what a program without types might give
        repo.insert(change(build(Post, { title: 'y' }), { links: [{ url: 3 }] })),
        { name: 'ChangeError', message: /given 3 for "url", which is not of type string/ },
      )
      assert.equal(await repo.count(Post), 1)
    }),
  )

  it(
    'deleting the row around them asks nothing of them',
    sandboxed(async (repo) => {
      const post = await linked(repo, 'a')
      await repo.deleteOrThrow(post)
      assert.equal(await repo.count(Post), 0)
    }),
  )
})

describe('embeds without a primary key', () => {
  it(
    'are replaced as a whole',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(
        build(Post, { title: 'x', settings: build(Settings, { columns: 2 }) }),
      )
      const saved = await repo.updateOrThrow(putEmbed(change(post), 'settings', { theme: 'dark' }))
      const none = await repo.updateOrThrow(putEmbed(change(saved), 'settings', null))

      assert.deepEqual({ ...saved.settings }, { theme: 'dark', columns: 1 })
      assert.equal(none.settings, null)
    }),
  )
})

describe('a belongs_to in an embed', () => {
  const Note = embedded({ text: t.string(), authorId: t.reference().nullable() }, () => ({
    author: belongsTo(User),
  }))
  const Noted = schema('blog_posts', {
    id: t.id(),
    title: t.string(),
    notes: embedsMany(Note).source('links'),
  })

  it(
    'keeps the key of a stored row, and writes none',
    sandboxed(async (repo) => {
      const ada = await repo.insertOrThrow(build(User, { name: 'Ada' }))
      const noted = (author: typeof ada | { name: string }) =>
        change(build(Noted, { title: 'x' }), { notes: [{ text: 'a', author }] })
      const post = await repo.insertOrThrow(noted(ada))

      assert.equal((await repo.getOrThrow(Noted, post.id)).notes[0]?.authorId, ada.id)
      await assert.rejects(repo.insert(noted({ name: 'Ben' })), {
        name: 'ChangesetError',
        message:
          /"author" of an embedded schema would have rows written, which an embed does not do/,
      })
    }),
  )
})
