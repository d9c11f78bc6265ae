import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { type Episode, EpisodeSponsor } from '../episodes/index.ts'
import { repoFor, VISITOR } from '../policies/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { createSponsor, lastSaid, listAppearances } from './index.ts'

async function aSponsor(repo: Repo, name = 'Tideline') {
  const made = await createSponsor(repo, { name })
  assert.ok(made.ok)
  return made.value
}

async function say(repo: Repo, { id, podcastId }: Episode, sponsorId: number, title: string) {
  const linkUrl = 'https://tide.example'
  const of = { episodeId: id, podcastId, sponsorId }
  await repo.insertOrThrow(build(EpisodeSponsor, { ...of, title, linkUrl }))
}

describe('what was said of a sponsor', () => {
  it(
    'is listed with its episodes: drafts, and then the newest',
    sandboxed(async (repo) => {
      const [sponsor, other] = [await aSponsor(repo), await aSponsor(repo, 'Other')]
      const podcast = await aPodcast(repo)
      const old = await anEpisode(repo, podcast, { slug: 'old' })
      const late = await anEpisode(repo, podcast, {
        slug: 'late',
        publishedAt: '2026-04-01T09:00:00Z',
      })
      const draft = await anEpisode(repo, podcast, {
        slug: 'draft',
        published: false,
        publishedAt: null,
      })
      for (const one of [late, draft, old]) await say(repo, one, sponsor.id, `In ${one.slug}`)
      await say(repo, old, other.id, 'Else')

      const { rows, total } = await listAppearances(repo, sponsor, 1)

      assert.equal(total, 3)
      assert.deepEqual(
        rows.map(({ title, episode }) => [title, episode.slug, episode.podcast.title]),
        [
          ['In draft', 'draft', 'Local Time'],
          ['In late', 'late', 'Local Time'],
          ['In old', 'old', 'Local Time'],
        ],
      )
    }),
  )

  it(
    'is known as it was said last: on this podcast, or else on another that is seen',
    sandboxed(async (repo) => {
      const [sponsor, other] = [await aSponsor(repo), await aSponsor(repo, 'Other')]
      const [here, there] = [await aPodcast(repo), await aPodcast(repo, { slug: 'there' })]
      const first = await anEpisode(repo, here, { slug: 'first' })
      const second = await anEpisode(repo, here, { slug: 'second' })
      const away = await anEpisode(repo, there, { slug: 'away' })
      await say(repo, first, sponsor.id, 'First')
      await say(repo, second, sponsor.id, 'Second')
      await say(repo, away, sponsor.id, 'Away')
      await say(repo, away, other.id, 'Only there')
      const ids = [sponsor.id, other.id]
      const titles = async (by: Repo, podcastId?: number) =>
        [...(await lastSaid(by, ids, podcastId)).values()].map(({ title }) => title)

      assert.deepEqual(await titles(repo, here.id), ['Second', 'Only there'])
      assert.deepEqual(await titles(repo), ['Away', 'Only there'])
      const host = repoFor({ ...VISITOR, hostOf: [here.id] }, repo)
      assert.deepEqual(await titles(host), ['Second'])
    }),
  )
})
