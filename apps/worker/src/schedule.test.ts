import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRepo } from '@showrunner/data'
import { parseCronItems } from 'graphile-worker'
import { SCHEDULE } from './schedule.ts'
import { tasks } from './tasks.ts'

describe('SCHEDULE', () => {
  it('names only jobs that exist, at times that exist', async () => {
    const repo = createRepo({ url: 'postgres://nobody@localhost/nothing' })
    const known = Object.keys(tasks({ repo, clock: () => new Date() }))
    await repo.close()

    const parsed = parseCronItems([...SCHEDULE])

    assert.ok(parsed.length > 0)
    for (const { task } of parsed) assert.ok(known.includes(task), task)
  })
})
