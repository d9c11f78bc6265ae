import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { aPerson, inSlack } from '../testing/index.ts'
import { findAccount, inviteAgain, memberJoined, memberLeft } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LINK = { means: 'link', inviteUrl: 'https://join.slack.com/t/radio' } as const
const BY_ADA = { by: 'Ada', asOf: NOW }

const aMember = async (repo: Repo) => {
  const person = await aPerson(repo, 'Zoe Example', { email: 'zoe@example.com' })
  await memberJoined(repo, person, NOW)
  return person
}

describe('who is invited again', () => {
  it(
    'gets the link once more, in a mail of its own, and is welcomed once',
    inSlack(LINK, async ({ repo, sent, perform }) => {
      const person = await aMember(repo)
      await perform()
      const first = sent.map(({ id, subject }) => ({ id, subject }))

      assert.deepEqual(await inviteAgain(repo, person.id, BY_ADA), { ok: true })
      await perform()
      const again = sent.slice(first.length)

      assert.equal(first.length, 2)
      assert.deepEqual(
        again.map(({ subject }) => subject),
        first.map(({ subject }) => subject).filter((subject) => /invitation/.test(subject)),
      )
      assert.ok(first.every(({ id }) => id !== undefined && id !== again[0]?.id))
      const account = await findAccount(repo, person.id)
      assert.deepEqual([account?.state, account?.round], ['invited', 2])
      assert.ok(account?.steps.some(({ words }) => words === 'Ada lets them be invited again.'))
    }),
  )

  it(
    'is still welcomed when that had not been done yet',
    inSlack(LINK, async ({ repo, sent, perform }) => {
      const person = await aMember(repo)
      await inviteAgain(repo, person.id, BY_ADA)
      await perform()

      assert.equal(sent.length, 2)
    }),
  )

  it(
    'is a member who is not there yet, and nobody else',
    inSlack(LINK, async ({ repo, sent, perform }) => {
      const stranger = await aPerson(repo, 'Stranger')
      const leaving = await aMember(repo)
      await perform()
      await memberLeft(repo, leaving, NOW)
      await perform()
      const before = sent.length

      assert.deepEqual(await inviteAgain(repo, stranger.id, BY_ADA), {
        ok: false,
        words: 'They never became a member.',
      })
      assert.deepEqual(await inviteAgain(repo, leaving.id, BY_ADA), {
        ok: false,
        words: 'Their membership has ended.',
      })
      await perform()
      assert.equal(sent.length, before)
    }),
  )
})
