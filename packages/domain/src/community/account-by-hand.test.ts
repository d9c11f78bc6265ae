import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, type Repo } from '@showrunner/data'
import { type FakeSlack } from '@showrunner/slack/testing'
import { VISITOR } from '../policies/index.ts'
import { aPerson, inSlack, toldIn } from '../testing/index.ts'
import { findAccount, linkByHand, memberJoined, memberLeft, unlinkByHand } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LINK = 'https://join.slack.com/t/radio/shared_invite/zt-1'
const inside = ({ workspace }: FakeSlack) => [...(workspace.channels.get('CMEMBERS') ?? [])]

async function aMember(repo: Repo, name: string) {
  const person = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  await memberJoined(repo, person, NOW)
  return person
}

const by = { ...VISITOR, person: { id: 1, handle: 'root', name: 'Root' } }

describe('a Slack account that is linked by hand', () => {
  it(
    'is brought to the channels and greeted; another one is so too, and the first stays where it is',
    inSlack({ inviteUrl: LINK }, async ({ repo, slack, parts, perform }) => {
      const person = await aMember(repo, 'Ada')
      await perform()
      const [one, two] = ['x@elsewhere.example', 'y@elsewhere.example'].map((email) =>
        slack.workspace.join(email, 'Ada'),
      )
      assert.ok(one && two)
      const linking = { by: { ...by, person }, person, asOf: NOW }

      assert.ok((await linkByHand(parts(), linking, { userId: one.id.toLowerCase() })).ok)
      await perform()
      assert.deepEqual(inside(slack), ['UBOT', one.id])
      assert.equal(toldIn(slack, `D${one.id}`).length, 1)
      assert.equal((await findAccount(repo, person.id))?.state, 'joined')

      assert.ok((await linkByHand(parts(), linking, { userId: one.id })).ok)
      await perform()
      assert.equal(toldIn(slack, `D${one.id}`).length, 1)

      assert.ok((await linkByHand(parts(), linking, { userId: two.id })).ok)
      await perform()
      assert.deepEqual(inside(slack), ['UBOT', one.id, two.id])
      assert.equal(toldIn(slack, `D${two.id}`).length, 1)
    }),
  )

  it(
    'is one person’s; who is unlinked is as one who was invited, and nobody is taken out for them',
    inSlack({ inviteUrl: LINK, graceDays: 0 }, async ({ repo, slack, parts, perform }) => {
      const [ada, eve] = [await aMember(repo, 'Ada'), await aMember(repo, 'Eve')]
      await perform()
      const { id: userId } = slack.workspace.join('x@elsewhere.example', 'Ada')
      const linking = (person: typeof ada) => ({ by: { ...by, person: ada }, person, asOf: NOW })
      await linkByHand(parts(), linking(ada), { userId })
      await perform()

      const taken = await linkByHand(parts(), linking(eve), { userId })
      assert.ok(!taken.ok)
      assert.deepEqual(errorMessages(taken.changeset), { userId: ['is that of Ada'] })

      assert.equal(await unlinkByHand(repo, linking(ada)), true)
      assert.equal(await unlinkByHand(repo, linking(ada)), false)
      const account = await findAccount(repo, ada.id)
      assert.deepEqual(
        [account?.state, account?.userId, account?.broughtAt],
        ['invited', null, null],
      )
      await memberLeft(repo, ada, NOW)
      await perform()
      assert.deepEqual(inside(slack), ['UBOT', userId])
      assert.ok((await linkByHand(parts(), linking(eve), { userId })).ok)
    }),
  )

  it(
    'is taken as it is said where nobody can be asked, if it looks like one',
    inSlack({ means: 'log' }, async ({ repo, perform }) => {
      const person = await aMember(repo, 'Ada')
      await perform()
      const linking = { by: { ...by, person }, person, asOf: NOW }
      const linked = async (userId: unknown) =>
        linkByHand({ repo, slack: undefined }, linking, { userId })

      for (const wrong of ['ada@example.com', 'C0123', '', 'U', ['U1'], `U${'1'.repeat(99)}`])
        assert.equal((await linked(wrong)).ok, false)
      assert.ok((await linked('https://app.slack.com/team/u012AB3CD/')).ok)
      assert.equal((await findAccount(repo, person.id))?.userId, 'U012AB3CD')
    }),
  )
})
