import { build, from, schema, stateOf, t, timestamps, type Repo, type Row } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { type SlackEvent } from '@showrunner/slack'
import { memberArrived } from './arrivals.ts'

const KEPT_MS = 30 * 24 * 60 * 60_000

/** An event that Slack called about, so that it is taken once. Nothing of what it says is kept. */
export const SlackEventTaken = schema('slack_events', {
  id: t.id(),
  eventId: t.string(),
  type: t.string(),
  userId: t.string().nullable(),
  ...timestamps({ updatedAt: false }),
})
export type SlackEventTaken = Row<typeof SlackEventTaken>

/** Takes an event whose signature was seen to be right, once. Says whether it was new. */
export async function takeSlackEvent(
  repo: Repo,
  event: Exclude<SlackEvent, { readonly type: 'url_verification' }>,
): Promise<boolean> {
  return repo.transaction(async () => {
    const [type, userId] =
      event.type === 'team_join' ? [event.type, event.userId] : [event.name, null]
    const taken = await repo.insertOrThrow(
      build(SlackEventTaken, { eventId: event.eventId, type, userId }),
      { onConflict: 'nothing' },
    )
    if (stateOf(taken) === 'built') return false
    if (userId !== null) await enqueue(repo, memberArrived, { userId })
    return true
  })
}

/** Slack repeats an event within hours; its signature is good for minutes. */
export async function removeOldSlackEvents(repo: Repo, asOf: Date): Promise<void> {
  const before = new Date(asOf.getTime() - KEPT_MS)
  await repo.deleteAll(from(SlackEventTaken).where('insertedAt', '<', before))
}
