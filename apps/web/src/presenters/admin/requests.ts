import { type Changeset, errorMessages } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Episode } from '@showrunner/domain/episodes'
import { type Paged } from '@showrunner/domain/lists'
import * as people from '@showrunner/domain/people'
import { type Podcast } from '@showrunner/domain/podcasts'
import * as requests from '@showrunner/domain/requests'
import { addresses } from '../../addresses.ts'
import { typed } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { moment, type Moment } from '../dates.ts'
import { excerpt } from '../excerpts.ts'
import { type SaidLine, saidLines, type Wish, wishOf } from '../request-status-page.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Removal } from './form-page.ts'
import { type ListPage, listPage, type Tone } from './list-page.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

const STATES: Readonly<Record<requests.RequestState, { words: string; tone: Tone }>> = {
  fresh: { words: 'Fresh', tone: 'waiting' },
  pending: { words: 'Pending', tone: 'quiet' },
  accepted: { words: 'Accepted', tone: 'good' },
  declined: { words: 'Declined', tone: 'quiet' },
  failed: { words: 'Failed', tone: 'bad' },
  complete: { words: 'Complete', tone: 'good' },
}

interface Found {
  readonly page: Paged<requests.ListedRequest>
  readonly counts: Readonly<Record<requests.RequestState, number>>
  readonly podcasts: readonly Podcast[]
  /** Undefined for all of them. */
  readonly state: requests.RequestState | undefined
}

export function requestList(
  frame: AdminFrame,
  query: ListQuery,
  { page, counts, podcasts, state }: Found,
  asOf: Date,
): ListPage {
  const podcast = query.chosen['podcast'] ?? ''
  const at = (status: string) => query.href(admin.requests, { status, page: 1 })
  const rows = page.rows.map((request) => {
    const { words, tone } = STATES[requests.stateOfRequest(request, asOf)]
    return {
      id: request.id,
      href: admin.request(request.id),
      title: excerpt(request.pitch, 90),
      subtitle: request.submitter.name,
      picture: null,
      badge: { words, tone },
      cells: [request.podcast.title, moment(request.insertedAt, en).dated],
    }
  })

  return listPage(frame, query, page, rows, {
    address: admin.requests,
    noun: ['request', 'requests'],
    intro:
      'What people would like to hear. Whoever asked follows it on a page of their own, and is mailed what you write.',
    tabs: [
      ...requests.REQUEST_STATES.map((one) => ({
        label: STATES[one].words,
        href: at(one),
        count: counts[one],
        isHere: one === state,
      })),
      { label: 'All', href: at('all'), count: null, isHere: state === undefined },
    ],
    filters: [
      { name: 'status', label: 'Status', value: state ?? 'all', options: STATE_OPTIONS },
      ...(podcasts.length > 1
        ? [{ name: 'podcast', label: 'Podcast', value: podcast, options: optionsOf(podcasts) }]
        : []),
    ],
    columns: [{ title: 'Pitch' }, { title: 'Podcast' }, { title: 'Asked' }],
    empty:
      'Nothing new. People ask on the page for requests, for podcasts that say in their settings that they take them.',
  })
}

const STATE_OPTIONS = [
  ...requests.REQUEST_STATES.map((value) => ({ value, label: STATES[value].words })),
  { value: 'all', label: 'All' },
]

function optionsOf(podcasts: readonly Podcast[]) {
  return [
    { value: '', label: 'Every podcast' },
    ...podcasts.map(({ id, title }) => ({ value: String(id), label: title })),
  ]
}

/** A request, with what was said about it and what may be done. */
export interface RequestDesk extends AdminPage {
  readonly podcast: { readonly name: string; readonly href: string }
  readonly submitter: {
    readonly name: string
    readonly email: string | null
    readonly href: string | null
  }
  readonly asked: Moment
  readonly answered: Moment | null
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly episode: { readonly title: string; readonly href: string } | null
  readonly wish: Wish
  readonly messages: readonly SaidLine[]
  readonly answer: AnswerForm
  readonly remove: Removal | null
}

interface AnswerForm {
  readonly action: string
  readonly lockVersion: number
  readonly body: string
  readonly bodyError: string | null
  readonly maxLength: number
  readonly problems: readonly string[]
  readonly buttons: readonly { readonly status: string; readonly label: string }[]
  /** Which episode answers it, where there is none yet. */
  readonly episodes: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: string
}

interface OnDesk {
  readonly request: requests.WholeRequest
  readonly linkable: readonly Pick<Episode, 'id' | 'title' | 'published'>[]
  readonly changeset?: Changeset<typeof requests.Answer>
}

export function requestDesk(
  frame: AdminFrame,
  actor: Account,
  { request, linkable, changeset }: OnDesk,
  asOf: Date,
): RequestDesk {
  const { podcast, submitter, episode, answeredAt } = request
  const state = requests.stateOfRequest(request, asOf)
  return {
    frame,
    podcast: { name: podcast.title, href: admin.podcast(podcast.id) },
    submitter: {
      name: submitter.name,
      email: submitter.email,
      href: people.may(actor, 'show') ? admin.person(submitter.id) : null,
    },
    asked: moment(request.insertedAt, en),
    answered: answeredAt && moment(answeredAt, en),
    badge: STATES[state],
    episode: episode && {
      title: episode.title,
      href: admin.editEpisode(podcast.id, episode.id),
    },
    wish: wishOf(request, en),
    messages: saidLines(request, en),
    answer: answerForm(actor, { request, linkable, ...(changeset && { changeset }) }, state),
    remove: requests.may(actor, 'delete', request)
      ? {
          action: admin.removeRequest(request.id),
          label: 'Delete request',
          question:
            'Delete this request, and all that was said about it? Its episode stays; whoever asked is not told.',
        }
      : null,
  }
}

function answerForm(
  actor: Account,
  { request, linkable, changeset }: OnDesk,
  state: requests.RequestState,
): AnswerForm {
  const wrong = changeset ? errorMessages(changeset) : {}
  const sent = (name: string) => (changeset && typed(changeset, name)) ?? ''
  const [bodyError] = wrong['body'] ?? []
  return {
    action: admin.answerRequest(request.id),
    lockVersion: request.lockVersion,
    body: sent('body'),
    bodyError: bodyError === undefined ? null : `The message ${bodyError}.`,
    maxLength: requests.LONGEST_MESSAGE,
    problems: [
      ...(wrong['status'] ?? []).map((message) => `The request ${message}.`),
      ...(wrong['episodeId'] ?? []).map((message) => `The episode ${message}.`),
    ],
    buttons: BUTTONS.filter(
      ({ status, action }) =>
        requests.may(actor, action, request) &&
        (status === '' || (state !== 'complete' && status !== request.status)),
    ),
    episodes:
      request.episode || state === 'complete'
        ? []
        : linkable.map(({ id, title, published }) => ({
            value: String(id),
            label: published ? title : `${title} (draft)`,
          })),
    chosen: sent('episodeId'),
  }
}

const BUTTONS = [
  { status: 'accepted', action: 'accept', label: 'Accept' },
  { status: 'pending', action: 'pend', label: 'Keep for later' },
  { status: 'declined', action: 'decline', label: 'Decline' },
  { status: 'failed', action: 'fail', label: 'Could not be made' },
  { status: '', action: 'message', label: 'Only send the message' },
] as const
