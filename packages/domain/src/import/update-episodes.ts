import { change, from, type Repo } from '@showrunner/data'
import { type Feed } from '@showrunner/feeds'
import {
  Episode,
  EpisodeAlternate,
  episodeChangeset,
  EpisodeCredit,
  EpisodeGuest,
  EpisodeHost,
  replaceChapters,
} from '../episodes/index.ts'
import { Picture } from '../pictures/index.ts'
import { saveTranscriptLinks } from '../transcripts/index.ts'
import { alternateRows, pictureRows } from './attached-rows.ts'
import { only } from './fingerprints.ts'
import { lenient, whatIsWrong } from './lenient.ts'
import { itemOfOurs, saidAlready } from './own-words.ts'
import { partsOf } from './parts.ts'
import { type PersonIdOf } from './people.ts'
import { type Skipped, type Update } from './plan-episodes.ts'
import { type Run } from './run.ts'
import { saidOfEpisode } from './said-of-episode.ts'

/** Writes what the feed says newly of episodes we have, and gives back those it could not be written to. */
export async function updateEpisodes(
  run: Run,
  updates: readonly Update[],
  { feed, idOf }: { readonly feed: Pick<Feed, 'selfUrl'>; readonly idOf: PersonIdOf },
  done: (count: number) => void,
): Promise<readonly Skipped[]> {
  const skipped: Skipped[] = []
  for (const update of updates) {
    run.pause()
    const row = await run.repo.getOrThrow(from(Episode).lock('for update'), update.id)
    const ours = await itemOfOurs(run.repo, row, update.item)
    const already = saidAlready(row, ours, feed)
    const changed = update.changed.filter((name) => !already.includes(name))
    const news = { ...update, item: ours, said: saidOfEpisode(ours), changed }
    const refused = await updateFields(run, row, news)
    if (refused) skipped.push(refused)
    else await updateLists(run.repo, row, news, idOf)
    done(1)
  }
  return skipped
}

async function updateFields(
  run: Run,
  row: Episode,
  { item, said, changed, imported }: Update,
): Promise<Skipped | undefined> {
  const changeset = lenient(
    only(said, changed),
    (accepted) => episodeChangeset(row, accepted),
    (message) => run.warn(`"${item.title}": ${message}`),
  )
  const saved = await run.repo.update(change(changeset, { imported }))
  if (saved.ok) return undefined
  return { title: item.title, reason: whatIsWrong(saved.changeset) }
}

async function updateLists(
  repo: Repo,
  episode: Episode,
  { item, said, changed }: Update,
  idOf: PersonIdOf,
): Promise<void> {
  const { id: episodeId, podcastId } = episode
  if (changed.includes('pictures')) {
    await repo.deleteAll(from(Picture).where({ episodeId }))
    await repo.insertAll(
      Picture,
      pictureRows(said.pictures).map((row) => ({ episodeId, podcastId, ...row })),
    )
  }
  if (changed.includes('alternates')) {
    await repo.deleteAll(from(EpisodeAlternate).where({ episodeId }))
    await repo.insertAll(
      EpisodeAlternate,
      alternateRows(said.alternates).map((row) => ({ episodeId, podcastId, ...row })),
    )
  }
  if (changed.includes('people')) await replacePeople(repo, episode, item, idOf)
  if (changed.includes('transcripts')) await saveTranscriptLinks(repo, episode, item.transcripts)
  const inline = item.inlineChapters.length > 0
  const gone = !item.chapters && !inline && episode.chaptersDigest !== null
  if (gone || (changed.includes('chapters') && (inline || !item.chapters))) {
    await replaceChapters(repo, episode, item.inlineChapters)
  }
}

async function replacePeople(
  repo: Repo,
  { id: episodeId, podcastId }: Episode,
  { people }: Update['item'],
  idOf: PersonIdOf,
): Promise<void> {
  const { hosts, guests, credits } = partsOf(people, idOf)
  for (const schema of [EpisodeHost, EpisodeGuest, EpisodeCredit]) {
    await repo.deleteAll(from(schema).where({ episodeId }))
  }
  await repo.insertAll(
    EpisodeHost,
    hosts.map((host) => ({ episodeId, podcastId, ...host })),
  )
  await repo.insertAll(
    EpisodeGuest,
    guests.map((guest) => ({ episodeId, podcastId, ...guest })),
  )
  await repo.insertAll(
    EpisodeCredit,
    credits.map((credit) => ({ episodeId, podcastId, ...credit })),
  )
}
