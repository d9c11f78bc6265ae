import { randomUUID } from 'node:crypto'
import { build, change, check, from, type Changeset } from '@showrunner/data'
import { podcastGuid, type Feed, type Image } from '@showrunner/feeds'
import { AS_OPENED } from '../conflicts/index.ts'
import { Picture } from '../pictures/index.ts'
import {
  keepsOldPodcastAddresses,
  Podcast,
  podcastChangeset,
  PodcastCredit,
  PodcastHost,
  PodcastSlug,
} from '../podcasts/index.ts'
import { freeSlug, RESERVED_PODCAST_SLUGS, slugOf } from '../slugs/index.ts'
import { pictureRows } from './attached-rows.ts'
import { claimedGuid } from './find-podcast.ts'
import { changedSince, fingerprintsOf, only } from './fingerprints.ts'
import { ImportError } from './import-error.ts'
import { lenient, whatIsWrong } from './lenient.ts'
import { type Origin } from './origin.ts'
import { partsOf } from './parts.ts'
import { type PersonIdOf } from './people.ts'
import { type Run } from './run.ts'
import { saidOfPodcast } from './said-of-podcast.ts'

export type Outcome = 'created' | 'updated' | 'unchanged'

export interface SavedPodcast {
  readonly podcast: Podcast
  readonly outcome: Outcome
}

/** Writes what the feed says of its podcast, without the episodes. */
export async function savePodcast(
  run: Run,
  { feed, origin, slug }: { feed: Feed; origin: Origin; slug: string | undefined },
  known: Podcast | undefined,
  idOf: PersonIdOf,
): Promise<SavedPodcast> {
  const { people, pictures, ...said } = saidOfPodcast(feed)
  const imported = fingerprintsOf({ people, pictures, ...said })
  const changed = changedSince(imported, known?.imported ?? null)
  const sourceUrl = await addressToKeep(run, origin, known)
  const before = known ?? build(Podcast, { guid: newGuid(feed, origin) })
  const params = known ? only(said, changed) : { ...said, ...(await newParams(run, feed, slug)) }
  const changeset = change(
    lenient(params, (accepted) => podcastChangeset(before, accepted), run.warn),
    { imported, sourceUrl },
  )
  const podcast = await written(run, changeset, known)
  if (changed.includes('people')) await saveTeam(run, podcast, feed, idOf)
  if (changed.includes('pictures')) await savePictures(run, podcast, pictures)
  const outcome = known ? (changed.length > 0 ? 'updated' : 'unchanged') : 'created'
  return { podcast, outcome }
}

async function written(
  { repo }: Run,
  changeset: Changeset<typeof Podcast>,
  known: Podcast | undefined,
): Promise<Podcast> {
  const saved = await (known
    ? repo.update(changeset, AS_OPENED)
    : repo.insert(check(changeset, keepsOldPodcastAddresses(repo))))
  if (saved.ok) return saved.value
  throw new ImportError(`the podcast cannot be saved: ${whatIsWrong(saved.changeset)}`)
}

async function newParams(run: Run, feed: Feed, slug: string | undefined) {
  return {
    slug: slug ?? (await newSlug(run, feed.title)),
    status: feed.complete ? 'inactive' : 'publishing',
  }
}

/** The name before a colon or dash where that is free, or else the whole title. */
async function newSlug({ repo }: Run, title: string): Promise<string> {
  const taken = [...(await repo.all(Podcast)), ...(await repo.all(PodcastSlug))]
  const unusable = new Set([...RESERVED_PODCAST_SLUGS, ...taken.map(({ slug }) => slug)])
  const [name = title] = title.split(/:\s|\s[|–—-]\s/)
  const short = slugOf(name)
  if (short !== '' && !unusable.has(short)) return short
  return freeSlug(slugOf(title) || 'podcast', (candidate) => unusable.has(candidate))
}

function newGuid(feed: Feed, { address }: Origin): string {
  return claimedGuid(feed) ?? (address === null ? randomUUID() : podcastGuid(address))
}

/** Where to come back to. The address of a podcast that another one is imported from stays with that one. */
async function addressToKeep(
  { repo }: Run,
  { address }: Origin,
  known: Podcast | undefined,
): Promise<string | null> {
  const kept = known?.sourceUrl ?? null
  if (address === null || address === kept) return kept
  return (await repo.exists(from(Podcast).where({ sourceUrl: address }))) ? kept : address
}

async function savePictures(
  { repo }: Run,
  { id: podcastId }: Podcast,
  images: readonly Image[],
): Promise<void> {
  await repo.deleteAll(from(Picture).where({ podcastId }).where('episodeId', 'is', null))
  await repo.insertAll(
    Picture,
    pictureRows(images).map((row) => ({ podcastId, ...row })),
  )
}

/** Hosts who stay keep their row, and with it what was noted here of them. */
async function saveTeam(
  { repo }: Run,
  { id: podcastId }: Podcast,
  { people }: Feed,
  idOf: PersonIdOf,
): Promise<void> {
  const { hosts, guests, credits } = partsOf(people, idOf)
  const said = new Map(hosts.map((host) => [host.personId, host]))
  for (const row of await repo.all(from(PodcastHost).where({ podcastId }))) {
    const host = said.get(row.personId)
    if (host) await repo.updateOrThrow(change(row, host))
    else await repo.deleteOrThrow(row)
    said.delete(row.personId)
  }
  await repo.insertAll(
    PodcastHost,
    [...said.values()].map((host) => ({ podcastId, ...host })),
  )
  await repo.deleteAll(from(PodcastCredit).where({ podcastId }))
  const others = [...credits, ...guests.map((guest) => ({ ...guest, personGroup: 'cast' }))]
  await repo.insertAll(
    PodcastCredit,
    others.map((credit, position) => ({ podcastId, ...credit, position })),
  )
}
