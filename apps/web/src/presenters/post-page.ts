import { type PostPage as ShownPost, type WholePost } from '@showrunner/domain/posts'
import { addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { moment, type Moment } from './dates.ts'
import { type DiscussionPart } from './discussion.ts'
import { type FiledUnder } from './episode-page.ts'
import { fact, type Fact, momentFact } from './facts.ts'
import { excerpt } from './excerpts.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { blogPosting } from './json-ld.ts'
import { titledCard } from './share-card.ts'
import { shownText } from './notes.ts'
import { personCard, type PersonCard } from './people.ts'
import { titleSize, type TitleSize } from './title-size.ts'
import { hostOf } from './web-address.ts'

export interface PostPage {
  /** Said above all of it, of one that is not out. */
  readonly banner: string | null
  readonly frame: Frame
  readonly published: Moment | null
  readonly title: string
  readonly size: TitleSize
  readonly subtitle: string | null
  readonly standfirst: string | null
  readonly people: readonly PersonCard[]
  readonly coverUrl: string | null
  readonly bodyHtml: SafeHtml | null
  readonly topics: readonly FiledUnder[]
  readonly facts: readonly Fact[]
  /** Nothing of one that is not out. */
  readonly discussion: DiscussionPart | null
  readonly previous: TurnLink | null
  readonly next: TurnLink | null
}

interface TurnLink {
  readonly href: string
  readonly title: string
}

type Written = Pick<
  WholePost,
  | 'slug'
  | 'title'
  | 'subtitle'
  | 'tldr'
  | 'bodyHtml'
  | 'coverUrl'
  | 'canonicalUrl'
  | 'publishedAt'
  | 'updatedAt'
  | 'author'
  | 'topics'
>

export function postPage(
  site: Site,
  { post, previous, next }: Omit<ShownPost, 'post'> & { readonly post: Written },
): PostPage {
  const { words } = site
  const published = post.publishedAt && moment(post.publishedAt, words)

  return {
    banner: null,
    frame: postFrame(site, post),
    published,
    title: post.title,
    size: titleSize(post.title, { short: 30, long: 65 }),
    subtitle: post.subtitle,
    standfirst: post.tldr,
    people: [personCard({ person: post.author, role: 'words' }, words)],
    coverUrl: post.coverUrl,
    bodyHtml: post.bodyHtml
      ? shownText(post.bodyHtml, { publicUrl: site.publicUrl, headings: 2 })
      : null,
    topics: post.topics.map(({ name, slug }) => ({ title: name, href: addresses.topic(slug) })),
    facts: [
      ...(published ? [momentFact(words.episode.published, published)] : []),
      ...(post.canonicalUrl
        ? [fact(words.post.firstAt, hostOf(post.canonicalUrl), post.canonicalUrl)]
        : []),
    ],
    discussion: null,
    previous: turnLink(previous),
    next: turnLink(next),
  }
}

/** The page of a post as it will be, for who works on it; at an address that only some know, for who has that. */
export function postPreview(
  site: Site,
  post: Written & { readonly id: number },
  token?: string,
): PostPage {
  const page = postPage(site, { post, previous: undefined, next: undefined })
  const { title, description, image } = page.frame
  const address =
    token === undefined ? addresses.admin.previewPost(post.id) : addresses.preview(token)

  return {
    ...page,
    banner: token === undefined ? site.words.post.preview : site.words.preview.banner,
    topics: page.topics.map(({ title: name }) => ({ title: name, href: null })),
    frame: frame(site, { title, description, address, image, type: 'article', unlisted: true }),
  }
}

function postFrame(site: Site, post: Written): Frame {
  const about = post.tldr ?? post.subtitle
  const description = about && excerpt(about, 200)

  return frame(site, {
    title: post.title,
    description,
    address: addresses.post(post.slug),
    canonical: post.canonicalUrl,
    image: post.coverUrl,
    type: 'article',
    card: titledCard(
      site,
      { above: null, title: post.title, below: post.author.name },
      post.coverUrl,
    ),
    published: post.publishedAt,
    modified: post.updatedAt,
    authors: [addresses.person(post.author.handle)],
    topics: post.topics.map(({ name }) => name),
    crumbs: [{ title: site.words.frame.posts, href: addresses.posts }],
    section: 'posts',
    jsonLd: blogPosting(site, post, description),
  })
}

function turnLink(neighbour: ShownPost['next']): TurnLink | null {
  return neighbour ? { href: addresses.post(neighbour.slug), title: neighbour.title } : null
}
