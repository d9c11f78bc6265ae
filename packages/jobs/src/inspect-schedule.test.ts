import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from '@showrunner/data'
import { sandboxed } from '@showrunner/data/sandbox'
import { z } from 'zod'
import { defineJob, listSchedule, type Scheduled } from './index.ts'

const sweep = defineJob({ name: 'sweep', args: z.object({}), perform: async () => {} })
const nextFor = (at: string, asOf: string) =>
  sandboxed(async (repo) => {
    const [line] = await listSchedule(repo, [{ job: sweep, at }], new Date(asOf))
    return assert.deepEqual(
      [line?.name, line?.at, line?.nextRunAt],
      ['sweep', at, NEXT[at] ?? null],
    )
  })

const NEXT: Record<string, Date> = {
  '17 * * * *': new Date('2026-11-20T13:17:00Z'),
  '0 4 1 1 *': new Date('2027-01-01T04:00:00Z'),
  '30 6 * * 1': new Date('2026-11-23T06:30:00Z'),
}

describe('the schedule', () => {
  it('runs next within the hour', nextFor('17 * * * *', '2026-11-20T12:17:00Z'))
  it('runs next in the new year', nextFor('0 4 1 1 *', '2026-11-20T12:00:00Z'))
  it('runs next on a Monday', nextFor('30 6 * * 1', '2026-11-20T12:00:00Z'))
  it('says when there is no such day within a year', nextFor('0 0 30 2 *', '2026-11-20T12:00:00Z'))

  it(
    'knows when it last ran, on any process',
    sandboxed(async (repo) => {
      const schedule: readonly Scheduled[] = [{ job: sweep, at: '17 * * * *' }]
      const asOf = new Date('2026-11-20T12:00:00Z')
      const before = await listSchedule(repo, schedule, asOf)
      await repo.run(sql`
        insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
        values ('sweep', '2026-11-01T00:00:00Z', '2026-11-20T11:17:00Z')`)

      const [after] = await listSchedule(repo, schedule, asOf)

      assert.equal(before[0]?.lastRunAt, null)
      assert.deepEqual(after?.lastRunAt, new Date('2026-11-20T11:17:00Z'))
    }),
  )
})
