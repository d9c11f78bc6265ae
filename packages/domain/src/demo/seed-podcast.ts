import { build, type Repo } from '@showrunner/data'
import {
  Podcast,
  podcastChangeset,
  PodcastCredit,
  podcastCreditChangeset,
  PodcastHost,
  podcastHostChangeset,
  PodcastTopic,
  podcastTopicChangeset,
} from '../podcasts/index.ts'
import { type DemoPodcast } from './content.ts'
import { insertEach } from './insert-each.ts'
import { idOf, type Named } from './names.ts'
import { type Upload, uploadPicture } from './uploads.ts'

export async function seedPodcast(
  repo: Repo,
  podcast: DemoPodcast,
  { people, topics }: Named,
  upload: Upload,
): Promise<Podcast> {
  const { slug, folder, guid } = podcast
  const coverUrl = await uploadPicture(upload, folder, podcast.coverUrl, slug)
  const row = await repo.insertOrThrow(
    podcastChangeset(build(Podcast, { guid }), { ...podcast, coverUrl }),
  )
  const podcastId = row.id
  await insertEach(repo, podcast.hosts, (host, position) =>
    podcastHostChangeset(build(PodcastHost, { podcastId }), {
      personId: idOf(people, host),
      position,
    }),
  )
  await insertEach(repo, podcast.topics, (topic, position) =>
    podcastTopicChangeset(build(PodcastTopic, { podcastId }), {
      topicId: idOf(topics, topic),
      position,
    }),
  )
  await insertEach(repo, podcast.credits, (credit, position) =>
    podcastCreditChangeset(build(PodcastCredit, { podcastId }), {
      ...credit,
      personId: idOf(people, credit.person),
      position,
    }),
  )
  return row
}
