import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { DownloadCount, FeedAgent } from '@showrunner/domain/downloads'
import { type Episode } from '@showrunner/domain/episodes'
import { Sponsor } from '@showrunner/domain/sponsors'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

async function heard(repo: Repo, { id, podcastId }: Episode, day: string, downloads: number) {
  const row = { podcastId, episodeId: id, day, agent: 'Overcast', way: 'app', downloads } as const
  await repo.insertOrThrow(build(DownloadCount, row))
}

async function twoShows(repo: Repo) {
  const tides = await aPodcast(repo, { slug: 'tides', title: 'Tides' })
  const clocks = await aPodcast(repo, { slug: 'clocks', title: 'Clocks' })
  const high = await anEpisode(repo, tides, { slug: 'high', title: '=High, "water"' })
  const noon = await anEpisode(repo, clocks, { slug: 'noon', title: 'Noon' })
  await heard(repo, high, '2026-11-19', 1234)
  await heard(repo, noon, '2026-11-20', 77)
  await heard(repo, noon, '2026-01-02', 9)
  return { tides, clocks, high, noon }
}

describe('the downloads of the network', () => {
  it(
    'are those of whose podcasts they are, on the page, in the file and on the first page',
    sandboxed(async (repo) => {
      const { tides, clocks } = await twoShows(repo)
      const admin = await inAdmin(repo, { admin: true })
      const host = await inAdmin(repo, { hostOf: [tides] })
      const editor = await inAdmin(repo, { editor: true })

      const all = await admin.get('/admin/downloads')
      await assertValidHtml(all.html)
      assert.match(all.html, /1,311 downloads from 22 Oct 2026 to 20 Nov 2026/)
      const own = await host.get('/admin/downloads')
      assert.match(own.html, /1,234 downloads/)
      assert.doesNotMatch(own.html, /Noon|Clocks/)
      const foreign = await host.get(`/admin/downloads/episodes.csv?podcast=${clocks.id}`)
      assert.doesNotMatch(foreign.body, /Noon/)
      const today = await host.get('/admin')
      await assertValidHtml(today.html)
      assert.match(today.html, /1,234<\/strong> <span>in 7 days/)
      assert.equal((await editor.get('/admin/downloads')).status, 403)
      assert.doesNotMatch((await editor.get('/admin')).html, /admin\/downloads/)
    }),
  )

  it(
    'are narrowed by days, podcast and least, and go into a spreadsheet as text',
    sandboxed(async (repo) => {
      const { clocks } = await twoShows(repo)
      const admin = await inAdmin(repo, { admin: true })
      const titles = async (query: string) => {
        const { body, status, headers } = await admin.get(`/admin/downloads/episodes.csv?${query}`)
        assert.equal(status, 200)
        assert.match(String(headers['content-type']), /^text\/csv/)
        return body.split('\r\n').slice(1, -1)
      }

      assert.equal((await titles('')).length, 2)
      assert.match((await titles(''))[0] ?? '', /^"Tides","'=High, ""water""",.*"1234","1234"$/)
      assert.match((await titles(`range=365&podcast=${clocks.id}`))[0] ?? '', /"86","86"$/)
      assert.match((await titles('from=2026-01-02&to=2026-01-02'))[0] ?? '', /"9","86"$/)
      assert.equal((await titles('least=100')).length, 1)
      assert.equal(
        (await titles('range=x&from=nonsense&least=-3&podcast=0&sort=nothing')).length,
        2,
      )
      assert.equal((await titles('to=0001-01-01&least=0')).length, 2)
    }),
  )
})

describe('the downloads of an episode', () => {
  it(
    'are drawn and listed, before anything is counted as well',
    sandboxed(async (repo) => {
      const { tides, clocks, high } = await twoShows(repo)
      const host = await inAdmin(repo, { hostOf: [tides] })
      const quiet = await anEpisode(repo, tides, { slug: 'quiet' })
      const at = (episode: Episode) =>
        `/admin/podcasts/${episode.podcastId}/episodes/${episode.id}/downloads`

      for (const by of ['', '?by=week', '?by=month', '?by=nonsense']) {
        const { html, status } = await host.get(at(high) + by)
        assert.equal(status, 200)
        await assertValidHtml(html)
        assert.match(html, /<svg[^>]*role="img"/)
        assert.match(html, /1,234/)
        assert.match(html, /Overcast/)
        assert.match(html, /follows IAB v2\.2/)
      }
      await assertValidHtml((await host.get(at(quiet))).html)
      const other = await inAdmin(repo, { hostOf: [clocks], name: 'Grace Hopper' })
      assert.equal((await other.get(at(high))).status, 404)
    }),
  )
})

describe('the downloads of a podcast', () => {
  it(
    'show how its episodes began, and who fetches its feed, day by day',
    sandboxed(async (repo) => {
      const { tides, clocks } = await twoShows(repo)
      const host = await inAdmin(repo, { hostOf: [tides] })
      const row = { podcastId: tides.id, agent: 'Feedly', mark: '7', fetches: 4, subscribers: 55 }
      await repo.insertOrThrow(build(FeedAgent, { ...row, day: '2026-11-19' }))
      const at = `/admin/podcasts/${tides.id}/downloads`

      const { html } = await host.get(at)
      await assertValidHtml(html)
      assert.match(html, /Nothing fetched the feed on this day/)
      assert.match(html, /day=2026-11-19#feed/)
      const before = await host.get(`${at}?day=2026-11-19`)
      await assertValidHtml(before.html)
      assert.match(before.html, /Feedly \(feed 7\)/)
      assert.match(before.html, /55 subscribers/)
      assert.equal((await host.get(`/admin/podcasts/${clocks.id}/downloads`)).status, 404)
    }),
  )
})

describe('the report for a sponsor', () => {
  it(
    'says where it was named, how often that was heard, and is for administrators',
    sandboxed(async (repo) => {
      const { podcast, episode } = await aFullEpisode(repo)
      await heard(repo, episode, '2026-11-19', 41)
      const sponsor = await repo.one(from(Sponsor))
      const admin = await inAdmin(repo, { admin: true })
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const at = `/admin/sponsors/${sponsor?.id}/report`

      const { html } = await admin.get(at)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<script>alert/)
      assert.match(html, /supported 1 episode that can be heard: 41 downloads/)
      assert.match(html, /\nTotal\t\t\t\t\t\t41</)
      assert.match(html, new RegExp(`https://radio.example/${podcast.slug}/${episode.slug}`))
      assert.equal((await host.get(at)).status, 403)
    }),
  )
})
