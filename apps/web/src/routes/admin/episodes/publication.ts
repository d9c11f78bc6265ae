import * as episodes from '@showrunner/domain/episodes'
import * as publishing from '@showrunner/domain/publishing'
import { inZone, isZone } from '@showrunner/domain/zones'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { episodeAt } from '../../../admin/episode-at.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { parse } from '../../../parse.ts'
import { RowId } from '../../../row-id.ts'
import { publicationPage, type Refused } from '../../../presenters/admin/publication.ts'
import { zonedMoment } from '../../../presenters/admin/zoned-moment.ts'

const { admin } = addresses

/** Holds a preview link between its making and the page that shows it, which is the only time. */
const MADE = 'showrunner_preview_link'
const MADE_SECONDS = 60

const Link = z.object({ link: RowId })

const When = z.object({
  when: z.enum(['now', 'again', 'later']).default('later'),
  at: z.string().max(40).default(''),
  zone: z.string().max(64).refine(isZone).optional(),
  thanksGuests: z
    .enum(['true', 'false'])
    .transform((said) => said === 'true')
    .optional(),
})

const EPISODE = [':podcast', ':id'] as const

export default function publicationRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.publishEpisode(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'show')
    return show(app, request, reply, episode)
  })

  app.post(admin.publishEpisode(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'publish')
    const said = parse(When, request.body ?? {})
    const zone = said.zone ?? zoneOf(request.actor)
    const found = momentOf(said, episode, zone)
    if (found.message !== undefined) {
      const at = { typed: said.at, message: found.message }
      return show(app, request, reply.code(422), episode, { at })
    }
    const saved = await publishAt(
      request,
      episode,
      { at: found.at, thanksGuests: said.thanksGuests },
      clock(),
    )
    if (saved.ok) {
      const words = [publishedWords(saved.value, clock(), zone), found.hint]
        .filter(Boolean)
        .join(' ')
      return reply.flash(words).redirect(here(episode), 303)
    }
    const at = { typed: said.at, message: null }
    const refused = { publishing: saved.changeset, ...(said.at !== '' && { at }) }
    return show(app, request, reply.code(422), episode, refused)
  })

  app.post(admin.unpublish(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'unpublish')
    await publishing.unpublishEpisode(request.repo, episode, clock())
    return reply.flash('It is a draft again.').redirect(here(episode), 303)
  })

  app.post(admin.episodeSlug(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'update')
    const saved = await publishing.changeSlug(request.repo, episode, request.body ?? {}, clock())
    if (saved.ok) return reply.flash('Its address is changed.').redirect(here(episode), 303)
    return show(app, request, reply.code(422), episode, { slug: saved.changeset })
  })

  previewRoutes(app)
}

function previewRoutes(app: FastifyInstance): void {
  const { clock, publicUrl } = app.parts
  const secure = publicUrl.startsWith('https:')

  app.post(admin.previews(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'sharePreview')
    const { repo, actor } = request
    const { token } = await publishing.sharePreview(repo, episode, actor, clock())
    const cookie = { path: here(episode), httpOnly: true, sameSite: 'lax', secure } as const
    return reply
      .setCookie(MADE, token, { ...cookie, maxAge: MADE_SECONDS })
      .flash('The link is made. Copy it now: it is shown only once.')
      .redirect(`${here(episode)}#previews`, 303)
  })

  app.post(admin.revokePreview(...EPISODE, ':link'), async (request, reply) => {
    const episode = await chosen(request, 'sharePreview')
    const link = parse(Link, request.params).link
    await publishing.revokePreview(request.repo, episode, link, clock())
    return reply.flash('The link leads nowhere any more.').redirect(here(episode), 303)
  })
}

/** The episode of the address, if whoever asks may do this with it. */
async function chosen(
  { repo, actor, params }: FastifyRequest,
  action: 'show' | 'publish' | 'unpublish' | 'update' | 'sharePreview',
): Promise<publishing.EpisodeToCheck> {
  const { podcastId, id } = episodeAt(params)
  const episode = await publishing.getEpisodeToCheck(repo, podcastId, id)
  episodes.mayOrThrow(actor, action, episode)
  return episode
}

async function show(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  episode: publishing.EpisodeToCheck,
  refused: Refused = {},
): Promise<FastifyReply> {
  const { repo, actor } = request
  const asOf = app.parts.clock()
  const { podcastId, podcast, title } = episode
  const [suggested, links, frame] = await Promise.all([
    episodes.suggestSlugs(repo, episode, title),
    publishing.listPreviews(repo, episode, asOf),
    reply.adminFrame({
      title: `Publish “${title}”`,
      section: 'podcasts',
      crumbs: [
        { title: 'Podcasts', href: admin.podcasts },
        { title: podcast.title, href: admin.episodes(podcastId) },
        { title, href: admin.editEpisode(podcastId, episode.id) },
      ],
    }),
  ])
  const madeToken = request.cookies[MADE] ?? null
  if (madeToken !== null) reply.clearCookie(MADE, { path: here(episode) })
  const shown = { episode, suggested, links, asOf, zone: zoneOf(request.actor), madeToken }
  return reply.html('admin/publication/show', publicationPage(frame, actor, shown, refused))
}

async function publishAt(
  { repo }: FastifyRequest,
  episode: episodes.Episode,
  { at, thanksGuests }: publishing.Intent,
  asOf: Date,
) {
  return at && episode.published
    ? publishing.rescheduleEpisode(repo, episode, { at, thanksGuests }, asOf)
    : publishing.publishEpisode(repo, episode, { at, thanksGuests }, asOf)
}

interface FoundMoment {
  readonly at?: Date
  readonly message?: string
  readonly hint?: string
}

/** The moment that is meant: nothing for now. */
function momentOf(
  { when, at }: z.output<typeof When>,
  episode: episodes.Episode,
  zone: string,
): FoundMoment {
  if (when === 'now') return {}
  if (when === 'again' && episode.firstPublishedAt) return { at: episode.firstPublishedAt }
  const found = inZone(at, zone)
  if (found.kind === 'not-a-time') return { message: 'say a day and a time.' }
  if (found.kind === 'does-not-exist') {
    return { message: `there is no such time in ${zone}: the clocks are put forward over it.` }
  }
  if (!found.comesAgainAt) return { at: found.at }
  return { at: found.at, hint: 'That hour comes twice there: the first is meant.' }
}

function publishedWords(episode: episodes.Episode, asOf: Date, zone: string): string {
  const { publishedAt } = episode
  if (!publishedAt || episodes.isOut(episode, asOf)) return 'It is out.'
  return `It appears on ${zonedMoment(publishedAt, zone).words}.`
}

function here({ id, podcastId }: episodes.Episode): string {
  return admin.publishEpisode(podcastId, id)
}
