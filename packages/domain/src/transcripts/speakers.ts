import { from, type Repo } from '@showrunner/data'
import { EpisodeGuest, EpisodeHost, type EpisodeKey } from '../episodes/index.ts'
import { listPeopleNamed, nameKey, Person } from '../people/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { type DraftCue } from './draft-cue.ts'

/** Who a speaker may be: those of the episode first, then those of the network who have the name. */
export type Suggestions = ReadonlyMap<string, readonly Person[]>

/** The people of an episode: its hosts, its guests, and the other hosts of the podcast. */
export async function castOf(
  repo: Repo,
  { id: episodeId, podcastId }: EpisodeKey,
): Promise<readonly Person[]> {
  const hosts = await repo.all(
    from(EpisodeHost).where({ episodeId }).orderBy({ position: 'asc' }).preload('person'),
  )
  const guests = await repo.all(
    from(EpisodeGuest).where({ episodeId }).orderBy({ position: 'asc' }).preload('person'),
  )
  const others = await repo.all(
    from(PodcastHost).where({ podcastId }).orderBy({ position: 'asc' }).preload('person'),
  )
  const people = [...hosts, ...guests, ...others].map(({ person }) => person)
  return [...new Map(people.map((person) => [person.id, person])).values()]
}

export async function suggestPeople(
  repo: Repo,
  episode: EpisodeKey,
  names: readonly string[],
): Promise<Suggestions> {
  const cast = await castOf(repo, episode)
  const named = Map.groupBy(await listPeopleNamed(repo, names), ({ name }) => nameKey(name))
  return new Map(
    names.map((name) => {
      const near = [...likeIn(cast, name), ...(named.get(nameKey(name)) ?? [])]
      return [name, [...new Map(near.map((person) => [person.id, person])).values()]]
    }),
  )
}

/** Who each speaker is, where that is beyond doubt: one of the episode, or the only one of the network of this name. */
export async function matchSpeakers(
  repo: Repo,
  episode: EpisodeKey,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const cast = await castOf(repo, episode)
  const named = Map.groupBy(await listPeopleNamed(repo, names), ({ name }) => nameKey(name))
  return new Map(
    names.flatMap((name): [string, number][] => {
      const equal = cast.filter((person) => nameKey(person.name) === nameKey(name))
      const choices = [equal, likeIn(cast, name), named.get(nameKey(name)) ?? []]
      const people = choices.find((found) => found.length > 0) ?? []
      return people.length === 1 && people[0] ? [[name, people[0].id]] : []
    }),
  )
}

/** Who the speakers of a transcript are, as far as that was said. */
export async function listMatched(
  repo: Repo,
  cues: readonly Pick<DraftCue, 'speaker' | 'personId'>[],
): Promise<ReadonlyMap<string, Person>> {
  const ids = new Map(
    cues.flatMap(({ speaker, personId }): [string, number][] =>
      speaker !== null && personId !== null ? [[speaker, personId]] : [],
    ),
  )
  const people = await peopleById(repo, [...ids.values()])
  return new Map(
    [...ids].flatMap(([speaker, id]): [string, Person][] => {
      const person = people.get(id)
      return person ? [[speaker, person]] : []
    }),
  )
}

export async function peopleById(
  repo: Repo,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Person>> {
  if (ids.length === 0) return new Map()
  const people = await repo.all(from(Person).where('id', 'in', [...new Set(ids)]))
  return new Map(people.map((person) => [person.id, person]))
}

/** Of these people, those whose name it is, or a part of it: "Jerod" of "Jerod Santo". The whole name comes first. */
function likeIn(people: readonly Person[], name: string): readonly Person[] {
  const key = nameKey(name)
  const words = key.split(' ')
  const has = (person: Person) => {
    const theirs = nameKey(person.name).split(' ')
    return words.every((word) => theirs.includes(word))
  }
  const isWhole = (person: Person) => nameKey(person.name) === key
  return people.filter(has).toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)))
}
