import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { listActivity } from '../activity/index.ts'
import { EpisodeHost } from '../episodes/index.ts'
import { VISITOR } from '../policies/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { seedActivity } from './seed-activity.ts'

describe('seedActivity', () => {
  it(
    'says of each episode that is out who published it, and of one that waits who scheduled it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id: personId } = await aPerson(repo, 'Ada')
      const { id: episodeId } = await anEpisode(repo, podcast, { slug: 'out' })
      await repo.insertOrThrow(build(EpisodeHost, { podcastId: podcast.id, episodeId, personId }))
      await anEpisode(repo, podcast, { slug: 'ahead', publishedAt: '2026-05-01T09:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'draft', published: false, publishedAt: null })
      await seedActivity(repo, new Date('2026-04-01T12:00:00Z'))

      const { activities } = await listActivity(repo, { ...VISITOR, isAdmin: true })
      assert.deepEqual(
        activities.map(({ action, subjectTitle, personName, at }) => [
          action,
          subjectTitle,
          personName,
          at.toISOString(),
        ]),
        [
          ['scheduled', 'ahead', null, '2026-04-01T11:00:00.000Z'],
          ['published', 'out', 'Ada', '2026-03-01T09:00:00.000Z'],
        ],
      )
    }),
  )
})
