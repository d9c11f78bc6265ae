import { type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { mailBatch } from './mail-batch.ts'
import {
  sendConfirmation,
  sendSubscriptionMail,
  type SubscriptionParts,
} from './send-subscription-mails.ts'
import { removeUnconfirmed } from './subscribe.ts'

const MAILED_OF = ['episode', 'transcript'] as const
export type MailedOf = (typeof MAILED_OF)[number]

const Id = z.number().int()

export const mailSubscriptionConfirm = defineJob({
  name: 'mail_subscription_confirm',
  args: z.object({ id: Id }),
  perform: (parts: SubscriptionParts, { id }) => sendConfirmation(parts, id),
})

/** Lets those after one number be mailed, a batch of them; the next ones by another job. */
export const mailSubscribers = defineJob({
  name: 'mail_subscribers',
  args: z.object({ episodeId: Id, of: z.enum(MAILED_OF), after: Id }),
  perform: ({ repo, clock }: SubscriptionParts, batch) => mailBatch(repo, batch, clock()),
})

export const mailSubscriber = defineJob({
  name: 'mail_subscriber',
  args: z.object({ mailId: Id }),
  perform: (parts: SubscriptionParts, { mailId }) => sendSubscriptionMail(parts, mailId),
})

export const removeUnconfirmedSubscriptions = defineJob({
  name: 'remove_unconfirmed_subscriptions',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    await removeUnconfirmed(repo, clock())
  },
})

export const SUBSCRIPTION_JOBS = [
  mailSubscriptionConfirm,
  mailSubscribers,
  mailSubscriber,
  removeUnconfirmedSubscriptions,
] as const
