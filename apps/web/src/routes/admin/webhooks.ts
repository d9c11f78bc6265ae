import { tokenHash } from '@showrunner/domain/accounts'
import * as webhooks from '@showrunner/domain/webhooks'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { rebased } from '../../admin/overtaken.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { parse } from '../../parse.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { webhookDesk } from '../../presenters/admin/webhook-desk.ts'
import { webhookForm, webhookList } from '../../presenters/admin/webhooks.ts'

const { admin } = addresses

const Delivery = z.object({ delivery: z.coerce.number().int().positive() })
const State = z.enum(webhooks.DELIVERY_STATES).optional().catch(undefined)

const BELOW = {
  section: 'webhooks',
  crumbs: [{ title: 'Webhooks', href: admin.webhooks }],
} as const

interface Id {
  Params: { id: string }
}

/** Programs elsewhere that are told what happens here. */
export default function webhookRoutes(app: FastifyInstance): void {
  app.get(admin.webhooks, async ({ actor, repo, query }, reply) => {
    webhooks.mayOrThrow(actor, 'list')
    const asked = listQuery(query, ['url'])
    const frame = await reply.adminFrame({ title: 'Webhooks', section: 'webhooks' })
    const list = webhookList(frame, asked, await webhooks.listWebhooks(repo))
    return reply.html('admin/list/show', list)
  })

  app.get(admin.newWebhook, async ({ actor, repo }, reply) => {
    webhooks.mayOrThrow(actor, 'create')
    const frame = await reply.adminFrame({ title: 'New webhook', ...BELOW })
    const shown = await webhooks.listTellable(repo)
    return reply.html('admin/form/show', webhookForm(frame, webhooks.editWebhook(), shown))
  })

  app.post(admin.webhooks, async ({ actor, repo, body }, reply) => {
    webhooks.mayOrThrow(actor, 'create')
    const saved = await webhooks.createWebhook(repo, Object(body) as object)
    if (saved.ok) return withSecret(app, reply, saved.value)

    const frame = await reply.adminFrame({ title: 'New webhook', ...BELOW })
    const form = webhookForm(frame, saved.changeset, await webhooks.listTellable(repo))
    return reply.code(422).html('admin/form/show', form)
  })

  oneWebhook(app)
  editWebhook(app)
  deliveries(app)
}

function oneWebhook(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<Id>(admin.webhook(':id'), async ({ actor, repo, params, query, cookies }, reply) => {
    webhooks.mayOrThrow(actor, 'show')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    const asked = listQuery(query, ['-id'])
    const state = parse(State, asked.chosen['state'])
    const found = await webhooks.listDeliveries(repo, endpoint, { state, page: asked.page })
    const isNew = cookies[SECRET] === tokenHash(endpoint.secret)
    const secret = isNew ? endpoint.secret : null
    if (secret !== null) reply.clearCookie(SECRET, cookieOf(app, endpoint))
    const frame = await reply.adminFrame({ title: new URL(endpoint.url).host, ...BELOW })
    return reply.html('admin/webhooks/show', webhookDesk(frame, { endpoint, secret, asked, found }))
  })

  app.post<Id>(admin.renewWebhookSecret(':id'), async ({ actor, repo, params }, reply) => {
    webhooks.mayOrThrow(actor, 'update')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    return withSecret(app, reply, await webhooks.renewSecret(repo, endpoint, clock()))
  })

  app.post<Id>(admin.removeWebhook(':id'), async ({ actor, repo, params }, reply) => {
    webhooks.mayOrThrow(actor, 'delete')
    await webhooks.deleteWebhook(repo, await webhooks.getWebhook(repo, withId(params)))
    return reply.flash('The webhook is deleted.').redirect(admin.webhooks, 303)
  })
}

const SECRET = 'showrunner_new_secret'

/** Lets the next page show the secret, and no other: the cookie says which it was, and not what it is. */
function withSecret(
  app: FastifyInstance,
  reply: FastifyReply,
  endpoint: webhooks.WebhookEndpoint,
): FastifyReply {
  return reply
    .setCookie(SECRET, tokenHash(endpoint.secret), { ...cookieOf(app, endpoint), maxAge: 60 })
    .redirect(admin.webhook(endpoint.id), 303)
}

function cookieOf({ parts }: FastifyInstance, { id }: webhooks.WebhookEndpoint) {
  const secure = parts.publicUrl.startsWith('https:')
  return { path: admin.webhook(id), httpOnly: true, sameSite: 'lax', secure } as const
}

function editWebhook(app: FastifyInstance): void {
  app.get<Id>(admin.editWebhook(':id'), async ({ actor, repo, params }, reply) => {
    webhooks.mayOrThrow(actor, 'update')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    const frame = await reply.adminFrame({ title: 'Edit webhook', ...BELOW })
    const shown = await webhooks.listTellable(repo)
    return reply.html('admin/form/show', webhookForm(frame, webhooks.editWebhook(endpoint), shown))
  })

  app.post<Id>(admin.editWebhook(':id'), async ({ actor, repo, params, body }, reply) => {
    webhooks.mayOrThrow(actor, 'update')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    const saved = await webhooks.updateWebhook(repo, endpoint, Object(body) as object)
    if (saved.ok) return reply.flash('Saved.').redirect(admin.webhook(endpoint.id), 303)

    const { changeset, conflict } = await rebased(repo, endpoint, saved.changeset, {
      read: () => webhooks.getWebhook(repo, endpoint.id),
      propose: webhooks.webhookEndpointChangeset,
    })
    const frame = await reply.adminFrame({ title: 'Edit webhook', ...BELOW })
    const form = webhookForm(frame, changeset, await webhooks.listTellable(repo))
    return reply.code(422).html('admin/form/show', withConflict(form, conflict, zoneOf(actor)))
  })
}

function deliveries(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post<Id>(admin.testWebhook(':id'), async ({ actor, repo, params }, reply) => {
    webhooks.mayOrThrow(actor, 'deliver')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    await webhooks.sendTest(repo, endpoint, clock())
    return reply
      .flash('A test is on its way: look again in a moment.')
      .redirect(admin.webhook(endpoint.id), 303)
  })

  app.post<Id>(admin.redeliverFailed(':id'), async ({ actor, repo, params }, reply) => {
    webhooks.mayOrThrow(actor, 'deliver')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    const count = await webhooks.redeliverFailed(repo, endpoint, clock())
    return reply
      .flash(`${count === 1 ? 'One is' : `${count} are`} sent again: look again in a moment.`)
      .redirect(admin.webhook(endpoint.id), 303)
  })

  app.post<Id>(admin.redeliver(':id', ':delivery'), async ({ actor, repo, params }, reply) => {
    webhooks.mayOrThrow(actor, 'deliver')
    const endpoint = await webhooks.getWebhook(repo, withId(params))
    const { delivery: id } = parse(Delivery, params)
    await webhooks.redeliver(repo, await webhooks.getDelivery(repo, endpoint, id), clock())
    return reply
      .flash('It is sent again: look again in a moment.')
      .redirect(admin.webhook(endpoint.id), 303)
  })
}
