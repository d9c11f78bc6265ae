import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { type Episode } from '../episodes/index.ts'
import { type Actor, repoFor, VISITOR } from '../policies/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import {
  DownloadCount,
  downloadTotals,
  FeedAgent,
  feedAgentsOn,
  performanceOf,
  reportOnEpisode,
  searchDownloads,
  subscribersByDay,
} from './index.ts'

const NOW = new Date('2026-03-20T12:00:00Z')
const ADMIN: Actor = { ...VISITOR, isAdmin: true }

async function heard(
  repo: Repo,
  { id, podcastId }: Episode,
  day: string,
  downloads: number,
  agent = 'Overcast',
) {
  const way = agent === 'Firefox' ? 'site' : 'app'
  const row = { podcastId, episodeId: id, day, agent, way, downloads } as const
  await repo.insertOrThrow(build(DownloadCount, row))
}

/** Two podcasts with an episode each, released on 1 March. */
async function twoShows(repo: Repo) {
  const [tides, clocks] = [
    await aPodcast(repo, { slug: 'tides', title: 'Tides' }),
    await aPodcast(repo, { slug: 'clocks', title: 'Clocks' }),
  ]
  const high = await anEpisode(repo, tides, { slug: 'high' })
  const noon = await anEpisode(repo, clocks, { slug: 'noon' })
  await heard(repo, high, '2026-03-01', 50)
  await heard(repo, high, '2026-03-08', 20)
  await heard(repo, high, '2026-03-20', 5, 'Firefox')
  await heard(repo, noon, '2026-03-19', 7)
  await heard(repo, noon, '2025-03-19', 3)
  return { tides, clocks, high, noon }
}

describe('what was counted', () => {
  it(
    'is added up for the days before today, for as many before them, and a year ago: of whose podcasts it is',
    sandboxed(async (repo) => {
      const { tides } = await twoShows(repo)
      const host: Actor = { ...VISITOR, hostOf: [tides.id] }

      assert.deepEqual(await downloadTotals(repo, ADMIN, NOW), [
        { days: 7, now: 12, before: 20, yearAgo: 3 },
        { days: 30, now: 82, before: 0, yearAgo: 3 },
        { days: 90, now: 82, before: 0, yearAgo: 3 },
        { days: 365, now: 82, before: 3, yearAgo: 3 },
      ])
      const [week] = await downloadTotals(repoFor(host, repo), host, NOW)
      assert.deepEqual(week, { days: 7, now: 5, before: 20, yearAgo: 0 })
      assert.equal((await downloadTotals(repo, VISITOR, NOW))[3]?.now, 0)
    }),
  )

  it(
    'is found by episode, sorted, from a number on, of somebody’s podcasts only',
    sandboxed(async (repo) => {
      const { tides, clocks } = await twoShows(repo)
      const asked = {
        first: '2026-03-14',
        last: '2026-03-20',
        least: 1,
        sort: '-downloads',
        page: 1,
      }
      const titles = async (actor: Actor, changes: object = {}) => {
        const { rows } = await searchDownloads(repoFor(actor, repo), actor, {
          ...asked,
          ...changes,
        })
        return rows.map(({ title, downloads, total }) => [title, downloads, total])
      }

      assert.deepEqual(await titles(ADMIN), [
        ['noon', 7, 10],
        ['high', 5, 75],
      ])
      assert.deepEqual(await titles(ADMIN, { sort: '-total' }), [
        ['high', 5, 75],
        ['noon', 7, 10],
      ])
      assert.deepEqual(await titles(ADMIN, { least: 6, page: null }), [['noon', 7, 10]])
      assert.deepEqual(await titles({ ...VISITOR, hostOf: [tides.id] }), [['high', 5, 75]])
      const foreign = { podcastId: clocks.id }
      assert.deepEqual(await titles({ ...VISITOR, hostOf: [tides.id] }, foreign), [])
      const { downloads } = await searchDownloads(repo, ADMIN, asked)
      assert.equal(downloads, 12)
    }),
  )

  it(
    'is shown of an episode by day, by its age, by app and by way',
    sandboxed(async (repo) => {
      const { high } = await twoShows(repo)

      const { total, points, ages, agents, ways } = await reportOnEpisode(repo, high, 'day', NOW)

      assert.equal(total, 75)
      assert.equal(points.length, 60)
      assert.deepEqual(points.at(-1), { day: '2026-03-20', value: 5 })
      assert.deepEqual(points.at(-2), { day: '2026-03-19', value: 0 })
      assert.deepEqual(ages, [
        { days: 1, downloads: 50 },
        { days: 7, downloads: 50 },
        { days: 30, downloads: null },
        { days: 90, downloads: null },
      ])
      assert.deepEqual(agents, [
        { name: 'Overcast', downloads: 70 },
        { name: 'Firefox', downloads: 5 },
      ])
      assert.deepEqual(ways, [
        { name: 'app', downloads: 70 },
        { name: 'site', downloads: 5 },
      ])
      const weeks = (await reportOnEpisode(repo, high, 'week', NOW)).points
      assert.deepEqual(weeks.at(-1), { day: '2026-03-16', value: 5 })
      const months = (await reportOnEpisode(repo, high, 'month', NOW)).points
      assert.deepEqual([months.length, months.at(-1)], [24, { day: '2026-03-01', value: 75 }])
    }),
  )

  it(
    'says of a podcast how its episodes began, and who fetches its feed for how many',
    sandboxed(async (repo) => {
      const { tides } = await twoShows(repo)
      const podcastId = tides.id
      for (const [agent, subscribers] of [
        ['Overcast', 40],
        ['AntennaPod', null],
        ['Feedly', 9],
      ] as const) {
        const row = { podcastId, day: '2026-03-20', agent, fetches: 3, subscribers }
        await repo.insertOrThrow(build(FeedAgent, row))
      }

      const [high] = await performanceOf(repo, podcastId, NOW)
      assert.deepEqual([high?.title, high?.firstWeek, high?.total], ['high', 50, 75])
      const agents = await feedAgentsOn(repo, podcastId, '2026-03-20')
      assert.deepEqual(
        agents.map(({ agent }) => agent),
        ['Overcast', 'Feedly', 'AntennaPod'],
      )
      const days = await subscribersByDay(repo, podcastId, 2, NOW)
      assert.deepEqual(days, [
        { day: '2026-03-19', value: 0 },
        { day: '2026-03-20', value: 49 },
      ])
    }),
  )
})
