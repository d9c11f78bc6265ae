import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { type Actor, VISITOR } from '../policies/index.ts'
import { aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { activityChoices, listActivity, record } from './index.ts'

const admin: Actor = { ...VISITOR, isAdmin: true }
const DAY = 24 * 60 * 60 * 1000

async function aLog(repo: Repo) {
  const [one, other] = [await aPodcast(repo), await aPodcast(repo, { slug: 'another' })]
  const [ada, ben] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Ben')]
  const note = async (title: string, podcastId: number | null, person: typeof ada, day: number) => {
    const type = podcastId === null ? 'topic' : 'episode'
    const subject = { type, id: 7, title, podcastId }
    await record(repo, { person }, { action: 'updated', subject, at: new Date(day * DAY) })
  }
  await note('first', one.id, ada, 1)
  await note('second', other.id, ada, 2)
  await note('third', null, ben, 3)
  await note('fourth', one.id, ben, 4)
  await note('late', one.id, ben, 2)
  return { one, other, ada, ben }
}

const titles = async (repo: Repo, actor: Actor, filter: Parameters<typeof listActivity>[2] = {}) =>
  (await listActivity(repo, actor, filter)).activities.map(({ subjectTitle }) => subjectTitle)

describe('listActivity', () => {
  it(
    'shows administrators all of it, hosts what is of their podcasts, and nobody else anything; the newest first',
    sandboxed(async (repo) => {
      const { one, other } = await aLog(repo)

      assert.deepEqual(await titles(repo, admin), ['fourth', 'third', 'late', 'second', 'first'])
      const host = { ...VISITOR, hostOf: [one.id] }
      assert.deepEqual(await titles(repo, host), ['fourth', 'late', 'first'])
      assert.deepEqual(await titles(repo, host, { podcastId: other.id }), [])
      assert.deepEqual(await titles(repo, { ...VISITOR, isEditor: true }), [])
      assert.deepEqual(await titles(repo, VISITOR), [])
    }),
  )

  it(
    'is narrowed to a podcast, a person, a kind, and one thing',
    sandboxed(async (repo) => {
      const { other, ben } = await aLog(repo)

      assert.deepEqual(await titles(repo, admin, { podcastId: other.id }), ['second'])
      assert.deepEqual(await titles(repo, admin, { personId: ben.id }), ['fourth', 'third', 'late'])
      assert.deepEqual(await titles(repo, admin, { type: 'topic' }), ['third'])
      assert.deepEqual(await titles(repo, admin, { subject: { type: 'topic', id: 7 } }), ['third'])
      assert.deepEqual(await titles(repo, admin, { subject: { type: 'topic', id: 8 } }), [])
    }),
  )

  it(
    'gives page after page without leaving anything out, also of one moment',
    sandboxed(async (repo) => {
      await aLog(repo)
      const seen: string[] = []
      let before: number | undefined
      do {
        const page = await listActivity(repo, admin, { before, limit: 2 })
        seen.push(...page.activities.map(({ subjectTitle }) => subjectTitle))
        before = page.next
      } while (before !== undefined)

      assert.deepEqual(seen, ['fourth', 'third', 'late', 'second', 'first'])
      assert.deepEqual(await titles(repo, admin, { before: 0, limit: 1 }), ['fourth'])
    }),
  )

  it(
    'offers the people and kinds that there is anything of to read',
    sandboxed(async (repo) => {
      const { one, ada, ben } = await aLog(repo)
      const all = await activityChoices(repo, admin)
      const host = await activityChoices(repo, { ...VISITOR, hostOf: [one.id] })

      assert.deepEqual(
        all.people,
        [ada, ben].map(({ id, name }) => ({ id, name })),
      )
      assert.deepEqual(all.types, ['episode', 'topic'])
      assert.deepEqual(host.types, ['episode'])
    }),
  )
})
