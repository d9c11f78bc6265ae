import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { testDatabase } from '@showrunner/data/sandbox'
import { createSignInLink, removeExpiredSignIns, SignInLink } from '@showrunner/domain/accounts'
import { aPerson } from '@showrunner/domain/testing'
import { enqueue } from '@showrunner/jobs'
import { listening } from '@showrunner/jobs/testing'
import { startWorker } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const YESTERDAY = new Date('2026-11-19T12:00:00Z')

describe('startWorker', () => {
  it('does a job of the network, at the time it is told', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), YESTERDAY)

    const worker = await startWorker({ databaseUrl: url, repo, clock: () => NOW, log })
    await enqueue(repo, removeExpiredSignIns, {})
    await said(/Completed task .*remove_expired_sign_ins/)
    await worker.stop()

    assert.equal(await repo.count(SignInLink), 0)
  })
})
