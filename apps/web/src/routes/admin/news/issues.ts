import * as issues from '@showrunner/domain/issues'
import * as news from '@showrunner/domain/news'
import { errorMessages } from '@showrunner/data'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { afterSaving } from '../../../admin/after-saving.ts'
import { listQuery } from '../../../admin/list-query.ts'
import { type Rebased, rebased } from '../../../admin/overtaken.ts'
import { versionRoute } from '../../../admin/version-route.ts'
import { withId } from '../../../admin/with-id.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { parse } from '../../../parse.ts'
import { withConflict } from '../../../presenters/admin/conflict-part.ts'
import { issueList, issueSheet } from '../../../presenters/admin/issues.ts'
import { issuePreview } from '../../../presenters/issue-pages.ts'

const { admin } = addresses

const Form = z.record(z.string(), z.unknown()).default({})

interface Id {
  Params: { id: string }
}

export default function newsIssueRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.newsIssues, async ({ actor, repo, query }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const asked = listQuery(query, issues.ISSUE_SORTS)
    const found = await issues.searchIssues(repo, asked)
    const frame = await reply.adminFrame({ title: 'Issues', section: 'news', crumbs: NEWS })
    const page = issueList(frame, actor, asked, { found, asOf: clock() })
    return reply.html('admin/issues/index', page)
  })

  app.post(admin.newsIssues, async ({ actor, repo }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const { id } = await issues.startIssue(repo, clock())
    return reply
      .flash('The draft has what came out since the last issue.')
      .redirect(admin.editNewsIssue(id), 303)
  })

  editIssue(app)
  publishIssue(app)

  app.get<Id>(admin.previewNewsIssue(':id'), async ({ actor, repo, params }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const shown = await issues.getIssuePreview(repo, withId(params), clock())
    return reply.html('issues/show', issuePreview(await app.site(), shown))
  })

  app.post<Id>(admin.removeNewsIssue(':id'), async ({ actor, repo, params }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const issue = await issues.getIssue(repo, withId(params))
    await issues.deleteIssue(repo, issue)
    return reply.flash(`Issue ${issue.number} is deleted.`).redirect(admin.newsIssues, 303)
  })
}

function editIssue(app: FastifyInstance): void {
  app.get<Id>(admin.editNewsIssue(':id'), async ({ actor, repo, params }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const issue = await issues.getIssue(repo, withId(params))
    const changeset = issues.editIssue(issue)
    return sendSheet(app, reply, { row: issue, changeset, conflict: null })
  })

  versionRoute<Id>(app, admin.editNewsIssue(':id'), async ({ actor, repo, params }) => {
    news.mayOrThrow(actor, 'issues')
    return issues.getIssue(repo, withId(params))
  })

  app.post<Id>(admin.editNewsIssue(':id'), async ({ actor, repo, params, body }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const issue = await issues.getIssue(repo, withId(params))
    const saved = await issues.updateIssue(repo, issue, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editNewsIssue(issue.id), admin.newsIssues)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const again = await rebased(repo, issue, saved.changeset, {
      read: () => issues.getIssue(repo, issue.id),
      propose: (row, said) => issues.proposeIssue(repo, row, said),
    })
    return sendSheet(app, reply.code(422), again)
  })
}

function publishIssue(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post<Id>(admin.publishNewsIssue(':id'), async ({ actor, repo, params, body }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const issue = await issues.getIssue(repo, withId(params))
    const when = { asOf: clock(), zone: zoneOf(actor) }
    const saved = await issues.publishIssue(repo, issue, parse(Form, body), when)
    if (saved.ok) return reply.flash('It is out.').redirect(admin.editNewsIssue(issue.id), 303)
    const lacksTeaser = errorMessages(saved.changeset).teaser !== undefined
    const words = lacksTeaser
      ? 'It needs a teaser first.'
      : 'Somebody has changed it in the meantime: look at it again.'
    return reply.flash(words, 'failed').redirect(admin.editNewsIssue(issue.id), 303)
  })

  app.post<Id>(admin.testNewsIssue(':id'), async ({ actor, repo, params }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const issue = await issues.getIssue(repo, withId(params))
    const { email } = actor.person
    const back = admin.editNewsIssue(issue.id)
    if (email === null)
      return reply
        .flash('You have no address to send it to: say one on your page first.', 'failed')
        .redirect(back, 303)
    await issues.requestIssueTest(repo, issue, actor.person, clock())
    return reply.flash(`It is on its way to ${email}.`).redirect(back, 303)
  })

  app.post<Id>(admin.unpublishNewsIssue(':id'), async ({ actor, repo, params }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const issue = await issues.getIssue(repo, withId(params))
    const saved = await issues.unpublishIssue(repo, issue)
    const [words, kind] = saved.ok
      ? (['It is a draft again.', 'done'] as const)
      : (['Somebody has changed it in the meantime: look at it again.', 'failed'] as const)
    return reply.flash(words, kind).redirect(admin.editNewsIssue(issue.id), 303)
  })
}

async function sendSheet(
  app: FastifyInstance,
  reply: FastifyReply,
  { row: issue, changeset, conflict }: Rebased<issues.IssueToEdit, typeof issues.NewsIssue>,
): Promise<FastifyReply> {
  const { actor } = reply.request
  const frame = await reply.adminFrame({ title: `Issue ${issue.number}`, ...BELOW })
  const reach = await issues.countReach(reply.request.repo, issue)
  const page = issueSheet(frame, { issue, changeset, reach, asOf: app.parts.clock() })
  return reply.html('admin/issues/edit', withConflict(page, conflict, zoneOf(actor)))
}

const NEWS = [{ title: 'News', href: admin.news }]

const BELOW = {
  section: 'news',
  crumbs: [...NEWS, { title: 'Issues', href: admin.newsIssues }],
} as const
