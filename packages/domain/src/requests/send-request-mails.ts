import { from } from '@showrunner/data'
import { newToken, type MailParts, tokenHash } from '../accounts/index.ts'
import { EpisodeGuest, EpisodeHost } from '../episodes/index.ts'
import { aboutEpisode, aboutPodcast, aboutRequest, sendMail } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { type AnswerStatus } from './answer.ts'
import { EpisodeRequest } from './episode-request.ts'
import {
  acceptedMail,
  answeredMail,
  arrivedMail,
  confirmMail,
  declinedMail,
  failedMail,
  messageMail,
  publishedMail,
  receivedMail,
} from './mails.ts'
import { createRequestLink } from './request-link.ts'
import { RequestMessage } from './request-message.ts'
import { UnconfirmedRequest } from './unconfirmed-request.ts'

export interface RequestMailParts extends MailParts {
  /** The address of the page behind a request's token, in full. */
  readonly requestAddress: (token: string) => string
  /** The address of a request in the admin area, in full. */
  readonly requestDeskAddress: (id: number) => string
  /** The address of an episode's page, in full. */
  readonly episodeAddress: (podcast: string, episode: string) => string
}

/** Mails the link that hands a request on. Only its hash is kept, so each mail makes its own, and the last one counts. */
export async function sendRequestConfirm(parts: RequestMailParts, id: number): Promise<void> {
  const { repo } = parts
  const kept = await repo.get(from(UnconfirmedRequest).preload('podcast'), id)
  if (!kept) return
  const token = newToken()
  await repo.updateAll(from(UnconfirmedRequest).where({ id }), { tokenHash: tokenHash(token) })
  const props = { podcast: kept.podcast.title, url: parts.requestAddress(token) }
  await sendMail(parts, confirmMail, kept.email, props, { about: aboutPodcast(kept.podcast) })
}

export async function sendRequestReceived(parts: RequestMailParts, id: number): Promise<void> {
  const found = await toSubmitter(parts, id)
  if (!found) return
  const { email, props, about } = found
  await sendMail(parts, receivedMail, email, props, { about })
}

const BY_STATUS = {
  pending: messageMail,
  accepted: acceptedMail,
  declined: declinedMail,
  failed: failedMail,
} as const satisfies Record<AnswerStatus, unknown>

/** Mails what the podcast wrote; with what became of the request, when it says that too. */
export async function sendRequestAnswer(
  parts: RequestMailParts,
  messageId: number,
  status: AnswerStatus | null,
): Promise<void> {
  const message = await parts.repo.get(RequestMessage, messageId)
  if (!message) return
  const found = await toSubmitter(parts, message.requestId)
  if (!found) return
  const kind = status === null ? messageMail : BY_STATUS[status]
  const { email, props, about } = found
  await sendMail(parts, kind, email, { ...props, message: message.body }, { about })
}

export async function sendRequestPublished(
  { repo, ...parts }: RequestMailParts,
  id: number,
): Promise<void> {
  const request = await repo.get(
    from(EpisodeRequest).preload('podcast', 'submitter', 'episode'),
    id,
  )
  if (!request?.episode || request.submitter.email === null) return
  const { podcast, submitter, episode } = request
  const heard = { episodeId: episode.id, personId: submitter.id }
  if (await repo.exists(from(EpisodeGuest).where(heard))) return
  if (await repo.exists(from(EpisodeHost).where(heard))) return
  const props = {
    name: submitter.name,
    podcast: podcast.title,
    episode: episode.title,
    episodeUrl: parts.episodeAddress(podcast.slug, episode.slug),
  }
  const envelope = { about: aboutEpisode(episode) }
  await sendMail({ repo, ...parts }, publishedMail, request.submitter.email, props, envelope)
}

interface ToHost {
  readonly requestId: number
  readonly personId: number
  readonly messageId: number | null
}

/** Mails a host that there is a request, or what was written about one. */
export async function sendToHost(
  parts: RequestMailParts,
  { requestId, personId, messageId }: ToHost,
): Promise<void> {
  const { repo } = parts
  const request = await repo.get(from(EpisodeRequest).preload('podcast', 'submitter'), requestId)
  const person = await repo.get(Person, personId)
  if (!request || person?.email == null) return
  const message = messageId === null ? undefined : await repo.get(RequestMessage, messageId)
  const props = {
    name: person.name,
    podcast: request.podcast.title,
    submitter: request.submitter.name,
    words: message?.body ?? request.pitch,
    url: parts.requestDeskAddress(request.id),
  }
  const about = aboutRequest(request, request.submitter.name)
  await sendMail(parts, message ? answeredMail : arrivedMail, person.email, props, { about })
}

/** What every mail to whoever asked says, with a way of its own to the page of the request. */
async function toSubmitter({ repo, clock, requestAddress }: RequestMailParts, id: number) {
  const request = await repo.get(from(EpisodeRequest).preload('podcast', 'submitter'), id)
  if (!request || request.submitter.email === null) return undefined
  const token = await createRequestLink(repo, request, clock())
  const { podcast, submitter } = request
  return {
    email: request.submitter.email,
    props: { name: submitter.name, podcast: podcast.title, url: requestAddress(token) },
    about: aboutRequest(request, submitter.name),
  }
}
