import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { CommunitySettings, getCommunitySettings, memberJoined } from '@showrunner/domain/community'
import { JOBS } from '@showrunner/domain/jobs'
import { aPerson, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { fakeSlack } from '@showrunner/slack/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const PAGE = '/admin/settings/community'

describe('the settings of the community', () => {
  it(
    'explain every means, and are saved',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { html } = await admin.get(PAGE)
      await assertValidHtml(html)
      assert.match(html, /There is no invite link yet/)
      assert.match(html, /Slack lets in 400 people by one, for 30 days/)
      assert.match(html, /https:\/\/radio\.example\/webhooks\/slack/)

      const saved = await admin.post(PAGE, {
        lockVersion: '1',
        means: 'link',
        inviteUrl: 'https://join.slack.com/t/radio/1',
        inviteUrlEndsOn: '2026-11-24',
        memberChannels: 'C0123ABC, C0456DEF',
        staffChannel: 'C0789GHI',
        graceDays: '14',
      })

      assert.deepEqual([saved.status, saved.headers['location']], [303, PAGE])
      const now = await getCommunitySettings(repo)
      assert.deepEqual(
        [now.inviteUrl, now.inviteUrlEndsOn, now.graceDays, now.memberChannels],
        ['https://join.slack.com/t/radio/1', '2026-11-24', 14, 'C0123ABC, C0456DEF'],
      )
      assert.deepEqual(now.inviteUrlSince, NOW)
      assert.deepEqual(
        (await listJobs(repo)).map(({ name }) => name),
        ['invite_waiting'],
      )
      const again = await admin.get(PAGE)
      assert.match(again.html, /The invite link to Slack ends soon\. Its last day is 2026-11-24/)
      assert.match((await admin.get('/admin/settings')).html, /href="\/admin\/settings\/community"/)
    }),
  )

  it(
    'come back with what is wrong, and nothing is stored',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const refused = await admin.post(PAGE, {
        lockVersion: '1',
        means: 'link',
        memberChannels: '#general',
        graceDays: '400',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /Members’ channels must be the id of a channel/)
      assert.match(refused.html, /value="#general"/)
      assert.equal((await getCommunitySettings(repo)).graceDays, 7)
    }),
  )

  it(
    'are nobody’s but an administrator’s',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })

      assert.equal((await editor.get(PAGE)).status, 403)
      assert.equal((await editor.post(PAGE, { graceDays: '1' })).status, 403)
      assert.equal((await editor.get(`${PAGE}/try`)).status, 403)
      assert.equal((await getCommunitySettings(repo)).graceDays, 7)
    }),
  )

  it(
    'name who waits, and why',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const person = await aPerson(repo, 'Grace Hopper', { email: 'grace@example.com' })
      await memberJoined(repo, person, NOW)
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent: [] }))

      const { html } = await admin.get(PAGE)

      await assertValidHtml(html)
      assert.match(html, />Grace Hopper<\/a>: There is no invite link in the settings\./)
    }),
  )

  it('try the token, and say what it may do', async (t) => {
    const slack = await fakeSlack(t)
    await sandboxed(async (repo) => {
      await repo.updateAll(from(CommunitySettings), { means: 'admin' })
      const admin = await inAdmin(repo, { admin: true }, { slack: slack.app })

      const tried = await admin.get(`${PAGE}/try`)
      slack.trouble('auth.test', { error: 'invalid_auth' })
      const refused = await admin.get(`${PAGE}/try`)
      const unset = await (await inAdmin(repo, { admin: true })).get(`${PAGE}/try`)

      await assertValidHtml(tried.html)
      assert.match(tried.html, /The token is that of showrunner in Radio\./)
      assert.match(tried.html, /It may: Know members by their address/)
      assert.match(tried.html, /It may not:<\/strong> Invite members/)
      assert.match(refused.html, /Slack answered invalid_auth to auth\.test\./)
      assert.match(unset.html, /SLACK_TOKEN is not set/)
      assert.doesNotMatch(tried.html + refused.html, /xoxb-fake/)
    })(t)
  })
})
