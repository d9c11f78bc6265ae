import { z } from 'zod'
import { ask } from './ask.ts'
import { type MemberfulSite } from './memberful-site.ts'

// Identifiers come as text or as numbers; times are seconds since 1970.
const Id = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)])
const Moment = z
  .number()
  .nullish()
  .transform((seconds) => (seconds == null ? null : new Date(seconds * 1000)))

const Plan = z.object({ id: Id, name: z.string(), slug: z.string().nullish() })

const Subscription = z.object({
  id: Id,
  active: z.boolean(),
  autorenew: z.boolean().nullish(),
  createdAt: Moment,
  expiresAt: Moment,
  plan: Plan.nullish(),
})

const Member = z.object({
  id: Id,
  email: z.string(),
  fullName: z.string().nullish(),
  unrestrictedAccess: z.boolean().nullish(),
  subscriptions: z.array(Subscription).default([]),
})

const SubscriptionOfMember = Subscription.extend({
  member: Member.omit({ subscriptions: true }).nullish(),
})

const pageOf = <Node extends z.ZodType>(node: Node) =>
  z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    edges: z.array(z.object({ node })),
  })

export type MemberfulMember = z.infer<typeof Member>
export type MemberfulSubscription = z.infer<typeof Subscription>

export interface Page<Node> {
  readonly nodes: readonly Node[]
  /** What the next page comes after; undefined when this is the last. */
  readonly next: string | undefined
}

const SUBSCRIPTION_FIELDS = 'id active autorenew createdAt expiresAt plan { id name slug }'
const MEMBER_FIELDS = 'id email fullName unrestrictedAccess'
const WHOLE_MEMBER = `${MEMBER_FIELDS} subscriptions { ${SUBSCRIPTION_FIELDS} }`

const MEMBER = `query Member($id: ID!) { member(id: $id) { ${WHOLE_MEMBER} } }`

const MEMBERS = `query Members($after: String) {
  members(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { ${WHOLE_MEMBER} } }
  }
}`

const SUBSCRIPTIONS = `query Subscriptions($after: String) {
  subscriptions(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { ${SUBSCRIPTION_FIELDS} member { ${MEMBER_FIELDS} } } }
  }
}`

/**
 * A member as Memberful has them now; undefined when it has nobody of this id.
 *
 * @throws MemberfulError
 */
export async function getMember(
  site: MemberfulSite,
  id: number,
): Promise<MemberfulMember | undefined> {
  const { member } = await ask(
    site,
    { operation: 'Member', query: MEMBER, variables: { id: String(id) } },
    z.object({ member: Member.nullish() }),
  )
  return member ?? undefined
}

/**
 * A hundred members with their subscriptions, those after `after`.
 *
 * @throws MemberfulError
 */
export async function listMembers(
  site: MemberfulSite,
  after?: string,
): Promise<Page<MemberfulMember>> {
  const { members } = await ask(
    site,
    { operation: 'Members', query: MEMBERS, variables: { after: after ?? null } },
    z.object({ members: pageOf(Member) }),
  )
  return asPage(members)
}

/**
 * A hundred subscriptions, each with whose it is, those after `after`.
 *
 * @throws MemberfulError
 */
export async function listSubscriptions(
  site: MemberfulSite,
  after?: string,
): Promise<Page<z.infer<typeof SubscriptionOfMember>>> {
  const { subscriptions } = await ask(
    site,
    { operation: 'Subscriptions', query: SUBSCRIPTIONS, variables: { after: after ?? null } },
    z.object({ subscriptions: pageOf(SubscriptionOfMember) }),
  )
  return asPage(subscriptions)
}

function asPage<Node>({
  pageInfo: { hasNextPage, endCursor },
  edges,
}: {
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly endCursor?: string | null | undefined
  }
  readonly edges: readonly { readonly node: Node }[]
}): Page<Node> {
  const nodes = edges.map(({ node }) => node)
  return { nodes, next: hasNextPage ? (endCursor ?? undefined) : undefined }
}
