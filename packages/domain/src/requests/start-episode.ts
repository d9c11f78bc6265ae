import { build, change, from, type Repo } from '@showrunner/data'
import {
  createEpisode,
  Episode,
  EpisodeGuest,
  EpisodeHost,
  EpisodeTopic,
} from '../episodes/index.ts'
import { listPeopleNamed, type Person } from '../people/index.ts'
import { Podcast, PodcastHost } from '../podcasts/index.ts'
import { slugOf } from '../slugs/index.ts'
import { matchTopics } from './match-topics.ts'
import { type EpisodeRequest } from './episode-request.ts'

const LONGEST_TITLE = 80

/** The episode for a request: the one it has, the one named, or a new draft with what the request says. */
export async function startEpisode(
  repo: Repo,
  request: EpisodeRequest,
  episodeId: number | null,
): Promise<Episode> {
  const { id, podcastId } = request
  const there = await repo.getBy(Episode, { requestId: id })
  if (there && (episodeId === null || there.id === episodeId)) return there
  if (there) await repo.updateOrThrow(change(there, { requestId: null }))

  const episode =
    episodeId === null
      ? await draft(repo, request)
      : await repo.getByOrThrow(Episode, { id: episodeId, podcastId })
  return repo.updateOrThrow(change(episode, { requestId: id }))
}

async function draft(repo: Repo, request: EpisodeRequest): Promise<Episode> {
  const { podcastId } = request
  const podcast = await repo.getOrThrow(Podcast, podcastId)
  const title = titleOf(request)
  const created = await createEpisode(repo, podcastId, {
    title,
    // A title that cannot be written as an address.
    ...(slugOf(title) === '' ? { slug: `request-${request.id}` } : {}),
    notes: [podcast.notesTemplate, asComment(request)].filter(Boolean).join('\n\n'),
  })
  // Its title is a line of text, and its slug nobody else has.
  if (!created.ok) throw new Error(`no draft for request ${request.id}`)
  const of = { podcastId, episodeId: created.value.id }
  const hosts = await repo.all(
    from(PodcastHost).where({ podcastId, retired: false }).orderBy({ position: 'asc', id: 'asc' }),
  )
  const personIds = hosts.map(({ personId }) => personId)
  for (const [position, personId] of personIds.entries()) {
    await repo.insertOrThrow(build(EpisodeHost, { ...of, personId, position }))
  }
  const guests = (await guestsOf(repo, request)).filter((one) => !personIds.includes(one.id))
  for (const [position, { id: personId }] of guests.entries()) {
    await repo.insertOrThrow(build(EpisodeGuest, { ...of, personId, position }))
  }
  for (const [position, topic] of (await matchTopics(repo, request.topics)).entries()) {
    await repo.insertOrThrow(build(EpisodeTopic, { ...of, topicId: topic.id, position }))
  }
  return created.value
}

/** Those of the guests who are known, by their whole names, and not by a name that two people have. */
async function guestsOf(repo: Repo, { guests }: EpisodeRequest): Promise<readonly Person[]> {
  const found = await listPeopleNamed(repo, listedIn(guests))
  const named = Map.groupBy(found, ({ name }) => name.toLowerCase())
  return [...named.values()].flatMap((alike) => (alike.length === 1 ? alike : []))
}

/** What stands between commas, semicolons or line ends, and around an "and". */
function listedIn(text: string | null): readonly string[] {
  const names = (text ?? '').split(/[,;\n]|\s+and\s+/).map((name) => name.trim())
  return names.filter((name) => name !== '')
}

/** A working title, of what it is about: its topics, or the beginning of the pitch. */
function titleOf({ topics, pitch }: EpisodeRequest): string {
  const line = (topics ?? pitch).trim().split(/\s*\n\s*|(?<=[.?!])\s/)[0] ?? ''
  if (line.length <= LONGEST_TITLE) return line
  const cut = line.lastIndexOf(' ', LONGEST_TITLE)
  return `${line.slice(0, cut > 0 ? cut : LONGEST_TITLE)}…`
}

/** For whoever edits the notes, and for no page: comments are not shown, so nothing of it is published by accident. */
function asComment({ pitch, hosts, guests, topics, pronunciation }: EpisodeRequest): string {
  const said = { pitch, topics, guests, hosts, pronunciation }
  const lines = Object.entries(said).flatMap(([name, words]) =>
    words === null ? [] : [`${name}: ${words.replaceAll('--', '- -').replaceAll('>', '›')}`],
  )
  return ['<!-- From the request.', ...lines, '-->'].join('\n')
}
