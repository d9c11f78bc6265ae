import { buildAssoc, type Repo } from '@showrunner/data'
import {
  chapterChangeset,
  type Episode,
  episodeCreditChangeset,
  episodeGuestChangeset,
  episodeHostChangeset,
  episodeLinkChangeset,
  episodeSponsorChangeset,
  episodeTopicChangeset,
} from '../episodes/index.ts'
import { type DemoEpisode } from './content.ts'
import { insertEach } from './insert-each.ts'
import { idOf, type Named } from './names.ts'

export async function seedChapters(
  repo: Repo,
  row: Episode,
  { chapters = [] }: DemoEpisode,
  uploadPicture: (file: string | undefined) => Promise<string | null>,
): Promise<void> {
  await insertEach(repo, chapters, async (chapter, position) =>
    chapterChangeset(buildAssoc(row, 'chapters'), {
      ...chapter,
      imageUrl: await uploadPicture(chapter.imageUrl),
      position,
    }),
  )
}

/** Who is heard in an episode and credited for it, and what it is about, paid by and leads to. */
export async function seedLists(
  repo: Repo,
  row: Episode,
  episode: DemoEpisode,
  named: Named,
): Promise<void> {
  await seedPeople(repo, row, episode, named)
  await insertEach(repo, episode.topics, (topic, position) =>
    episodeTopicChangeset(buildAssoc(row, 'episodeTopics'), {
      topicId: idOf(named.topics, topic),
      position,
    }),
  )
  await insertEach(repo, episode.sponsors, (sponsor, position) =>
    episodeSponsorChangeset(buildAssoc(row, 'episodeSponsors'), {
      ...sponsor,
      sponsorId: idOf(named.sponsors, sponsor.sponsor),
      position,
    }),
  )
  await insertEach(repo, episode.links, (link, position) =>
    episodeLinkChangeset(buildAssoc(row, 'links'), { ...link, position }),
  )
}

async function seedPeople(
  repo: Repo,
  row: Episode,
  { hosts, guests, credits }: DemoEpisode,
  { people }: Named,
): Promise<void> {
  await insertEach(repo, hosts, (host, position) =>
    episodeHostChangeset(buildAssoc(row, 'episodeHosts'), {
      personId: idOf(people, host),
      position,
    }),
  )
  await insertEach(repo, guests, (guest, position) =>
    episodeGuestChangeset(buildAssoc(row, 'episodeGuests'), {
      ...guest,
      personId: idOf(people, guest.person),
      position,
    }),
  )
  await insertEach(repo, credits, (credit, position) =>
    episodeCreditChangeset(buildAssoc(row, 'credits'), {
      ...credit,
      personId: idOf(people, credit.person),
      position,
    }),
  )
}
