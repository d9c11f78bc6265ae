import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { type Message } from '@showrunner/mail'
import { aPerson, inSlack, toldIn } from '../testing/index.ts'
import {
  type CommunityAccount,
  findAccount,
  memberJoined,
  memberLeft,
  removeMember,
} from './index.ts'
import { mailMembershipEnded } from './send-community-mails.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const LINK = 'https://join.slack.com/t/radio/shared_invite/zt-1'
const days = (count: number) => new Date(NOW.getTime() + count * DAY_MS)
const ADDRESS = { email: 'ada@example.com' }

const ENDED = 'Your membership of Showrunner has ended'
const ended = (sent: readonly Message[]) => sent.filter(({ subject }) => subject === ENDED)
const turnOf = (account: CommunityAccount | undefined) => ({
  accountId: account?.id ?? 0,
  round: account?.round ?? 0,
})

describe('who is no member any more', () => {
  it(
    'is told by one mail until when they stay, and how to come back',
    inSlack({ inviteUrl: LINK }, async ({ repo, sent, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      await memberJoined(repo, person, NOW)
      await perform()

      await memberLeft(repo, person, NOW)
      await memberLeft(repo, person, days(1))
      await perform()

      const [mail, ...more] = ended(sent)
      assert.deepEqual([mail?.to, more], ['ada@example.com', []])
      assert.match(mail?.text ?? '', /ended on 20 November 2026/)
      assert.match(mail?.text ?? '', /In Slack nothing changes before 27 November 2026/)
      assert.match(mail?.text ?? '', /Become a member again:\nhttps:\/\/radio\.example\/join/)
      assert.match(mail?.html ?? '', /href="https:\/\/radio\.example\/join"/)
      assert.match(
        (await findAccount(repo, person.id))?.steps.at(-1)?.words ?? '',
        /told by mail that the membership has ended/,
      )
    }),
  )

  it(
    'is told the day as it is where they are',
    inSlack({ inviteUrl: LINK }, async ({ repo, sent, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      await repo.updateOrThrow(change(person, { timeZone: 'Pacific/Auckland' }))
      await memberJoined(repo, person, NOW)

      await memberLeft(repo, person, NOW)
      await perform()

      assert.match(ended(sent)[0]?.text ?? '', /ended on 21 November 2026/)
    }),
  )

  it(
    'and is one again before the mail went out is not mailed that it ended',
    inSlack({ inviteUrl: LINK }, async ({ repo, sent, parts, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      await memberJoined(repo, person, NOW)
      await memberLeft(repo, person, NOW)
      await memberJoined(repo, person, NOW)
      await perform()
      await mailMembershipEnded.run(parts(), {
        ...turnOf(await findAccount(repo, person.id)),
        wasThere: true,
      })

      assert.deepEqual(ended(sent), [])
      assert.deepEqual(sent.map(({ subject }) => subject).toSorted(), [
        'You are a member of Showrunner',
        'Your invitation to the Slack of Showrunner',
      ])
    }),
  )

  it(
    'is mailed anew when a later membership ends, as another mail',
    inSlack({ inviteUrl: LINK }, async ({ repo, sent, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      await memberJoined(repo, person, NOW)
      await memberLeft(repo, person, days(1))
      await perform(days(1))
      await memberJoined(repo, person, days(2))
      await memberLeft(repo, person, days(3))
      await perform(days(3))

      assert.equal(new Set(ended(sent).map(({ id }) => id)).size, 2)
    }),
  )

  it(
    'hears of no Slack where they never were in it, and of no grace that has passed',
    inSlack({ inviteUrl: null, graceDays: 0 }, async ({ repo, sent, parts, perform }) => {
      const [ada, eve] = [
        await aPerson(repo, 'Ada Byron', ADDRESS),
        await aPerson(repo, 'Eve', { email: 'eve@example.com' }),
      ]
      await memberJoined(repo, ada, NOW)
      await memberLeft(repo, ada, NOW)
      await memberLeft(repo, eve, NOW)
      await removeMember.run(parts(), turnOf(await findAccount(repo, eve.id)))
      await perform()

      const textTo = (address: string) => ended(sent).find(({ to }) => to === address)?.text ?? ''
      assert.ok(textTo('ada@example.com') !== '' && !textTo('ada@example.com').includes('Slack'))
      assert.match(textTo('eve@example.com'), /You are no longer in the members’ channels/)
    }),
  )

  it(
    'and left before they were welcomed is welcomed when they come back in time',
    inSlack({ inviteUrl: LINK }, async ({ repo, sent, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      await memberJoined(repo, person, NOW)
      await memberLeft(repo, person, NOW)
      await perform()
      assert.deepEqual(
        sent.map(({ subject }) => subject),
        [ENDED],
      )

      await memberJoined(repo, person, days(1))
      await perform(days(1))

      assert.deepEqual(
        sent
          .slice(1)
          .map(({ subject }) => subject)
          .toSorted(),
        ['You are a member of Showrunner', 'Your invitation to the Slack of Showrunner'],
      )
    }),
  )

  it(
    'and comes back while they are being taken out is brought back in',
    inSlack({ means: 'admin' }, async ({ repo, slack, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      const { id } = slack.workspace.join('ada@example.com')
      await memberJoined(repo, person, NOW)
      await perform()
      await memberLeft(repo, person, days(1))

      // Slack took them out, and the program ended before it could write that down.
      slack.workspace.channels.get('CMEMBERS')?.delete(id)
      await memberJoined(repo, person, days(8))
      await perform(days(8))

      assert.ok(slack.workspace.channels.get('CMEMBERS')?.has(id))
      assert.equal(toldIn(slack, `D${id}`).length, 1)
    }),
  )

  it(
    'is not said to be taken out where nobody could do that',
    inSlack({ inviteUrl: LINK, graceDays: 0 }, async ({ repo, parts }) => {
      const person = await aPerson(repo, 'Ada Byron', ADDRESS)
      await memberJoined(repo, person, NOW)
      await memberLeft(repo, person, NOW)
      const turn = turnOf(await findAccount(repo, person.id))

      await removeMember.run(parts(), turn)

      const account = await findAccount(repo, person.id)
      assert.equal(account?.state, 'removed')
      assert.match(account.steps.at(-1)?.words ?? '', /^Nobody there is known to be them/)
      assert.deepEqual(
        (await listJobs(repo)).filter(({ name }) => name === 'invite_member').length,
        1,
      )
    }),
  )
})
