import * as activity from '@showrunner/domain/activity'
import * as admin from '@showrunner/domain/admin'
import * as episodes from '@showrunner/domain/episodes'
import * as podcasts from '@showrunner/domain/podcasts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { episodeAt } from '../../admin/episode-at.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { parse } from '../../parse.ts'
import { RowId } from '../../row-id.ts'
import { activityView } from '../../presenters/admin/activity.ts'
import { episodeTabs } from '../../presenters/admin/episode-tabs.ts'

const at = addresses.admin

const Given = z.preprocess(
  withoutBlanks,
  z.object({
    person: RowId.optional(),
    kind: z
      .string()
      .regex(/^[a-z _-]{1,60}$/i, 'is nothing that anything is done to')
      .optional(),
    before: RowId.optional(),
  }),
)

const NO_CHOICES = { people: [], types: [] }

export default function activityRoutes(app: FastifyInstance): void {
  app.get(at.activity, async ({ actor, repo, query }, reply) => {
    if (!admin.may(actor, 'readActivity')) podcasts.mayOrThrow(actor, 'list')
    const asked = askedOf(query)
    const found = await activity.listActivity(repo, actor, filterOf(asked))
    const choices = await activity.activityChoices(repo, actor)
    const frame = await reply.adminFrame({ title: 'Activity', section: 'activity' })
    const intro = admin.may(actor, 'readActivity')
      ? 'Who changed what in the admin area.'
      : 'Who changed what of your podcasts.'
    const words = { address: at.activity, intro, zone: zoneOf(actor) }
    return reply.html('admin/activity/show', activityView(frame, found, choices, asked, words))
  })

  app.get(at.podcastActivity(':id'), async ({ actor, repo, params, query }, reply) => {
    const podcast = await podcasts.getPodcastById(repo, withId(params))
    const of = { podcastId: podcast.id }
    admin.mayOrThrow(actor, 'readActivityOf', of)
    const asked = askedOf(query)
    const found = await activity.listActivity(repo, actor, { ...filterOf(asked), ...of })
    const choices = await activity.activityChoices(repo, actor, of)
    const crumbs = [{ title: podcast.title, href: at.podcast(podcast.id) }]
    const frame = await reply.adminFrame({ title: 'Activity', section: 'podcasts', crumbs })
    const address = at.podcastActivity(podcast.id)
    const words = {
      address,
      intro: `Who changed what of ${podcast.title}.`,
      zone: zoneOf(actor),
    }
    return reply.html('admin/activity/show', activityView(frame, found, choices, asked, words))
  })

  app.get(at.episodeActivity(':podcast', ':id'), async ({ actor, repo, params, query }, reply) => {
    const { podcastId, id } = episodeAt(params)
    const episode = await episodes.getEpisodeSheet(repo, podcastId, id)
    admin.mayOrThrow(actor, 'readActivityOf', episode)
    const asked = askedOf(query)
    const subject = { type: 'episode', id: episode.id }
    const found = await activity.listActivity(repo, actor, { ...filterOf(asked), subject })
    const crumbs = [{ title: 'Episodes', href: at.episodes(podcastId) }]
    const frame = await reply.adminFrame({ title: episode.title, section: 'podcasts', crumbs })
    const words = {
      address: at.episodeActivity(podcastId, id),
      intro: 'Who changed what of this episode.',
      zone: zoneOf(actor),
      tabs: episodeTabs(frame, episode, 'activity'),
      isOfOneThing: true,
    }
    return reply.html('admin/activity/show', activityView(frame, found, NO_CHOICES, asked, words))
  })
}

type Asked = { readonly [Name in 'person' | 'before']: number | undefined } & {
  readonly kind: string | undefined
}

function askedOf(query: unknown): Asked {
  const { person, kind, before } = parse(Given, query)
  return { person, kind, before }
}

function filterOf({ person, kind, before }: Asked): activity.ActivityFilter {
  return { personId: person, type: kind, before }
}

/** What is not chosen of a filter is sent as nothing. */
function withoutBlanks(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}
