import { type Feeds } from '@showrunner/domain/feed'
import { absolute, addresses } from '../addresses.ts'
import { frame, type Frame, type Site } from './frame.ts'

/** Every feed there is, for people who look for its address. */
export interface FeedsPage {
  readonly frame: Frame
  readonly groups: readonly FeedGroup[]
  readonly listHref: string
  readonly privateHref: string
}

interface FeedGroup {
  readonly id: string
  readonly title: string
  readonly feeds: readonly FeedLine[]
}

interface FeedLine {
  readonly title: string
  readonly about: string | null
  /** Its page, where it has one of its own. */
  readonly href: string | null
  /** In full, as it is copied into an app. */
  readonly address: string
  readonly jsonHref: string
}

export function feedsPage(site: Site, { podcasts, hasPosts }: Feeds): FeedsPage {
  const { words, publicUrl } = site
  const everything = {
    title: site.title,
    about: words.feeds.everyShow,
    href: null,
    address: absolute(publicUrl, addresses.networkFeed),
    jsonHref: addresses.networkJsonFeed,
  }
  const posts = {
    title: words.frame.posts,
    about: null,
    href: addresses.posts,
    address: absolute(publicUrl, addresses.postsFeed),
    jsonHref: addresses.postsJsonFeed,
  }
  const news = {
    title: words.frame.news,
    about: null,
    href: addresses.news,
    address: absolute(publicUrl, addresses.newsFeed),
    jsonHref: addresses.newsJsonFeed,
  }
  const ofNetwork = [everything, ...(hasPosts ? [posts] : []), ...(site.hasNews ? [news] : [])]
  const shows = podcasts.map(({ title, subtitle, slug }) => ({
    title,
    about: subtitle,
    href: addresses.podcast(slug),
    address: absolute(publicUrl, addresses.feed(slug)),
    jsonHref: addresses.jsonFeed(slug),
  }))

  return {
    frame: frame(site, {
      title: words.feeds.title,
      description: words.feeds.about(site.title),
      address: addresses.feeds,
      feeds: networkFeeds(site),
    }),
    groups: [
      { id: 'shows', title: words.frame.podcasts, feeds: shows },
      { id: 'network', title: words.feeds.network, feeds: ofNetwork },
    ].filter(({ feeds }) => feeds.length > 0),
    listHref: addresses.feedList,
    privateHref: addresses.memberFeeds,
  }
}

/** What programs find from a page that is the network's own. */
export function networkFeeds({ title, words, hasPosts, hasNews }: Site): Frame['feeds'] {
  return [
    { title, href: addresses.networkFeed },
    { title, href: addresses.networkJsonFeed, type: 'application/feed+json' },
    ...(hasPosts ? [{ title: words.frame.posts, href: addresses.postsFeed }] : []),
    ...(hasNews ? [{ title: words.frame.news, href: addresses.newsFeed }] : []),
    { title: words.feeds.title, href: addresses.feedList, type: 'text/x-opml' },
  ]
}
