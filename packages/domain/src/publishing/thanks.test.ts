import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { EpisodeGuest } from '../episodes/index.ts'
import { JOBS } from '../jobs/index.ts'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import { publishEpisode, rescheduleEpisode, unpublishEpisode } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LATER = new Date('2026-11-20T18:00:00Z')

const DRAFT = {
  slug: 'noon',
  title: 'High <Noon>',
  summary: 'At noon.',
  published: false,
  publishedAt: null,
  audioBytes: 1000,
  audioDuration: 60,
}

/** A draft with two guests, of whom one has an address. */
async function aDraftWithGuests(repo: Repo) {
  const episode = await anEpisode(repo, await aPodcast(repo), DRAFT)
  const ada = await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
  const grace = await aPerson(repo, 'Grace Hopper')
  for (const { id: personId } of [ada, grace]) await invite(repo, episode, personId)
  return episode
}

async function invite(
  repo: Repo,
  { id: episodeId, podcastId }: { readonly id: number; readonly podcastId: number },
  personId: number,
): Promise<void> {
  await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId }))
}

async function mailed(repo: Repo, asOf = NOW): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent
}

describe('guests of an episode that is out', () => {
  it(
    'are thanked by mail, who have an address: once, whatever becomes of the episode',
    sandboxed(async (repo) => {
      const episode = await aDraftWithGuests(repo)

      await publishEpisode(repo, episode, {}, NOW)
      const [mail, ...others] = await mailed(repo)
      await unpublishEpisode(repo, episode, NOW)
      await publishEpisode(repo, episode, {}, NOW)

      assert.deepEqual(others, [])
      assert.equal(mail?.to, 'ada@example.com')
      assert.equal(mail.subject, 'You are heard: High <Noon>')
      assert.match(mail.text, /https:\/\/radio\.example\/local-time\/noon/)
      assert.deepEqual(await mailed(repo), [])
      const thanked = (await repo.all(from(EpisodeGuest).orderBy({ id: 'asc' }))).map(
        ({ thankedAt }) => thankedAt,
      )
      assert.deepEqual(thanked, [NOW, null])
    }),
  )

  it(
    'are thanked when it appears, and not when it is scheduled',
    sandboxed(async (repo) => {
      const episode = await aDraftWithGuests(repo)

      await publishEpisode(repo, episode, { at: LATER }, NOW)

      assert.deepEqual(await mailed(repo), [])
      assert.ok((await repo.all(EpisodeGuest)).every(({ thankedAt }) => thankedAt === null))
    }),
  )

  it(
    'are not thanked where whoever published it said not to, also while it waited',
    sandboxed(async (repo) => {
      const episode = await aDraftWithGuests(repo)

      await publishEpisode(repo, episode, { at: LATER }, NOW)
      await rescheduleEpisode(repo, episode, { at: NOW, thanksGuests: false }, NOW)

      assert.deepEqual(await mailed(repo), [])
      assert.ok((await repo.all(EpisodeGuest)).every(({ thankedAt }) => thankedAt === null))
    }),
  )
})
