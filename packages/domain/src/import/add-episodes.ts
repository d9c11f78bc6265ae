import { applyChanges, build, type NewRow } from '@showrunner/data'
import { type FeedItem, type Person as SaidPerson } from '@showrunner/feeds'
import {
  Chapter,
  chapterRows,
  Episode,
  EpisodeAlternate,
  episodeChangeset,
  EpisodeCredit,
  EpisodeGuest,
  EpisodeHost,
} from '../episodes/index.ts'
import { Picture } from '../pictures/index.ts'
import { appearLater } from '../publishing/index.ts'
import { freeSlug, RESERVED_EPISODE_SLUGS, slugOf } from '../slugs/index.ts'
import { Transcript, transcriptLinkRows } from '../transcripts/index.ts'
import { alternateRows, pictureRows } from './attached-rows.ts'
import { lenient, whatIsWrong } from './lenient.ts'
import { partsOf } from './parts.ts'
import { type PersonIdOf } from './people.ts'
import { type Plan, type Plans, type Skipped } from './plan-episodes.ts'
import { type Run } from './run.ts'

/** So many that the database is not asked often, so few that progress shows. */
const AT_ONCE = 50

/** An item that comes later than so long after its date was heard elsewhere, and is no news. */
const NEWS_MS = 7 * 24 * 60 * 60_000

interface Into {
  readonly podcastId: number
  /** Whether its other episodes were here already, so that what is added may be news. */
  readonly isKnown: boolean
  /** Who hosts what does not say who hosts it. */
  readonly people: readonly SaidPerson[]
  readonly idOf: PersonIdOf
}

type NewEpisode = NewRow<typeof Episode>

interface Addition {
  readonly row: NewEpisode
  readonly said: Plan['said']
}

/** Stores the episodes that are new, with all that belongs to them, and gives back those that could not be. */
export async function addEpisodes(
  run: Run,
  into: Into,
  { additions, slugs }: Pick<Plans, 'additions' | 'slugs'>,
  done: (count: number) => void,
): Promise<readonly Skipped[]> {
  const unusable = new Set([...RESERVED_EPISODE_SLUGS, ...slugs])
  const skipped: Skipped[] = []
  for (let start = 0; start < additions.length; start += AT_ONCE) {
    run.pause()
    const batch = additions.slice(start, start + AT_ONCE)
    const rows = new Map<FeedItem, Addition>()
    for (const plan of batch) {
      const row = newEpisode(run, into, plan, unusable)
      if ('reason' in row) skipped.push(row)
      else rows.set(plan.item, { row, said: plan.said })
    }
    await store(run, into, rows)
    done(batch.length)
  }
  return skipped
}

function newEpisode(
  run: Run,
  { podcastId, isKnown }: Into,
  { item, said, imported }: Plan,
  unusable: Set<string>,
): NewEpisode | Skipped {
  const slug = freeSlug(slugFor(item), (candidate) => unusable.has(candidate))
  if (!item.publishedAt) run.warn(`"${item.title}" has no date; it is taken as published today`)
  const publishedAt = item.publishedAt ?? run.asOf
  const params = { ...said, slug, published: true, publishedAt }
  const { guid, guidIsPermaLink: guidIsPermalink } = item
  // Of a back catalogue nobody is told, today or when one of it is given another date.
  const appearedAt = isNews(publishedAt, isKnown, run.asOf) ? null : run.asOf
  const row = build(Episode, { podcastId, guid, guidIsPermalink, appearedAt })
  const changeset = lenient(
    params,
    (accepted) => episodeChangeset(row, accepted),
    (message) => run.warn(`"${item.title}": ${message}`),
  )
  if (!changeset.valid) return { title: item.title, reason: whatIsWrong(changeset) }
  unusable.add(slug)
  const { id: _id, insertedAt: _at, updatedAt: _later, ...values } = applyChanges(changeset)
  return { ...values, imported }
}

function isNews(publishedAt: Date, isKnown: boolean, asOf: Date): boolean {
  return publishedAt > asOf || (isKnown && publishedAt.getTime() > asOf.getTime() - NEWS_MS)
}

function slugFor({ title, itunesTitle, episode, publishedAt }: FeedItem): string {
  const slug = slugOf(itunesTitle ?? title) || slugOf(title)
  if (slug !== '') return slug
  if (episode !== null) return slugOf(`episode ${episode}`)
  return publishedAt ? `episode-${publishedAt.toISOString().slice(0, 10)}` : 'episode'
}

async function store(
  { repo }: Run,
  { people, idOf }: Into,
  rows: ReadonlyMap<FeedItem, Addition>,
): Promise<void> {
  const stored = await repo.insertAll(
    Episode,
    Array.from(rows.values(), ({ row }) => row),
  )
  for (const { id, publishedAt, appearedAt } of stored) {
    if (appearedAt === null && publishedAt)
      await appearLater(repo, { id, publishedAt }, { byItself: true })
  }
  const added = [...rows].flatMap(([item, { said }], index) => {
    const episode = stored[index]
    return episode ? [{ item, said, episode, ...castOf(item, people, idOf) }] : []
  })
  const joined = <T>(rowsOf: (one: (typeof added)[number]) => readonly T[]) =>
    added.flatMap((one) => {
      const { id: episodeId, podcastId } = one.episode
      return rowsOf(one).map((row) => ({ episodeId, podcastId, ...row }))
    })
  await repo.insertAll(
    EpisodeHost,
    joined(({ hosts }) => hosts),
  )
  await repo.insertAll(
    EpisodeGuest,
    joined(({ guests }) => guests),
  )
  await repo.insertAll(
    EpisodeCredit,
    joined(({ credits }) => credits),
  )
  await repo.insertAll(
    Picture,
    joined(({ said }) => pictureRows(said.pictures)),
  )
  await repo.insertAll(
    EpisodeAlternate,
    joined(({ said }) => alternateRows(said.alternates)),
  )
  await repo.insertAll(
    Chapter,
    added.flatMap(({ item, episode }) => chapterRows(episode, item.inlineChapters)),
  )
  await repo.insertAll(
    Transcript,
    added.flatMap(({ item, episode }) => transcriptLinkRows(episode, item.transcripts)),
  )
}

/** The people of an item stand in for the podcast's; where it names none, the podcast's hosts do. */
function castOf(item: FeedItem, ofPodcast: readonly SaidPerson[], idOf: PersonIdOf) {
  if (item.people.length > 0) return partsOf(item.people, idOf)
  return { ...partsOf([], idOf), hosts: partsOf(ofPodcast, idOf).hosts }
}
