import { type Account } from '@showrunner/domain/accounts'
import { type ActivityPage } from '@showrunner/domain/activity'
import * as episodes from '@showrunner/domain/episodes'
import * as mailing from '@showrunner/domain/mailing'
import { type LoggedMail } from '@showrunner/domain/mailing'
import * as people from '@showrunner/domain/people'
import * as podcasts from '@showrunner/domain/podcasts'
import * as posts from '@showrunner/domain/posts'
import type * as requests from '@showrunner/domain/requests'
import { addresses } from '../../addresses.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { safeHtml, type SafeHtml } from '../../safe-html.ts'
import { excerpt } from '../excerpts.ts'
import { counted } from '../names.ts'
import { activityView, type ActivityDay } from './activity.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { stageBadge } from './episode-tabs.ts'
import { type Removal } from './form-page.ts'
import { type Tone } from './list-page.ts'
import { localMoment } from './local-moment.ts'
import { mailLines, type MailLine } from './mail-log.ts'
import { type MembershipPart, membershipPart, type MembershipShown } from './membership-part.ts'
import { roleBadge } from './people.ts'
import { type OwnLists, ownLists } from './person-mail-lists.ts'
import { postBadge } from './post-tabs.ts'

const { admin } = addresses

/** All that somebody who works here may know of a person, and what they may do with them. */
export interface PersonDeskPage extends AdminPage {
  readonly badge: Badge | null
  readonly avatarUrl: string | null
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly bioHtml: SafeHtml | null
  readonly links: readonly DeskLink[]
  /** What is known of them as a member; null for who is not to know that, and where there is nothing. */
  readonly membership: MembershipPart | null
  readonly lists: readonly DeskList[]
  readonly nothing: string | null
  /** What they were mailed lately; null where nobody is to know. */
  readonly mailed: { readonly mails: readonly MailLine[]; readonly allHref: string } | null
  readonly days: readonly ActivityDay[]
  readonly activityHref: string | null
  readonly masquerade: { readonly action: string; readonly name: string } | null
  readonly remove: Removal | null
}

interface Badge {
  readonly words: string
  readonly tone: Tone
}

interface DeskLink {
  readonly title: string
  readonly href: string
}

export interface DeskList {
  readonly id: string
  readonly title: string
  readonly lines: readonly DeskLine[]
  /** How many there are besides. */
  readonly more: string | null
}

interface DeskLine {
  readonly title: string
  readonly href: string | null
  readonly detail: string
  readonly badge: Badge | null
}

export interface PersonShown {
  readonly desk: people.PersonDesk
  readonly requested: readonly requests.ListedRequest[]
  /** For administrators. */
  readonly sessions: number | null
  readonly activity: ActivityPage | null
  readonly membership: MembershipShown | null
  readonly own: OwnLists | null
  readonly mails: readonly LoggedMail[]
}

export function personDeskPage(
  frame: AdminFrame,
  actor: Account,
  shown: PersonShown,
  asOf: Date,
): PersonDeskPage {
  const { desk, activity } = shown
  const { person } = desk
  const lists = listsOf(actor, shown, asOf)
  const zone = zoneOf(actor)

  return {
    frame,
    badge: roleBadge(person),
    avatarUrl: person.avatarUrl,
    facts: factsOf(actor, shown),
    // Sanitised by the domain when it was saved.
    bioHtml: person.bioHtml ? safeHtml(person.bioHtml) : null,
    links: linksOf(actor, person),
    membership: shown.membership && membershipPart(shown.membership, zone),
    lists: [...(shown.own ? ownLists(shown.own, person) : []), ...lists],
    nothing: lists.length === 0 ? 'No episode, podcast, post or request names them.' : null,
    mailed: mailing.may(actor, 'list')
      ? { mails: mailLines(actor, shown.mails), allHref: admin.personMails(person.id) }
      : null,
    days: activity ? daysOf(frame, activity, zone) : [],
    activityHref: activity ? admin.activityOf(person.id) : null,
    masquerade: people.may(actor, 'masquerade', person)
      ? { action: admin.masquerade(person.id), name: person.name }
      : null,
    remove: people.may(actor, 'delete', person)
      ? {
          action: admin.removePerson(person.id),
          label: 'Delete person',
          question: `Delete ${person.name}? Only somebody whom nothing names is deleted; others are merged into somebody.`,
        }
      : null,
  }
}

function factsOf(actor: Account, { desk: { person }, sessions }: PersonShown) {
  const { handle, location, email, signedInAt, timeZone } = person
  const zone = zoneOf(actor)
  const signedIn = signedInAt === null ? 'never' : localMoment(signedInAt, zone).words
  const facts: readonly (readonly [string, string | null])[] = [
    ['Handle', `@${handle}`],
    ['Where', location],
    ...(actor.isAdmin
      ? ([
          ['Signs in with', email ?? 'no address'],
          ['Last signed in', signedIn],
          ['Sessions', String(sessions ?? 0)],
          ['Time zone', timeZone],
        ] as const)
      : []),
  ]
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
}

function linksOf(actor: Account, person: people.Person): readonly DeskLink[] {
  const { id, handle } = person
  const links: readonly (readonly [string, string, boolean])[] = [
    ['Edit', admin.editPerson(id), people.may(actor, 'update', person)],
    ['Roles', admin.personRoles(id), people.may(actor, 'setRoles')],
    ['Merge', admin.mergePerson(id), people.may(actor, 'merge')],
    ['Page on the site', addresses.person(handle), true],
  ]
  return links.filter(([, , isTheirs]) => isTheirs).map(([title, href]) => ({ title, href }))
}

function listsOf(actor: Account, shown: PersonShown, asOf: Date): readonly DeskList[] {
  const { desk, requested } = shown
  const part = (id: string, title: string, { episodes: found, total }: people.Part): DeskList => ({
    id,
    title,
    lines: found.map((episode) => episodeLine(actor, episode, asOf)),
    more: total > found.length ? `and ${counted(total - found.length, 'older one')}` : null,
  })
  const all = (id: string, title: string, lines: readonly DeskLine[]): DeskList => ({
    id,
    title,
    lines,
    more: null,
  })
  return [
    all(
      'podcasts',
      'Podcasts',
      desk.podcasts.map((host) => podcastLine(actor, host)),
    ),
    part('hosted', 'Episodes as host', desk.hosted),
    part('guested', 'Episodes as guest', desk.guested),
    part('credited', 'Episodes in the credits', desk.credited),
    all(
      'posts',
      'Posts',
      desk.posts.map((post) => postLine(actor, post, asOf)),
    ),
    all('requests', 'Requests', requested.map(requestLine)),
  ].filter(({ lines }) => lines.length > 0)
}

function episodeLine(actor: Account, episode: people.Appearance, asOf: Date): DeskLine {
  const { id, podcastId, slug, title, podcast } = episode
  return {
    title,
    href: episodes.may(actor, 'show', episode)
      ? admin.editEpisode(podcastId, id)
      : addresses.episode(podcast.slug, slug),
    detail: podcast.title,
    badge: episodes.isOut(episode, asOf) ? null : stageBadge(episode, asOf),
  }
}

function podcastLine(
  actor: Account,
  { podcast, retired }: people.PersonDesk['podcasts'][number],
): DeskLine {
  return {
    title: podcast.title,
    href: podcasts.may(actor, 'show', podcast)
      ? admin.podcast(podcast.id)
      : addresses.podcast(podcast.slug),
    detail: retired ? 'retired' : 'host',
    badge: null,
  }
}

function postLine(actor: Account, post: people.PersonDesk['posts'][number], asOf: Date): DeskLine {
  const { id, slug, title } = post
  return {
    title,
    href: posts.may(actor, 'show', post) ? admin.editPost(id) : addresses.post(slug),
    detail: '',
    badge: posts.isOut(post, asOf) ? null : postBadge(post, asOf),
  }
}

function requestLine({ id, pitch, podcast }: requests.ListedRequest): DeskLine {
  return {
    title: excerpt(pitch, 90),
    href: admin.request(id),
    detail: podcast.title,
    badge: null,
  }
}

function daysOf(frame: AdminFrame, page: ActivityPage, zone: string): readonly ActivityDay[] {
  const asked = { person: undefined, kind: undefined, before: undefined }
  const words = { address: admin.activity, intro: '', zone, isOfOneThing: true }
  return activityView(frame, page, { people: [], types: [] }, asked, words).days
}
