import { type Account } from '@showrunner/domain/accounts'
import * as admin from '@showrunner/domain/admin'
import * as imports from '@showrunner/domain/import'
import * as apiTokens from '@showrunner/domain/api-tokens'
import * as downloads from '@showrunner/domain/downloads'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import * as memberships from '@showrunner/domain/memberships'
import * as comments from '@showrunner/domain/comments'
import * as news from '@showrunner/domain/news'
import * as people from '@showrunner/domain/people'
import * as podcasts from '@showrunner/domain/podcasts'
import * as posts from '@showrunner/domain/posts'
import * as redirects from '@showrunner/domain/redirects'
import * as settings from '@showrunner/domain/settings'
import * as sponsors from '@showrunner/domain/sponsors'
import * as topics from '@showrunner/domain/topics'
import * as webhooks from '@showrunner/domain/webhooks'
import { asLeft } from '../../admin/came-from.ts'
import { addresses } from '../../addresses.ts'
import { type DeskName, deskTopic } from '../../channels/desk-channel.ts'
import { type Site } from '../frame.ts'
import { type MasqueradeBar, masqueradeBar } from '../masquerade-bar.ts'

export const ADMIN_SECTIONS = [
  'dashboard',
  'podcasts',
  'downloads',
  'posts',
  'news',
  'comments',
  'requests',
  'people',
  'feeds',
  'members',
  'topics',
  'sponsors',
  'activity',
  'imports',
  'jobs',
  'mails',
  'webhooks',
  'tokens',
  'redirects',
  'settings',
] as const
export type AdminSection = (typeof ADMIN_SECTIONS)[number]

/** What an admin page says of itself. */
export interface AdminSubject {
  readonly title: string
  readonly section: AdminSection | null
  /** What it is a part of, the outermost first. */
  readonly crumbs?: readonly Crumb[]
  /** As what it is told when it is another; nothing for a page that stays as it is until it is asked for again. */
  readonly desk?: DeskName
}

export interface Crumb {
  readonly title: string
  readonly href: string
}

/** Said once, on the page that comes after something was done. */
export interface Flash {
  readonly kind: 'done' | 'failed'
  readonly words: string
}

/** What every page of the admin area carries around what it shows. */
export interface AdminFrame {
  readonly site: Site
  readonly title: string
  readonly documentTitle: string
  readonly crumbs: readonly Crumb[]
  readonly nav: readonly NavItem[]
  readonly person: { readonly id: number; readonly name: string; readonly handle: string }
  /** Who it is that sees this, also in somebody else's name. */
  readonly viewerId: number
  readonly flash: Flash | null
  /** The list that somebody came from, as they left it. */
  readonly back: string | null
  /** Where it is told that it is another, and what was heard of before it was made. */
  readonly desk: { readonly topic: string; readonly seen: string } | null
  readonly masquerade: MasqueradeBar | null
  readonly addresses: typeof addresses
}

interface NavItem {
  readonly title: string
  readonly href: string
  readonly isHere: boolean
  /** How much waits there; null where nothing does. */
  readonly waiting: number | null
}

/** What a page is told by the request for it. */
interface Asked {
  readonly flash: Flash | null
  readonly seen: string
  readonly back: string | null
  readonly waitingComments: number
}

/** What every view of the admin area is given. */
export interface AdminPage {
  readonly frame: AdminFrame
}

export function adminFrame(
  site: Site,
  actor: Account,
  { title, section, crumbs = [], desk }: AdminSubject,
  { flash, seen, back, waitingComments }: Asked,
): AdminFrame {
  return {
    site,
    title,
    documentTitle: `${title} · ${site.title} admin`,
    crumbs: crumbs.map(({ title: name, href }) => ({ title: name, href: asLeft(href, back) })),
    nav: navFor(actor, section, { comments: waitingComments }),
    person: { id: actor.person.id, name: actor.person.name, handle: actor.person.handle },
    viewerId: (actor.masquerader ?? actor.person).id,
    flash,
    back,
    desk: desk ? { topic: deskTopic(desk), seen } : null,
    masquerade: masqueradeBar(actor),
    addresses,
  }
}

/** The way to whatever somebody has work in. */
export function navFor(
  actor: Account,
  section: AdminSection | null,
  waiting: { readonly [section: string]: number } = {},
): readonly NavItem[] {
  const to = addresses.admin
  const items: readonly (readonly [AdminSection, string, string, boolean])[] = [
    ['dashboard', 'Today', to.dashboard, true],
    ['podcasts', 'Podcasts', to.podcasts, podcasts.may(actor, 'list')],
    ['downloads', 'Downloads', to.downloads, downloads.may(actor, 'list')],
    ['posts', 'Posts', to.posts, posts.may(actor, 'list')],
    ['news', 'News', to.news, news.may(actor, 'list')],
    ['comments', 'Comments', to.comments, comments.may(actor, 'list')],
    ['requests', 'Requests', to.requests, podcasts.may(actor, 'list')],
    ['people', 'People', to.people, people.may(actor, 'list')],
    ['feeds', 'Feeds', to.memberFeeds, memberFeeds.may(actor, 'list')],
    ['members', 'Members', to.members, memberships.may(actor, 'list')],
    ['topics', 'Topics', to.topics, topics.may(actor, 'list')],
    ['sponsors', 'Sponsors', to.sponsors, sponsors.may(actor, 'list')],
    ['activity', 'Activity', to.activity, podcasts.may(actor, 'list')],
    ['imports', 'Import', to.imports, imports.may(actor, 'list')],
    ['jobs', 'Jobs', to.jobs, admin.may(actor, 'watchJobs')],
    ['mails', 'Mails', to.mails, admin.may(actor, 'previewMails')],
    ['webhooks', 'Webhooks', to.webhooks, webhooks.may(actor, 'list')],
    ['tokens', 'API tokens', to.apiTokens, apiTokens.may(actor, 'list')],
    ['redirects', 'Redirects', to.redirects, redirects.may(actor, 'list')],
    ['settings', 'Settings', to.settings, settings.may(actor, 'update')],
  ]

  return items
    .filter(([, , , isTheirs]) => isTheirs)
    .map(([name, title, href]) => ({
      title,
      href,
      isHere: name === section,
      waiting: waiting[name] || null,
    }))
}
