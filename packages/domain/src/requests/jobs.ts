import { type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { removeExpiredRequests } from './confirm-request.ts'
import { ANSWERS } from './answer.ts'
import {
  type RequestMailParts,
  sendRequestAnswer,
  sendRequestConfirm,
  sendRequestPublished,
  sendRequestReceived,
  sendToHost,
} from './send-request-mails.ts'

const Id = z.number().int()

export const mailRequestConfirm = defineJob({
  name: 'mail_request_confirm',
  args: z.object({ id: Id }),
  perform: (parts: RequestMailParts, { id }) => sendRequestConfirm(parts, id),
})

export const mailRequestReceived = defineJob({
  name: 'mail_request_received',
  args: z.object({ requestId: Id }),
  perform: (parts: RequestMailParts, { requestId }) => sendRequestReceived(parts, requestId),
})

export const mailRequestAnswer = defineJob({
  name: 'mail_request_answer',
  args: z.object({ messageId: Id, status: z.enum(ANSWERS).nullable() }),
  perform: (parts: RequestMailParts, { messageId, status }) =>
    sendRequestAnswer(parts, messageId, status),
})

export const mailRequestPublished = defineJob({
  name: 'mail_request_published',
  args: z.object({ requestId: Id }),
  perform: (parts: RequestMailParts, { requestId }) => sendRequestPublished(parts, requestId),
})

export const mailRequestHost = defineJob({
  name: 'mail_request_host',
  args: z.object({ requestId: Id, personId: Id, messageId: Id.nullable() }),
  perform: (parts: RequestMailParts, args) => sendToHost(parts, args),
})

export const removeUnconfirmedRequests = defineJob({
  name: 'remove_unconfirmed_requests',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    await removeExpiredRequests(repo, clock())
  },
})

export const REQUEST_JOBS = [
  mailRequestConfirm,
  mailRequestReceived,
  mailRequestAnswer,
  mailRequestPublished,
  mailRequestHost,
  removeUnconfirmedRequests,
] as const
