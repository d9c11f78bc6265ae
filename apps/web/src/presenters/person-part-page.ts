import { type PersonPart, type PersonPartPage } from '@showrunner/domain/people'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { episodeLines } from './episode-line.ts'
import { frame, type Site } from './frame.ts'
import { linesTitle, type LinesPage } from './lines-page.ts'
import { pagingOf } from './paging.ts'
import { postLine } from './post-line.ts'

/** All that somebody did in one part. */
export function personPartPage(
  site: Site,
  { part, shown }: { readonly part: PersonPart; readonly shown: PersonPartPage },
): LinesPage {
  const { words } = site
  const { person, episodes, posts } = shown
  const found = episodes ?? posts
  const addressOf = (page: number) => addresses.personPart(person.handle, part, page)
  const crumbs = [
    { title: words.reading.people, href: addresses.people },
    { title: person.name, href: addresses.person(person.handle) },
  ]
  const name = nameOf(part, words)
  const title = words.reading.partOf(person.name, name)
  const paging = pagingOf(found, words, addressOf)

  return {
    frame: frame(site, {
      title: found.page > 1 ? words.lists.page(title, found.page) : title,
      description: title,
      address: addressOf(found.page),
      image: person.avatarUrl,
      crumbs,
      paging,
    }),
    style: null,
    crumbs,
    ...linesTitle(name),
    count: episodes ? words.podcast.episodes(found.total) : words.reading.posts(found.total),
    years: [],
    lines: episodes
      ? episodeLines(
          episodes.rows.map((episode) => ({ episode, podcast: episode.podcast })),
          words,
          { showNames: true },
        )
      : posts.rows.map((post) => postLine(post, null, words)),
    dated: true,
    paging,
  }
}

export function nameOf(part: PersonPart, { people, reading }: Words): string {
  const names = {
    hosted: people.asHost,
    guested: people.asGuest,
    written: reading.written,
    credited: people.credits,
  }
  return names[part]
}
