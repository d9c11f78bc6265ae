import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { type Message } from '@showrunner/mail'
import { type FakeSlack } from '@showrunner/slack/testing'
import { aPerson, inSlack, toldIn } from '../testing/index.ts'
import {
  CommunityAccount,
  CommunityNotice,
  findAccount,
  findArrivals,
  getCommunitySettings,
  linkStanding,
  listWaiting,
  lookAfterCommunity,
  memberArrived,
  memberJoined,
  memberLeft,
  removeMember,
  takeSlackEvent,
  updateCommunitySettings,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const LINK = 'https://join.slack.com/t/radio/shared_invite/zt-1'
const days = (count: number) => new Date(NOW.getTime() + count * DAY_MS)

const ada = (repo: Repo) => aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
const subjects = (sent: readonly Message[]) => sent.map(({ subject }) => subject)
const inside = ({ workspace }: FakeSlack) => [...(workspace.channels.get('CMEMBERS') ?? [])]
const stepsOf = ({ steps }: CommunityAccount) => steps.map(({ words }) => words)

async function accountOf(repo: Repo, personId: number): Promise<CommunityAccount> {
  const account = await findAccount(repo, personId)
  if (!account) throw new Error('there is no account')
  return account
}

const turnOf = ({ id, round }: CommunityAccount) => ({ accountId: id, round })

describe('a new member', () => {
  it(
    'is mailed the invite link, brought to the channels and greeted once they are there',
    inSlack({ inviteUrl: LINK }, async ({ repo, slack, sent, perform }) => {
      const person = await ada(repo)

      await memberJoined(repo, person, NOW)
      await memberJoined(repo, person, NOW)
      await perform()

      assert.deepEqual(subjects(sent).toSorted(), [
        'You are a member of Showrunner',
        'Your invitation to the Slack of Showrunner',
      ])
      const invitation = sent.find(({ subject }) => subject.startsWith('Your invitation'))
      assert.ok(invitation?.text.includes(LINK) && invitation.to === 'ada@example.com')
      assert.equal((await accountOf(repo, person.id)).state, 'invited')

      const { id: userId } = slack.workspace.join('ada@example.com', 'Ada')
      await takeSlackEvent(repo, { type: 'team_join', eventId: 'Ev1', userId })
      await perform()

      const account = await accountOf(repo, person.id)
      assert.deepEqual([account.state, account.userId, account.error], ['joined', userId, null])
      assert.deepEqual(inside(slack), ['UBOT', userId])
      assert.match(toldIn(slack, `D${userId}`).join(), /^Hello Ada Byron, .* member of Showrunner/)
      assert.deepEqual(toldIn(slack, 'CSTAFF'), ['Ada Byron is a member now.'])
      assert.deepEqual(stepsOf(account), [
        'Became a member.',
        'The invite link was put in the mail.',
        'They are there now.',
        'Brought to the members’ channels: CMEMBERS.',
        'To be greeted.',
        'Greeted.',
      ])
      assert.equal(sent.length, 2)
    }),
  )

  for (const means of ['admin', 'legacy'] as const) {
    it(
      `is invited by Slack itself, by the means “${means}”`,
      inSlack({ means }, async ({ repo, slack, sent, perform }) => {
        const person = await ada(repo)

        await memberJoined(repo, person, NOW)
        await perform()

        assert.deepEqual(slack.workspace.invitations, ['ada@example.com'])
        assert.deepEqual(subjects(sent), ['You are a member of Showrunner'])
        const account = await accountOf(repo, person.id)
        assert.deepEqual([account.state, account.means], ['invited', means])
      }),
    )
  }

  it(
    'has an account made by SCIM, which ends with the membership and is there again with the next',
    inSlack({ means: 'scim', graceDays: 0 }, async ({ repo, slack, perform }) => {
      const person = await ada(repo)

      await memberJoined(repo, person, NOW)
      await perform()
      const [user] = slack.workspace.users
      assert.deepEqual([user?.email, user?.isActive], ['ada@example.com', true])
      assert.deepEqual(inside(slack), ['UBOT', user?.id])

      await memberLeft(repo, person, NOW)
      await perform()
      assert.deepEqual([inside(slack), user?.isActive], [['UBOT'], false])

      await memberJoined(repo, person, days(40))
      await perform(days(40))
      assert.deepEqual([inside(slack), user?.isActive], [['UBOT', user?.id], true])
      assert.equal(slack.count('SCIM POST /Users'), 1)
    }),
  )

  it(
    'who is in Slack already is not invited, and keeps the account at the end',
    inSlack({ means: 'scim', graceDays: 0 }, async ({ repo, slack, perform }) => {
      const person = await ada(repo)
      const user = slack.workspace.join('ada@example.com')

      await memberJoined(repo, person, NOW)
      await perform()
      assert.deepEqual(inside(slack), ['UBOT', user.id])
      await memberLeft(repo, person, NOW)
      await perform()

      assert.deepEqual([inside(slack), user.isActive], [['UBOT'], true])
      assert.deepEqual(slack.workspace.invitations, [])
    }),
  )

  it(
    'is only written down where the settings say so',
    inSlack({ means: 'log' }, async ({ repo, slack, perform }) => {
      const person = await ada(repo)

      await memberJoined(repo, person, NOW)
      await perform()

      assert.deepEqual(slack.calls, [])
      assert.match(stepsOf(await accountOf(repo, person.id)).join(), /would be invited/)
    }),
  )

  it(
    'waits while there is no link or it has ended, and is invited once there is one',
    inSlack(
      { inviteUrl: LINK, inviteUrlEndsOn: '2026-11-19' },
      async ({ repo, slack, sent, perform }) => {
        const person = await ada(repo)
        await memberJoined(repo, person, NOW)
        await perform()

        const [waiting] = await listWaiting(repo)
        assert.match(waiting?.error ?? '', /^The invite link in the settings has ended/)
        assert.deepEqual(subjects(sent), ['You are a member of Showrunner'])
        assert.match(toldIn(slack, 'CSTAFF').join('\n'), /Ada Byron waits for an invitation/)

        const saved = await updateCommunitySettings(
          repo,
          { inviteUrl: `${LINK}2`, inviteUrlEndsOn: '2026-12-19' },
          NOW,
        )
        assert.ok(saved.ok)
        await perform()

        assert.ok(sent.at(-1)?.text.includes(`${LINK}2`))
        assert.deepEqual(await listWaiting(repo), [])
        const { uses, state } = await linkStanding(repo, saved.value, NOW)
        assert.deepEqual([uses, state], [1, 'good'])
      },
    ),
  )

  it(
    'of whom Slack never told is found by their address',
    inSlack({ inviteUrl: LINK }, async ({ repo, slack, parts, perform }) => {
      const person = await ada(repo)
      await memberJoined(repo, person, NOW)
      await perform()
      const { id } = slack.workspace.join('ada@example.com')

      await findArrivals.run(parts(), {})
      await perform()

      assert.deepEqual(inside(slack), ['UBOT', id])
    }),
  )

  it(
    'is looked for in turn, so that Slack is not asked too much at once and nobody is forgotten',
    inSlack({ inviteUrl: LINK }, async ({ repo, slack, parts }) => {
      for (let at = 0; at < 90; at += 1) {
        const { id: personId } = await aPerson(repo, `P${at}`, { email: `p${at}@example.com` })
        const account = { personId, state: 'invited', means: 'link', invitedAt: NOW } as const
        await repo.insertOrThrow(build(CommunityAccount, account))
      }
      const hours = [0, 1, 2].map((hour) => new Date(NOW.getTime() + hour * 60 * 60_000))

      for (const asOf of hours) {
        const before = slack.calls.length
        await findArrivals.run(parts(asOf), {})
        assert.ok(slack.calls.length - before <= 40)
      }

      assert.equal(new Set(slack.calls.map(({ fields }) => fields['email'])).size, 90)
    }),
  )
})

describe('somebody who comes to Slack', () => {
  it(
    'and is no member is told of to the staff, once',
    inSlack({ inviteUrl: LINK }, async ({ slack, parts, perform }) => {
      const { id: userId } = slack.workspace.join('eve@example.com', 'Eve <!channel>')

      await memberArrived.run(parts(), { userId })
      await memberArrived.run(parts(), { userId })
      await perform()

      assert.deepEqual(toldIn(slack, 'CSTAFF'), [
        'Eve &lt;!channel&gt; came to Slack. No member has their address.',
      ])
      assert.deepEqual(inside(slack), ['UBOT'])
    }),
  )

  it(
    'by an event that is sent twice comes once',
    inSlack({}, async ({ repo }) => {
      const event = { type: 'team_join', eventId: 'Ev1', userId: 'U1' } as const

      assert.deepEqual(
        [await takeSlackEvent(repo, event), await takeSlackEvent(repo, event)],
        [true, false],
      )
      assert.equal((await listJobs(repo)).length, 1)
    }),
  )
})

describe('a membership that ends', () => {
  it(
    'leaves them in for the grace period, and takes them out after it',
    inSlack({ means: 'admin' }, async ({ repo, slack, parts, perform }) => {
      const person = await ada(repo)
      const { id } = slack.workspace.join('ada@example.com')
      await memberJoined(repo, person, NOW)
      await perform()

      await memberLeft(repo, person, NOW)
      await memberLeft(repo, person, days(1))
      await perform()
      const turn = turnOf(await accountOf(repo, person.id))
      await removeMember.run(parts(days(6.9)), turn)
      assert.deepEqual(inside(slack), ['UBOT', id])
      await removeMember.run(parts(days(7)), turn)
      await removeMember.run(parts(days(7)), turn)

      assert.deepEqual(inside(slack), ['UBOT'])
      assert.equal((await accountOf(repo, person.id)).state, 'removed')
      assert.deepEqual(toldIn(slack, 'CSTAFF').slice(1), [
        'The membership of Ada Byron has ended. They stay for 7 days.',
      ])
      assert.equal(slack.count('conversations.kick'), 1)
    }),
  )

  it(
    'and begins again within it changes nothing that anybody sees',
    inSlack({ means: 'admin' }, async ({ repo, slack, sent, parts, perform }) => {
      const person = await ada(repo)
      const { id } = slack.workspace.join('ada@example.com')
      await memberJoined(repo, person, NOW)
      await perform()

      await memberLeft(repo, person, days(1))
      await memberJoined(repo, person, days(3))
      await perform(days(3))
      await removeMember.run(parts(days(30)), turnOf(await accountOf(repo, person.id)))

      assert.deepEqual(inside(slack), ['UBOT', id])
      assert.equal(toldIn(slack, `D${id}`).length, 1)
      assert.equal(sent.length, 1)
      assert.equal((await listJobs(repo)).filter(({ name }) => name === 'remove_member').length, 0)
      assert.equal(
        toldIn(slack, 'CSTAFF').at(-1),
        'Ada Byron is a member again, and was never gone.',
      )
    }),
  )

  it(
    'and begins again after it brings them back, without another invitation',
    inSlack({ means: 'admin' }, async ({ repo, slack, sent, parts, perform }) => {
      const person = await ada(repo)
      await memberJoined(repo, person, NOW)
      await perform()
      const { id } = slack.workspace.join('ada@example.com')
      await memberArrived.run(parts(), { userId: id })
      await perform()
      await memberLeft(repo, person, days(1))
      const first = turnOf(await accountOf(repo, person.id))
      await removeMember.run(parts(days(8)), first)
      assert.deepEqual(inside(slack), ['UBOT'])

      await memberJoined(repo, person, days(30))
      await perform(days(30))
      await removeMember.run(parts(days(40)), first)

      assert.deepEqual(inside(slack), ['UBOT', id])
      assert.deepEqual(slack.workspace.invitations, ['ada@example.com'])
      assert.equal(toldIn(slack, `D${id}`).length, 2)
      assert.deepEqual(subjects(sent), [
        'You are a member of Showrunner',
        'You are a member of Showrunner',
      ])
    }),
  )

  it(
    'before they could be invited keeps them from being invited',
    inSlack({ means: 'admin' }, async ({ repo, slack, perform }) => {
      const person = await ada(repo)

      await memberJoined(repo, person, NOW)
      await memberLeft(repo, person, NOW)
      await perform()

      assert.deepEqual(slack.workspace.invitations, [])
    }),
  )

  it(
    'and began before anybody here knew of it takes them out all the same',
    inSlack({}, async ({ repo, slack, sent, parts, perform }) => {
      const person = await ada(repo)
      const { id } = slack.workspace.join('ada@example.com')
      slack.workspace.channels.get('CMEMBERS')?.add(id)

      await memberLeft(repo, person, NOW)
      await perform()
      await removeMember.run(parts(days(7)), turnOf(await accountOf(repo, person.id)))

      assert.deepEqual(inside(slack), ['UBOT'])
      assert.deepEqual(subjects(sent), ['Your membership of Showrunner has ended'])
    }),
  )
})

describe('the settings of the community', () => {
  it(
    'refuse what is no channel and no link',
    inSlack({}, async ({ repo }) => {
      const sent = {
        means: 'pigeon',
        inviteUrl: 'join.slack.com',
        memberChannels: 'C0123ABC, #general',
        staffChannel: 'staff',
        graceDays: '-1',
      }

      const saved = await updateCommunitySettings(repo, sent, NOW)

      assert.ok(!saved.ok)
      assert.deepEqual(Object.keys(errorMessages(saved.changeset)).toSorted(), [
        'graceDays',
        'inviteUrl',
        'means',
        'memberChannels',
        'staffChannel',
      ])
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'warn of a link that ends, the staff once',
    inSlack(
      { inviteUrl: LINK, inviteUrlEndsOn: '2026-11-25' },
      async ({ repo, slack, parts, perform }) => {
        const standing = async (asOf: Date) => {
          const { state } = await linkStanding(repo, await getCommunitySettings(repo), asOf)
          return state
        }

        assert.equal(await standing(new Date('2026-11-17T12:00:00Z')), 'good')
        assert.equal(await standing(new Date('2026-11-18T00:00:00Z')), 'ending')
        assert.equal(await standing(new Date('2026-11-25T23:59:59Z')), 'ending')
        assert.equal(await standing(new Date('2026-11-26T00:00:00Z')), 'ended')
        await lookAfterCommunity.run(parts(), {})
        await lookAfterCommunity.run(parts(days(1)), {})
        await perform()

        assert.equal(toldIn(slack, 'CSTAFF').length, 1)
        assert.match(toldIn(slack, 'CSTAFF').join(), /ends soon\. Its last day is 2026-11-25/)
        assert.equal(await repo.count(CommunityNotice), 1)
      },
    ),
  )
})
