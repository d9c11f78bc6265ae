import { type Answer, type Hit, type Marked, type Suggestion } from '@showrunner/domain/search'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { timeCode, type TimeCode } from './durations.ts'
import { foundAddress } from './found-address.ts'
import { frame, type Frame, type Site, type SiteLink } from './frame.ts'
import { type Paging } from './podcast-page.ts'

/** What stands in the address of a search. */
export interface SearchQuery {
  readonly q: string
  readonly show?: string | undefined
  readonly year?: number | undefined
  readonly page?: number | undefined
}

export interface SearchPage {
  readonly frame: Frame
  readonly asked: SearchQuery
  /** How many were found, in words; null where nothing was looked for. */
  readonly found: string | null
  readonly corrected: string | null
  readonly suggested: SiteLink | null
  readonly isBusy: boolean
  readonly hits: readonly HitView[]
  readonly filters: readonly Filter[]
  /** The same, of every show and year. */
  readonly everywhere: string | null
  readonly browse: readonly SiteLink[]
  readonly paging: Paging
}

export interface HitView {
  readonly kind: string
  readonly href: string
  readonly title: Marked
  readonly of: SiteLink | null
  readonly when: Moment | null
  readonly excerpt: Marked | null
  readonly passages: readonly PassageView[]
  readonly said: string | null
}

export interface PassageView {
  readonly href: string
  readonly place: TimeCode | null
  readonly label: string | null
  readonly speaker: string | null
  readonly words: Marked
}

export interface Filter {
  readonly title: string
  readonly choices: readonly (SiteLink & {
    readonly count: number | null
    readonly isCurrent: boolean
  })[]
}

/** Without an answer nothing was looked for, or it took too long. */
export function searchPage(
  site: Site,
  asked: SearchQuery,
  answer: Answer | null,
  isBusy = false,
): SearchPage {
  const { search: said, frame: nav, reading } = site.words
  const isAsked = answer !== null && answer.text !== ''
  const found = isAsked ? said.found(String(answer.total), answer.total === 1) : null
  const { show, year } = asked
  return {
    frame: frame(site, {
      title: isAsked ? said.titleOf(answer.text) : said.title,
      description: said.description(site.title),
      address: addresses.search,
      unlisted: true,
    }),
    asked,
    found: found && answer && answer.page > 1 ? said.foundOnPage(found, answer.page) : found,
    corrected: answer?.corrected ? said.corrected(answer.corrected) : null,
    suggested: answer?.suggested
      ? {
          title: answer.suggested,
          href: addresses.searchFor({ ...asked, q: answer.suggested, page: 1 }),
        }
      : null,
    isBusy,
    hits: answer?.hits.map((hit) => hitView(hit, site.words)) ?? [],
    filters: isAsked ? filtersOf(asked, answer, site.words) : [],
    everywhere:
      show !== undefined || year !== undefined ? addresses.searchFor({ q: asked.q }) : null,
    browse: [
      { title: nav.podcasts, href: addresses.podcasts },
      { title: reading.topics, href: addresses.topics },
      { title: nav.about, href: addresses.about },
    ],
    paging: pagingOf(asked, answer),
  }
}

function pagingOf(asked: SearchQuery, answer: Answer | null): Paging {
  const { page = 1, pages = 0 } = answer ?? {}
  const at = (number: number) => addresses.searchFor({ ...asked, page: number })
  return {
    newer: page > 1 && pages > 0 ? at(Math.min(page - 1, pages)) : null,
    older: page < pages ? at(page + 1) : null,
    range: pages > 1 ? `${Math.min(page, pages)} / ${pages}` : null,
  }
}

function hitView(hit: Hit, words: Words): HitView {
  const { kind, podcast, shownAt, passages, passageCount } = hit
  const href = foundAddress(hit)
  return {
    kind: words.search.kinds[kind],
    href,
    title: hit.title,
    of: podcast && { title: podcast.title, href: addresses.podcast(podcast.slug) },
    when: shownAt && moment(shownAt, words),
    excerpt: hit.excerpt,
    passages: passages.map(({ startsMs, speaker, words: text }) => {
      const place = startsMs === null ? null : timeCode(startsMs / 1000)
      return {
        href: place ? `${href}#t=${place.figures}` : href,
        place,
        label: place && words.search.playFrom(place.figures),
        speaker,
        words: text,
      }
    }),
    said: passageCount > passages.length ? words.search.passages(passageCount) : null,
  }
}

function filtersOf(
  asked: SearchQuery,
  { podcasts, years }: Answer,
  words: Words,
): readonly Filter[] {
  const { allShows, allYears, shows: ofShow, years: ofYear } = words.search
  const { show, year } = asked
  const at = (narrowed: Partial<SearchQuery>) =>
    addresses.searchFor({ ...asked, ...narrowed, page: 1 })
  const shows = podcasts.map(({ slug, title, count }) => {
    return { title, count, href: at({ show: slug }), isCurrent: slug === show }
  })
  const since = years.map((one) => {
    const { count } = one
    return {
      title: String(one.year),
      count,
      href: at({ year: one.year }),
      isCurrent: one.year === year,
    }
  })
  const all = (title: string, href: string, isCurrent: boolean) => ({
    title,
    href,
    isCurrent,
    count: null,
  })
  return [
    {
      title: ofShow,
      choices: [all(allShows, at({ show: undefined }), show === undefined), ...shows],
    },
    {
      title: ofYear,
      choices: [all(allYears, at({ year: undefined }), year === undefined), ...since],
    },
  ].filter(
    ({ choices }) =>
      choices.length > 2 || choices.some(({ isCurrent, count }) => isCurrent && count !== null),
  )
}

export interface SuggestionsPart {
  readonly suggestions: readonly (SiteLink & {
    readonly kind: string
    readonly of: string | null
  })[]
  readonly all: SiteLink
}

/** What the list under a search field offers, and at its end to look everywhere. */
export function suggestionsPart(
  found: readonly Suggestion[],
  q: string,
  words: Words,
): SuggestionsPart {
  return {
    suggestions: found.map((one) => ({
      title: one.title,
      href: foundAddress(one),
      kind: words.search.kinds[one.kind],
      of: one.podcast?.title ?? null,
    })),
    all: { title: words.search.all(q), href: addresses.searchFor({ q }) },
  }
}
