import { type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { type MembershipListener } from '../memberships/index.ts'
import { type Person } from '../people/index.ts'
import { type MemberFeedParts, sendPrivateFeed } from './send-private-feed.ts'

/** With `feedId: null`, for who has become a member: the address of a feed of theirs, or that theirs play again. */
export const mailPrivateFeed = defineJob({
  name: 'mail_private_feed',
  args: z.object({
    personId: z.number().int(),
    feedId: z.number().int().nullable(),
    askedAt: z.iso.datetime(),
  }),
  perform: (parts: MemberFeedParts, asked) => sendPrivateFeed(parts, asked),
})

/** Somebody is a member from now on. In the caller's transaction; told twice of one moment, they get one mail. */
export async function giveFeed(
  repo: Repo,
  { id: personId }: Pick<Person, 'id'>,
  asOf: Date,
): Promise<void> {
  await enqueue(
    repo,
    mailPrivateFeed,
    { personId, feedId: null, askedAt: asOf.toISOString() },
    { key: `private feed of ${personId}` },
  )
}

/** When a membership ends, its feeds say so by themselves. */
export const memberFeedListener: MembershipListener = {
  joined: giveFeed,
  left: async () => undefined,
}
