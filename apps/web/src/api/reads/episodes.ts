import * as catalogue from '@showrunner/domain/catalogue'
import { getEpisodeWithChapters } from '@showrunner/domain/episodes'
import { getPodcast } from '@showrunner/domain/podcasts'
import { getTopic } from '@showrunner/domain/topics'
import { z } from 'zod'
import { readList, readOne } from '../operation.ts'
import {
  chapterAnswers,
  cueAnswer,
  episodeAnswer,
  episodeInList,
  episodePath,
} from '../present/episode.ts'
import {
  ChapterSheet,
  Cue,
  Episode,
  EpisodeInList,
  EpisodeType,
  TranscriptPart,
} from '../schemas/episode.ts'
import { EpisodePath, NoPath, PodcastPath } from '../schemas/paths.ts'
import { LanguageTag, MomentSaid, Slug } from '../schemas/values.ts'
import { sought } from './sought.ts'

const FILTERS = {
  type: EpisodeType.optional().describe('Only of this type.'),
  since: MomentSaid.optional().describe('Only what came out at that moment or later.'),
  before: MomentSaid.optional().describe('Only what came out before that moment.'),
}

interface Asked {
  readonly limit: number
  readonly offset?: number | undefined
  readonly after?: catalogue.Place | undefined
  readonly type?: z.output<typeof EpisodeType> | undefined
  readonly since?: string | undefined
  readonly before?: string | undefined
}

/** A list of episodes, as far as all lists of them are alike. */
const LIST = {
  tag: 'Episodes',
  filters: FILTERS,
  item: EpisodeInList,
  place: ['moment', 'number'],
} as const

function asked({ limit: most, since, before, ...rest }: Asked) {
  const moment = (text: string | undefined) => (text === undefined ? undefined : new Date(text))
  return { ...rest, most, since: moment(since), before: moment(before) }
}

export const listEpisodes = readList({
  ...LIST,
  id: 'listEpisodes',
  path: '/episodes',
  summary: 'Every episode of the network, the newest first',
  params: NoPath,
  filters: {
    ...FILTERS,
    podcast: Slug.optional().describe('Only of the podcast with this slug.'),
    person: Slug.optional().describe('Only with the person of this handle, in whatever part.'),
    topic: Slug.optional().describe('Only about the topic with this slug.'),
  },
  example: '/episodes?limit=2&fields=title,publishedAt,podcast.title',
  async load({ repo, asOf, outside, query: { podcast, person, topic, ...query } }) {
    const [podcastId, personId, topicId] = await Promise.all([
      sought('podcast', podcast, (slug) => getPodcast(repo, slug)),
      sought('person', person, (handle) => catalogue.getNamedPerson(repo, handle, asOf)),
      sought('topic', topic, (slug) => getTopic(repo, slug)),
    ])
    const wanted = { ...asked(query), podcastId, personId, topicId }
    const { rows, next } = await catalogue.listEpisodes(repo, wanted, asOf)
    return { rows: rows.map((episode) => episodeInList(outside, episode)), next }
  },
})

export const listEpisodesOfPodcast = readList({
  ...LIST,
  id: 'listEpisodesOfPodcast',
  path: '/podcasts/{podcast}/episodes',
  summary: 'The episodes of a podcast, the newest first',
  params: PodcastPath,
  example: '/podcasts/local-time/episodes?limit=2&fields=title,audio',
  async load({ repo, asOf, outside, params, query }) {
    const { id: podcastId } = await getPodcast(repo, params.podcast)
    const wanted = { ...asked(query), podcastId }
    const { rows, next } = await catalogue.listEpisodes(repo, wanted, asOf)
    return { rows: rows.map((episode) => episodeInList(outside, episode)), next }
  },
})

export const listEpisodesWithPerson = readList({
  ...LIST,
  id: 'listEpisodesWithPerson',
  path: '/people/{handle}/episodes',
  tag: 'People',
  summary: 'The episodes somebody has a part in, the newest first',
  params: z.strictObject({ handle: Slug }),
  example: '/people/maud-ferrier/episodes?fields=title,people.part',
  async load({ repo, asOf, outside, params, query }) {
    const { id: personId } = await catalogue.getNamedPerson(repo, params.handle, asOf)
    const wanted = { ...asked(query), personId }
    const { rows, next } = await catalogue.listEpisodes(repo, wanted, asOf)
    return { rows: rows.map((episode) => episodeInList(outside, episode)), next }
  },
})

export const listEpisodesAboutTopic = readList({
  ...LIST,
  id: 'listEpisodesAboutTopic',
  path: '/topics/{topic}/episodes',
  tag: 'Topics',
  summary: 'The episodes about a topic, the newest first',
  params: z.strictObject({ topic: Slug }),
  example: '/topics/tides/episodes?fields=title,url',
  async load({ repo, asOf, outside, params, query }) {
    const { id: topicId } = await getTopic(repo, params.topic)
    const wanted = { ...asked(query), topicId }
    const { rows, next } = await catalogue.listEpisodes(repo, wanted, asOf)
    return { rows: rows.map((episode) => episodeInList(outside, episode)), next }
  },
})

export const getEpisode = readOne({
  id: 'getEpisode',
  path: '/podcasts/{podcast}/episodes/{episode}',
  tag: 'Episodes',
  summary: 'One episode, with people, topics, chapters, sponsors, links and its sound',
  params: EpisodePath,
  answer: Episode,
  example: '/podcasts/local-time/episodes/nobody-owns-the-tide-table',
  load: async ({ repo, asOf, outside, params: { podcast, episode } }) =>
    episodeAnswer(outside, await catalogue.getWholeEpisode(repo, podcast, episode, asOf)),
})

export const getChapters = readOne({
  id: 'getChapters',
  path: '/podcasts/{podcast}/episodes/{episode}/chapters',
  tag: 'Episodes',
  summary: 'The chapters of an episode',
  params: EpisodePath,
  answer: ChapterSheet,
  example: '/podcasts/local-time/episodes/nobody-owns-the-tide-table/chapters',
  async load({ repo, asOf, outside, params: { podcast, episode } }) {
    const { chapters } = await getEpisodeWithChapters(repo, podcast, episode, asOf)
    const episodeUrl = outside.api(episodePath(podcast, episode))
    return { episodeUrl, chapters: chapterAnswers(outside, chapters) }
  },
})

const LATEST_SECONDS = 2_000_000

export const getTranscript = readList({
  id: 'getTranscript',
  path: '/podcasts/{podcast}/episodes/{episode}/transcript',
  tag: 'Episodes',
  summary: 'What is said in an episode, from one moment to another',
  params: EpisodePath,
  filters: {
    language: LanguageTag.optional().describe('As BCP 47 writes it: `en`.'),
    from: z.coerce
      .number()
      .min(0)
      .max(LATEST_SECONDS)
      .optional()
      .describe('In seconds: what is being said at that moment, and after it.'),
    to: z.coerce
      .number()
      .min(0)
      .max(LATEST_SECONDS)
      .optional()
      .describe('In seconds: only what begins before that moment.'),
  },
  item: Cue,
  more: { transcript: TranscriptPart },
  place: ['number', 'number'],
  example: '/podcasts/local-time/episodes/nobody-owns-the-tide-table/transcript?from=2&to=30',
  async load({ repo, asOf, params, query: { from, to, limit: most, ...query } }) {
    const ms = (seconds: number | undefined) =>
      seconds === undefined ? undefined : Math.round(seconds * 1000)
    const wanted = { ...query, ...params, most, fromMs: ms(from), toMs: ms(to) }
    const { transcript, rows, next } = await catalogue.listCues(repo, wanted, asOf)
    const { language, timed, cueCount } = transcript
    return { rows: rows.map(cueAnswer), next, more: { transcript: { language, timed, cueCount } } }
  },
})
