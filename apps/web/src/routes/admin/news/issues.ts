import * as issues from '@showrunner/domain/issues'
import * as news from '@showrunner/domain/news'
import { errorMessages } from '@showrunner/data'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { afterSaving } from '../../../admin/after-saving.ts'
import { listQuery } from '../../../admin/list-query.ts'
import { OVERTAKEN, type Rebased, rebased } from '../../../admin/overtaken.ts'
import { versionRoute } from '../../../admin/version-route.ts'
import { withId } from '../../../admin/with-id.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { parse } from '../../../parse.ts'
import { withConflict } from '../../../presenters/admin/conflict-part.ts'
import { issueList, issueSheet } from '../../../presenters/admin/issues.ts'
import { issuePreview } from '../../../presenters/issue-pages.ts'

const { admin } = addresses

const Form = z.record(z.string(), z.unknown()).default({})

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

  app.get(admin.previewNewsIssue(':id'), async ({ actor, repo, params }, reply) => {
    news.mayOrThrow(actor, 'issues')
    const shown = await issues.getIssuePreview(repo, withId(params), clock())
    return reply.html('issues/show', issuePreview(await app.site(), shown))
  })

  app.post(admin.removeNewsIssue(':id'), async (request, reply) => {
    const issue = await issueAt(request)
    await issues.deleteIssue(request.repo, issue)
    return reply.flash(`Issue ${issue.number} is deleted.`).redirect(admin.newsIssues, 303)
  })
}

function editIssue(app: FastifyInstance): void {
  app.get(admin.editNewsIssue(':id'), async (request, reply) => {
    const issue = await issueAt(request)
    const changeset = issues.editIssue(issue)
    return sendSheet(app, reply, { row: issue, changeset, conflict: null })
  })

  versionRoute(app, admin.editNewsIssue(':id'), issueAt)

  app.post(admin.editNewsIssue(':id'), async (request, reply) => {
    const issue = await issueAt(request)
    const { repo, body } = request
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

  app.post(admin.publishNewsIssue(':id'), async (request, reply) => {
    const issue = await issueAt(request)
    const { actor, repo, body } = request
    const when = { asOf: clock(), zone: zoneOf(actor) }
    const saved = await issues.publishIssue(repo, issue, parse(Form, body), when)
    if (saved.ok) return reply.flash('It is out.').redirect(admin.editNewsIssue(issue.id), 303)
    const lacksTeaser = errorMessages(saved.changeset).teaser !== undefined
    const words = lacksTeaser ? 'It needs a teaser first.' : OVERTAKEN
    return reply.flash(words, 'failed').redirect(admin.editNewsIssue(issue.id), 303)
  })

  app.post(admin.testNewsIssue(':id'), async (request, reply) => {
    const issue = await issueAt(request)
    const { actor, repo } = request
    const { email } = actor.person
    const back = admin.editNewsIssue(issue.id)
    if (email === null)
      return reply
        .flash('You have no address to send it to: say one on your page first.', 'failed')
        .redirect(back, 303)
    await issues.requestIssueTest(repo, issue, actor.person, clock())
    return reply.flash(`It is on its way to ${email}.`).redirect(back, 303)
  })

  app.post(admin.unpublishNewsIssue(':id'), async (request, reply) => {
    const issue = await issueAt(request)
    const saved = await issues.unpublishIssue(request.repo, issue)
    const [words, kind] = saved.ok
      ? (['It is a draft again.', 'done'] as const)
      : ([OVERTAKEN, 'failed'] as const)
    return reply.flash(words, kind).redirect(admin.editNewsIssue(issue.id), 303)
  })
}

/** The issue of the address, if whoever asks may work on it. */
async function issueAt({ actor, repo, params }: FastifyRequest): Promise<issues.IssueToEdit> {
  news.mayOrThrow(actor, 'issues')
  return issues.getIssue(repo, withId(params))
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
