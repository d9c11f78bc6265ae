import { isOut } from '@showrunner/domain/episodes'
import * as publishing from '@showrunner/domain/publishing'
import { write, type Writing } from '../operation.ts'
import { Problem } from '../problem.ts'
import { NAMES, refusedChangeset } from '../refused-changeset.ts'
import { DeskEpisode, DeskPath, PublicationSaid } from '../schemas/desk.ts'
import { answerWith, episodeAtDesk } from './at-desk.ts'

export const publishEpisode = write({
  id: 'publishEpisode',
  method: 'PUT',
  path: '/desk/episodes/{id}/publication',
  tag: 'Publishing',
  summary: 'Publish an episode, now or at a moment',
  description:
    'An empty object, `{}`, publishes it at once; one with `at`, at that moment. Without a body nothing happens: it is refused. An episode that is scheduled is given another moment, or is out at once; one that is out can be dated back. What the checklist calls a blocker refuses it, one fault for each.',
  scope: 'publish',
  params: DeskPath,
  body: PublicationSaid,
  toSend:
    '{} to publish it at once, or {"at": "2026-12-24T18:00:00Z"} for it to appear at that moment',
  answers: { 200: { description: 'The episode as it is now.', schema: DeskEpisode } },
  problems: ['conflict', 'not-ready', 'invalid'],
  async perform(writing) {
    const episode = await episodeAtDesk(writing, 'publish')
    const { at, thankGuests: thanksGuests } = writing.body
    const intent = { at: at === undefined ? undefined : new Date(at), thanksGuests }
    const saved = await publishAt(writing, episode, intent)
    if (saved.ok) return answerWith(writing, episode)
    throw await refusal(writing, intent, refusedChangeset(saved.changeset))
  },
})

export const unpublishEpisode = write({
  id: 'unpublishEpisode',
  method: 'DELETE',
  path: '/desk/episodes/{id}/publication',
  tag: 'Publishing',
  summary: 'Make an episode a draft again',
  description: 'Its address stays its own, and its guid.',
  scope: 'publish',
  params: DeskPath,
  answers: { 200: { description: 'The episode as it is now.', schema: DeskEpisode } },
  problems: ['invalid'],
  async perform(writing) {
    const episode = await episodeAtDesk(writing, 'unpublish')
    const saved = await publishing.unpublishEpisode(writing.repo, episode, writing.asOf)
    if (!saved.ok) throw refusedChangeset(saved.changeset)
    return answerWith(writing, episode)
  },
})

type AtDesk = Pick<
  Writing<{ readonly id: number }, unknown, unknown>,
  'repo' | 'actor' | 'params' | 'asOf' | 'outside' | 'request'
>

async function publishAt(
  { repo, asOf }: AtDesk,
  episode: publishing.EpisodeToCheck,
  { at, thanksGuests }: publishing.Intent,
) {
  return at && episode.published
    ? publishing.rescheduleEpisode(repo, episode, { at, thanksGuests }, asOf)
    : publishing.publishEpisode(repo, episode, { at, thanksGuests }, asOf)
}

/** Why not: it is out already, it lacks something, or what was said makes no sense. */
async function refusal(
  writing: AtDesk,
  { at }: publishing.Intent,
  otherwise: Problem,
): Promise<Problem> {
  const episode = await episodeAtDesk(writing, 'publish')
  if (isOut(episode, writing.asOf)) {
    const detail = at
      ? 'It is out, and that moment lies ahead: unpublish it first.'
      : 'It is out already.'
    return new Problem('conflict', { detail })
  }
  const blockers = publishing.blockersOf(publishing.checkEpisode(episode, writing.asOf, { at }))
  if (blockers.length === 0) return otherwise
  return new Problem('not-ready', {
    detail: blockers.map(({ message }) => message).join(' '),
    faults: blockers.map(({ field, message: detail }) => {
      return { in: 'body', name: NAMES[field] ?? field, detail }
    }),
  })
}
