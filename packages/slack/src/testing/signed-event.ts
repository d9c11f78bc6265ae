import { slackSignature } from '../verify-slack-request.ts'

export interface SignedEvent {
  readonly payload: string
  readonly headers: Readonly<Record<string, string>>
}

/** A request as Slack would make it: the bytes, and what they are signed with. */
export function signedEvent(body: object, secret: string, at: Date): SignedEvent {
  const payload = JSON.stringify(body)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    payload,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': slackSignature(Buffer.from(payload), timestamp, secret),
    },
  }
}

/** Somebody came into the workspace. */
export function teamJoin(userId: string, eventId = `Ev${userId}`): object {
  return {
    token: 'old',
    team_id: 'T1',
    api_app_id: 'A1',
    type: 'event_callback',
    event_id: eventId,
    event_time: 1_790_000_000,
    event: { type: 'team_join', user: { id: userId, team_id: 'T1', name: 'somebody' } },
  }
}
