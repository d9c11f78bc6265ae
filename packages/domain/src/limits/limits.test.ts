import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { forgetFreeLimits, type Limit, RateLimit, spend } from './index.ts'
import { sandboxed, testDatabase } from '../testing/index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS)

const LIMIT: Limit = { name: 'tests', most: 3, perMs: 30 * MINUTE_MS }

describe('spend', () => {
  it(
    'lets so many through, and says how long the next has to wait',
    sandboxed(async (repo) => {
      for (const remaining of [2, 1, 0]) {
        const left = await spend(repo, LIMIT, 'ada', NOW)
        assert.deepEqual(left, { limit: 3, remaining, resetMs: (3 - remaining) * 10 * MINUTE_MS })
      }

      await assert.rejects(spend(repo, LIMIT, 'ada', NOW), {
        name: 'LimitError',
        message: 'The limit "tests" is used up for another 600 s.',
        retryAfterMs: 10 * MINUTE_MS,
        left: { limit: 3, remaining: 0, resetMs: 30 * MINUTE_MS },
      })
      await assert.rejects(spend(repo, LIMIT, 'ada', after(9)), { retryAfterMs: MINUTE_MS })
      await spend(repo, LIMIT, 'ada', after(10))
      await assert.rejects(spend(repo, LIMIT, 'ada', after(10)), { retryAfterMs: 10 * MINUTE_MS })
    }),
  )

  it(
    'counts each limit and everybody alone, and keeps no names',
    sandboxed(async (repo) => {
      for (let count = 0; count < 3; count += 1) await spend(repo, LIMIT, 'ada@example.com', NOW)

      await spend(repo, LIMIT, 'grace@example.com', NOW)
      await spend(repo, { ...LIMIT, name: 'others' }, 'ada@example.com', NOW)

      assert.equal(await repo.count(RateLimit), 3)
      assert.doesNotMatch(JSON.stringify(await repo.all(RateLimit)), /ada|grace/)
    }),
  )

  it('gives the last one to one of many who ask at the same moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database

    const asked = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6, 7, 8].map(() => spend(repo, LIMIT, 'ada', NOW)),
    )

    assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 3)
  })
})

describe('forgetFreeLimits', () => {
  it(
    'forgets allowances that are whole again, and no others',
    sandboxed(async (repo) => {
      await spend(repo, LIMIT, 'ada', NOW)
      await spend(repo, LIMIT, 'grace', after(5))

      await forgetFreeLimits.run({ repo, clock: () => after(10) }, {})

      assert.equal(await repo.count(RateLimit), 1)
    }),
  )
})
