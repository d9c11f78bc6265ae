import { stageOf } from '@showrunner/domain/episodes'
import { type Paged } from '@showrunner/domain/lists'
import { clockOf } from '@showrunner/domain/rows'
import { type Sponsor, type SponsorAppearance } from '@showrunner/domain/sponsors'
import { type AboutTopic, type OthersAbout, type Topic } from '@showrunner/domain/topics'
import { addresses } from '../../addresses.ts'
import { safeHtml, type SafeHtml } from '../../safe-html.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { stageBadge } from './episode-tabs.ts'
import { type Tone } from './list-page.ts'
import { type LocalWords, localMoment } from './local-moment.ts'

const { admin } = addresses

/** Where a sponsor was named, or what is about a topic. */
export interface AppearancesPage extends AdminPage {
  readonly editHref: string
  /** Of a sponsor only. */
  readonly reportHref: string | null
  readonly websiteUrl: string | null
  /** Sanitised by the domain when it was saved. */
  readonly descriptionHtml: SafeHtml | null
  readonly count: string
  readonly empty: string
  readonly episodes: readonly AppearanceLine[]
  readonly others: readonly {
    readonly title: string
    readonly links: readonly { readonly title: string; readonly href: string }[]
  }[]
  readonly previousHref: string | null
  readonly nextHref: string | null
}

export interface AppearanceLine {
  readonly title: string
  readonly href: string
  readonly podcast: string
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly moment: LocalWords | null
  /** Of the page that anybody sees. */
  readonly publicHref: string | null
  readonly said: Said | null
}

interface Said {
  readonly words: string
  readonly href: string
  readonly description: string | null
  /** Where it is heard, as `12:30`. */
  readonly at: { readonly words: string; readonly href: string | null } | null
}

interface At {
  readonly zone: string
  readonly asOf: Date
  readonly page: number
}

export function sponsorPage(
  frame: AdminFrame,
  sponsor: Sponsor,
  found: Paged<SponsorAppearance>,
  at: At,
): AppearancesPage {
  return {
    frame,
    editHref: admin.editSponsor(sponsor.id),
    reportHref: admin.sponsorReport(sponsor.id),
    ...about(sponsor),
    count: `${counted(found.total, 'episode')} so far.`,
    empty: 'No episode names it yet. It is chosen on the sheet of an episode.',
    episodes: found.rows.map((appearance) => ({
      ...lineOf(appearance.episode, at),
      said: saidOf(appearance, at.asOf),
    })),
    others: [],
    ...turns(admin.sponsor(sponsor.id), found, at.page),
  }
}

export function topicPage(
  frame: AdminFrame,
  topic: Topic,
  { found, others }: { readonly found: Paged<AboutTopic>; readonly others: OthersAbout },
  at: At,
): AppearancesPage {
  const groups = [
    {
      title: 'Podcasts',
      links: others.podcasts.map(({ id, title }) => ({ title, href: admin.podcast(id) })),
    },
    {
      title: 'Posts',
      links: others.posts.map(({ id, title }) => ({ title, href: admin.editPost(id) })),
    },
  ]
  return {
    frame,
    editHref: admin.editTopic(topic.id),
    reportHref: null,
    ...about(topic),
    count: `${counted(found.total, 'episode')} so far.`,
    empty: 'No episode is about it yet. It is chosen on the sheet of an episode.',
    episodes: found.rows.map(({ episode }) => ({ ...lineOf(episode, at), said: null })),
    others: groups.filter(({ links }) => links.length > 0),
    ...turns(admin.topic(topic.id), found, at.page),
  }
}

function about({ websiteUrl, descriptionHtml }: Pick<Sponsor, 'websiteUrl' | 'descriptionHtml'>) {
  return { websiteUrl, descriptionHtml: descriptionHtml ? safeHtml(descriptionHtml) : null }
}

type Named = SponsorAppearance['episode']

function lineOf(episode: Named, { zone, asOf }: At): Omit<AppearanceLine, 'said'> {
  const { id, podcastId, title, podcast, publishedAt, published } = episode
  return {
    title,
    href: admin.editEpisode(podcastId, id),
    podcast: podcast.title,
    badge: stageBadge(episode, asOf),
    moment: published && publishedAt ? localMoment(publishedAt, zone) : null,
    publicHref: publicHref(episode, asOf),
  }
}

function publicHref(episode: Named, asOf: Date): string | null {
  return stageOf(episode, asOf) === 'published'
    ? addresses.episode(episode.podcast.slug, episode.slug)
    : null
}

function saidOf(appearance: SponsorAppearance, asOf: Date): Said {
  const { title, linkUrl, description, startsMs, endsMs, episode } = appearance
  const page = publicHref(episode, asOf)
  const starts = clockOf(startsMs === null ? null : Math.floor(startsMs / 1000) * 1000)
  return {
    words: title,
    href: linkUrl,
    description,
    at:
      starts === ''
        ? null
        : {
            words:
              endsMs === null ? starts : `${starts}–${clockOf(Math.floor(endsMs / 1000) * 1000)}`,
            href: page === null ? null : `${page}#t=${starts}`,
          },
  }
}

function turns(address: string, { total, perPage }: Paged<unknown>, page: number) {
  return {
    previousHref: page > 1 ? `${address}?page=${page - 1}` : null,
    nextHref: page * perPage < total ? `${address}?page=${page + 1}` : null,
  }
}
