import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { CommunityAccount, CommunitySettings, findAccount } from '@showrunner/domain/community'
import { findPerson } from '@showrunner/domain/people'
import { subscribe } from '@showrunner/domain/subscriptions'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { MEMBER, payload } from '@showrunner/memberful/testing'
import { fakeSlack } from '@showrunner/slack/testing'
import { performAll, received, subscribed } from '../../testing/a-membership.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const MEMBERS = '/admin/memberships'
const GONE = { id: 8, email: 'gone@example.com', full_name: 'Grace <Gone>' }

/** John is a member and invited, Grace is one no longer, and one only signed up. */
async function threeMembers(repo: Repo) {
  await repo.updateAll(from(CommunitySettings), { inviteUrl: 'https://join.slack.com/t/radio' })
  await received(repo, subscribed())
  await received(repo, subscribed('subscription.created', { ...GONE, plan: 'Friend' }))
  await received(
    repo,
    payload('member_signup', { member: { ...MEMBER, id: 9, email: 'curious@example.com' } }),
  )
  await performAll(repo)
  await received(repo, subscribed('subscription.deactivated', { ...GONE, plan: 'Friend' }))
  await performAll(repo)
  const person = await findPerson(repo, 'john-doe')
  assert.ok(person)
  return person
}

describe('the members of the admin area', () => {
  it(
    'are listed by where they stand, with their plan and how far they are in Slack',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const john = await threeMembers(repo)

      const { html } = await admin.get(MEMBERS)
      await assertValidHtml(html)
      assert.match(html, new RegExp(`href="/admin/people/${john.id}" dir="auto">John Doe<`))
      assert.match(html, /Grace &lt;Gone&gt;[^]*Leaving/)
      const found = async (query: string) => {
        const list = await admin.get(`${MEMBERS}?${query}`)
        await assertValidHtml(list.html)
        return /<caption class="meta">([^<]+)</.exec(list.html)?.[1] ?? 'none'
      }
      assert.equal(await found('status=active'), '1 member')
      assert.equal(await found('status=ended'), '1 member')
      assert.equal(await found('status=none'), '1 member')
      assert.equal(await found('slack=invited'), '2 members')
      assert.equal(await found('slack=joined'), 'none')
      assert.equal(await found('slack=trouble'), 'none')
      assert.equal(await found('slack=never'), '1 member')
      assert.equal(await found('q=grace'), '1 member')
      assert.equal(await found('q=patron'), '1 member')
      assert.equal(await found('sort=-endsAt&q=example.com'), '3 members')
    }),
  )

  it(
    'have their membership, its history and Slack on their page, for administrators alone',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { id } = await threeMembers(repo)
      const podcast = await aPodcast(repo, { slug: 'tides' })
      const wanted = {
        podcastId: podcast.id,
        personId: id,
        episodeId: null,
        context: 'podcast',
      } as const
      await subscribe(repo, wanted, NOW)

      const { html } = await admin.get(`/admin/people/${id}`)

      await assertValidHtml(html)
      assert.match(html, /">Patron<\/a><\/strong> <span class="badge good">Active</)
      const john = 'john\\.doe%40example\\.com'
      assert.match(html, new RegExp(`href="/admin/memberships\\?q=${john}">Patron<`))
      assert.match(html, /id="feeds">Private feeds<[^]*href="\/admin\/feeds\/\d+"/)
      const mailed = `href="/admin/podcasts/${podcast.id}/subscriptions\\?q=${john}"`
      assert.match(html, new RegExp(mailed))
      assert.match(html, /since 23 Sep 2025, paid until 23 Sep 2027/)
      assert.match(html, /In Slack <span class="badge waiting">Invited</)
      assert.match(html, /The invite link was put in the mail\./)
      assert.match(html, /\/admin\/memberships\/inbox\/\d+">Subscription created</)
      const host = await inAdmin(repo, { hostOf: [await aPodcast(repo)] })
      const seen = await host.get(`/admin/people/${id}`)
      assert.doesNotMatch(seen.html, /Patron|In Slack|Memberful|Private feeds|by mail/)
      assert.doesNotMatch((await admin.get(`/admin/people/${host.person.id}`)).html, /In Slack/)
    }),
  )

  it(
    'are invited again when they are not there yet, by a mail of its own',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { id } = await threeMembers(repo)

      const again = await admin.post(`/admin/people/${id}/invite`)
      const sent = await performAll(repo)

      assert.equal(again.headers['location'], `/admin/people/${id}`)
      assert.deepEqual(
        sent.map(({ to, subject }) => [to, /invitation/.test(subject)]),
        [['john.doe@example.com', true]],
      )
      const { html } = await admin.get(`/admin/people/${id}`)
      assert.match(html, /Ada Byron lets them be invited again\./)
      await repo.updateAll(from(CommunityAccount), { state: 'joined' })
      assert.doesNotMatch((await admin.get(`/admin/people/${id}`)).html, /Invite again/)
      const refused = await admin.post(`/admin/people/${id}/invite`)
      assert.match(String(refused.headers['set-cookie']), /failed/)
      assert.deepEqual(await performAll(repo), [])
    }),
  )

  it(
    'show what could not be done for them in Slack',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await received(repo, subscribed())
      await performAll(repo)
      const person = await findPerson(repo, 'john-doe')

      const { html } = await admin.get(`/admin/people/${person?.id}`)

      await assertValidHtml(html)
      assert.match(html, /In Slack <span class="badge bad">In trouble</)
      assert.match(html, /could not be done: There is no invite link in the settings\./)
      assert.match((await admin.get(MEMBERS)).html, /1 member is not where members talk/)
    }),
  )

  it('are linked to a Slack account by hand, and unlinked, which is written down', async (t) => {
    const slack = await fakeSlack(t)
    await sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true }, { slack: slack.app })
      const { id } = await threeMembers(repo)
      const { id: userId } = slack.workspace.join('otherwise@example.com', 'Johnny')
      const page = `/admin/people/${id}/slack`
      assert.match((await admin.get(`/admin/people/${id}`)).html, new RegExp(`href="${page}"`))
      await assertValidHtml((await admin.get(page)).html)

      const nobody = await admin.post(page, { userId: 'U0NOBODY' })
      const blank = await admin.post(page, { userId: ' ' })
      slack.trouble('users.info', { error: 'missing_scope', times: 1 })
      const unasked = await admin.post(page, { userId })
      const linked = await admin.post(page, { userId: `https://radio.slack.com/team/${userId}` })
      const { id: other } = (await findPerson(repo, 'grace-gone')) ?? assert.fail()
      const taken = await admin.post(`/admin/people/${other}/slack`, { userId })

      assert.deepEqual(
        [nobody.status, blank.status, unasked.status, taken.status],
        Array(4).fill(422),
      )
      await assertValidHtml(nobody.html)
      assert.match(nobody.html, /Member ID is nobody’s in the workspace/)
      assert.match(nobody.html, /value="U0NOBODY"/)
      assert.match(blank.html, /Member ID can(’|&#39;|')t be blank/)
      assert.match(unasked.html, /Member ID could not be looked up: [^<]*missing_scope/)
      assert.match(taken.html, /Member ID is that of John Doe\./)
      assert.equal(linked.headers['location'], `/admin/people/${id}`)
      const shown = await admin.get(`/admin/people/${id}`)
      await assertValidHtml(shown.html)
      assert.match(shown.html, new RegExp(`They are ${userId} in Slack`))
      assert.match(shown.html, /Ada Byron says that they are U\d there/)
      const done = await repo.all(from(Activity).where({ action: 'Slack account linked' }))
      assert.deepEqual(
        done.map(({ personName, subjectId, changes }) => [personName, subjectId, changes.fields]),
        [['Ada Byron', id, { slackAccount: { before: null, after: userId } }]],
      )

      await assertValidHtml((await admin.get(page)).html)
      assert.equal((await admin.post(`${page}/unlink`)).status, 303)
      assert.equal((await findAccount(repo, id))?.userId, null)
      assert.match((await admin.get('/admin/activity')).html, /unlinked the Slack account of/)
      const none = await admin.post(`${page}/unlink`)
      assert.match(String(none.headers['set-cookie']), /failed/)
      const never = await admin.get(`/admin/people/${admin.person.id}/slack`)
      assert.equal(never.headers['location'], `/admin/people/${admin.person.id}`)
    })(t)
  })
})
