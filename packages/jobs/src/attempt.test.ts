import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { attempt, type Attempted } from './attempt.ts'
import { defineJob } from './job.ts'

interface Parts extends Attempted {
  readonly said: string[]
}

const job = defineJob({
  name: 'try',
  args: z.object({ fails: z.boolean() }),
  perform: async ({ said, attempt: own }: Parts, { fails }) => {
    said.push(`${own?.jobId} ${own?.number} ${own?.isLast}`)
    own?.ifFailed(async () => void said.push('noted'))
    own?.ifFailed(() => Promise.reject(new Error('the note failed')))
    if (fails) throw new Error('it failed')
  },
})

const THIS = { jobId: '7', number: 2, isLast: true }

describe('a try of a job', () => {
  it('is known to the job', async () => {
    const said: string[] = []
    await attempt(job, { said }, { ...THIS, payload: { fails: false } })
    assert.deepEqual(said, ['7 2 true'])
  })

  it('that fails is followed by what is to be done then, and says why it failed', async () => {
    const said: string[] = []
    const failed = attempt(job, { said }, { ...THIS, payload: { fails: true } })
    await assert.rejects(failed, { message: 'it failed' })
    assert.deepEqual(said, ['7 2 true', 'noted'])
  })
})
