import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext } from 'node:test'
import { z } from 'zod'
import { type MemberfulSite } from '../memberful-site.ts'
import { SIGNATURE_HEADER, signatureOf } from '../verify-signature.ts'

const Asked = z.object({
  operationName: z.string(),
  query: z.string(),
  variables: z.object({ id: z.string().optional(), after: z.string().nullish() }),
})

/** A member as the API shows them: times are seconds. */
export interface FakeMember {
  readonly id: number
  readonly email: string
  readonly fullName?: string
  readonly unrestrictedAccess?: boolean
  readonly subscriptions?: readonly FakeSubscription[]
}

export interface FakeSubscription {
  readonly id: number
  readonly active: boolean
  readonly autorenew?: boolean
  readonly createdAt?: number
  readonly expiresAt?: number | null
  readonly plan?: { readonly id: number; readonly name: string; readonly slug: string }
}

export interface FakeMemberful {
  /** A key that is known there. */
  readonly site: MemberfulSite
  /** Who is a member: tests change it. */
  readonly members: Map<number, FakeMember>
  /** What was asked, in order. */
  readonly asked: string[]
  /** What it answers instead: a status, or the words of an error; a status of 0 is no answer at all. */
  trouble: number | string | undefined
}

const PAGE = 2

/** A Memberful with these members, until the test is over. It answers the API, two to a page. */
export async function fakeMemberful(
  t: Pick<TestContext, 'after'>,
  members: readonly FakeMember[] = [],
): Promise<FakeMemberful> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const asked = Asked.parse(JSON.parse(await text(request)))
      fake.asked.push(asked.operationName)
      const { trouble } = fake
      if (trouble === 0) return
      if (typeof trouble === 'number') {
        response.writeHead(trouble).end('{}')
        return
      }
      const isKnown = request.headers.authorization === `Bearer ${fake.site.apiKey}`
      const refusal = isKnown ? trouble : 'Invalid authentication token.'
      response.writeHead(200, { 'content-type': 'application/json' })
      const said =
        refusal === undefined
          ? { data: answerOf(asked, [...fake.members.values()]) }
          : { errors: [{ message: refusal }] }
      response.end(JSON.stringify(said))
    }
    void answer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  const fake: FakeMemberful = {
    site: { site: `http://127.0.0.1:${address.port}`, apiKey: 'k3y', patienceMs: 500 },
    members: new Map(members.map((member) => [member.id, member])),
    asked: [],
    trouble: undefined,
  }
  return fake
}

function answerOf(
  { operationName, variables: { id, after } }: z.infer<typeof Asked>,
  members: readonly FakeMember[],
): object {
  if (operationName === 'Member') {
    const member = members.find((one) => String(one.id) === id)
    return { member: member ? shown(member) : null }
  }
  if (operationName === 'Members') return { members: paged(members.map(shown), after) }
  const subscriptions = members.flatMap((member) => {
    const { subscriptions: theirs, ...whose } = shown(member)
    return theirs.map((subscription) => ({ ...subscription, member: whose }))
  })
  return { subscriptions: paged(subscriptions, after) }
}

// Identifiers are text in GraphQL.
function shown({ subscriptions = [], ...member }: FakeMember) {
  return {
    fullName: null,
    unrestrictedAccess: false,
    ...member,
    id: String(member.id),
    subscriptions: subscriptions.map(({ plan, ...subscription }) => ({
      autorenew: true,
      createdAt: null,
      expiresAt: null,
      ...subscription,
      id: String(subscription.id),
      plan: plan ? { ...plan, id: String(plan.id) } : null,
    })),
  }
}

function paged(nodes: readonly object[], after: string | null | undefined) {
  const start = Number(after ?? 0)
  const end = start + PAGE
  return {
    pageInfo: { hasNextPage: end < nodes.length, endCursor: String(end) },
    edges: nodes.slice(start, end).map((node) => ({ node })),
  }
}

/** An event as Memberful sends it: the body, and headers that sign it. */
export function signed(event: unknown, secret: string) {
  const body = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event))
  return {
    payload: body,
    headers: { [SIGNATURE_HEADER]: signatureOf(body, secret).toString('hex') },
  }
}
