import { errorMessages } from '@showrunner/data'
import * as episodes from '@showrunner/domain/episodes'
import * as podcasts from '@showrunner/domain/podcasts'
import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { withPodcast } from '../../../admin/episode-at.ts'
import { markedRows } from '../../../admin/marked-rows.ts'
import { type PodcastAddress } from '../../../admin/route-addresses.ts'
import { parse } from '../../../parse.ts'
import {
  EPISODES_ACTION_LABELS,
  EPISODES_ACTIONS,
  severalEpisodesPage,
} from '../../../presenters/admin/several-episodes.ts'
import { counted } from '../../../presenters/names.ts'
import { noneMarked } from './none-marked.ts'

const { admin } = addresses

const Wanted = z.object({ action: z.enum(EPISODES_ACTIONS) })
const Sent = Wanted.extend({
  topic: z.string().max(255).default(''),
  type: z.enum(episodes.EPISODE_TYPES).default('full'),
  explicit: z.enum(['', 'true', 'false']).default(''),
})

/** Something done to several episodes of a podcast: first what it would be, then it is done. */
export default function severalEpisodesRoutes(app: FastifyInstance): void {
  // Who goes back to what was confirmed has sent nothing.
  app.get<PodcastAddress>(
    admin.severalEpisodes(':podcast'),
    async ({ actor, repo, params }, reply) => {
      const { id: podcastId } = await podcasts.getPodcastById(repo, withPodcast(params))
      episodes.mayOrThrow(actor, 'list', { podcastId })
      return reply.redirect(admin.episodes(podcastId), 303)
    },
  )

  app.post<PodcastAddress>(
    admin.severalEpisodes(':podcast'),
    async ({ actor, repo, params, body }, reply) => {
      const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
      episodes.mayOrThrow(actor, 'list', { podcastId: podcast.id })
      const { action } = parse(Wanted, body)
      return confirm(reply, podcast, { action })
    },
  )

  app.post<PodcastAddress>(
    admin.changeSeveralEpisodes(':podcast'),
    async ({ actor, repo, params, body }, reply) => {
      const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
      episodes.mayOrThrow(actor, 'list', { podcastId: podcast.id })
      const sent = parse(Sent, body)
      const { ids, back } = markedRows(body, admin.episodes(podcast.id))
      const change = await changeFrom(sent, topics.knownTopics(repo))
      if (!change) {
        const error = 'is not known here: choose from the list'
        return confirm(reply.code(422), podcast, {
          action: sent.action,
          value: sent.topic,
          error,
        })
      }
      const done = await episodes.changeEpisodes(
        repo,
        actor,
        { podcastId: podcast.id, ids },
        change,
      )
      return (
        done.ok
          ? reply.flash(`${counted(done.changed, 'episode is', 'episodes are')} ${DONE(change)}.`)
          : reply.flash(whyNot(done), 'failed')
      ).redirect(back, 303)
    },
  )
}

interface Asked {
  readonly action: (typeof EPISODES_ACTIONS)[number]
  readonly value?: string
  readonly error?: string
}

async function confirm(
  reply: FastifyReply,
  podcast: podcasts.Podcast,
  asked: Asked,
): Promise<FastifyReply> {
  const { actor, repo, body } = reply.request
  const marked = markedRows(body, admin.episodes(podcast.id))
  const found = await episodes.listEpisodesOf(repo, podcast.id, marked.ids)
  if (found.length === 0) return noneMarked(reply, marked.back)
  const frame = await reply.adminFrame({
    title: EPISODES_ACTION_LABELS[asked.action],
    section: 'podcasts',
    crumbs: [
      { title: 'Podcasts', href: admin.podcasts },
      { title: podcast.title, href: admin.episodes(podcast.id) },
    ],
  })
  const page = severalEpisodesPage(frame, actor, podcast, { ...marked, ...asked, found })
  return reply.html('admin/list/several', page)
}

/** What was asked for; nothing where it is about a topic that nobody knows. */
async function changeFrom(
  { action, topic, type, explicit }: z.infer<typeof Sent>,
  known: ReturnType<typeof topics.knownTopics>,
): Promise<episodes.EpisodesChange | undefined> {
  switch (action) {
    case 'add-topic': {
      const topicId = (await known([topic.trim()])).get(topic.trim())
      return topicId === undefined ? undefined : { action, topicId }
    }
    case 'remove-topic': {
      const topicId = Number(topic)
      return Number.isSafeInteger(topicId) && topicId > 0 ? { action, topicId } : undefined
    }
    case 'type':
      return { action, type }
    case 'explicit':
      return { action, explicit: explicit === '' ? null : explicit === 'true' }
    case 'delete':
      return { action }
    default:
      throw new Error(`unknown action: ${String(action satisfies never)}`)
  }
}

const DONE = ({ action }: episodes.EpisodesChange) => (action === 'delete' ? 'deleted' : 'changed')

function whyNot({ title, changeset }: episodes.EpisodesChanged & { readonly ok: false }): string {
  const reasons = Object.entries(errorMessages(changeset)).map(
    ([field, messages]) => `${field} ${String(messages)}`,
  )
  return `None is changed, because of “${title}”: ${reasons.join('; ') || 'it is refused'}.`
}
