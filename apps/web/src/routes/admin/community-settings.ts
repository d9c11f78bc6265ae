import { type Changeset } from '@showrunner/data'
import * as community from '@showrunner/domain/community'
import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../../addresses.ts'
import { rebased } from '../../admin/overtaken.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { communityPage } from '../../presenters/admin/community-settings.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'

const { admin } = addresses
const SUBJECT = {
  title: 'Members and Slack',
  section: 'settings',
  crumbs: [{ title: 'Settings', href: admin.settings }],
} as const

/** How members come to where they talk with each other. */
export default function communitySettingsRoutes(app: FastifyInstance): void {
  const { clock, slack, publicUrl } = app.parts

  const pageOf = async (
    { repo }: FastifyRequest,
    reply: FastifyReply,
    changeset: Changeset<typeof community.CommunitySettings>,
    tried: community.Tried | null = null,
  ) => {
    const [standing, waiting] = [
      await community.linkStanding(repo, await community.getCommunitySettings(repo), clock()),
      await community.listWaiting(repo),
    ]
    const frame = await reply.adminFrame(SUBJECT)
    return communityPage(frame, changeset, { standing, waiting, tried, publicUrl })
  }

  app.get(admin.communitySettings, async (request, reply) => {
    settings.mayOrThrow(request.actor, 'update')
    const changeset = await community.editCommunitySettings(request.repo)
    return reply.html('admin/community/show', await pageOf(request, reply, changeset))
  })

  app.post(admin.communitySettings, async (request, reply) => {
    const { actor, repo, body } = request
    settings.mayOrThrow(actor, 'update')
    const saved = await community.updateCommunitySettings(repo, body, clock())
    if (saved.ok) {
      return reply
        .flash('Saved. Whoever waits for an invitation is invited now.')
        .redirect(admin.communitySettings, 303)
    }
    const { changeset, conflict } = await rebased(repo, saved.changeset.row, saved.changeset, {
      read: () => community.getCommunitySettings(repo),
      propose: community.communitySettingsChangeset,
    })
    const page = await pageOf(request, reply, changeset)
    return reply.code(422).html('admin/community/show', withConflict(page, conflict, zoneOf(actor)))
  })

  app.get(admin.tryCommunity, async (request, reply) => {
    settings.mayOrThrow(request.actor, 'update')
    const changeset = await community.editCommunitySettings(request.repo)
    const tried = await community.tryToken(slack)
    return reply.html('admin/community/show', await pageOf(request, reply, changeset, tried))
  })
}
