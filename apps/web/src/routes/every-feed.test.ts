import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo } from '@showrunner/data'
import { changeSlug } from '@showrunner/domain/publishing'
import { EpisodeGuest, EpisodeTopic } from '@showrunner/domain/episodes'
import { PersonHandle } from '@showrunner/domain/people'
import { Podcast } from '@showrunner/domain/podcasts'
import { getSettings } from '@showrunner/domain/settings'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { readFeed } from '@showrunner/feeds'
import { parseJsonFeed, parseOpml } from 'feedsmith'
import { aFullEpisode, HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { NOW, PUBLIC_URL, testApp } from '../testing/test-app.ts'

const HUB = 'https://hub.example/'

/** Two shows, with an episode each that has the same guid, with the same guest, about the same topic. */
async function aNetwork(repo: Repo) {
  const one = await aPodcast(repo, { title: 'Local Time', slug: 'local-time' })
  const two = await aPodcast(repo, { title: 'Low Water', slug: 'low-water' })
  const ada = await aPerson(repo, 'Ada Byron', { handle: 'ada' })
  const topic = await repo.insertOrThrow(build(Topic, { name: 'Tides', slug: 'tides' }))
  for (const podcast of [one, two]) {
    const { id: episodeId, podcastId } = await anEpisode(repo, podcast, {
      slug: 'noon',
      title: `Noon on ${podcast.title}`,
    })
    await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId: ada.id }))
    await repo.insertOrThrow(build(EpisodeTopic, { episodeId, podcastId, topicId: topic.id }))
    await anEpisode(repo, podcast, { slug: 'other', publishedAt: '2026-01-05T09:00:00Z' })
  }
  return { one, two, ada, topic }
}

async function feedAt(app: Awaited<ReturnType<typeof testApp>>, url: string) {
  const response = await app.inject(url)
  assert.equal(response.statusCode, 200, url)
  const { feed, warnings } = await readFeed(response.rawPayload)
  assert.deepEqual(warnings, [])
  return { feed, headers: response.headers }
}

const titles = ({ items }: { readonly items: readonly { readonly title: string }[] }) =>
  items.map(({ title }) => title).toSorted()

describe('the feeds of the network', () => {
  it(
    'have the episodes of every show, of a person, and of a topic, each said to be of its show',
    sandboxed(async (repo) => {
      await aNetwork(repo)
      const app = await testApp(repo)

      const { feed: all } = await feedAt(app, '/podcasts/feed')
      const { feed: ofAda } = await feedAt(app, '/person/ada/feed')
      const { feed: ofTides } = await feedAt(app, '/topic/tides/feed')

      const noon = ['Noon on Local Time (Local Time)', 'Noon on Low Water (Low Water)']
      assert.equal(all.items.length, 4)
      assert.equal(new Set(all.items.map(({ guid }) => guid)).size, 4)
      assert.deepEqual([titles(ofAda), titles(ofTides)], [noon, noon])
      assert.equal(ofAda.selfUrl, `${PUBLIC_URL}/person/ada/feed`)
      assert.equal(new Set([all, ofAda, ofTides].map(({ guid }) => guid)).size, 3)
      assert.equal((await app.inject('/person/nobody/feed')).statusCode, 404)
      assert.equal((await app.inject('/topic/nothing/feed')).statusCode, 404)
      assert.equal((await app.inject('/podcasts/feed?page=2')).statusCode, 404)
    }),
  )

  it(
    'name the network as their publisher, whose feed names them',
    sandboxed(async (repo) => {
      const { one, two } = await aNetwork(repo)
      await aPodcast(repo, { title: 'Hidden', slug: 'hidden', blocked: true })
      const app = await testApp(repo)

      const { feed: show } = await feedAt(app, '/local-time/feed')
      const { feed: publisher } = await feedAt(app, '/podcasts/publisher')

      assert.equal(publisher.medium, 'publisher')
      assert.equal(show.publisher?.feedGuid, publisher.guid)
      assert.equal(show.publisher?.feedUrl, `${PUBLIC_URL}/podcasts/publisher`)
      assert.deepEqual(
        publisher.remoteItems.map(({ feedGuid, feedUrl }) => [feedGuid, feedUrl]),
        [
          [one.guid, `${PUBLIC_URL}/local-time/feed`],
          [two.guid, `${PUBLIC_URL}/low-water/feed`],
        ],
      )
    }),
  )

  it(
    'are in JSON too, and all of them in one list that apps take in',
    sandboxed(async (repo) => {
      await aNetwork(repo)
      await aPost(repo, await aPerson(repo, 'Ben Marsh'), { slug: 'first', publishedAt: NOW })
      const app = await testApp(repo)

      const json = await app.inject('/local-time/feed.json')
      const posts = await app.inject('/posts/feed.json')
      const list = await app.inject('/feeds.opml')

      assert.equal(json.headers['content-type'], 'application/feed+json; charset=utf-8')
      assert.equal(json.headers['access-control-allow-origin'], '*')
      const read = parseJsonFeed(json.body)
      assert.equal(read.feed_url, `${PUBLIC_URL}/local-time/feed.json`)
      assert.deepEqual(
        read.items?.map(({ title }) => title),
        ['Noon on Local Time', 'other'],
      )
      const [post] = parseJsonFeed(posts.body).items ?? []
      assert.deepEqual(
        [post?.title, post?.url, post?.content_html, post?.authors?.[0]?.name],
        ['first', `${PUBLIC_URL}/posts/first`, '<p>It is <strong>so</strong>.</p>', 'Ben Marsh'],
      )
      assert.deepEqual(
        parseOpml(list.body).body?.outlines?.map(({ xmlUrl }) => xmlUrl),
        [`${PUBLIC_URL}/local-time/feed`, `${PUBLIC_URL}/low-water/feed`],
      )
    }),
  )

  it(
    'are all on a page for people',
    sandboxed(async (repo) => {
      await aNetwork(repo)
      const app = await testApp(repo)

      const { body } = await app.inject('/feeds')

      await assertValidHtml(body)
      for (const address of ['/local-time/feed', '/low-water/feed', '/podcasts/feed']) {
        assert.ok(body.includes(`href="${PUBLIC_URL}${address}"`), address)
      }
      assert.match(body, /type="text\/x-opml" title="[^"]+" href="\/feeds\.opml"/)
      assert.doesNotMatch(body, /posts\/feed/)
    }),
  )
})

describe('a feed in pages', () => {
  it(
    'holds as many episodes as its podcast says, and leads from page to page',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, { feedPageSize: 2 })
      for (const day of [1, 2, 3, 4, 5]) {
        const publishedAt = `2026-03-0${day}T09:00:00Z`
        await anEpisode(repo, podcast, { slug: `day-${day}`, publishedAt })
      }
      const app = await testApp(repo)
      const url = `${PUBLIC_URL}/local-time/feed`

      const { feed: first } = await feedAt(app, '/local-time/feed')
      const { feed: second } = await feedAt(app, '/local-time/feed?page=2')
      const { feed: last } = await feedAt(app, '/local-time/feed?page=3')
      const beyond = await app.inject('/local-time/feed?page=4')

      const links = ({ selfUrl, previousPageUrl, nextPageUrl, lastPageUrl }: typeof first) => [
        selfUrl,
        previousPageUrl,
        nextPageUrl,
        lastPageUrl,
      ]
      assert.deepEqual(links(first), [url, null, `${url}?page=2`, `${url}?page=3`])
      assert.deepEqual(links(second), [`${url}?page=2`, url, `${url}?page=3`, `${url}?page=3`])
      assert.deepEqual(links(last), [`${url}?page=3`, `${url}?page=2`, null, `${url}?page=3`])
      assert.deepEqual(
        [first, second, last].flatMap(({ items }) => items.map(({ title }) => title)),
        ['day-5', 'day-4', 'day-3', 'day-2', 'day-1'],
      )
      assert.equal(beyond.statusCode, 404)
    }),
  )
})

describe('a feed that hubs tell of', () => {
  it(
    'names them in itself and before itself, also to who has it already',
    sandboxed(async (repo) => {
      await repo.updateOrThrow(change(await getSettings(repo), { websubHubs: `${HUB}\n` }))
      await aPodcast(repo)
      const app = await testApp(repo)

      for (const path of ['/local-time/feed', '/podcasts/feed', '/posts/feed', '/news/feed']) {
        const { feed, headers } = await feedAt(app, path)
        const unchanged = await app.inject({
          url: path,
          headers: { 'if-none-match': String(headers.etag) },
        })
        const head = await app.inject({ method: 'HEAD', url: path })

        const link = `<${HUB}>; rel="hub", <${PUBLIC_URL}${path}>; rel="self"`
        assert.deepEqual([feed.hubUrls, feed.selfUrl], [[HUB], `${PUBLIC_URL}${path}`])
        assert.deepEqual(
          [headers.link, unchanged.headers.link, head.headers.link],
          [link, link, link],
        )
        assert.deepEqual(
          [unchanged.statusCode, head.statusCode, head.body, head.headers.etag],
          [304, 200, '', headers.etag],
        )
      }
    }),
  )
})

describe('a podcast that moves', () => {
  it(
    'says so in its feed, and then leads there',
    sandboxed(async (repo) => {
      const newFeedUrl = 'https://elsewhere.example/feed'
      const podcast = await aPodcast(repo, { newFeedUrl })
      const app = await testApp(repo)

      const { feed } = await feedAt(app, '/local-time/feed')
      await repo.updateOrThrow(change(podcast, { feedRedirects: true }))
      const moved = await app.inject('/local-time/feed')
      const inJson = await app.inject('/local-time/feed.json')
      const list = await app.inject('/feeds.opml')

      assert.equal(feed.newFeedUrl, newFeedUrl)
      assert.deepEqual([moved.statusCode, moved.headers.location], [301, newFeedUrl])
      assert.deepEqual([inJson.statusCode, inJson.headers.location], [301, newFeedUrl])
      assert.ok(list.body.includes(newFeedUrl))
    }),
  )

  it(
    'is not led in a circle by an address that is its own',
    sandboxed(async (repo) => {
      await aPodcast(repo, { newFeedUrl: `${PUBLIC_URL}/local-time/feed`, feedRedirects: true })

      assert.equal((await (await testApp(repo)).inject('/local-time/feed')).statusCode, 200)
    }),
  )
})

describe('the guid of an episode', () => {
  it(
    'stays, whatever becomes of its title, its address, its sound, and its podcast',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'noon' })
      const app = await testApp(repo)
      const guids = async (url: string) => {
        const { feed } = await feedAt(app, url)
        return [feed.guid, ...feed.items.map(({ guid }) => guid)]
      }
      const before = await guids('/local-time/feed')

      await repo.updateOrThrow(
        change(episode, { title: 'Midday', audioUrl: '/uploads/other.mp3', audioBytes: 5 }),
      )
      const moved = await changeSlug(repo, episode, { slug: 'midday' }, NOW)
      const row = await repo.getOrThrow(Podcast, podcast.id)
      await repo.updateOrThrow(change(row, { slug: 'local-hours', title: 'Local Hours' }))

      assert.ok(moved.ok)
      assert.deepEqual(before, [podcast.guid, episode.guid])
      assert.deepEqual(await guids('/local-hours/feed'), before)
    }),
  )
})

describe('the feed of somebody who is called otherwise now', () => {
  it(
    'is found where it was, in both forms',
    sandboxed(async (repo) => {
      const { ada } = await aNetwork(repo)
      await repo.insertOrThrow(build(PersonHandle, { handle: 'old', personId: ada.id }))
      const app = await testApp(repo)

      const moved = await app.inject('/person/old/feed')
      const inJson = await app.inject('/person/old/feed.json')

      assert.deepEqual([moved.statusCode, moved.headers.location], [301, '/person/ada/feed'])
      assert.equal(inJson.headers.location, '/person/ada/feed.json')
    }),
  )
})

describe('the chapters of an episode', () => {
  it(
    'are there in Podlove’s form, and in the feed as well',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)

      const response = await app.inject('/local-time/full/chapters.psc')
      const { feed } = await feedAt(app, '/local-time/feed')

      assert.equal(response.headers['content-type'], 'application/xml; charset=utf-8')
      assert.equal(response.headers['access-control-allow-origin'], '*')
      assert.match(response.body, /<psc:chapter start="00:05:00.000" title="Second"\/>/)
      const full = feed.items.find(({ inlineChapters }) => inlineChapters.length > 0)
      assert.deepEqual(
        full?.inlineChapters.map(({ startsMs, title }) => [startsMs, title]),
        [
          [0, HOSTILE],
          [300_000, 'Second'],
        ],
      )
    }),
  )
})
