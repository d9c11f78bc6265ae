import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { performWaiting } from '@showrunner/jobs/testing'
import { aPerson, inSlack, toldIn } from '../testing/index.ts'
import {
  COMMUNITY_JOBS,
  type CommunityParts,
  memberJoined,
  memberLeft,
  takeSlackEvent,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LINK = 'https://join.slack.com/t/radio/shared_invite/zt-1'

class Killed extends Error {}

/** The same parts, whose program ends at the given step, before it is done or right after. */
function killedAt(parts: CommunityParts, at: { left: number; readonly after: boolean }) {
  const dead = Promise.withResolvers<never>()
  dead.promise.catch(() => undefined)
  const step = async <T>(work: () => Promise<T>, isOurs: boolean): Promise<T> => {
    at.left -= 1
    if (at.left !== 0) return work()
    if (at.after) await work()
    dead.reject(new Killed())
    // Our own transaction is rolled back when the program ends; what is outside never hears of it.
    if (isOurs) throw new Killed()
    return new Promise<T>(() => undefined)
  }
  const repo = new Proxy(parts.repo, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target)
      if (typeof method !== 'function') return method
      const call = (...given: unknown[]): unknown => Reflect.apply(method, target, given)
      return name === 'updateAll' || name === 'transaction' || name === 'insertOrThrow'
        ? (...given: unknown[]) => step(async () => call(...given), true)
        : call
    },
  })
  const killed: CommunityParts = {
    ...parts,
    repo,
    mailer: { send: (message) => step(() => parts.mailer.send(message), false) },
    slack: parts.slack && {
      ...parts.slack,
      fetch: (...given) => step(() => fetch(...given), false),
    },
  }
  return { killed, dead: dead.promise }
}

describe('a program that is killed', () => {
  for (const means of ['link', 'admin', 'scim'] as const) {
    for (const after of [false, true]) {
      it(
        `${after ? 'after' : 'before'} any step does nothing twice and forgets nothing, by “${means}”`,
        inSlack({ means, inviteUrl: LINK, graceDays: 0 }, async ({ repo, slack, sent, parts }) => {
          const { workspace } = slack
          /** Does what waits, in a program that dies at this step, and in the next one. */
          const survive = async (at: { left: number; after: boolean }, asOf: Date) => {
            const jobs = COMMUNITY_JOBS.map((job) => ({
              ...job,
              run: async (healthy: CommunityParts, given: unknown) => {
                const { killed, dead } = killedAt(healthy, at)
                try {
                  await Promise.race([job.run(killed, given), dead])
                } catch (error) {
                  if (!(error instanceof Killed)) throw error
                  await job.run(healthy, given)
                }
              },
            }))
            await performWaiting(repo, jobs, parts(asOf))
          }
          for (let step = 1; ; step += 1) {
            const at = { left: step, after }
            const email = `ada${step}@example.com`
            const person = await aPerson(repo, `Ada ${step}`, { email })

            await memberJoined(repo, person, NOW)
            await survive(at, NOW)
            const user = workspace.users.find((one) => one.email === email) ?? workspace.join(email)
            await takeSlackEvent(repo, { type: 'team_join', eventId: email, userId: user.id })
            await survive(at, NOW)
            const asked = workspace.invitations.filter((one) => one === email)
            assert.equal(asked.length, means === 'link' ? 0 : 1, `killed at step ${step}`)
            assert.ok(workspace.channels.get('CMEMBERS')?.has(user.id))
            assert.equal(toldIn(slack, `D${user.id}`).length, 1, `killed at step ${step}`)

            await memberLeft(repo, person, NOW)
            await survive(at, NOW)
            assert.ok(!workspace.channels.get('CMEMBERS')?.has(user.id))
            const staff = toldIn(slack, 'CSTAFF').filter((text) => text.includes(`Ada ${step} `))
            assert.equal(staff.length, 2, `killed at step ${step}: ${staff.join(' ')}`)

            // A mail that went out twice says by its id that it is one.
            const mails = new Set(sent.filter(({ to }) => to === email).map(({ id }) => id))
            assert.equal(mails.size, means === 'link' ? 3 : 2)
            if (at.left > 0) break
          }
        }),
      )
    }
  }
})
