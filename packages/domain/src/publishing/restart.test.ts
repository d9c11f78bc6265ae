import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { listJobs, startJobs } from '@showrunner/jobs'
import { listening } from '@showrunner/jobs/testing'
import { Activity } from '../activity/index.ts'
import { Episode } from '../episodes/index.ts'
import { anEpisode, aPodcast, testDatabase } from '../testing/index.ts'
import { episodeAppeared, publishEpisode } from './index.ts'

const MOMENT = new Date('2026-11-20T12:00:00Z')
const DRAFT = {
  slug: 'noon',
  summary: 'At noon.',
  published: false,
  publishedAt: null,
  audioBytes: 1000,
  audioDuration: 60,
}

const timesItAppeared = async (repo: Repo) =>
  repo.count(from(Activity).where({ action: 'appeared' }))

describe('an episode whose moment comes while nothing runs', () => {
  it('has appeared when the site is back, and what follows is done once, by whichever process', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo, url } = database
    const draft = await anEpisode(repo, await aPodcast(repo), DRAFT)
    const before = new Date(MOMENT.getTime() - 60_000)
    assert.ok((await publishEpisode(repo, draft, { at: MOMENT }, before)).ok)
    const { log, said } = listening()
    const parts = { repo, clock: () => MOMENT }
    const process = () => startJobs({ databaseUrl: url, jobs: [episodeAppeared], parts, log })

    const [one, other] = await Promise.all([process(), process()])
    await said(/Completed task .*episode_appeared/)
    await Promise.all([one.stop(), other.stop()])
    const again = await process()
    await again.stop()

    assert.deepEqual((await repo.getOrThrow(Episode, draft.id)).appearedAt, MOMENT)
    assert.equal(await timesItAppeared(repo), 1)
    assert.deepEqual(await listJobs(repo), [])
  })

  it('is told of once, though the process died after it was done and the job runs again', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const draft = await anEpisode(repo, await aPodcast(repo), DRAFT)
    await publishEpisode(repo, draft, { at: MOMENT }, new Date(MOMENT.getTime() - 60_000))
    const job = () =>
      episodeAppeared.run({ repo, clock: () => MOMENT }, { episodeId: draft.id, byItself: true })

    await Promise.all([job(), job()])
    await job()

    assert.equal(await timesItAppeared(repo), 1)
  })
})
