import * as memberFeeds from '@showrunner/domain/member-feeds'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { memberFeedDesk, memberFeedList } from '../../presenters/admin/member-feeds.ts'

const { admin } = addresses

/** The private feeds of everybody, for who has to stop one. */
export default function memberFeedRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.memberFeeds, async ({ actor, repo, query }, reply) => {
    memberFeeds.mayOrThrow(actor, 'list')
    const asked = listQuery(query, memberFeeds.MEMBER_FEED_SORTS)
    const found = await memberFeeds.searchMemberFeeds(repo, asked)
    const frame = await reply.adminFrame({ title: 'Private feeds', section: 'feeds' })
    return reply.html('admin/list/show', memberFeedList(frame, actor, asked, found))
  })

  app.get<Id>(admin.memberFeed(':id'), async ({ actor, repo, params }, reply) => {
    memberFeeds.mayOrThrow(actor, 'list')
    const feed = await memberFeeds.getFeedById(repo, withId(params))
    const isOn = await memberFeeds.hasFeeds(repo, feed.person)
    const frame = await reply.adminFrame({
      title: feed.name,
      section: 'feeds',
      crumbs: [{ title: 'Private feeds', href: admin.memberFeeds }],
    })
    return reply.html('admin/feeds/show', memberFeedDesk(frame, actor, { feed, isOn }))
  })

  app.post<Id>(admin.replaceMemberFeed(':id'), async ({ actor, repo, params }, reply) => {
    memberFeeds.mayOrThrow(actor, 'replace')
    const feed = await memberFeeds.getFeedById(repo, withId(params))
    await memberFeeds.replaceAddress(repo, feed, actor, clock())
    const then =
      feed.person.email === null
        ? 'Its owner makes a new one.'
        : 'Its owner is mailed a new one while they are a member.'
    return reply.flash(`The address has stopped. ${then}`).redirect(admin.memberFeed(feed.id), 303)
  })

  app.post<Id>(admin.removeMemberFeed(':id'), async ({ actor, repo, params }, reply) => {
    memberFeeds.mayOrThrow(actor, 'list')
    const feed = await memberFeeds.getFeedById(repo, withId(params))
    memberFeeds.mayOrThrow(actor, 'delete', feed)
    await memberFeeds.removeMemberFeed(repo, feed)
    return reply.flash(`“${feed.name}” is removed.`).redirect(admin.memberFeeds, 303)
  })
}

interface Id {
  Params: { id: string }
}
