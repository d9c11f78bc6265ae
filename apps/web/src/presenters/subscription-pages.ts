import { type AnyChangeset, errorMessages } from '@showrunner/data'
import { MAILED_FOR, type MailedFor } from '@showrunner/domain/comments'
import { type Person } from '@showrunner/domain/people'
import { type OwnSubscription, type Subject } from '@showrunner/domain/subscriptions'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'
import { newsletterForm, subscribeForm, type SubscribeForm } from './subscribe-form.ts'

/** What a page about one subscription names. */
export interface SubjectWords {
  /** Null for the newsletter. */
  readonly podcast: string | null
  readonly podcastHref: string
  /** Whose transcript it is about; null for the podcast. */
  readonly episode: string | null
}

export function subjectWords({ podcast, episode }: Subject): SubjectWords {
  return {
    podcast: podcast?.title ?? null,
    podcastHref: podcast ? addresses.podcast(podcast.slug) : addresses.newsIssues,
    episode: episode?.title ?? null,
  }
}

export interface SubscribePage extends NoticePage {
  readonly subject: SubjectWords
  readonly form: SubscribeForm
  /** Who is signed in: their own address needs no mail. */
  readonly as: string | null
}

interface Typed {
  readonly person: Pick<Person, 'email'> | undefined
  readonly email?: string
  readonly changeset?: Pick<AnyChangeset, 'errors'>
}

export function subscribePage(
  site: Site,
  subject: Subject,
  { person, email, changeset }: Typed,
): SubscribePage {
  const { podcast, episode } = subject
  const { subscription } = site.words
  const [error] = changeset ? (errorMessages(changeset, site.words.errors)['email'] ?? []) : []
  const [title, address, form] = podcast
    ? ([
        episode ? subscription.transcriptTitle : subscription.newEpisodes,
        addresses.subscribeTo(podcast.slug, episode?.slug),
        subscribeForm(site.words, podcast.slug, episode?.slug),
      ] as const)
    : ([
        subscription.newsletterByMail,
        addresses.subscribeToNewsletter,
        newsletterForm(site.words),
      ] as const)
  return {
    ...noticePage(site, title, address),
    subject: subjectWords(subject),
    form: {
      ...form,
      label: subscription.yourAddress,
      value: email ?? person?.email ?? '',
      error: error === undefined ? null : subscription.addressError(error),
    },
    as: person?.email ?? null,
  }
}

export interface ConfirmSubscriptionPage extends NoticePage {
  readonly subject: SubjectWords
  readonly email: string
  readonly action: string
}

export function confirmSubscriptionPage(
  site: Site,
  token: string,
  { email, ...subject }: Subject & { readonly email: string },
): ConfirmSubscriptionPage {
  return {
    ...noticePage(site, site.words.subscription.onePress, addresses.subscribe),
    subject: subjectWords(subject),
    email,
    action: addresses.confirmSubscription(token),
  }
}

export interface UnsubscribePage extends NoticePage {
  readonly subject: SubjectWords
  readonly isEnded: boolean
  readonly action: string
  readonly undoAction: string
  readonly allAction: string
}

export function unsubscribePage(
  site: Site,
  token: string,
  subject: Subject,
  isEnded: boolean,
): UnsubscribePage {
  const { unsubscribed, unsubscribe } = site.words.subscription
  const title = isEnded ? unsubscribed : unsubscribe
  return {
    ...noticePage(site, title, addresses.subscribe),
    subject: subjectWords(subject),
    isEnded,
    action: addresses.unsubscribe(token),
    undoAction: addresses.undoUnsubscribe(token),
    allAction: addresses.unsubscribeFromAll(token),
  }
}

export interface SubscriptionsPage extends NoticePage {
  /** Without one nothing can be mailed. */
  readonly hasAddress: boolean
  readonly subscriptions: readonly SubscriptionLine[]
  /** What they are mailed because of comments, by kind. */
  readonly comments: readonly CommentMailsLine[]
}

interface CommentMailsLine {
  readonly why: MailedFor
  readonly title: string
  readonly help: string
  readonly isOn: boolean
}

interface SubscriptionLine {
  readonly title: string
  readonly href: string
  readonly what: string
  readonly since: Moment
  readonly ended: Moment | null
  /** Whether it ended because mails did not reach them. */
  readonly isRefused: boolean
  readonly context: string
  readonly isSaid: boolean
  readonly action: string
}

export function subscriptionsPage(
  site: Site,
  { email }: Pick<Person, 'email'>,
  own: readonly OwnSubscription[],
  unwanted: ReadonlySet<MailedFor>,
): SubscriptionsPage {
  const { words } = site
  const { what, help } = words.account.mails.comments
  return {
    ...noticePage(site, words.account.mails.title, addresses.subscriptions),
    hasAddress: email !== null,
    comments: MAILED_FOR.map((why) => ({
      why,
      title: what[why],
      help: help[why],
      isOn: !unwanted.has(why),
    })),
    subscriptions: own.map(
      ({ id, podcast, episode, mails, confirmedAt, unsubscribedAt, refused, context, said }) => ({
        ...whatItIs(
          { podcast: podcast ?? null, episode: episode ?? null },
          mails.length > 0,
          words,
        ),
        since: moment(confirmedAt, words),
        ended: unsubscribedAt && moment(unsubscribedAt, words),
        isRefused: refused !== null,
        // Of a list, as whoever brought it wrote.
        context: said ?? words.subscription.contexts[context],
        isSaid: said !== null,
        action: addresses.switchSubscription(id),
      }),
    ),
  }
}

function whatItIs(
  { podcast, episode }: Subject,
  isThere: boolean,
  { subscription }: Words,
): Pick<SubscriptionLine, 'title' | 'href' | 'what'> {
  if (!podcast)
    return {
      title: subscription.newsletter,
      href: addresses.newsIssues,
      what: subscription.eachIssue,
    }
  return episode
    ? {
        title: episode.title,
        href: addresses.episode(podcast.slug, episode.slug),
        what: subscription.transcriptOf(podcast.title, isThere),
      }
    : {
        title: podcast.title,
        href: addresses.podcast(podcast.slug),
        what: subscription.eachEpisode,
      }
}
