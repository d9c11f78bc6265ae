import { type Changeset, type Saved } from '@showrunner/data'
import * as imports from '@showrunner/domain/import'
import { listPodcasts } from '@showrunner/domain/podcasts'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { importPage } from '../../presenters/admin/import-page.ts'
import { importsPage } from '../../presenters/admin/imports-page.ts'

const { admin } = addresses

export default function importRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.imports, async (request, reply) => {
    imports.mayOrThrow(request.actor, 'list')
    return sendList(app, request, reply, imports.editImport())
  })

  app.post(admin.imports, async (request, reply) => {
    imports.mayOrThrow(request.actor, 'preview')
    const { repo, actor, body } = request
    const saved = await imports.askForImport(repo, body, actor.person.id)
    if (saved.ok) return reply.redirect(admin.import(saved.value.id), 303)
    return sendList(app, request, reply.code(422), saved.changeset)
  })

  app.get<Id>(admin.import(':id'), async ({ actor, repo, params }, reply) => {
    imports.mayOrThrow(actor, 'show')
    const row = await imports.getImport(repo, withId(params))
    const frame = await reply.adminFrame({
      title: row.preview?.title ?? row.podcast?.title ?? 'Import',
      section: 'imports',
      desk: `import:${row.id}`,
      crumbs: [{ title: 'Import', href: admin.imports }],
    })
    return reply.html('admin/imports/show', importPage(frame, actor, row, clock()))
  })

  steps(app)
}

function steps(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post<Id>(admin.startImport(':id'), async ({ actor, repo, params, body }, reply) => {
    imports.mayOrThrow(actor, 'run')
    const row = await imports.getImport(repo, withId(params))
    return answer(reply, row, await imports.startImport(repo, row, clock(), body))
  })

  app.post<Id>(admin.lookAtImport(':id'), async ({ actor, repo, params }, reply) => {
    imports.mayOrThrow(actor, 'preview')
    const row = await imports.getImport(repo, withId(params))
    return answer(reply, row, await imports.lookAgain(repo, row, clock()))
  })

  app.post<Id>(admin.cancelImport(':id'), async ({ actor, repo, params }, reply) => {
    imports.mayOrThrow(actor, 'run')
    const row = await imports.getImport(repo, withId(params))
    await imports.cancelImport(repo, row, clock())
    return reply.redirect(admin.import(row.id), 303)
  })
}

function answer(
  reply: FastifyReply,
  { id }: imports.Import,
  saved: Saved<typeof imports.Import>,
): FastifyReply {
  if (!saved.ok) reply.flash('This feed is being imported already.', 'failed')
  return reply.redirect(admin.import(id), 303)
}

async function sendList(
  app: FastifyInstance,
  { repo, query }: FastifyRequest,
  reply: FastifyReply,
  changeset: Changeset<typeof imports.Import>,
): Promise<FastifyReply> {
  const asked = listQuery(query, ['-insertedAt'])
  const [found, podcasts] = await Promise.all([
    imports.listImports(repo, asked.page),
    listPodcasts(repo),
  ])
  const frame = await reply.adminFrame({ title: 'Import', section: 'imports', desk: 'imports' })
  const page = importsPage(frame, { changeset, podcasts, asked, found, asOf: app.parts.clock() })
  return reply.html('admin/imports/index', page)
}

interface Id {
  Params: { id: string }
}
