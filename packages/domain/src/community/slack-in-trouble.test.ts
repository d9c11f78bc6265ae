import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { TryLaterError } from '@showrunner/jobs'

import { aPerson, inSlack, toldIn } from '../testing/index.ts'
import {
  type CommunityAccount,
  findAccount,
  inviteMember,
  listWaiting,
  memberJoined,
  welcomeMember,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const ada = (repo: Repo) => aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
const stepsOf = ({ steps }: CommunityAccount) => steps.map(({ words }) => words)

async function accountOf(repo: Repo, personId: number): Promise<CommunityAccount> {
  const account = await findAccount(repo, personId)
  if (!account) throw new Error('there is no account')
  return account
}

const turnOf = ({ id, round }: CommunityAccount) => ({ accountId: id, round })

describe('a Slack in trouble', () => {
  it(
    'says how long to leave it alone, and the job says so too',
    inSlack({ means: 'admin' }, async ({ repo, slack, parts, perform }) => {
      const person = await ada(repo)
      await memberJoined(repo, person, NOW)
      const turn = turnOf(await accountOf(repo, person.id))
      slack.trouble('admin.users.invite', { status: 429, retryAfter: 90, times: 1 })

      const error: unknown = await inviteMember.run(parts(), turn).catch((e: unknown) => e)

      assert.ok(error instanceof TryLaterError && error.afterMs === 90_000)
      await perform()
      assert.deepEqual(slack.workspace.invitations, ['ada@example.com'])
      assert.equal((await accountOf(repo, person.id)).error, null)
    }),
  )

  for (const [what, trouble] of [
    ['gives no answer', { silent: true, times: 1 }],
    ['gives no answer, but did it', { silent: true, times: 1, afterwards: true }],
    ['breaks', { status: 500, times: 1 }],
    ['breaks, but did it', { status: 500, times: 1, afterwards: true }],
    ['knows them', { error: 'already_in_team', times: 1 }],
    ['invited them before', { error: 'already_invited', times: 1 }],
  ] as const) {
    it(
      `that ${what}, has them invited once`,
      inSlack({ means: 'admin' }, async ({ repo, slack, parts, perform }) => {
        const person = await ada(repo)
        await memberJoined(repo, person, NOW)
        const turn = turnOf(await accountOf(repo, person.id))
        slack.trouble('admin.users.invite', trouble)
        const hasty = { ...parts(), slack: { ...slack.app, patienceMs: 80 } }

        await inviteMember.run(hasty, turn).catch(() => undefined)
        await perform()

        assert.ok(slack.workspace.invitations.length <= 1)
        assert.ok(slack.count('admin.users.invite') <= 2)
        const account = await accountOf(repo, person.id)
        assert.deepEqual([account.state, account.error], ['invited', null])
      }),
    )
  }

  it(
    'that refuses the token is told of once, in the log of the member and to the staff',
    inSlack({ means: 'admin' }, async ({ repo, slack, parts, perform }) => {
      const person = await ada(repo)
      await memberJoined(repo, person, NOW)
      const turn = turnOf(await accountOf(repo, person.id))
      slack.trouble('auth.test', { error: 'invalid_auth' })

      for (let time = 0; time < 3; time += 1) {
        await assert.rejects(inviteMember.run(parts(), turn), { code: 'invalid_auth' })
      }

      const [waiting] = await listWaiting(repo)
      assert.equal(waiting?.error, 'Slack answered invalid_auth to auth.test.')
      assert.deepEqual(stepsOf(waiting), ['Became a member.', waiting.error])
      slack.trouble('auth.test', null)
      await perform()
      assert.deepEqual(toldIn(slack, 'CSTAFF'), [
        'Ada Byron is a member now.',
        'Ada Byron could not be brought to where members talk. Slack answered invalid_auth to auth.test.',
      ])
      assert.deepEqual(slack.workspace.invitations, ['ada@example.com'])
    }),
  )

  it(
    'that swallows the end of a greeting is asked whether it was said',
    inSlack({ means: 'admin' }, async ({ repo, slack, parts, perform }) => {
      const person = await ada(repo)
      const { id } = slack.workspace.join('ada@example.com')
      await memberJoined(repo, person, NOW)
      const turn = turnOf(await accountOf(repo, person.id))
      await inviteMember.run(parts(), turn)
      const hasty = { ...parts(), slack: { ...slack.app, patienceMs: 80 } }
      slack.trouble('chat.postMessage', { silent: true, afterwards: true, times: 1 })

      await assert.rejects(welcomeMember.run(hasty, turn), { code: 'timeout' })
      await perform()

      assert.equal(toldIn(slack, `D${id}`).length, 1)
      assert.equal(stepsOf(await accountOf(repo, person.id)).at(-1), 'Greeted.')
    }),
  )

  for (const [what, trouble] of [
    ['breaks', { status: 502, times: 1, afterwards: true }],
    ['answers a page', { page: '<h1>Sorry</h1>', times: 1, afterwards: true }],
    ['says that some of it may be done', { error: 'internal_error', times: 1, afterwards: true }],
  ] as const) {
    it(
      `that ${what} over a greeting says it once`,
      inSlack({ means: 'admin' }, async ({ repo, slack, parts, perform }) => {
        const person = await ada(repo)
        const { id } = slack.workspace.join('ada@example.com')
        await memberJoined(repo, person, NOW)
        const turn = turnOf(await accountOf(repo, person.id))
        await inviteMember.run(parts(), turn)
        slack.trouble('chat.postMessage', trouble)

        await assert.rejects(welcomeMember.run(parts(), turn))
        await perform()

        assert.equal(toldIn(slack, `D${id}`).length, 1)
      }),
    )
  }

  it(
    'that may not be asked is not told again what it may know',
    inSlack({ means: 'admin' }, async ({ repo, slack, parts }) => {
      const person = await ada(repo)
      slack.workspace.join('ada@example.com')
      await memberJoined(repo, person, NOW)
      const turn = turnOf(await accountOf(repo, person.id))
      await inviteMember.run(parts(), turn)
      const hasty = { ...parts(), slack: { ...slack.app, patienceMs: 80 } }
      slack.trouble('chat.postMessage', { silent: true, afterwards: true, times: 1 })
      slack.trouble('conversations.history', { error: 'missing_scope' })

      await assert.rejects(welcomeMember.run(hasty, turn), { code: 'timeout' })
      await welcomeMember.run(parts(), turn)

      assert.equal(slack.count('chat.postMessage'), 1)
      assert.match(stepsOf(await accountOf(repo, person.id)).at(-1) ?? '', /^Perhaps greeted/)
    }),
  )
})
