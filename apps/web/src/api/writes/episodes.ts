import * as apiTokens from '@showrunner/domain/api-tokens'
import { getEpisodeSheet, mayOrThrow } from '@showrunner/domain/episodes'
import { z } from 'zod'
import { write } from '../operation.ts'
import { deskPath } from '../present/desk.ts'
import { Problem } from '../problem.ts'
import { NAMES, refusedChangeset } from '../refused-changeset.ts'
import { PodcastPath } from '../schemas/paths.ts'
import {
  ChaptersSaid,
  DeskEpisode,
  DeskPath,
  EpisodeSaid,
  NewEpisode,
  TokenFacts,
} from '../schemas/desk.ts'
import { answerWith, episodeAtDesk, IfMatch, versionMeant } from './at-desk.ts'

const IdempotencyKey = z.strictObject({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'A text of your choice, for this episode alone: sent again within a week, it makes no second one, and the answer is that of the first.',
    ),
})

export const getToken = write({
  id: 'getToken',
  method: 'GET',
  path: '/token',
  tag: 'Publishing',
  summary: 'What the token may',
  scope: null,
  params: z.strictObject({}),
  answers: { 200: { description: 'What the token may.', schema: TokenFacts } },
  problems: [],
  perform: async ({ token }) => ({
    status: 200,
    body: {
      name: token.name,
      owner: token.person.handle,
      scopes: [...token.scopes],
      allPodcasts: token.allPodcasts,
      podcasts: token.tokenPodcasts.map(({ podcast }) => podcast.slug),
      expiresAt: token.expiresAt?.toISOString() ?? null,
    },
  }),
})

export const createEpisode = write({
  id: 'createEpisode',
  method: 'POST',
  path: '/podcasts/{podcast}/episodes',
  tag: 'Publishing',
  summary: 'Make a draft',
  description:
    'A draft begins with the hosts, the topics and the outline that its podcast always has. What is said here goes before that.',
  scope: 'episodes:write',
  params: PodcastPath,
  headers: IdempotencyKey,
  body: NewEpisode,
  toSend: 'at least a title, as in {"title": "The lamp"}',
  answers: {
    200: { description: 'The draft that was made for this key before.', schema: DeskEpisode },
    201: { description: 'The draft.', schema: DeskEpisode },
  },
  problems: ['conflict', 'invalid'],
  async perform(writing) {
    const { repo, actor, token, params, body, outside, request } = writing
    const podcast = await apiTokens.getPodcastAtWork(repo, params.podcast)
    mayOrThrow(actor, 'create', { podcastId: podcast.id })
    const { 'idempotency-key': key } = request.headers
    const make = () => apiTokens.startAtWork(repo, podcast, saidOf(body))
    const asked = JSON.stringify([podcast.id, body])
    const saved =
      typeof key === 'string'
        ? await apiTokens.makeOnce(repo, { token, key, asked }, make)
        : { ...(await make()), isReplayed: false }
    if (!saved.ok) throw refusedChangeset(saved.changeset)
    const { id } = saved.value
    const at = { ...writing, params: { id } }
    const location = outside.api(deskPath(id))
    const replayed = saved.isReplayed ? { 'idempotent-replayed': 'true' } : {}
    return answerWith(
      at,
      { id },
      {
        status: saved.isReplayed ? 200 : 201,
        headers: { location, ...replayed },
      },
    )
  },
})

export const getDeskEpisode = write({
  id: 'getDeskEpisode',
  method: 'GET',
  path: '/desk/episodes/{id}',
  tag: 'Publishing',
  summary: 'An episode as those see it who work on it, with its checklist',
  scope: null,
  params: DeskPath,
  answers: { 200: { description: 'The episode.', schema: DeskEpisode } },
  problems: [],
  perform: async (writing) => answerWith(writing, await episodeAtDesk(writing, 'show')),
})

export const updateEpisode = write({
  id: 'updateEpisode',
  method: 'PATCH',
  path: '/desk/episodes/{id}',
  tag: 'Publishing',
  summary: 'Change what is said of an episode',
  scope: 'episodes:write',
  params: DeskPath,
  headers: IfMatch,
  body: EpisodeSaid,
  toSend: 'what is to change, as in {"title": "The lamp"}',
  answers: { 200: { description: 'The episode as it is now.', schema: DeskEpisode } },
  problems: ['invalid', 'stale'],
  async perform(writing) {
    const episode = await episodeAtDesk(writing, 'update')
    const { repo, body } = writing
    const sheet = await getEpisodeSheet(repo, episode.podcastId, episode.id)
    const rows = {
      ...rowsFor('episodeHosts', body.hosts, sheet.episodeHosts, ({ person }) => person.handle),
      ...rowsFor('episodeGuests', body.guests, sheet.episodeGuests, ({ person }) => person.handle),
      ...rowsFor('episodeTopics', body.topics, sheet.episodeTopics, ({ topic }) => topic.slug),
    }
    const said = { ...saidOf(body), ...rows, ...versionMeant(writing) }
    const saved = await apiTokens.saveAtWork(repo, episode, said)
    if (!saved.ok) throw refusedChangeset(saved.changeset)
    return answerWith(writing, episode)
  },
})

export const putChapters = write({
  id: 'putChapters',
  method: 'PUT',
  path: '/desk/episodes/{id}/chapters',
  tag: 'Publishing',
  summary: 'Give an episode its chapters, instead of those it has',
  scope: 'episodes:write',
  params: DeskPath,
  headers: IfMatch,
  body: ChaptersSaid,
  toSend: 'all of its chapters, as in {"chapters": [{"startSeconds": 0, "title": "The lamp"}]}',
  answers: { 200: { description: 'The episode as it is now.', schema: DeskEpisode } },
  problems: ['invalid', 'stale'],
  async perform(writing) {
    const episode = await episodeAtDesk(writing, 'update')
    const { repo, body } = writing
    const { chapters: before } = await getEpisodeSheet(repo, episode.podcastId, episode.id)
    const chapters = [
      ...body.chapters.map(({ startSeconds, endSeconds = null, ...chapter }) => ({
        ...chapter,
        startsMs: Math.round(startSeconds * 1000),
        endsMs: endSeconds === null ? null : Math.round(endSeconds * 1000),
      })),
      // A time that is a text sorts last: those that are sent keep their places.
      ...before.map(({ id, startsMs }) => ({ id, startsMs: String(startsMs), delete: 'true' })),
    ]
    const saved = await apiTokens.saveAtWork(repo, episode, { chapters, ...versionMeant(writing) })
    if (!saved.ok) throw refusedChangeset(saved.changeset)
    return answerWith(writing, episode)
  },
})

type Said = z.output<typeof EpisodeSaid>

/** What was said, as the sheet of an episode takes it. */
function saidOf({ numberLabel, recordedAt, hosts, guests, topics, ...said }: Said) {
  return {
    ...said,
    ...(numberLabel !== undefined && { numberDisplay: numberLabel }),
    ...(recordedAt !== undefined && { recordedAt: recordedAt && new Date(recordedAt) }),
    ...rowsFor('episodeHosts', hosts),
    ...rowsFor('episodeGuests', guests),
    ...rowsFor('episodeTopics', topics),
  }
}

/** These, in this order, and none of those that are there besides. */
function rowsFor<Row extends { readonly id: number }>(
  name: 'episodeHosts' | 'episodeGuests' | 'episodeTopics',
  keys: readonly string[] | undefined,
  there: readonly Row[] = [],
  keyOf: (row: Row) => string = () => '',
) {
  if (keys === undefined) return {}
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) throw wrong(name, `names "${twice}" twice`)
  const sentAs = name === 'episodeTopics' ? 'topic' : 'person'
  const wanted = keys.map((key, position) => {
    const known = there.find((row) => keyOf(row) === key)
    return known ? { id: known.id, position } : { [sentAs]: key, position }
  })
  const others = there.filter((row) => !keys.includes(keyOf(row)))
  return { [name]: [...wanted, ...others.map(({ id }) => ({ id, delete: 'true' }))] }
}

function wrong(field: string, detail: string): Problem {
  const name = NAMES[field] ?? field
  return new Problem('invalid', {
    detail: `${name} ${detail}.`,
    faults: [{ in: 'body', name, detail }],
  })
}
