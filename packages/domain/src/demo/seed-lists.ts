import { build, type Repo } from '@showrunner/data'
import {
  Chapter,
  chapterChangeset,
  EpisodeCredit,
  episodeCreditChangeset,
  EpisodeGuest,
  episodeGuestChangeset,
  EpisodeHost,
  episodeHostChangeset,
  EpisodeLink,
  episodeLinkChangeset,
  EpisodeSponsor,
  episodeSponsorChangeset,
  EpisodeTopic,
  episodeTopicChangeset,
} from '../episodes/index.ts'
import { type DemoEpisode } from './content.ts'
import { insertEach } from './insert-each.ts'
import { idOf, type Named } from './names.ts'

export async function seedChapters(
  repo: Repo,
  episodeId: number,
  { chapters = [] }: DemoEpisode,
  uploadPicture: (file: string | undefined) => Promise<string | null>,
): Promise<void> {
  await insertEach(repo, chapters, async (chapter, position) =>
    chapterChangeset(build(Chapter, { episodeId }), {
      ...chapter,
      imageUrl: await uploadPicture(chapter.imageUrl),
      position,
    }),
  )
}

/** Who is heard in an episode and credited for it, and what it is about, paid by and leads to. */
export async function seedLists(
  repo: Repo,
  episodeId: number,
  episode: DemoEpisode,
  named: Named,
): Promise<void> {
  await seedPeople(repo, episodeId, episode, named)
  await insertEach(repo, episode.topics, (topic, position) =>
    episodeTopicChangeset(build(EpisodeTopic, { episodeId }), {
      topicId: idOf(named.topics, topic),
      position,
    }),
  )
  await insertEach(repo, episode.sponsors, (sponsor, position) =>
    episodeSponsorChangeset(build(EpisodeSponsor, { episodeId }), {
      ...sponsor,
      sponsorId: idOf(named.sponsors, sponsor.sponsor),
      position,
    }),
  )
  await insertEach(repo, episode.links, (link, position) =>
    episodeLinkChangeset(build(EpisodeLink, { episodeId }), { ...link, position }),
  )
}

async function seedPeople(
  repo: Repo,
  episodeId: number,
  { hosts, guests, credits }: DemoEpisode,
  { people }: Named,
): Promise<void> {
  await insertEach(repo, hosts, (host, position) =>
    episodeHostChangeset(build(EpisodeHost, { episodeId }), {
      personId: idOf(people, host),
      position,
    }),
  )
  await insertEach(repo, guests, (guest, position) =>
    episodeGuestChangeset(build(EpisodeGuest, { episodeId }), {
      ...guest,
      personId: idOf(people, guest.person),
      position,
    }),
  )
  await insertEach(repo, credits, (credit, position) =>
    episodeCreditChangeset(build(EpisodeCredit, { episodeId }), {
      ...credit,
      personId: idOf(people, credit.person),
      position,
    }),
  )
}
