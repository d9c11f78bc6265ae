import { sql } from '@showrunner/data'
import { type Podcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, aPost } from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { aFullEpisode } from './a-full-episode.ts'
import { type KeptSite } from './kept-site.ts'
import { testApp } from './test-app.ts'

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
  await repo.run(sql`update settings set imprint_html = '<p>Us.</p>'`)
  await live.caughtUp()
  return { podcast, fresh: await testApp(repo, { clock: app.parts.clock }), urls: PAGES }
}

const PAGES = [
  '/',
  '/podcasts',
  '/about',
  '/guest',
  '/imprint',
  '/posts',
  '/posts/a-post',
  '/posts/b-post',
  '/person/ines-okafor',
  '/person/guest',
  '/person/ada-byron',
  '/people',
  '/person/ines-okafor/hosted',
  '/person/ada-byron/written',
  '/topics',
  '/topic/topic',
  '/topic/topic/posts',
  '/sponsors',
  '/sponsor/sponsor',
  '/archive',
  '/archive/2026',
  '/local-time/archive/2026',
  '/local-time/full/transcript',
  '/local-time',
  '/local-time/feed',
  '/local-time/before',
  '/local-time/full',
  '/local-time/full/chapters.json',
  '/local-time/full/transcript.html',
  '/local-time/full/transcript.vtt',
  '/local-time/full/transcript.json',
  '/other-time',
  '/other-time/feed',
  '/other-time/alone',
]
