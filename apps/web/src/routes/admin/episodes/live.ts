import { type AnySchema, type Changeset, type Saved } from '@showrunner/data'
import { type EpisodeKey } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { episodeAt } from '../../../admin/episode-at.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { ShowChannel, showTopic } from '../../../channels/show-channel.ts'
import { settingsOf } from '../../../channels/show-messages.ts'
import { parse } from '../../../parse.ts'
import { RowId } from '../../../row-id.ts'
import { liveDesk, type RefusedLive } from '../../../presenters/admin/live-desk.ts'

const { admin } = addresses

const EPISODE = [':podcast', ':id'] as const

const OfNote = z.object({ note: RowId })
const OfMessage = z.object({ message: RowId })
const Muting = z.object({
  personId: RowId,
  minutes: z.coerce
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 30)
    .optional(),
})
const Unmuting = z.object({ personId: RowId })

/** Where a live show is planned, and made while it goes on. */
export default function liveRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.episodeLive(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'plan')
    return show(app, request, reply, episode)
  })

  app.post(admin.episodeLive(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'plan')
    const saved = await live.planLiveShow(request.repo, episode, request.body ?? {}, {
      zone: zoneOf(request.actor),
      asOf: clock(),
    })
    if (saved.ok) tellSettings(app, episode, saved.value)
    return answered(reply, episode, saved, 'Saved.', (plan) =>
      show(app, request, reply.code(422), episode, { plan }),
    )
  })

  app.post(admin.cancelLive(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'plan')
    const isGone = await live.cancelLiveShow(request.repo, episode)
    return reply
      .flash(isGone ? 'The announcement is taken back.' : 'It was on air: that cannot be undone.')
      .redirect(here(episode), 303)
  })

  app.post(admin.beginLive(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'produce')
    const began = await live.goOnAir(request.repo, episode, clock())
    if (began) tellSettings(app, episode, began)
    return reply
      .flash(began ? 'On air.' : 'It is on air already, or over.')
      .redirect(here(episode), 303)
  })

  app.post(admin.endLive(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'produce')
    const ended = await live.endShow(request.repo, episode, clock())
    if (ended) tellSettings(app, episode, ended)
    return reply
      .flash(ended ? 'The show is over. Notes and chapters stay.' : 'It is not on air.')
      .redirect(here(episode), 303)
  })

  noteRoutes(app)
  chatRoutes(app)
}

function noteRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post(admin.liveNotes(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'produce')
    const { repo, actor, body } = request
    const saved = await live.addLiveNote(repo, episode, actor.person, body ?? {}, clock())
    return answered(reply, episode, saved, 'It is on the page.', (note) =>
      show(app, request, reply.code(422), episode, { note }),
    )
  })

  app.post(admin.removeLiveNote(...EPISODE, ':note'), async (request, reply) => {
    const episode = await chosen(request, 'produce')
    await live.deleteLiveNote(request.repo, episode, parse(OfNote, request.params).note)
    return reply.flash('It is gone.').redirect(here(episode), 303)
  })

  app.post(admin.liveChapters(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'produce')
    const saved = await live.markChapter(request.repo, episode, request.body ?? {}, clock())
    if (!saved) {
      return reply
        .flash('Chapters are marked while the show is on air.')
        .redirect(here(episode), 303)
    }
    return answered(reply, episode, saved, 'The chapter begins now.', (chapter) =>
      show(app, request, reply.code(422), episode, { chapter }),
    )
  })
}

function chatRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post(admin.removeChatMessage(...EPISODE, ':message'), async (request, reply) => {
    const episode = await chosen(request, 'moderate')
    const { message } = parse(OfMessage, request.params)
    const { repo, actor } = request
    await live.deleteMessage(repo, episode, message, actor.person, clock())
    app.sockets.broadcast(ShowChannel, showTopic(episode.id), 'deleted', { id: message })
    return reply.flash('Nobody sees it any more.').redirect(`${here(episode)}#muted`, 303)
  })

  app.post(admin.muteInChat(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'moderate')
    const { personId, minutes } = parse(Muting, request.body ?? {})
    const until = minutes === undefined ? null : new Date(clock().getTime() + minutes * 60_000)
    const { repo, actor } = request
    const muted = await live.mute(repo, episode.podcastId, { personId, until }, actor.person)
    if (muted) tellMuted(app, episode.id, personId, true)
    return reply
      .flash(muted ? 'They can read, and write no more.' : 'They have not written here.')
      .redirect(`${here(episode)}#muted`, 303)
  })

  app.post(admin.unmuteInChat(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'moderate')
    const { personId } = parse(Unmuting, request.body ?? {})
    await live.unmute(request.repo, episode.podcastId, personId)
    tellMuted(app, episode.id, personId, false)
    return reply.flash('They may write again.').redirect(`${here(episode)}#muted`, 303)
  })
}

/** To everybody beside the show. */
function tellSettings(app: FastifyInstance, { id }: EpisodeKey, show: live.LiveShow): void {
  app.sockets.broadcast(ShowChannel, showTopic(id), 'settings', settingsOf(show))
}

function tellMuted(
  app: FastifyInstance,
  episodeId: number,
  personId: number,
  isMuted: boolean,
): void {
  app.sockets.broadcast(ShowChannel, showTopic(episodeId), 'muted', { personId, isMuted })
}

/** Back to the page when it was saved; the page with what was typed and what is wrong when it was not. */
async function answered<S extends AnySchema>(
  reply: FastifyReply,
  episode: EpisodeKey,
  saved: Saved<S>,
  words: string,
  refused: (changeset: Changeset<S>) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  if (!saved.ok) return refused(saved.changeset)
  return reply.flash(words).redirect(here(episode), 303)
}

/** The episode of the address, if whoever asks may do this with its show. */
async function chosen(
  { repo, actor, params }: FastifyRequest,
  action: (typeof live.actions)[number],
): Promise<live.EpisodeOfDesk> {
  const { podcastId, id } = episodeAt(params)
  const episode = await live.getEpisodeOfDesk(repo, podcastId, id)
  live.mayOrThrow(actor, action, episode)
  return episode
}

async function show(
  app: FastifyInstance,
  { repo, actor }: FastifyRequest,
  reply: FastifyReply,
  episode: live.EpisodeOfDesk,
  refused: RefusedLive = {},
): Promise<FastifyReply> {
  const { podcastId, podcast, title, id } = episode
  const asOf = app.parts.clock()
  const [desk, frame] = await Promise.all([
    live.getDesk(repo, episode, asOf),
    reply.adminFrame({
      title: `“${title}” live`,
      section: 'podcasts',
      desk: `live:${podcastId}:${id}`,
      crumbs: [
        { title: 'Podcasts', href: admin.podcasts },
        { title: podcast.title, href: admin.episodes(podcastId) },
        { title, href: admin.editEpisode(podcastId, id) },
      ],
    }),
  ])
  return reply.html(
    'admin/live/show',
    liveDesk(frame, { episode, desk, asOf, zone: zoneOf(actor) }, refused),
  )
}

function here({ id, podcastId }: EpisodeKey): string {
  return admin.episodeLive(podcastId, id)
}
