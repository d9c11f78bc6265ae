import { errorMessages, type AnyChangeset } from '@showrunner/data'
import {
  LONGEST_MESSAGE,
  stateOfRequest,
  type UnconfirmedRequest,
  type WholeRequest,
} from '@showrunner/domain/requests'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { fact, type Fact } from './facts.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

/** What a request says, as everybody who reads it sees it. */
export interface Wish {
  readonly pitch: readonly string[]
  readonly facts: readonly Fact[]
}

/** The page that hands a request on. */
export interface ConfirmRequestPage extends NoticePage {
  readonly podcast: string
  readonly action: string
  readonly wish: Wish
}

/** The page of a request, for whoever made it. */
export interface RequestStatusPage extends NoticePage {
  readonly podcast: { readonly name: string; readonly href: string }
  readonly asked: Moment
  readonly status: { readonly title: string; readonly words: string }
  readonly episode: { readonly title: string; readonly href: string } | null
  readonly wish: Wish
  readonly messages: readonly SaidLine[]
  readonly reply: {
    readonly action: string
    readonly body: string
    readonly error: string | null
    readonly maxLength: number
  }
}

export interface SaidLine {
  readonly from: string
  readonly isTheirs: boolean
  readonly when: Moment
  readonly paragraphs: readonly string[]
}

export function confirmRequestPage(
  site: Site,
  token: string,
  request: UnconfirmedRequest & { readonly podcast: { readonly title: string } },
): ConfirmRequestPage {
  return {
    ...noticePage(site, site.words.request.handOnTitle, addresses.request),
    podcast: request.podcast.title,
    action: addresses.confirmRequest(token),
    wish: wishOf(request, site.words),
  }
}

interface Reply {
  readonly body: string
  readonly changeset: Pick<AnyChangeset, 'errors'>
}

export function requestStatusPage(
  site: Site,
  token: string,
  request: WholeRequest,
  { asOf, reply }: { readonly asOf: Date; readonly reply?: Reply },
): RequestStatusPage {
  const { podcast, episode } = request
  const { words } = site
  const state = stateOfRequest(request, asOf)
  const isOut = state === 'complete' && episode !== null
  const [wrong] = reply ? (errorMessages(reply.changeset, words.errors)['body'] ?? []) : []

  return {
    ...noticePage(site, words.request.yours, addresses.request),
    podcast: { name: podcast.title, href: addresses.podcast(podcast.slug) },
    asked: moment(request.insertedAt, words),
    status: words.request.states[state],
    episode: isOut
      ? { title: episode.title, href: addresses.episode(podcast.slug, episode.slug) }
      : null,
    wish: wishOf(request, words),
    messages: saidLines(request, words),
    reply: {
      action: addresses.replyToRequest(token),
      body: reply?.body ?? '',
      error: wrong === undefined ? null : words.request.messageError(wrong),
      maxLength: LONGEST_MESSAGE,
    },
  }
}

/** What was said about a request, the oldest first. */
export function saidLines(
  { messages, podcast, submitter }: WholeRequest,
  words: Words,
): readonly SaidLine[] {
  return messages.map(({ author, person, insertedAt, body }) => ({
    from: author === 'staff' ? (person?.name ?? podcast.title) : submitter.name,
    isTheirs: author === 'submitter',
    when: moment(insertedAt, words),
    paragraphs: paragraphs(body),
  }))
}

export function wishOf(
  {
    pitch,
    topics,
    guests,
    hosts,
    pronunciation,
  }: Pick<UnconfirmedRequest, 'pitch' | 'topics' | 'guests' | 'hosts' | 'pronunciation'>,
  { request: { fields } }: Words,
): Wish {
  const facts = [
    [fields.topics, topics],
    [fields.guests, guests],
    [fields.hosts, hosts],
    [fields.pronunciation, pronunciation],
  ] as const
  return {
    pitch: paragraphs(pitch),
    facts: facts.flatMap(([name, value]) => (value === null ? [] : [fact(name, value)])),
  }
}

function paragraphs(text: string): readonly string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.trim())
}
