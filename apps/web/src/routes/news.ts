import fastifyFormbody from '@fastify/formbody'
import { NotFoundError } from '@showrunner/data'
import * as comments from '@showrunner/domain/comments'
import * as feeds from '@showrunner/domain/feed'
import * as issues from '@showrunner/domain/issues'
import * as news from '@showrunner/domain/news'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { declareFeed } from '../declare-feed.ts'
import { parse } from '../parse.ts'
import { issuePage, issuesPage } from '../presenters/issue-pages.ts'
import { newsItemPage, newsPage, sourcePage, sourcesPage } from '../presenters/news-pages.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { submitNewsPage } from '../presenters/submit-news-page.ts'
import { refuseMasquerade } from './masquerade.ts'
import { NEWS_ISSUE, NEWS_ITEM, NEWS_SOURCE } from './slugs.ts'
import { toSignIn } from './to-sign-in.ts'

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

const Sent = z.record(z.string(), z.string().max(20_000))

export default async function newsRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.news, {
    query: Query,
    load: async ({ repo, clock, query }) => {
      const page = await news.getNewsPage(repo, clock(), query.page)
      const counts = await comments.countComments(repo, page.items.map(subject))
      return { page, counts, hasIssues: await issues.hasIssues(repo, clock()) }
    },
    view: 'news/index',
    present: newsPage,
  })

  app.page(NEWS_ITEM, {
    load: async ({ repo, clock, params }) => {
      const id = Number(/(?:^|-)([1-9]\d{0,14})$/.exec(params.item)?.[1] ?? 0)
      const item = await news.getNewsItem(repo, id, clock())
      // Under any other name it is not here: who asks is led to the right one.
      if (addresses.newsItem(item) !== `/news/${params.item}`)
        throw new NotFoundError(news.NewsItem, `called "${params.item}"`)
      return { item, discussion: await comments.getDiscussion(repo, subject(item), clock()) }
    },
    view: 'news/show',
    present: newsItemPage,
  })

  app.page(addresses.newsSources, {
    load: ({ repo, clock }) => news.listSources(repo, clock()),
    view: 'news/sources',
    present: sourcesPage,
  })

  app.page(NEWS_SOURCE, {
    query: Query,
    load: async ({ repo, clock, params, query }) => {
      const shown = await news.getSourcePage(repo, params.source, clock(), query.page)
      return { shown, counts: await comments.countComments(repo, shown.items.map(subject)) }
    },
    view: 'news/source',
    present: sourcePage,
  })

  newsFeed(app)
  issuePages(app)
  await app.register(submitNews)
}

/** The same for feed readers. */
function newsFeed(app: FastifyInstance): void {
  const outside = { publicUrl: app.parts.publicUrl, paths: addresses }
  declareFeed(app, addresses.newsFeed, ({ repo, asOf, page }) =>
    feeds.getNewsFeed(repo, asOf, outside, page),
  )
}

function issuePages(app: FastifyInstance): void {
  app.page(addresses.newsIssues, {
    query: Query,
    load: ({ repo, clock, query }) => issues.getIssuesPage(repo, clock(), query.page),
    view: 'issues/index',
    present: issuesPage,
  })

  app.page(NEWS_ISSUE, {
    load: async ({ repo, clock, params }) => {
      const shown = await issues.getIssuePage(repo, params.issue, clock())
      const about = shown.items.map(({ item }) => subject(item))
      return { shown, counts: await comments.countComments(repo, about) }
    },
    view: 'issues/show',
    present: issuePage,
  })
}

/** Whoever is signed in sends something in. For one visitor only, and kept by no cache. */
async function submitNews(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts
  await app.register(fastifyFormbody)
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    done()
  })

  app.get(addresses.submitNews, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const shown = { changeset: news.newSubmission(), name: here.person.name }
    return reply.html('news/submit', submitNewsPage(await app.site(), shown))
  })

  app.post(addresses.submitNews, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const sent = parse(Sent, request.body ?? {})
    const saved = await news.submitNewsItem(repo, here.person, sent, clock())
    if (saved.ok) return reply.redirect(addresses.newsSubmitted, 303)
    const shown = { changeset: saved.changeset, name: here.person.name }
    return reply.code(422).html('news/submit', submitNewsPage(await app.site(), shown))
  })

  app.get(addresses.newsSubmitted, async (_request, reply) => {
    const site = await app.site()
    const page = noticePage(site, site.words.news.thanks, addresses.newsSubmitted)
    return reply.html('news/submitted', page)
  })
}

function subject({ id }: { readonly id: number }): comments.DiscussionSubject {
  return { of: 'news', id }
}
