import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages, type Repo } from '@showrunner/data'
import { aPerson, inSlack, toldIn } from '../testing/index.ts'
import { CommunityInviteMail } from './community-invite-mail.ts'
import {
  findAccount,
  getCommunitySettings,
  inviteAgain,
  inviteMember,
  linkStanding,
  listWaiting,
  memberJoined,
  updateCommunitySettings,
} from './index.ts'
import { countInviteMail } from './community-invite-mail.ts'
import { mailCommunityInvite } from './send-community-mails.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LINK = 'https://join.slack.com/t/radio/shared_invite/zt-1'
const INVITATION = 'Your invitation to the Slack of Showrunner'

const standingOf = async (repo: Repo) => {
  const { state, uses } = await linkStanding(repo, await getCommunitySettings(repo), NOW)
  return [state, uses]
}

/** As many mails with the link as went to people who are gone by now. */
async function mailedBefore(repo: Repo, count: number, url = LINK): Promise<void> {
  const person = await aPerson(repo, 'Somebody', {})
  await memberJoined(repo, person, NOW)
  const accountId = (await findAccount(repo, person.id))?.id ?? 0
  await countInviteMail(repo, { accountId, round: 1 }, url)
  const [{ linkDigest } = { linkDigest: '' }] = await repo.all(CommunityInviteMail)
  for (let round = 2; round <= count; round += 1) {
    await repo.insertOrThrow(build(CommunityInviteMail, { accountId: null, round, linkDigest }))
  }
}

describe('the invite link', () => {
  it(
    'is counted by the mails it went out in: again to one person is twice, the same mail tried again is once',
    inSlack({ inviteUrl: LINK }, async ({ repo, parts, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
      await memberJoined(repo, person, NOW)
      const account = await findAccount(repo, person.id)
      const turn = { accountId: account?.id ?? 0, round: 1 }
      const broken = { ...parts(), mailer: { send: () => Promise.reject(new Error('no mail')) } }
      await inviteMember.run(parts(), turn)
      await assert.rejects(mailCommunityInvite.run(broken, turn), /no mail/)
      await perform()
      assert.deepEqual(await standingOf(repo), ['good', 1])

      assert.ok((await inviteAgain(repo, person.id, { by: 'Ines', asOf: NOW })).ok)
      await perform()

      assert.deepEqual(await standingOf(repo), ['good', 2])
      await updateCommunitySettings(repo, { inviteUrl: `${LINK}2` }, NOW)
      assert.deepEqual(await standingOf(repo), ['good', 0])
      await updateCommunitySettings(repo, { inviteUrl: LINK }, NOW)
      assert.deepEqual(await standingOf(repo), ['good', 2])
    }),
  )

  it(
    'is warned of long before it is used up, and not mailed once it is: who comes waits for the next',
    inSlack({ inviteUrl: LINK }, async ({ repo, slack, sent, perform }) => {
      const [ada, eve] = [
        await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' }),
        await aPerson(repo, 'Eve', { email: 'eve@example.com' }),
      ]
      await mailedBefore(repo, 299)
      await perform()
      assert.deepEqual(await standingOf(repo), ['good', 299])
      await memberJoined(repo, ada, NOW)
      await perform()
      assert.deepEqual(await standingOf(repo), ['ending', 300])
      assert.match(toldIn(slack, 'CSTAFF').join('\n'), /ends soon\. It went out in 300 mails/)

      const { linkDigest } = (await repo.all(CommunityInviteMail))[0] ?? { linkDigest: '' }
      for (let round = 301; round <= 400; round += 1) {
        await repo.insertOrThrow(build(CommunityInviteMail, { accountId: null, round, linkDigest }))
      }
      await memberJoined(repo, eve, NOW)
      await perform()

      assert.deepEqual(await standingOf(repo), ['spent', 400])
      const invited = () => sent.filter(({ subject }) => subject === INVITATION).map(({ to }) => to)
      assert.deepEqual(invited(), ['ada@example.com'])
      const waiting = (await listWaiting(repo)).find(({ personId }) => personId === eve.id)
      assert.match(waiting?.error ?? '', /went out in 400 mails/)
      assert.match(toldIn(slack, 'CSTAFF').join('\n'), /Eve waits for an invitation/)
      const welcome = sent.find(({ to }) => to === 'eve@example.com')
      assert.ok(welcome && !welcome.text.includes('within minutes'))

      await updateCommunitySettings(repo, { inviteUrl: `${LINK}2` }, NOW)
      await perform()
      assert.deepEqual(invited(), ['ada@example.com', 'eve@example.com'])
      assert.ok(sent.at(-1)?.text.includes(`${LINK}2`))
      assert.deepEqual(await standingOf(repo), ['good', 1])
    }),
  )

  it(
    'that ends between the invitation and its mail leaves nobody without either',
    inSlack({ inviteUrl: LINK }, async ({ repo, sent, parts, perform }) => {
      const person = await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
      await memberJoined(repo, person, NOW)
      const turn = { accountId: (await findAccount(repo, person.id))?.id ?? 0, round: 1 }
      await inviteMember.run(parts(), turn)
      await updateCommunitySettings(repo, { inviteUrl: '' }, NOW)
      await mailCommunityInvite.run(parts(), turn)

      const account = await findAccount(repo, person.id)
      assert.deepEqual(
        [account?.state, account?.error],
        ['waiting', 'There is no invite link in the settings.'],
      )
      await updateCommunitySettings(repo, { inviteUrl: LINK }, NOW)
      await perform()
      assert.equal(sent.filter(({ subject }) => subject === INVITATION).length, 1)
    }),
  )

  it(
    'cannot be a new one whose last day has passed',
    inSlack({ inviteUrl: LINK, inviteUrlEndsOn: '2026-11-19' }, async ({ repo }) => {
      const saved = await updateCommunitySettings(repo, { inviteUrl: `${LINK}2` }, NOW)

      assert.ok(!saved.ok)
      assert.deepEqual(Object.keys(errorMessages(saved.changeset)), ['inviteUrlEndsOn'])
      const empty = { inviteUrl: `${LINK}2`, inviteUrlEndsOn: '' }
      assert.ok((await updateCommunitySettings(repo, empty, NOW)).ok)
    }),
  )
})
