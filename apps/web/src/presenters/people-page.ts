import { type HostOfShows, type PeoplePage as Everybody } from '@showrunner/domain/people'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { listOf } from './names.ts'
import { type Paging, pagingOf } from './paging.ts'
import { type PersonCard, personCard } from './people.ts'

export interface PeoplePage {
  readonly frame: Frame
  readonly lists: readonly PeopleList[]
  readonly paging: Paging
}

interface PeopleList {
  readonly id: string
  readonly title: string
  readonly people: readonly PersonCard[]
}

/** Hosts first, on the first page; then the guests, by name. */
export function peoplePage(site: Site, { hosts, retired, guests }: Everybody): PeoplePage {
  const { words } = site
  const isFirst = guests.page === 1
  const lists = [
    {
      id: 'hosts',
      title: words.reading.hosts,
      people: isFirst ? hosts.map((host) => hostCard(host, words)) : [],
    },
    {
      id: 'retired',
      title: words.reading.retired,
      people: isFirst ? retired.map((host) => hostCard(host, words)) : [],
    },
    {
      id: 'guests',
      title: words.reading.guests,
      people: guests.rows.map((person) =>
        card(person, words.podcast.episodes(person.episodes), words),
      ),
    },
  ]
  const paging = pagingOf(guests, words, addresses.peoplePage)

  return {
    frame: frame(site, {
      title: isFirst ? words.reading.people : words.lists.page(words.reading.people, guests.page),
      description: words.reading.peopleOf(site.title),
      address: addresses.peoplePage(guests.page),
      paging,
    }),
    lists: lists.filter(({ people }) => people.length > 0),
    paging,
  }
}

function hostCard({ person, podcasts }: HostOfShows, words: Words): PersonCard {
  const titles = podcasts.map(({ title }) => title)
  return card(person, listOf(titles, words), words)
}

function card(person: HostOfShows['person'], role: string, words: Words): PersonCard {
  return { ...personCard({ person, role: '' }, words), role }
}
