import { from, type Repo, sql } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { listening, tellEndpoints } from './tell-webhooks.ts'
import { WebhookDelivery } from './webhook-delivery.ts'
import { type WebhookEndpoint } from './webhook-endpoint.ts'

type Member = Pick<Person, 'id' | 'name' | 'email'>
type MemberEvent = 'member.joined' | 'member.left'

/** Lets whoever wants to know be told that somebody is a member. Called twice for one joining, it is told once. */
export async function tellMemberJoined(repo: Repo, person: Member, asOf: Date): Promise<void> {
  await tellOfMember(repo, 'member.joined', person, asOf)
}

/** The same of somebody who is one no longer. */
export async function tellMemberLeft(repo: Repo, person: Member, asOf: Date): Promise<void> {
  await tellOfMember(repo, 'member.left', person, asOf)
}

async function tellOfMember(
  repo: Repo,
  event: MemberEvent,
  { id, name, email }: Member,
  asOf: Date,
): Promise<void> {
  for (const endpoint of await listening(repo, event, null)) {
    if ((await lastOf(repo, endpoint, id)) === event) continue
    await tellEndpoints(repo, [endpoint], { event, payload: { person: { id, name, email } } }, asOf)
  }
}

/** What an endpoint heard of somebody last. */
async function lastOf(
  repo: Repo,
  { id: endpointId }: WebhookEndpoint,
  personId: number,
): Promise<string | undefined> {
  const told = from(WebhookDelivery)
    .where({ endpointId })
    .where('event', 'in', ['member.joined', 'member.left'])
    .where((eb) => sql<boolean>`(${eb.ref('payload')} #>> '{person,id}')::bigint = ${personId}`)
  return (await repo.one(told.orderBy({ id: 'desc' }).limit(1)))?.event
}
