import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { JOBS } from '@showrunner/domain/jobs'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import { aMember, aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

async function made(repo: Repo, name: string) {
  const saved = await memberFeeds.createMemberFeed(
    repo,
    await aMember(repo, name),
    { name: `For ${name}` },
    NOW,
  )
  if (!saved.ok) throw new Error('the fixture is refused')
  return saved
}

describe('the private feeds in the admin area', () => {
  it(
    'are listed with their owners, and no address is on any page',
    sandboxed(async (repo) => {
      const { value: feed, token } = await made(repo, 'Grace')
      await made(repo, 'Edsger')
      await memberFeeds.noteFetch(repo, feed, 'Overcast/3.0', NOW)
      const { get } = await inAdmin(repo, { admin: true })

      const list = await get('/admin/feeds')
      const found = await get('/admin/feeds?q=grace')
      const desk = await get(`/admin/feeds/${feed.id}`)

      for (const { html } of [list, desk]) {
        await assertValidHtml(html)
        assert.ok(!html.includes(token) && !html.includes(feed.tokenHash))
      }
      assert.match(list.html, /For Edsger/)
      assert.match(found.html, /For Grace/)
      assert.doesNotMatch(found.html, /For Edsger/)
      assert.match(desk.html, /Overcast/)
      assert.match(list.html, /<a href="\/admin\/feeds" aria-current="page"/)
    }),
  )

  it(
    'are stopped and removed by administrators: the owner is mailed the new address, and it is written down who did it',
    sandboxed(async (repo) => {
      const { value: feed, token } = await made(repo, 'Grace')
      const { get, post, app } = await inAdmin(repo, { admin: true })
      const sent: Message[] = []

      assert.equal((await post(`/admin/feeds/${feed.id}/replace`)).status, 303)
      assert.equal((await app.inject(`/members/${token}/feed`)).statusCode, 404)
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
      const next = /\/members\/[\w-]+\/feed/.exec(sent[0]?.text ?? '')?.[0] ?? ''

      assert.deepEqual([sent.length, sent[0]?.to], [1, 'grace@example.com'])
      assert.equal((await app.inject(next)).statusCode, 200)
      assert.ok(!(await get(`/admin/feeds/${feed.id}`)).html.includes(next))
      assert.equal((await post(`/admin/feeds/${feed.id}/delete`)).status, 303)
      assert.equal((await app.inject(next)).statusCode, 404)
      const told = from(Activity).where({ subjectType: 'member feed' })
      const log = await repo.all(told.orderBy({ id: 'asc' }))
      assert.deepEqual(
        log.map(({ action }) => action),
        ['address replaced', 'deleted'],
      )
      assert.doesNotMatch(JSON.stringify(log), /[0-9a-f]{64}/)
    }),
  )

  it(
    'are nobody else’s business',
    sandboxed(async (repo) => {
      const { value: feed } = await made(repo, 'Grace')
      for (const roles of [{ editor: true }, { hostOf: [await aPodcast(repo)] }]) {
        const { get, post } = await inAdmin(repo, roles)
        assert.equal((await get('/admin/feeds')).status, 403)
        assert.equal((await get(`/admin/feeds/${feed.id}`)).status, 403)
        assert.equal((await post(`/admin/feeds/${feed.id}/replace`)).status, 403)
        assert.equal((await post(`/admin/feeds/${feed.id}/delete`)).status, 403)
        assert.doesNotMatch((await get('/admin')).html, /\/admin\/feeds/)
      }
    }),
  )
})
