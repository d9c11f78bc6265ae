import { ArtworkError, COVER, PORTRAIT, readArtwork } from '@showrunner/artwork'
import { change, from } from '@showrunner/data'
import { Chapter, Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { addressOf, storePicture } from '../uploads/index.ts'
import { type Placing, type Put } from './placing.ts'

/** It is shown as it is already, however small: what directories ask for is noticed, and not asked for. */
const ANY = { ...PORTRAIT, least: 1, most: 20_000 }

/** Stores a picture in its sizes. */
export async function putPicture(placing: Placing): Promise<Put> {
  const { parts, file, path } = placing
  const { bytes } = await readArtwork(path, ANY)
  const key = await storePicture(parts, path, `podcasts/${file.podcastId}`)
  const isCover = await hasAsCover(placing)
  return {
    key,
    bytes,
    message: isCover ? await noticed(path) : null,
    write: () => replace(placing, addressOf(key)),
  }
}

async function hasAsCover({ repo, file: { podcastId, address } }: Placing): Promise<boolean> {
  const [ofPodcast, ofEpisode] = await Promise.all([
    repo.exists(from(Podcast).where({ id: podcastId, coverUrl: address })),
    repo.exists(from(Episode).where({ podcastId, coverUrl: address })),
  ])
  return ofPodcast || ofEpisode
}

async function noticed(path: string): Promise<string | null> {
  try {
    await readArtwork(path, COVER)
    return null
  } catch (error) {
    if (error instanceof ArtworkError) return error.message
    throw error
  }
}

async function replace({ repo, file }: Placing, here: string): Promise<void> {
  const { podcastId, address } = file
  const [coverUrl, avatarUrl] = [here, here]
  const podcasts = from(Podcast).where({ id: podcastId, coverUrl: address })
  for (const podcast of await repo.all(podcasts.lock('for update')))
    await repo.updateOrThrow(change(podcast, { coverUrl }))
  const episodes = from(Episode).where({ podcastId, coverUrl: address })
  for (const episode of await repo.all(episodes.lock('for update')))
    await repo.updateOrThrow(change(episode, { coverUrl }))
  const people = from(Person).where({ avatarUrl: address })
  for (const person of await repo.all(people.lock('for update')))
    await repo.updateOrThrow(change(person, { avatarUrl }))
  // Of one episode there may be hundreds, which nobody wants to read of one by one.
  await repo.updateAll(from(Chapter).where({ podcastId, imageUrl: address }), { imageUrl: here })
}
