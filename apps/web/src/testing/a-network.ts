import assert from 'node:assert/strict'
import { build, type Repo, sql } from '@showrunner/data'
import * as live from '@showrunner/domain/live'
import { type Person } from '@showrunner/domain/people'
import { type Podcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, aPost } from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { aFullEpisode } from './a-full-episode.ts'
import { type KeptSite } from './kept-site.ts'
import { NOW, testApp } from './test-app.ts'

/** A network with something on every public page, and the same site once more, which keeps nothing. */
export async function aNetwork({ repo, live, app }: KeptSite): Promise<{
  readonly podcast: Podcast
  readonly fresh: FastifyInstance
  /** Every public page. */
  readonly urls: readonly string[]
}> {
  const { podcast } = await aFullEpisode(repo)
  const other = await aPodcast(repo, { slug: 'other-time', title: 'Other Time' })
  await anEpisode(repo, other, { slug: 'alone', title: 'Alone' })
  const author = await aPerson(repo, 'Ada Byron')
  const post = await aPost(repo, author, {
    slug: 'a-post',

    publishedAt: new Date('2026-02-01T00:00:00Z'),
  })
  await aPost(repo, author, {
    slug: 'b-post',

    publishedAt: new Date('2026-03-01T00:00:00Z'),
  })
  await repo.run(
    sql`insert into post_topics (post_id, topic_id, position) select ${post.id}, id, 0 from topics`,
  )
  await repo.run(sql`update settings set imprint_html = '<p>Us.</p>',
    privacy_html = '<p>Nobody looks.</p>', terms_html = '<p>Be kind.</p>'`)
  await repo.run(sql`update episodes set featured = true where slug = 'full'`)
  await repo.run(sql`insert into pictures (podcast_id, episode_id, url)
    select podcast_id, id, '/uploads/wide.jpg' from episodes where slug = 'full'`)
  await repo.run(sql`insert into episode_alternates (podcast_id, episode_id, type, sources)
    select podcast_id, id, 'audio/opus', '[{"uri":"/uploads/full.opus"}]' from episodes where slug = 'full'`)
  await repo.run(sql`insert into popular_episodes (podcast_id, episode_id, place)
    select podcast_id, id, 1 from episodes where slug = 'full'`)
  await addShow(repo, podcast)
  await addNews(repo, author)
  await live.caughtUp()
  return { podcast, fresh: await testApp(repo, { clock: app.parts.clock }), urls: PAGES }
}

/** A show that will be live, of an episode that is not out. */
async function addShow(repo: Repo, podcast: Podcast): Promise<void> {
  const noon = await anEpisode(repo, podcast, { slug: 'noon', title: 'Noon', published: false })
  const plan = { startsAt: new Date(NOW.getTime() + 3_600_000).toISOString() }
  const planned = await live.planLiveShow(repo, noon, plan, { asOf: NOW })
  assert.ok(planned.ok)
  await repo.insertOrThrow(
    build(live.LiveNote, { podcastId: podcast.id, episodeId: noon.id, text: 'Bring a hat.' }),
  )
}

/** Two items of which one is in an issue, a source, and what somebody said. */
async function addNews(repo: Repo, author: Person): Promise<void> {
  await repo.run(sql`insert into news_sources (name, slug, website_url)
    values ('The Clock', 'clock', 'https://clock.example/')`)
  await repo.run(sql`insert into news_items (status, headline, slug, url, published_at, source_id, author_id)
    select 'published', title, lower(title), 'https://clock.example/' || n, timestamptz '2026-03-01' + n * interval '1 day', s.id, ${author.id}::bigint
    from news_sources s, (values (1, 'Early'), (2, 'Late')) items (n, title)`)
  await repo.run(sql`insert into news_item_topics (news_item_id, topic_id)
    select i.id, t.id from news_items i, topics t where i.slug = 'late'`)
  await repo.run(sql`insert into news_issues (number, slug, teaser, published, published_at)
    values (1, '1', 'All that is new', true, '2026-03-04')`)
  await repo.run(sql`insert into news_issue_items (news_issue_id, news_item_id)
    select s.id, i.id from news_issues s, news_items i where i.slug = 'late'`)
  await repo.run(sql`insert into comments (episode_id, author_id, body, body_html, approved)
    select id, ${author.id}::bigint, 'Well said', '<p>Well said</p>', true from episodes where slug = 'full'`)
}

/** One of each kind: a test holds it to that. */
export const PAGES = [
  '/',
  '/podcasts',
  '/podcasts/feed',
  '/podcasts/feed.json',
  '/podcasts/publisher',
  '/feeds',
  '/feeds.opml',
  '/about',
  '/guest',
  '/imprint',
  '/privacy',
  '/terms',
  '/api',
  '/api/openapi.json',
  '/player',
  '/manifest.webmanifest',
  '/sitemap.xml',
  '/archive',
  '/archive/2026',
  '/posts',
  '/posts/feed',
  '/posts/a-post',
  '/posts/b-post',
  '/people',
  '/person/ines-okafor',
  '/person/guest',
  '/person/guest/guested',
  '/person/guest/credited',
  '/person/ines-okafor/hosted',
  '/person/ada-byron',
  '/person/ada-byron/feed',
  '/person/ada-byron/written',
  '/topics',
  '/topic/topic',
  '/topic/topic/feed',
  '/topic/topic/posts',
  '/sponsors',
  '/sponsor/sponsor',
  '/news',
  '/news/feed',
  '/news/early-1',
  '/news/late-2',
  '/news/issues',
  '/news/issues/1',
  '/sources',
  '/source/clock',
  '/local-time',
  '/local-time/feed',
  '/local-time/feed.json',
  '/local-time/archive/2026',
  '/local-time/before',
  '/local-time/full',
  '/local-time/full/chapters.json',
  '/local-time/full/chapters.psc',
  '/local-time/full/embed',
  '/local-time/full/play.json',
  '/local-time/full/transcript',
  '/local-time/full/transcript.html',
  '/local-time/full/transcript.vtt',
  '/local-time/full/transcript.srt',
  '/local-time/full/transcript.json',
  '/local-time/noon',
  '/local-time/popular',
  '/local-time/recommended',
  '/local-time/noon/live.ics',
  '/other-time',
  '/other-time/feed',
  '/other-time/alone',
]
