import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo, sql } from '@showrunner/data'
import { EpisodeHost } from '@showrunner/domain/episodes'
import { PodcastHost } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { page, testApp } from '../testing/test-app.ts'

const ESCAPED = '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;&quot; ’مرحبا’'

/** A page that is there, valid, and trusts nothing. */
async function shown(repo: Repo, url: string): Promise<string> {
  const { status, html } = await page(await testApp(repo), url)
  assert.equal(status, 200, url)
  await assertValidHtml(html)
  assert.doesNotMatch(html, /<script>alert/)
  return html
}

async function statusOf(repo: Repo, url: string): Promise<number> {
  return (await page(await testApp(repo), url)).status
}

describe('the page of everybody', () => {
  it(
    'names hosts with their shows, and guests with how often they were heard',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const html = await shown(repo, '/people')

      assert.match(html, /id="hosts">Hosts<[\s\S]*href="\/person\/ines-okafor"/)
      assert.match(html, /id="guests">Guests<[\s\S]*href="\/person\/guest"[\s\S]*1 episode</)
      assert.doesNotMatch(html, /Former hosts/)
    }),
  )

  it(
    'says so while there is nobody',
    sandboxed(async (repo) => {
      assert.match(await shown(repo, '/people'), /Nobody has been heard here yet/)
      assert.equal(await statusOf(repo, '/people?page=2'), 404)
    }),
  )
})

describe('the page of a person with much to their name', () => {
  it(
    'shows the newest fifty, and leads to pages of the rest',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const host = await aPerson(repo, 'Ines Okafor')
      await repo.insertOrThrow(build(PodcastHost, { podcastId: podcast.id, personId: host.id }))
      for (let at = 0; at < 51; at += 1) {
        const { id: episodeId } = await anEpisode(repo, podcast, { slug: `e-${at}` })
        const row = { episodeId, podcastId: podcast.id, personId: host.id }
        await repo.insertOrThrow(build(EpisodeHost, row))
      }

      const whole = await shown(repo, '/person/ines-okafor')
      const second = await shown(repo, '/person/ines-okafor/hosted?page=2')

      assert.match(whole, /<a class="link" href="\/person\/ines-okafor\/hosted">See all</)
      assert.match(second, /51 to 51 of 51/)
      assert.match(second, /href="\/local-time\/e-0"/)
      assert.match(
        second,
        /rel="canonical" href="https:\/\/radio.example\/person\/ines-okafor\/hosted\?page=2"/,
      )
      assert.equal(await statusOf(repo, '/person/ines-okafor/hosted?page=3'), 404)
      assert.equal(await statusOf(repo, '/person/ines-okafor/guested'), 404)
    }),
  )
})

describe('the pages of topics', () => {
  it(
    'list what there is about each, episodes and posts',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const post = await aPost(repo, await aPerson(repo, 'Ada Byron'), {
        slug: 'a-post',
        publishedAt: new Date('2026-02-01T00:00:00Z'),
      })
      await repo.run(
        sql`insert into post_topics (post_id, topic_id, position) select ${post.id}, id, 0 from topics`,
      )

      const list = await shown(repo, '/topics')
      const html = await shown(repo, '/topic/topic')
      const posts = await shown(repo, '/topic/topic/posts')

      assert.ok(list.includes(`<h2 dir="auto"><a href="/topic/topic">${ESCAPED}</a></h2>`))
      assert.match(list, /1 episode, 1 post</)
      assert.match(html, /href="\/local-time\/full"/)
      assert.match(html, /href="\/posts\/a-post"/)
      assert.match(html, /"@type":"BreadcrumbList"/)
      assert.match(posts, /href="\/posts\/a-post"/)
      assert.equal(await statusOf(repo, '/topic/no-such'), 404)
      assert.equal(await statusOf(repo, '/topic/topic?page=2'), 404)
    }),
  )

  it(
    'say so while there are none',
    sandboxed(async (repo) => {
      assert.match(await shown(repo, '/topics'), /Nothing has been filed under a topic yet/)
    }),
  )
})

describe('the pages of sponsors', () => {
  it(
    'say who they are and what they made possible',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      await repo.run(
        sql`update sponsors set website_url = 'https://www.thread.example/', logo_url = '/uploads/logo.png'`,
      )

      const list = await shown(repo, '/sponsors')
      const html = await shown(repo, '/sponsor/sponsor')

      assert.match(list, /href="\/sponsor\/sponsor"/)
      assert.match(html, /<img class="logo" src="\/uploads\/logo.png" alt=""/)
      assert.match(html, /href="https:\/\/www.thread.example\/" rel="sponsored">thread.example</)
      assert.match(html, /href="\/local-time\/full"/)
      assert.equal(await statusOf(repo, '/sponsor/no-such'), 404)
    }),
  )

  it(
    'say so while there are none',
    sandboxed(async (repo) => {
      assert.match(await shown(repo, '/sponsors'), /Nobody has sponsored an episode yet/)
    }),
  )
})

describe('what is popular and what is recommended of a podcast', () => {
  it(
    'are pages of their own, led to from that of the podcast',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      for (const place of [1, 2, 3]) await anEpisode(repo, podcast, { slug: `e-${place}` })
      await repo.run(sql`insert into popular_episodes (podcast_id, episode_id, place)
        select podcast_id, id, right(slug, 1)::int from episodes where slug like 'e-%'`)
      await repo.run(sql`update episodes set featured = true where slug in ('e-2', 'full')`)

      const podcastPage = await shown(repo, '/local-time')
      const popular = await shown(repo, '/local-time/popular')
      const recommended = await shown(repo, '/local-time/recommended')

      assert.match(
        podcastPage,
        /<a href="\/local-time" aria-current="page">Newest<[\s\S]*\/popular">/,
      )
      assert.match(popular, /\/popular" aria-current="page">Popular</)
      assert.match(popular, /3 episodes[\s\S]*"\/local-time\/e-1"[\s\S]*e-2"[\s\S]*e-3"/)
      assert.match(popular, /rel="canonical" href="https:\/\/radio.example\/local-time\/popular"/)
      assert.match(recommended, /2 episodes/)
      assert.match(recommended, /href="\/local-time\/full"/)
      assert.doesNotMatch(recommended, /href="\/local-time\/e-1"/)
      assert.equal(await statusOf(repo, '/local-time/recommended?page=2'), 404)
      assert.equal(await statusOf(repo, '/no-such/popular'), 404)
    }),
  )

  it(
    'say so while there is nothing',
    sandboxed(async (repo) => {
      await aPodcast(repo)

      assert.match(await shown(repo, '/local-time/popular'), /What is heard most will stand here/)
      assert.match(await shown(repo, '/local-time/recommended'), /Nothing is recommended yet/)
      assert.doesNotMatch(await shown(repo, '/local-time'), /class="orders"/)
    }),
  )
})

describe('the archive', () => {
  it(
    'has the years of the network and of a show, and a page of each',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      await anEpisode(repo, podcast, { slug: 'old', publishedAt: '2024-05-01T09:00:00Z' })

      const archive = await shown(repo, '/archive')
      const year = await shown(repo, '/archive/2024')
      const ofShow = await shown(repo, '/local-time/archive/2026')
      const show = await shown(repo, '/local-time')

      assert.match(
        archive,
        /href="\/archive\/2026"><b class="figures">2026<\/b> <span class="meta">3 episodes</,
      )
      assert.match(year, /href="\/local-time\/old"/)
      assert.doesNotMatch(year, /href="\/local-time\/full"/)
      assert.match(ofShow, /href="\/local-time\/archive\/2026" aria-current="page"/)
      assert.match(show, /href="\/local-time\/archive\/2024"/)
      for (const url of ['/archive/2025', '/archive/24', '/local-time/archive/2025']) {
        assert.equal(await statusOf(repo, url), 404, url)
      }
    }),
  )

  it(
    'says so while there is nothing',
    sandboxed(async (repo) => {
      assert.match(await shown(repo, '/archive'), /Nothing has been published yet/)
    }),
  )
})

describe('the page of a transcript', () => {
  it(
    'has all that was said, each turn at an address of its own, with the sound beside it',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const html = await shown(repo, '/local-time/full/transcript')
      const episode = await shown(repo, '/local-time/full')

      assert.match(html, /<div class="turn-of-speech" id="t=4">/)
      assert.match(html, /<span data-at="9.9">So do I.<\/span>/)
      assert.match(
        html,
        /<transcript-reader [^>]*data-episode="\/local-time\/full"[^>]* data-complete/,
      )
      assert.match(html, /<show-player /)
      assert.match(
        html,
        /rel="canonical" href="https:\/\/radio.example\/local-time\/full\/transcript"/,
      )
      assert.doesNotMatch(html, /class="read-on"/)
      assert.doesNotMatch(episode, /So do I/)
      assert.doesNotMatch(episode, /id="t=/)
    }),
  )

  it(
    'is not there where nobody wrote down what is said, or it is not out',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      await anEpisode(repo, podcast, { slug: 'draft', published: false })

      assert.equal(await statusOf(repo, '/local-time/before/transcript'), 404)
      assert.equal(await statusOf(repo, '/local-time/draft/transcript'), 404)
    }),
  )
})

describe('what is related to an episode', () => {
  it(
    'stands on its page, with the show it is of',
    sandboxed(async (repo) => {
      const { episode } = await aFullEpisode(repo)
      const other = await aPodcast(repo, { slug: 'other-time', title: 'Other Time' })
      const alike = await anEpisode(repo, other, { slug: 'alike', title: 'Alike' })
      await repo.run(
        sql`insert into episode_topics (episode_id, podcast_id, topic_id, position)
          select ${alike.id}, ${other.id}, topic_id, 0 from episode_topics where episode_id = ${episode.id}`,
      )

      const html = await shown(repo, '/local-time/full')

      assert.match(
        html,
        /id="related-title" lang="en">Related<[\s\S]*href="\/other-time\/alike">Alike</,
      )
      assert.match(html, /<a href="\/topic\/topic">/)
      assert.match(html, /href="\/sponsor\/sponsor">What else they made possible</)
      assert.doesNotMatch(await shown(repo, '/local-time/before'), /id="related"/)
    }),
  )
})
