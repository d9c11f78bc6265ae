import {
  castAssoc,
  change,
  type Changeset,
  check,
  from,
  type Loaded,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import {
  CHAT,
  CONTENT_LINKS,
  FUNDING,
  LICENSE,
  linedList,
  linedOne,
  linesName,
  LOCATIONS,
  PAYMENTS,
  SOCIAL_INTERACTS,
  SOUNDBITES,
  TEXTS,
  TXTS,
  withLines,
} from '../lines/index.ts'
import { knownPeople } from '../people/index.ts'
import { pictureChangeset } from '../pictures/index.ts'
import {
  formRow,
  inOrderOfTime,
  only,
  proposeSheet,
  withPicked,
  withRowsThere,
  withTimes,
} from '../rows/index.ts'
import { knownSponsors } from '../sponsors/index.ts'
import { knownTopics } from '../topics/index.ts'
import { retagLater } from '../uploads/index.ts'
import { clockShows, withMoment } from '../zones/index.ts'
import { chapterChangeset } from './chapter.ts'
import { Episode, episodeChangeset } from './episode.ts'
import { episodeAlternateChangeset } from './episode-alternate.ts'
import { episodeCreditChangeset } from './episode-credit.ts'
import { episodeGuestChangeset } from './episode-guest.ts'
import { episodeHostChangeset } from './episode-host.ts'
import { episodeLinkChangeset } from './episode-link.ts'
import { episodeSponsorChangeset } from './episode-sponsor.ts'
import { episodeTopicChangeset } from './episode-topic.ts'
import { keepsOldAddresses, withSlug } from './slugs.ts'

/** With everything that is written on the sheet of an episode. */
const ON_SHEET = [
  'podcast',
  'request',
  { episodeHosts: 'person' },
  { episodeGuests: 'person' },
  { credits: 'person' },
  { episodeTopics: 'topic' },
  { episodeSponsors: 'sponsor' },
  'links',
  'chapters',
  'pictures',
  'alternates',
] as const

export type EpisodeSheet = Loaded<typeof Episode, typeof ON_SHEET>

/** The fields that are edited here. When it is out is said where it is published, its audio comes with an upload. */
const FIELDS = [
  'title',
  'itunesTitle',
  'author',
  'slug',
  'subtitle',
  'summary',
  'notes',
  'type',
  'season',
  'seasonName',
  'number',
  'numberDisplay',
  'explicit',
  'recordedAt',
  'coverUrl',
  'tagAudio',
  'websiteUrl',
  'youtubeUrl',
  'keywords',
  'blocked',
  'featured',
  'lockVersion',
] as const

/** What is said in podcast apps, written in lines. */
export const EPISODE_LINES = {
  soundbites: linedList(SOUNDBITES),
  socialInteracts: linedList(SOCIAL_INTERACTS),
  funding: linedList(FUNDING),
  license: linedOne(LICENSE),
  locations: linedList(LOCATIONS),
  txts: linedList(TXTS),
  chat: linedOne(CHAT),
  payments: PAYMENTS,
  contentLinks: linedList(CONTENT_LINKS),
  categories: linedList(TEXTS),
} as const

const LINES = Object.keys(EPISODE_LINES).map(linesName)

const ROWS = [
  'episodeHosts',
  'episodeGuests',
  'credits',
  'episodeTopics',
  'episodeSponsors',
  'links',
  'chapters',
  'pictures',
  'alternates',
] as const

const PERSON = { pick: { field: 'personId', sentAs: 'person' } } as const
const TOPIC = { pick: { field: 'topicId', sentAs: 'topic' } } as const
const SPONSOR = {
  pick: { field: 'sponsorId', sentAs: 'sponsor' },
  times: { startsMs: 'starts', endsMs: 'ends' },
} as const
const TIMES = { times: { startsMs: 'starts', endsMs: 'ends' } } as const

/** @throws NotFoundError */
export async function getEpisodeSheet(
  repo: Repo,
  podcastId: number,
  id: number,
): Promise<EpisodeSheet> {
  return repo.getOrThrow(
    from(Episode)
      .where({ podcastId })
      .preload(...ON_SHEET),
    id,
  )
}

/** What a form begins with. */
export function editEpisode(sheet: EpisodeSheet): Changeset<typeof Episode> {
  return change(sheet, {})
}

/** Saves an episode with all its rows, or nothing of it. Times of day are by the clock of the zone. */
export async function saveEpisodeSheet(
  repo: Repo,
  sheet: EpisodeSheet,
  params: Params,
  { zone = 'UTC' }: { readonly zone?: string } = {},
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const saved = await repo.update(await sheetChangeset(repo, sheet, params, zone), AS_OPENED)
    if (saved.ok && saved.value.audioOriginalKey !== null) await retagLater(repo, sheet.id)
    return saved
  })
}

/** What saving this would come to, and saves nothing. */
export async function proposeEpisodeSheet(
  repo: Repo,
  sheet: EpisodeSheet,
  params: Params,
  { zone = 'UTC' }: { readonly zone?: string } = {},
): Promise<Changeset<typeof Episode>> {
  return proposeSheet(repo, async () => sheetChangeset(repo, sheet, params, zone))
}

async function sheetChangeset(
  repo: Repo,
  sheet: EpisodeSheet,
  params: Params,
  zone: string,
): Promise<Changeset<typeof Episode>> {
  const said = withMoment(await readParams(repo, sheet, params), 'recordedAt', zone)
  const changeset = withRows(sheet, await withSlug(repo, sheet, said))
  return check(changeset, clockShows('recordedAt', said, zone), keepsOldAddresses(repo))
}

function withRows(sheet: EpisodeSheet, params: Params): Changeset<typeof Episode> {
  // A change to its rows is one to the episode: it makes a next version, so that nobody overlooks it.
  const rows = { forceUpdateOnChange: true }
  return check(
    withLines(episodeChangeset(sheet, params), params, EPISODE_LINES),
    castAssoc('episodeHosts', { ...rows, with: formRow(episodeHostChangeset, PERSON) }),
    castAssoc('episodeGuests', { ...rows, with: formRow(episodeGuestChangeset, PERSON) }),
    castAssoc('credits', { ...rows, with: formRow(episodeCreditChangeset, PERSON) }),
    castAssoc('episodeTopics', { ...rows, with: formRow(episodeTopicChangeset, TOPIC) }),
    castAssoc('episodeSponsors', { ...rows, with: formRow(episodeSponsorChangeset, SPONSOR) }),
    castAssoc('links', { ...rows, with: formRow(episodeLinkChangeset) }),
    castAssoc('chapters', { ...rows, with: formRow(chapterChangeset, TIMES) }),
    castAssoc('pictures', { ...rows, with: formRow(pictureChangeset) }),
    castAssoc('alternates', { ...rows, with: formRow(episodeAlternateChangeset) }),
  )
}

/** What was sent, as far as it belongs here, with ids for what was picked and milliseconds for what was timed. */
async function readParams(repo: Repo, sheet: EpisodeSheet, sent: Params): Promise<Params> {
  const people = { field: 'personId', sentAs: 'person', known: knownPeople(repo) }
  const topics = { field: 'topicId', sentAs: 'topic', known: knownTopics(repo) }
  const sponsors = { field: 'sponsorId', sentAs: 'sponsor', known: knownSponsors(repo) }
  const picks = [
    ['episodeHosts', people],
    ['episodeGuests', people],
    ['credits', people],
    ['episodeTopics', topics],
    ['episodeSponsors', sponsors],
  ] as const

  let params = withTimes(only(sent, [...FIELDS, ...LINES, ...ROWS]), 'chapters', TIMES.times)
  params = withTimes(params, 'episodeSponsors', SPONSOR.times)
  for (const [association, pick] of picks) params = await withPicked(params, association, pick)
  for (const name of ROWS) params = withRowsThere(params, name, idsOf(sheet, name))
  return inOrderOfTime(params, 'chapters', 'startsMs')
}

// The order of chapters is that of their times, so those that were not sent say theirs.
function idsOf(sheet: EpisodeSheet, name: (typeof ROWS)[number]): readonly { id: number }[] {
  return name === 'chapters'
    ? sheet.chapters.map(({ id, startsMs }) => ({ id, startsMs }))
    : sheet[name].map(({ id }) => ({ id }))
}
