import { readFile, stat } from 'node:fs/promises'
import { build, type Repo } from '@showrunner/data'
import { readTranscript } from '@showrunner/feeds'
import { Episode, episodeChangeset, EpisodeSlug } from '../episodes/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { saveTranscript } from '../transcripts/index.ts'
import { type DemoEpisode, type Fields } from './content.ts'
import { type Named } from './names.ts'
import { morning, publication } from './publication.ts'
import { seedChapters, seedLists } from './seed-lists.ts'
import { type Upload, uploadPicture } from './uploads.ts'

export async function seedEpisode(
  repo: Repo,
  podcast: Podcast,
  episode: DemoEpisode,
  named: Named,
  { upload, asOf }: { upload: Upload; asOf: Date },
): Promise<void> {
  const { guid, folder, slug, transcript } = episode
  const pictures = `${podcast.slug}/${slug}`
  const said = dates(episode, asOf)
  const { published, publishedAt } = said
  // What is out has been told of long ago, and is not when it gets another date.
  const appearedAt = published && publishedAt <= asOf ? publishedAt : null
  const row = await repo.insertOrThrow(
    episodeChangeset(build(Episode, { podcastId: podcast.id, guid, appearedAt }), {
      ...episode,
      ...said,
      ...(await audio(episode.audio, `${podcast.slug}/${slug}.mp3`, upload)),
      license: podcast.license,
      coverUrl: await uploadPicture(upload, folder, episode.coverUrl, pictures),
    }),
  )
  await seedChapters(repo, row, episode, (file) => uploadPicture(upload, folder, file, pictures))
  await seedLists(repo, row, episode, named)
  const of = { podcastId: podcast.id, episodeId: row.id }
  const { formerSlugs = [] } = episode
  await repo.insertAll(
    EpisodeSlug,
    formerSlugs.map((former) => ({ ...of, slug: former })),
  )
  if (transcript === null) return
  const cues = readTranscript(await readFile(transcript), 'text/vtt')
  const { language } = podcast
  await saveTranscript(repo, row, { url: null, type: 'text/vtt', language, rel: 'captions', cues })
}

function dates(episode: DemoEpisode, asOf: Date) {
  const { recordedDaysAgo } = episode
  return {
    ...publication(episode, asOf),
    recordedAt: recordedDaysAgo === undefined ? null : morning(asOf, recordedDaysAgo),
  }
}

async function audio(path: string | null, name: string, upload: Upload): Promise<Fields> {
  if (path === null) return {}
  const audioUrl = await upload.file(path, name)
  return { audioUrl, audioType: 'audio/mpeg', audioBytes: (await stat(path)).size }
}
