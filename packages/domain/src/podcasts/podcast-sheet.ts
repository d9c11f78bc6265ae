import { randomUUID } from 'node:crypto'
import {
  build,
  castAssoc,
  change,
  type Changeset,
  check,
  from,
  type Loaded,
  type Params,
  type Repo,
  type Saved,
  stateOf,
} from '@showrunner/data'
import {
  BLOCKS,
  CHAT,
  FUNDING,
  LICENSE,
  linedList,
  linedOne,
  linesName,
  LOCATIONS,
  PAYMENTS,
  PODROLL,
  PUBLISHER,
  SOCIAL_INTERACTS,
  TRAILERS,
  TXTS,
  UPDATE_FREQUENCY,
  withLines,
} from '../lines/index.ts'
import { knownPeople } from '../people/index.ts'
import { pictureChangeset } from '../pictures/index.ts'
import { formRow, only, proposeSheet, saveSheet, withPicked, withRowsThere } from '../rows/index.ts'
import { slugOf } from '../slugs/index.ts'
import { knownTopics } from '../topics/index.ts'
import { categoryNamed } from './categories.ts'
import { Podcast, podcastChangeset } from './podcast.ts'
import { podcastCreditChangeset } from './podcast-credit.ts'
import { podcastHostChangeset } from './podcast-host.ts'
import { podcastTopicChangeset } from './podcast-topic.ts'
import { keepsOldPodcastAddresses } from './slugs.ts'

const ON_SHEET = [
  { podcastHosts: 'person' },
  { credits: 'person' },
  { podcastTopics: 'topic' },
  'pictures',
] as const

/** A podcast with everything that is written on its sheet. */
export type PodcastSheet = Loaded<typeof Podcast, typeof ON_SHEET>

const FIELDS = [
  'title',
  'slug',
  'subtitle',
  'description',
  'author',
  'ownerName',
  'ownerEmail',
  'language',
  'websiteUrl',
  'status',
  'position',
  'kind',
  'explicit',
  'locked',
  'lockedOwner',
  'complete',
  'blocked',
  'keywords',
  'copyright',
  'coverUrl',
  'colour',
  'newFeedUrl',
  'appleUrl',
  'spotifyUrl',
  'youtubeUrl',
  'vanityHost',
  'notesTemplate',
  'youtubeTemplate',
  'takesRequests',
  'medium',
  'feedPageSize',
  'feedRedirects',
  'lockVersion',
] as const

/** What is said in podcast apps, written in lines. */
export const PODCAST_LINES = {
  license: linedOne(LICENSE),
  locations: linedList(LOCATIONS),
  podroll: linedList(PODROLL),
  txts: linedList(TXTS),
  updateFrequency: linedOne(UPDATE_FREQUENCY),
  payments: PAYMENTS,
  funding: linedList(FUNDING),
  chat: linedOne(CHAT),
  socialInteracts: linedList(SOCIAL_INTERACTS),
  blocks: linedList(BLOCKS),
  trailers: linedList(TRAILERS),
  publisher: linedOne(PUBLISHER),
  remoteItems: linedList(PODROLL),
} as const

const LINES = Object.keys(PODCAST_LINES).map(linesName)

const ROWS = ['podcastHosts', 'credits', 'podcastTopics', 'pictures'] as const

const PERSON = { pick: { field: 'personId', sentAs: 'person' } } as const
const TOPIC = { pick: { field: 'topicId', sentAs: 'topic' } } as const

/** @throws NotFoundError */
export async function getPodcastSheet(repo: Repo, id: number): Promise<PodcastSheet> {
  return repo.getOrThrow(from(Podcast).preload(...ON_SHEET), id)
}

/** The sheet of a podcast that is yet to be. */
export function newPodcastSheet(): PodcastSheet {
  const sheet = {
    guid: randomUUID(),
    podcastHosts: [],
    credits: [],
    podcastTopics: [],
    pictures: [],
  }
  // Without rows there is nothing in them that could not be loaded.
  return build(Podcast, sheet) as unknown as PodcastSheet
}

/** What a form begins with. */
export function editPodcast(sheet: PodcastSheet): Changeset<typeof Podcast> {
  return change(sheet, {})
}

/** Saves a podcast with all its rows, or nothing of it. */
export async function savePodcastSheet(
  repo: Repo,
  sheet: PodcastSheet,
  params: Params,
): Promise<Saved<typeof Podcast>> {
  return saveSheet(repo, async () => sheetChangeset(repo, sheet, params))
}

/** What saving this would come to, and saves nothing. */
export async function proposePodcastSheet(
  repo: Repo,
  sheet: PodcastSheet,
  params: Params,
): Promise<Changeset<typeof Podcast>> {
  return proposeSheet(repo, async () => sheetChangeset(repo, sheet, params))
}

async function sheetChangeset(
  repo: Repo,
  sheet: PodcastSheet,
  params: Params,
): Promise<Changeset<typeof Podcast>> {
  const said = await readParams(repo, sheet, params)
  return check(withRows(sheet, said), keepsOldPodcastAddresses(repo))
}

function withRows(sheet: PodcastSheet, params: Params): Changeset<typeof Podcast> {
  const rows = { forceUpdateOnChange: true }
  return check(
    withLines(podcastChangeset(sheet, params), params, PODCAST_LINES),
    castAssoc('podcastHosts', { ...rows, with: formRow(podcastHostChangeset, PERSON) }),
    castAssoc('credits', { ...rows, with: formRow(podcastCreditChangeset, PERSON) }),
    castAssoc('podcastTopics', { ...rows, with: formRow(podcastTopicChangeset, TOPIC) }),
    castAssoc('pictures', { ...rows, with: formRow(pictureChangeset) }),
  )
}

async function readParams(repo: Repo, sheet: PodcastSheet, sent: Params): Promise<Params> {
  const people = { field: 'personId', sentAs: 'person', known: knownPeople(repo) }
  const topics = { field: 'topicId', sentAs: 'topic', known: knownTopics(repo) }

  let params = await withPicked(only(sent, [...FIELDS, ...LINES, ...ROWS]), 'podcastHosts', people)
  params = await withPicked(params, 'credits', people)
  params = await withPicked(params, 'podcastTopics', topics)
  for (const name of ROWS)
    params = withRowsThere(
      params,
      name,
      sheet[name].map(({ id }) => ({ id })),
    )
  return { ...(params as object), ...lists(sheet, sent), ...slug(sheet, sent) }
}

/** How many of its categories a form shows. */
export const CATEGORIES_ON_SHEET = 3

// What the form has as single fields, and the row as lists: what a feed brought beyond them stays.
function lists(sheet: PodcastSheet, sent: Params) {
  const { category } = sent as Readonly<Record<string, unknown>>
  if (category === undefined || category === null) return {}
  const chosen = Object.values(category).filter((one) => typeof one === 'string' && one !== '')
  return {
    categories: [
      ...chosen.map((one) => categoryNamed(String(one))),
      ...sheet.categories.slice(CATEGORIES_ON_SHEET),
    ],
  }
}

function slug(sheet: PodcastSheet, sent: Params) {
  const { slug: said, title } = sent as Readonly<Record<string, unknown>>
  const isUnsaid = stateOf(sheet) === 'built' && (typeof said !== 'string' || said.trim() === '')
  return isUnsaid && typeof title === 'string' ? { slug: slugOf(title) } : {}
}
