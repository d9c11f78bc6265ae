import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change, forceChange } from '../../changeset/change.ts'
import { addError } from '../../changeset/changeset.ts'
import { errorMessages } from '../../changeset/messages.ts'
import { from } from '../../query/from.ts'
import { build } from '../../schema/instance.ts'
import { embedded } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { blogTests, Post, Rating } from '../../testing/blog.ts'
import { statementsOf } from '../../testing/library.ts'
import { unsafeUnique } from './unsafe-unique.ts'

const { sandboxed } = blogTests()

describe('unsafe_validate_unique/4', () => {
  it(
    'single field',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Post, { title: 'Tides' }))
      const taken = await unsafeUnique(change(build(Post), { title: 'Tides' }), repo, 'title')
      assert.deepEqual(taken.errors, {
        title: [
          {
            message: 'has already been taken',
            meta: { validation: 'unsafeUnique', fields: ['title'] },
          },
        ],
      })
      const free = await unsafeUnique(change(build(Post), { title: 'Ebbs' }), repo, 'title')
      assert.equal(free.valid, true)
    }),
  )

  it(
    'combination',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Post, { title: 'Tides', language: 'en' }))
      const post = build(Post, { title: 'Tides' })
      const of = async (language: string) =>
        (await unsafeUnique(change(post, { language }), repo, ['title', 'language'])).errors
      assert.deepEqual(Object.keys(await of('en')), ['title'])
      assert.deepEqual(await of('de'), {})
    }),
  )

  it(
    'prior error on a field: asks nothing, and adds nothing to it',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Post, { title: 'x', language: 'en' }))
      const failed = addError(
        change(build(Post), { title: 'x', language: 'en' }),
        'language',
        'odd',
      )
      const events = await statementsOf(repo, async () => {
        const asked = await unsafeUnique(failed, repo, ['title', 'language'])
        assert.deepEqual(errorMessages(asked), { language: ['odd'] })
      })
      assert.equal(events.length, 0)
    }),
  )

  it(
    'only queries the db when necessary: not without a change, nor for a field without a value',
    sandboxed(async (repo) => {
      const both = ['title', 'language'] as const
      const events = await statementsOf(repo, async () => {
        await unsafeUnique(change(build(Post, { title: 'x', language: 'en' })), repo, both)
        await unsafeUnique(change(build(Post), { title: 'x' }), repo, both)
      })
      assert.equal(events.length, 0)
      const asked = await statementsOf(repo, () =>
        unsafeUnique(change(build(Post), { title: 'x', language: 'en' }), repo, both),
      )
      assert.equal(asked.length, 1)
    }),
  )

  it(
    'custom message/key',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Post, { title: 'Tides' }))
      const changeset = await unsafeUnique(change(build(Post), { title: 'Tides' }), repo, 'title', {
        message: { message: 'is on the shelf', meta: { shelf: 3 } },
        errorField: 'text',
      })
      assert.deepEqual(errorMessages(changeset), { text: ['is on the shelf'] })
      assert.equal(changeset.errors['text']?.[0]?.meta['shelf'], 3)
    }),
  )

  it(
    'nulls_distinct',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Post, { title: 'Tides', language: null }))
      const fields = ['title', 'language'] as const
      const changeset = change(build(Post), { title: 'Tides' })
      assert.equal((await unsafeUnique(changeset, repo, fields)).valid, true)
      const strict = await unsafeUnique(changeset, repo, fields, { nullsDistinct: false })
      assert.deepEqual(errorMessages(strict), { title: ['has already been taken'] })
    }),
  )

  it(
    'excludes own PK when loaded',
    sandboxed(async (repo) => {
      const post = await repo.insertOrThrow(build(Post, { title: 'Tides' }))
      const renamed = change(post, { title: 'tides' })
      await repo.updateOrThrow(change(post, { title: 'tides' }))
      assert.equal((await unsafeUnique(renamed, repo, 'title')).valid, true)
      await repo.insertOrThrow(build(Post, { title: 'tides' }))
      assert.equal((await unsafeUnique(renamed, repo, 'title')).valid, false)
    }),
  )

  it(
    'excludes own PK when loaded, of several fields too',
    sandboxed(async (repo) => {
      const rating = await repo.insertOrThrow(build(Rating, { year: 2026, place: 1, title: 'a' }))
      const named = forceChange(change(rating), 'title', 'a')
      assert.equal((await unsafeUnique(named, repo, 'title')).valid, true)
      await repo.insertOrThrow(build(Rating, { year: 2026, place: 2, title: 'a' }))
      assert.equal((await unsafeUnique(named, repo, 'title')).valid, false)
    }),
  )

  it(
    'prefix: looks where it is told to, among the rows of a query',
    sandboxed(async (repo) => {
      await repo.insertOrThrow(build(Post, { title: 'Tides', language: 'en' }))
      const changeset = change(build(Post), { title: 'Tides' })
      const query = from(Post).where('language', '=', 'de')
      assert.equal((await unsafeUnique(changeset, repo, 'title', { query })).valid, true)
    }),
  )

  it(
    'raise with schemaless',
    sandboxed(async (repo) => {
      const form = change(build(embedded({ title: t.string() })), { title: 'x' })
      await assert.rejects(unsafeUnique(form, repo, 'title'), {
        name: 'ChangesetError',
        message: /unsafeUnique\(\) was given a changeset of a schema that has no table/,
      })
    }),
  )
})
