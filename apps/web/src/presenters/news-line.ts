import { type ShownNewsItem } from '@showrunner/domain/news'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { hostOf } from './web-address.ts'

/** A news item in a list, whole: it is short. */
export interface NewsLine {
  readonly id: number
  readonly href: string
  readonly headline: string
  readonly kind: string
  readonly isPinned: boolean
  readonly when: Moment | null
  readonly storyHtml: SafeHtml | null
  readonly imageUrl: string | null
  /** Where it leads: elsewhere, or to what of ours it is about. */
  readonly goTo: GoTo | null
  readonly source: { readonly name: string; readonly href: string } | null
  /** `3 comments`, which leads to them. */
  readonly talk: string
}

interface GoTo {
  readonly href: string
  readonly words: string
  readonly isElsewhere: boolean
}

export function newsLine(item: ShownNewsItem, comments: number, words: Words): NewsLine {
  const { news } = words
  return {
    id: item.id,
    href: addresses.newsItem(item),
    headline: item.headline,
    kind: news.kinds[item.kind],
    isPinned: item.pinned,
    when: item.publishedAt && moment(item.publishedAt, words),
    // Sanitised by the domain when the story was saved.
    storyHtml: item.storyHtml === null ? null : safeHtml(item.storyHtml),
    imageUrl: item.imageUrl,
    goTo: goTo(item, words),
    source: item.source && {
      name: item.source.name,
      href: addresses.newsSource(item.source.slug),
    },
    talk: news.comments(comments),
  }
}

function goTo({ url, episode, post }: ShownNewsItem, { news }: Words): GoTo | null {
  if (episode) {
    const href = addresses.episode(episode.podcast.slug, episode.slug)
    return { href, words: news.listen, isElsewhere: false }
  }
  if (post) return { href: addresses.post(post.slug), words: news.readPost, isElsewhere: false }
  return url === null ? null : { href: url, words: news.readAt(hostOf(url)), isElsewhere: true }
}
