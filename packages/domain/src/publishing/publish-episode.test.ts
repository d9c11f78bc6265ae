import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { Activity } from '../activity/index.ts'
import { deleteEpisode, Episode, findEpisode, updateEpisode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { episodeAppeared, publishEpisode, rescheduleEpisode, unpublishEpisode } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LATER = new Date('2026-11-20T18:00:00Z')
const justBefore = (date: Date) => new Date(date.getTime() - 1)

const SAID = {
  slug: 'noon',
  title: 'Noon',
  summary: 'At noon.',
  published: false,
  publishedAt: null,
  audioBytes: 1000,
  audioDuration: 60,
}

async function aDraft(repo: Repo, params: object = {}): Promise<Episode> {
  return anEpisode(repo, await aPodcast(repo), { ...SAID, ...params })
}

async function stored(repo: Repo, { id }: Episode): Promise<Episode> {
  return repo.getOrThrow(Episode, id)
}

const isSeen = async (repo: Repo, { podcastId, slug }: Episode, asOf: Date) =>
  (await findEpisode(repo, podcastId, slug, asOf)) !== undefined

const runJobs = (repo: Repo, asOf: Date) =>
  performWaiting(repo, [episodeAppeared], { repo, clock: () => asOf })

describe('publishEpisode', () => {
  it(
    'publishes at once, and what follows is done once',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)

      const { ok } = await publishEpisode(repo, draft, {}, NOW)

      assert.ok(ok)
      assert.ok(await isSeen(repo, draft, NOW))
      assert.deepEqual(await runJobs(repo, NOW), ['episode_appeared'])
      assert.deepEqual((await stored(repo, draft)).appearedAt, NOW)
      await episodeAppeared.run(
        { repo, clock: () => LATER },
        { episodeId: draft.id, byItself: true },
      )
      assert.deepEqual((await stored(repo, draft)).appearedAt, NOW)
    }),
  )

  it(
    'lets one appear at its moment: not a millisecond before, and without any job',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)

      await publishEpisode(repo, draft, { at: LATER }, NOW)

      assert.ok(!(await isSeen(repo, draft, justBefore(LATER))))
      assert.ok(await isSeen(repo, draft, LATER))
      const [job] = await listJobs(repo)
      assert.deepEqual([job?.name, job?.runAt], ['episode_appeared', LATER])
    }),
  )

  it(
    'is refused with what the checklist calls blockers, and stores nothing',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo, { summary: null, audioUrl: null, audioType: null })

      const refused = await publishEpisode(repo, draft, {}, NOW)

      assert.ok(!refused.ok)
      assert.deepEqual(errorMessages(refused.changeset), {
        summary: ['It says nothing of what it is about: write a summary, or notes.'],
        audioUrl: ['There is nothing to hear yet.'],
      })
      assert.equal((await stored(repo, draft)).published, false)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'is refused of one that is out: a button pressed twice changes nothing',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, {}, NOW)

      const refused = await publishEpisode(repo, draft, {}, LATER)

      assert.ok(!refused.ok)
      assert.deepEqual(errorMessages(refused.changeset), { published: ['is out already'] })
      assert.deepEqual((await stored(repo, draft)).publishedAt, NOW)
    }),
  )

  it(
    'brings forward one that is scheduled',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, { at: LATER }, NOW)

      await publishEpisode(repo, draft, {}, NOW)

      assert.ok(await isSeen(repo, draft, NOW))
      assert.deepEqual(
        (await listJobs(repo)).map(({ runAt }) => runAt),
        [NOW],
      )
    }),
  )
})

describe('rescheduleEpisode', () => {
  it(
    'gives another moment, and the one job its new time',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, { at: LATER }, NOW)
      const tomorrow = new Date('2026-11-21T12:00:00Z')

      const { ok } = await rescheduleEpisode(repo, draft, { at: tomorrow }, NOW)

      assert.ok(ok)
      assert.ok(!(await isSeen(repo, draft, LATER)))
      assert.deepEqual(
        (await listJobs(repo)).map(({ runAt }) => runAt),
        [tomorrow],
      )
    }),
  )

  it(
    'does not hide one that is out, and dates no draft',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      const ofDraft = await rescheduleEpisode(repo, draft, { at: LATER }, NOW)
      await publishEpisode(repo, draft, {}, NOW)
      const ahead = await rescheduleEpisode(repo, draft, { at: LATER }, NOW)
      const back = await rescheduleEpisode(
        repo,
        draft,
        { at: new Date('2026-11-19T12:00:00Z') },
        NOW,
      )

      assert.deepEqual([ofDraft.ok, ahead.ok, back.ok], [false, false, true])
      assert.ok(await isSeen(repo, draft, NOW))
    }),
  )
})

describe('unpublishEpisode', () => {
  it(
    'takes a scheduled one back as if it had never been published',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, { at: LATER }, NOW)

      await unpublishEpisode(repo, draft, NOW)

      const after = await stored(repo, draft)
      assert.deepEqual(
        [after.published, after.firstPublishedAt, after.appearedAt],
        [false, null, null],
      )
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'hides one that was out, keeps its address, and nothing follows a second time',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, {}, NOW)
      await runJobs(repo, NOW)

      await unpublishEpisode(repo, draft, LATER)

      const after = await stored(repo, draft)
      assert.ok(!(await isSeen(repo, draft, LATER)))
      assert.deepEqual(after.firstPublishedAt, NOW)
      const renamed = await updateEpisode(repo, after, { slug: 'midnight' })
      assert.ok(!renamed.ok)
      await publishEpisode(repo, after, {}, LATER)
      assert.deepEqual(await runJobs(repo, LATER), [])
    }),
  )

  it(
    'counts an imported one as known, though no job ever told of it',
    sandboxed(async (repo) => {
      const imported = await anEpisode(repo, await aPodcast(repo), { slug: 'old' })

      await unpublishEpisode(repo, imported, NOW)

      const { firstPublishedAt, appearedAt } = await stored(repo, imported)
      assert.deepEqual([firstPublishedAt, appearedAt], [imported.publishedAt, imported.publishedAt])
    }),
  )
})

describe('the job of an episode that appears', () => {
  it(
    'does nothing for one that is a draft again, or gone',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)

      await episodeAppeared.run({ repo, clock: () => NOW }, { episodeId: draft.id, byItself: true })
      await episodeAppeared.run({ repo, clock: () => NOW }, { episodeId: 999_999, byItself: true })

      assert.equal((await stored(repo, draft)).appearedAt, null)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'waits on where the clock that starts jobs is ahead of ours',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, { at: LATER }, NOW)

      await episodeAppeared.run(
        { repo, clock: () => justBefore(LATER) },
        { episodeId: draft.id, byItself: true },
      )

      assert.equal((await stored(repo, draft)).appearedAt, null)
      assert.deepEqual(
        (await listJobs(repo)).map(({ name, key }) => [name, key]),
        [['episode_appeared', `episode_appeared:${draft.id}`]],
      )
    }),
  )

  it(
    'is written down where an episode appears by itself, and not again where somebody published it',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, { at: LATER }, NOW)
      await runJobs(repo, LATER)
      const other = await anEpisode(repo, await repo.getOrThrow(Podcast, draft.podcastId), {
        ...SAID,
        slug: 'other',
      })
      await publishEpisode(repo, other, {}, LATER)
      await runJobs(repo, LATER)

      const noted = await repo.all(Activity)

      assert.deepEqual(
        noted.map(({ action, subjectId, personName, at }) => [action, subjectId, personName, at]),
        [['appeared', draft.id, null, LATER]],
      )
    }),
  )

  it(
    'is not there when publishing was undone',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      const failing = repo.transaction(async () => {
        await publishEpisode(repo, draft, { at: LATER }, NOW)
        throw new Error('the power went')
      })

      await assert.rejects(failing, /the power went/)
      assert.equal((await stored(repo, draft)).published, false)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )
})

describe('deleteEpisode', () => {
  it(
    'deletes a draft, and nothing that is out or will be',
    sandboxed(async (repo) => {
      const draft = await aDraft(repo)
      await publishEpisode(repo, draft, { at: LATER }, NOW)

      assert.ok(!(await deleteEpisode(repo, draft)).ok)
      await unpublishEpisode(repo, draft, NOW)
      assert.ok((await deleteEpisode(repo, draft)).ok)

      assert.equal(await repo.count(Episode), 0)
    }),
  )
})
