import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'
import { sql } from 'kysely'

import { type Repo } from '../repo/repo.ts'
import { libraryTests } from '../testing/library.ts'
import { parseTimestamptz } from './parse.ts'

const { sandboxed } = libraryTests()

async function there(repo: Repo, moment: Date): Promise<{ at: Date; text: string } | undefined> {
  const [row] = await repo.run(
    sql<{
      at: Date
      text: string
    }>`select at, at::text as text from (select ${moment}::timestamptz as at) t`,
  )
  return row
}

describe('a moment that is far', () => {
  it(
    'comes back from the database as it was sent',
    sandboxed(async (repo) => {
      const moments = fc.date({
        min: new Date('-004712-01-01T00:00:00Z'),
        max: new Date(8.64e15),
        noInvalidDate: true,
      })
      await fc.assert(
        fc.asyncProperty(moments, async (moment) => {
          assert.deepEqual((await there(repo, moment))?.at, moment)
        }),
      )
    }),
  )

  it(
    'is a moment as any other when it is infinite, and is written back as it was',
    sandboxed(async (repo) => {
      const rows = await repo.run(
        sql<{ at: Date }>`select at::timestamptz from (values ('infinity'), ('-infinity')) t (at)`,
      )
      const [forever, sinceEver] = rows.map(({ at }) => at)
      assert.ok(forever && sinceEver)

      assert.ok(sinceEver < new Date(0) && forever > new Date('9999-01-01'))
      assert.equal((await there(repo, forever))?.text, 'infinity')
      assert.equal((await there(repo, sinceEver))?.text, '-infinity')
    }),
  )

  it('is told from text that is none', () => {
    assert.throws(() => parseTimestamptz('11/20/2026 10:15:00 UTC'), /is no moment in PostgreSQL/)
    assert.deepEqual(
      parseTimestamptz('294276-12-31 23:59:59.999999+00'),
      parseTimestamptz('infinity'),
    )
    assert.equal(parseTimestamptz('0001-01-01 00:00:00+00').getUTCFullYear(), 1)
  })
})
