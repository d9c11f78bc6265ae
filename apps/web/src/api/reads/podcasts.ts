import * as catalogue from '@showrunner/domain/catalogue'
import { readList, readOne } from '../operation.ts'
import { podcastAnswer } from '../present/podcast.ts'
import { NoPath, PodcastPath } from '../schemas/paths.ts'
import { Podcast } from '../schemas/podcast.ts'

export const listPodcasts = readList({
  id: 'listPodcasts',
  path: '/podcasts',
  tag: 'Podcasts',
  summary: 'Every podcast, in the order of the network',
  params: NoPath,
  filters: {},
  item: Podcast,
  place: ['number', 'text', 'number'],
  example: '/podcasts?fields=title,slug,people.name',
  async load({ repo, outside, query }) {
    const { limit: most, ...rest } = query
    const { rows, next } = await catalogue.listPodcasts(repo, { most, ...rest })
    return { rows: rows.map((podcast) => podcastAnswer(outside, podcast)), next }
  },
})

export const getPodcast = readOne({
  id: 'getPodcast',
  path: '/podcasts/{podcast}',
  tag: 'Podcasts',
  summary: 'One podcast, with who makes it',
  params: PodcastPath,
  answer: Podcast,
  example: '/podcasts/local-time',
  load: async ({ repo, outside, params }) =>
    podcastAnswer(outside, await catalogue.getWholePodcast(repo, params.podcast)),
})
