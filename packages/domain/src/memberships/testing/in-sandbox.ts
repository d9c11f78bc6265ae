import assert from 'node:assert/strict'
import { from, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type MemberfulSite, readEvent } from '@showrunner/memberful'
import { payload, SUBSCRIPTION } from '@showrunner/memberful/testing'
import {
  getEvent,
  Membership,
  membershipJobs,
  type MembershipListener,
  receiveEvent,
} from '../index.ts'

export const NOW = new Date('2026-01-10T12:00:00Z')
export const [P1, P2, P3] = [
  '2026-02-01T00:00:00Z',
  '2026-03-01T00:00:00Z',
  '2026-04-01T00:00:00Z',
] as const
type EventName = Parameters<typeof payload>[0]

/** An event of a subscription that is paid until then. */
export const of = (event: EventName, expires_at: string, said: object = {}) =>
  payload(event, {
    subscription: {
      ...SUBSCRIPTION,
      active: event !== 'subscription.deactivated',
      expires_at,
      ...said,
    },
  })

export const created = of('subscription.created', P1)
export const deactivated = of('subscription.deactivated', P1)

/** The jobs of memberships in a test's sandbox: who was told what is in `told`. */
export function inSandbox(
  repo: Repo,
  { memberful, at = NOW }: { memberful?: MemberfulSite; at?: Date } = {},
) {
  const told: string[] = []
  const listener: MembershipListener = {
    joined: async (_repo, { name }) => told.push(`${name} joined`),
    left: async (_repo, { name }) => told.push(`${name} left`),
  }
  const jobs = membershipJobs([listener])
  const parts = { repo, clock: () => at, ...(memberful && { memberful }) }
  return {
    told,
    jobs,
    parts,
    receive: async (event: object) => {
      const body = Buffer.from(JSON.stringify(event))
      const read = readEvent(body)
      assert.ok(read)
      return receiveEvent(repo, body, read, at)
    },
    perform: () => performWaiting(repo, Object.values(jobs), parts),
  }
}

export const theMembership = async (repo: Repo) =>
  repo.oneOrThrow(from(Membership).preload('person'))
export const stepsOf = async (repo: Repo, id: number) =>
  (await getEvent(repo, id)).steps.map(({ words }) => words)
