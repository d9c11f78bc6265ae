import { type AnyChangeset, type Changeset, change, errorMessages } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import * as news from '@showrunner/domain/news'
import * as publishing from '@showrunner/domain/publishing'
import { localIn } from '@showrunner/domain/zones'
import { absolute, addresses, SHARE_FILES } from '../../addresses.ts'
import { type BoxField, type MomentField, type TextField } from '../../admin/field.ts'
import { formOf, idOf, type Problem, problemsOf } from '../../admin/form.ts'
import { listOf } from '../names.ts'
import { share } from '../share.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { checklist, type Checklist, mendAt } from './checklist.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type Tab } from './list-page.ts'
import { previewList, type PreviewList } from './preview-list.ts'
import { type ZonedMoment, zonedMoment } from './zoned-moment.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** Where an episode is published: what is still missing, when it appears, who may see it before, its address. */
export interface PublicationPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly problems: readonly Problem[]
  readonly stage: episodes.EpisodeStage
  readonly moment: ZonedMoment | null
  readonly editHref: string
  readonly viewHref: string | null
  /** Where it is told of in the news, once it is out. */
  readonly newsHref: string | null
  readonly checklist: Checklist
  readonly action: string
  /** What publishes it at once; nothing where that cannot be done. */
  readonly now: string | null
  /** What gives it back the date it was first out at. */
  readonly again: ZonedMoment | null
  readonly schedule: Schedule | null
  /** Whether its guests are thanked when it appears; nothing where nobody would be. */
  readonly thanks: BoxField | null
  readonly unpublish: {
    readonly action: string
    readonly label: string
    readonly words: string
  } | null
  readonly previews: PreviewList
  readonly slug: SlugForm
  /** What it is shared with once it is out, drawn. */
  readonly pictures: readonly { readonly label: string; readonly href: string }[]
  /** What shows its player on other sites, once it is out and has sound. */
  readonly embed: Embed | null
}

interface Embed {
  readonly link: string
  readonly code: string
  readonly oembed: string
}

interface Schedule {
  readonly field: MomentField
  readonly save: string
  readonly clock: string
}

interface SlugForm {
  readonly action: string
  readonly field: TextField
  /** Up to the slug, as a browser shows it. */
  readonly before: string
  readonly words: string
  readonly suggestions: readonly string[]
}

export interface Publication {
  readonly episode: publishing.EpisodeToCheck
  readonly suggested: episodes.SuggestedSlugs
  readonly links: readonly publishing.PreviewLinkWithMaker[]
  readonly asOf: Date
  readonly zone: string
  /** The link that was made a moment ago: nobody can show it again. */
  readonly madeToken: string | null
}

/** What was refused, and what was typed. */
export interface Refused {
  readonly publishing?: AnyChangeset
  readonly slug?: Changeset<typeof episodes.Episode>
  readonly at?: { readonly typed: string; readonly message: string | null }
}

export function publicationPage(
  frame: AdminFrame,
  actor: Account,
  shown: Publication,
  refused: Refused = {},
): PublicationPage {
  const { episode, suggested, asOf, zone, links } = shown
  const { id, podcastId, podcast, publishedAt } = episode
  const items = publishing.checkEpisode(episode, asOf, { nextNumber: suggested.nextNumber })
  const stage = episodes.stageOf(episode, asOf)
  const ready = publishing.blockersOf(items).length === 0 && episodes.may(actor, 'publish', episode)
  const schedule = ready ? scheduleOf(shown, stage, refused.at) : null
  const slug = slugForm(shown, refused.slug)

  return {
    frame,
    tabs: episodeTabs(frame, episode, 'publish'),
    problems: [
      ...problemsOf([...(schedule ? [schedule.field] : []), slug.field]),
      ...publishingProblems(episode, refused.publishing),
    ],
    stage,
    moment: publishedAt && episode.published ? zonedMoment(publishedAt, zone) : null,
    editHref: admin.editEpisode(podcastId, id),
    viewHref: stage === 'published' ? addresses.episode(podcast.slug, episode.slug) : null,
    newsHref: stage === 'published' ? newsHref(frame, actor, episode) : null,
    checklist: checklist(items, episode),
    action: admin.publishEpisode(podcastId, id),
    now: ready && stage !== 'published' ? 'Publish now' : null,
    again:
      ready && stage === 'draft' && episode.firstPublishedAt
        ? zonedMoment(episode.firstPublishedAt, zone)
        : null,
    schedule,
    thanks: thanksOf(episode),
    unpublish: unpublishOf(actor, episode, stage),
    previews: previewList(
      frame.site,
      {
        make: episodes.may(actor, 'sharePreview', episode) ? admin.previews(podcastId, id) : null,
        revoke: (link) => admin.revokePreview(podcastId, id, link),
      },
      { links, zone, madeToken: shown.madeToken },
    ),
    slug,
    pictures: stage === 'published' ? picturesOf(episode) : [],
    embed: stage === 'published' && episode.audioUrl ? embedOf(frame, episode) : null,
  }
}

function picturesOf({ slug, podcast }: publishing.EpisodeToCheck): PublicationPage['pictures'] {
  const page = addresses.episode(podcast.slug, slug)
  return [
    { label: 'For links, 1200 × 630', href: addresses.shareImage(page, SHARE_FILES.wide) },
    { label: 'Square, 1080 × 1080', href: addresses.shareImage(page, SHARE_FILES.square) },
    { label: 'Tall, 1080 × 1920', href: addresses.shareImage(page, SHARE_FILES.tall) },
  ]
}

function newsHref(
  { site }: AdminFrame,
  actor: Account,
  { slug, title, podcast }: publishing.EpisodeToCheck,
): string | null {
  if (!news.may(actor, 'create')) return null
  return admin.newsItemAbout(absolute(site.publicUrl, addresses.episode(podcast.slug, slug)), title)
}

function embedOf({ site }: AdminFrame, { slug, title, podcast }: publishing.EpisodeToCheck): Embed {
  const named = { podcast: podcast.slug, episode: slug }
  const { link, embedCode } = share(site, named, { title, show: podcast.title })
  const oembed = absolute(site.publicUrl, addresses.oembedFor(link))
  return { link, code: embedCode, oembed }
}

function scheduleOf(
  { episode, asOf, zone }: Publication,
  stage: episodes.EpisodeStage,
  refused: Refused['at'],
): Schedule | null {
  const { publishedAt } = episode
  const label = { draft: 'Appears on', scheduled: 'Appears on', published: 'Published on' }[stage]
  const save = { draft: 'Schedule', scheduled: 'Move', published: 'Change the date' }[stage]
  const help = { draft: NOT_YET, scheduled: NOT_YET, published: ONLY_BACK }[stage]
  const stored = stage === 'draft' || !publishedAt ? '' : localIn(publishedAt, zone).wallClock
  return {
    field: {
      kind: 'moment',
      id: idOf('at'),
      name: 'at',
      label,
      help,
      errors: refused?.message ? [`${label}: ${refused.message}`] : [],
      required: true,
      value: refused?.typed ?? stored,
      zone,
    },
    save,
    clock: `It is ${zonedMoment(asOf, zone).words} now.`,
  }
}

function thanksOf({
  appearedAt,
  thanksGuests,
  episodeGuests,
}: publishing.EpisodeToCheck): BoxField | null {
  const mailed = episodeGuests
    .filter(({ person, thankedAt }) => person.email !== null && thankedAt === null)
    .map(({ person }) => person.name)
  if (appearedAt !== null || mailed.length === 0) return null
  return {
    kind: 'box',
    id: idOf('thanksGuests'),
    name: 'thanksGuests',
    label: mailed.length === 1 ? 'Thank the guest by mail' : 'Thank the guests by mail',
    help: `${listOf(mailed, en)}: one mail with the link, when it appears.`,
    errors: [],
    required: false,
    checked: thanksGuests,
  }
}

const NOT_YET = 'It appears by itself at that minute, on every page and in the feed.'
const ONLY_BACK = 'A date that is past: to hide it until later, unpublish it first.'

function unpublishOf(
  actor: Account,
  episode: episodes.Episode,
  stage: episodes.EpisodeStage,
): PublicationPage['unpublish'] {
  if (stage === 'draft' || !episodes.may(actor, 'unpublish', episode)) return null
  const action = admin.unpublish(episode.podcastId, episode.id)
  return stage === 'scheduled'
    ? { action, label: 'Do not publish', words: 'It is a draft again, and appears at no time.' }
    : { action, label: 'Unpublish', words: WHAT_UNPUBLISHING_MEANS }
}

const WHAT_UNPUBLISHING_MEANS =
  'It goes from every page and from the feed at once, and its address says that it is gone. Podcast apps that have it may ' +
  'keep it, and so does whoever downloaded it. Its address stays its own, so it can come back.'

function slugForm(
  { episode, suggested, asOf }: Publication,
  refused: Changeset<typeof episodes.Episode> = change(episode),
): SlugForm {
  const { id, podcastId, podcast, slug } = episode
  const form = formOf(refused)
  return {
    action: admin.episodeSlug(podcastId, id),
    field: form.text('slug', { label: 'Slug', width: 'short', help: SLUG_HELP }),
    before: `${addresses.podcast(podcast.slug)}/`,
    words: aboutSlug(episode, asOf),
    suggestions: [suggested.fromTitle, suggested.nextNumber]
      .filter((one) => one !== null)
      .filter((one) => one !== slug),
  }
}

const SLUG_HELP = 'Small letters, digits and dashes.'

function aboutSlug(episode: episodes.Episode, asOf: Date): string {
  if (episodes.firstPublishedBy(episode, asOf)) {
    return 'Others link to it. The old address will lead to the new one for good, and no other episode can have it.'
  }
  return episode.published
    ? 'It no longer follows the title. As long as it is not out, the old address leads nowhere.'
    : 'As long as it is a draft, it follows the title, unless you choose another.'
}

function publishingProblems(
  episode: publishing.EpisodeToCheck,
  refused: AnyChangeset | undefined,
): readonly Problem[] {
  if (!refused) return []
  return Object.entries(errorMessages(refused)).flatMap(([field, messages]) =>
    (messages as readonly string[]).map((message) => ({
      message: field === 'published' ? `The episode ${message}.` : message,
      href: mendAt(episode, field).href,
    })),
  )
}
