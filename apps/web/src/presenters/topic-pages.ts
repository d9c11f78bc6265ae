import { type OnePage } from '@showrunner/domain/lists'
import {
  type EpisodeAbout,
  type PostAbout,
  type PublicTopic,
  type Topic,
  type TopicPage as ShownTopic,
} from '@showrunner/domain/topics'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { episodeLines, showName, type EpisodeLine, type ShowName } from './episode-line.ts'
import { excerpt } from './excerpts.ts'
import { titledCard } from './share-card.ts'
import { frame, type Frame, type Site, type SiteLink } from './frame.ts'
import { linesTitle, type LinesPage } from './lines-page.ts'
import { type Paging, pagingOf } from './paging.ts'
import { postLine } from './post-line.ts'
import { type TitleSize } from './title-size.ts'
import { hostOf } from './web-address.ts'

/** A list of what has a name, some words and a count. */
export interface SubjectsPage {
  readonly frame: Frame
  readonly title: string
  readonly empty: string
  readonly subjects: readonly SubjectLine[]
}

export interface SubjectLine {
  readonly id: string
  readonly href: string
  readonly name: string
  readonly logoUrl: string | null
  readonly words: string | null
  readonly count: string
}

/** What stands at the head of a topic, or of a sponsor. */
export interface SubjectPage {
  readonly frame: Frame
  readonly crumb: SiteLink
  readonly title: string
  readonly size: TitleSize
  readonly logoUrl: string | null
  readonly descriptionHtml: SafeHtml | null
  readonly website: { readonly name: string; readonly href: string; readonly rel: string } | null
  readonly shows: readonly ShowName[]
  readonly episodesTitle: string
  readonly lines: readonly EpisodeLine[]
  readonly paging: Paging
  readonly posts: readonly EpisodeLine[]
  /** Where all of them are, when there are more. */
  readonly allPosts: string | null
}

const MOST_POSTS = 10

export function topicsPage(site: Site, topics: readonly PublicTopic[]): SubjectsPage {
  const { words } = site

  return {
    frame: frame(site, {
      title: words.reading.topics,
      description: words.reading.topicsOf(site.title),
      address: addresses.topics,
    }),
    title: words.reading.topics,
    empty: words.reading.noTopics,
    subjects: topics.map(({ slug, name, description, logoUrl, episodes, posts }) => ({
      id: `topic-${slug}`,
      href: addresses.topic(slug),
      name,
      logoUrl,
      words: description && excerpt(description, 140),
      count: [
        ...(episodes > 0 ? [words.podcast.episodes(episodes)] : []),
        ...(posts > 0 ? [words.reading.posts(posts)] : []),
      ].join(', '),
    })),
  }
}

export function topicPage(site: Site, shown: ShownTopic): SubjectPage {
  const { words } = site
  const { topic, episodes, posts, podcasts } = shown
  const addressOf = (page: number) => addresses.topic(topic.slug, page)
  const crumb = { title: words.reading.topics, href: addresses.topics }
  const isFirst = episodes.page === 1
  const paging = pagingOf(episodes, words, addressOf)

  return {
    frame: frame(site, {
      title: isFirst ? topic.name : words.lists.page(topic.name, episodes.page),
      description: topic.description && excerpt(topic.description, 200),
      address: addressOf(episodes.page),
      image: topic.logoUrl,
      card: titledCard(site, { above: words.reading.topics, title: topic.name }, topic.logoUrl),
      feeds:
        episodes.total > 0 ? [{ title: topic.name, href: addresses.topicFeed(topic.slug) }] : [],
      crumbs: [crumb],
      paging,
    }),
    crumb,
    ...linesTitle(topic.name),
    logoUrl: topic.logoUrl,
    // Sanitised by the domain when the description was saved.
    descriptionHtml: isFirst && topic.descriptionHtml ? safeHtml(topic.descriptionHtml) : null,
    website: websiteOf(topic, 'external'),
    shows: podcasts.map(showName),
    episodesTitle: words.reading.episodesTitle,
    lines: aboutLines(episodes, words),
    paging,
    posts: isFirst
      ? posts.slice(0, MOST_POSTS).map((post) => postLine(post, post.author.name, words))
      : [],
    allPosts: posts.length > MOST_POSTS ? addresses.topicPosts(topic.slug) : null,
  }
}

/** All posts about a topic. */
export function topicPostsPage(
  site: Site,
  { topic, posts }: { readonly topic: Topic; readonly posts: OnePage<PostAbout> },
): LinesPage {
  const { words } = site
  const addressOf = (page: number) => addresses.topicPosts(topic.slug, page)
  const crumbs = [
    { title: words.reading.topics, href: addresses.topics },
    { title: topic.name, href: addresses.topic(topic.slug) },
  ]
  const title = words.reading.partOf(topic.name, words.frame.posts)
  const paging = pagingOf(posts, words, addressOf)

  return {
    frame: frame(site, {
      title: posts.page > 1 ? words.lists.page(title, posts.page) : title,
      description: title,
      address: addressOf(posts.page),
      crumbs,
      paging,
    }),
    style: null,
    crumbs,
    ...linesTitle(words.frame.posts),
    count: words.reading.posts(posts.total),
    years: [],
    lines: posts.rows.map((post) => postLine(post, post.author.name, words)),
    dated: true,
    paging,
  }
}

export function aboutLines({ rows }: OnePage<EpisodeAbout>, words: Words): readonly EpisodeLine[] {
  return episodeLines(
    rows.map((episode) => {
      const { podcast, hosts, guests } = episode
      return { episode, podcast, hosts, guests }
    }),
    words,
    { showNames: true },
  )
}

export function websiteOf(
  { websiteUrl }: { readonly websiteUrl: string | null },
  rel: string,
): SubjectPage['website'] {
  return websiteUrl === null ? null : { name: hostOf(websiteUrl), href: websiteUrl, rel }
}
