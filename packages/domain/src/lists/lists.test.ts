import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Topic } from '../topics/index.ts'
import { matching, paged, sorted } from './index.ts'
import { sandboxed } from '../testing/index.ts'

async function withTopics(repo: Repo, names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    await repo.insertOrThrow(build(Topic, { name, slug: `topic-${at}` }))
  }
}

const names = async (repo: Repo, q: string) => {
  const found = await repo.all(
    sorted(matching(from(Topic), ['name', 'slug'], q), ['name'], undefined),
  )
  return found.map(({ name }) => name)
}

describe('matching', () => {
  it(
    'finds rows in which every word stands somewhere, in any case',
    sandboxed(async (repo) => {
      await withTopics(repo, ['Open Source', 'Open data', 'Privacy'])

      assert.deepEqual(await names(repo, 'open'), ['Open data', 'Open Source'])
      assert.deepEqual(await names(repo, 'SOURCE open'), ['Open Source'])
      assert.deepEqual(await names(repo, 'topic-2'), ['Privacy'])
      assert.deepEqual(await names(repo, '  '), ['Open data', 'Open Source', 'Privacy'])
    }),
  )

  it(
    'takes signs with a meaning in patterns as they are',
    sandboxed(async (repo) => {
      await withTopics(repo, ['100%', '1000', 'a_b', 'axb', 'c\\d'])

      assert.deepEqual(await names(repo, '0%'), ['100%'])
      assert.deepEqual(await names(repo, 'a_b'), ['a_b'])
      assert.deepEqual(await names(repo, 'c\\d'), ['c\\d'])
      assert.deepEqual(await names(repo, '\0axb\0'), ['axb'])
    }),
  )
})

describe('sorted', () => {
  it(
    'sorts by what is wanted if that is offered, and else as usual',
    sandboxed(async (repo) => {
      await withTopics(repo, ['b', 'a', 'c'])
      const by = async (wanted?: string) =>
        (await repo.all(sorted(from(Topic), ['-insertedAt', 'name'], wanted))).map(
          ({ name }) => name,
        )

      assert.deepEqual(await by('name'), ['a', 'b', 'c'])
      assert.deepEqual(await by('-name'), ['c', 'b', 'a'])
      assert.deepEqual(await by('slug'), await by())
    }),
  )
})

describe('paged', () => {
  it(
    'gives a page of fifty and says how many there are',
    sandboxed(async (repo) => {
      await withTopics(
        repo,
        Array.from({ length: 60 }, (_, at) => String(at).padStart(2, '0')),
      )

      const page = await paged(repo, sorted(from(Topic), ['name'], undefined), 2)

      assert.equal(page.total, 60)
      assert.deepEqual(
        page.rows.map(({ name }) => name),
        Array.from({ length: 10 }, (_, at) => String(at + 50)),
      )
    }),
  )
})
