import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { CommunityAccount, CommunitySettings } from '@showrunner/domain/community'
import { Membership, WebhookEvent, WebhookStep } from '@showrunner/domain/memberships'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { payload } from '@showrunner/memberful/testing'
import { BROKEN, performAll, received, subscribed } from '../../testing/a-membership.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const INBOX = '/admin/memberships/inbox'
const ago = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60_000)
const withLink = (repo: Repo) =>
  repo.updateAll(from(CommunitySettings), { inviteUrl: 'https://join.slack.com/t/radio' })

/** One event in each state: applied, ignored, failed, waiting. */
async function inEachState(repo: Repo) {
  const applied = await received(repo, subscribed(), ago(3))
  const ignored = await received(repo, payload('download.created'), ago(2))
  const failed = await received(repo, BROKEN, ago(1))
  await performAll(repo)
  const waiting = await received(repo, { event: 'gift.<given>' })
  return { applied, ignored, failed, waiting }
}

describe('the inbox of the admin area', () => {
  it(
    'says how Memberful is connected where nothing has come',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      for (const url of [INBOX, '/admin/memberships']) {
        const { html, status } = await admin.get(url)
        assert.equal(status, 200)
        await assertValidHtml(html)
        assert.match(html, /<details class="connect" id="connect" open>/)
        assert.match(html, /value="https:\/\/radio\.example\/webhooks\/memberful"/)
        assert.match(html, /MEMBERFUL_WEBHOOK_SECRET is not set where this program runs/)
        assert.match(html, /There is no invite link to Slack yet/)
      }
      assert.match((await admin.get(INBOX)).html, /Nothing has come so far\./)
      assert.match((await admin.get('/admin')).html, /href="\/admin\/memberships">Members</)
    }),
  )

  it(
    'lists what came, the newest first, by state, by kind and by whose it is',
    sandboxed(async (repo) => {
      await withLink(repo)
      const admin = await inAdmin(repo, { admin: true }, { memberfulSecrets: ['s'] })
      await inEachState(repo)

      const { html } = await admin.get(INBOX)
      await assertValidHtml(html)
      const order = ['Gift &lt;given&gt;', 'Subscription created', 'Download created', 'John Doe']
      const places = order.map((words) => html.indexOf(words))
      assert.ok(places.every((place) => place > 0))
      assert.deepEqual(
        places,
        places.toSorted((one, other) => one - other),
      )
      assert.match(html, /All <span class="figures">4</)
      assert.match(html, /<details class="connect" id="connect">/)
      assert.doesNotMatch(html, /is not set where this program runs|no invite link/)

      const listed = async (query: string) => {
        const list = await admin.get(`${INBOX}?${query}`)
        await assertValidHtml(list.html)
        return [
          ...list.html.matchAll(
            /<a href="[^"]+\/inbox\/\d+(?:\?back=[^"]*)?" dir="auto">([^<]+)</g,
          ),
        ].map(([, title]) => title)
      }
      assert.deepEqual(await listed('state=applied'), ['Subscription created'])
      assert.deepEqual(await listed('state=ignored'), ['Download created'])
      assert.deepEqual(await listed('state=failed'), ['Subscription created'])
      assert.deepEqual(await listed('state=received'), ['Gift &lt;given&gt;'])
      assert.deepEqual(await listed('kind=download'), ['Download created'])
      assert.deepEqual(await listed('kind=unknown'), ['Gift &lt;given&gt;'])
      assert.deepEqual(await listed('kind=order'), [])
      assert.deepEqual(await listed('q=john+DOE'), ['Subscription created'])
      assert.deepEqual(await listed('q=broken@example'), ['Subscription created'])
      assert.deepEqual(await listed('q=%25'), [])
      assert.equal((await admin.get(`${INBOX}?state=odd&page=2`)).status, 200)
    }),
  )

  it(
    'has pages, which keep what was chosen',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      for (let at = 0; at < 51; at += 1) {
        await received(repo, { event: 'gift.given', gift: { id: at } }, ago(at))
      }

      const { html } = await admin.get(`${INBOX}?state=received&kind=unknown`)
      const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')

      assert.equal(next, `${INBOX}?state=received&kind=unknown&page=2`)
      const last = await admin.get(next)
      await assertValidHtml(last.html)
      assert.equal([...last.html.matchAll(/>Gift given</g)].length, 1)
      assert.match(last.html, /rel="prev"/)
    }),
  )

  it(
    'shows of an event what came, without what is private, and what came of it, step by step',
    sandboxed(async (repo) => {
      await withLink(repo)
      const admin = await inAdmin(repo, { admin: true })
      const { applied } = await inEachState(repo)

      const { html, status } = await admin.get(`${INBOX}/${applied}`)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /555-12345|Postal code|cus_00000/)
      const steps = [
        'It came.',
        'John Doe was added, with the address john.doe@example.com.',
        'Membership begins: Patron, paid until 2027-09-23.',
        'Became a member.',
        'The invite link was put in the mail.',
      ]
      const places = steps.map((words) => html.indexOf(words))
      assert.ok(
        places.every((place) => place > 0),
        JSON.stringify(places),
      )
      assert.deepEqual(
        places,
        places.toSorted((one, other) => one - other),
      )
      const [membership] = await repo.all(Membership)
      assert.match(html, new RegExp(`href="/admin/people/${membership?.personId}">John Doe<`))
      assert.match(html, /href="\/admin\/memberships\?q=john\.doe%40example\.com">Patron</)
      assert.equal((await admin.get(`${INBOX}/999999`)).status, 404)
    }),
  )

  it(
    'shows why an event failed, and the jobs that wait, and tells of failures at the top and today',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { failed, ignored, waiting } = await inEachState(repo)

      for (const id of [failed, ignored, waiting]) {
        await assertValidHtml((await admin.get(`${INBOX}/${id}`)).html)
      }
      const shown = (await admin.get(`${INBOX}/${failed}`)).html
      assert.match(
        shown,
        /It is not as Memberful documents it: subscription\.member\.id can.+t be blank/,
      )
      const waits = (await admin.get(`${INBOX}/${waiting}`)).html
      assert.match(waits, /<strong>apply_webhook_event<\/strong> <span class="badge quiet">Waiting/)
      assert.match(waits, /Memberful does not document it/)
      for (const url of [INBOX, '/admin']) {
        const { html } = await admin.get(url)
        await assertValidHtml(html)
        assert.match(html, /An event of Memberful could not be applied: subscription\.created\./)
        assert.match(html, new RegExp(`href="${INBOX}/${failed}">Look at it<`))
      }
    }),
  )

  it(
    'applies one event again, or several, and nobody is invited twice',
    sandboxed(async (repo) => {
      await withLink(repo)
      const admin = await inAdmin(repo, { admin: true })
      const { applied, failed } = await inEachState(repo)

      const one = await admin.post(`${INBOX}/${applied}/replay`)
      assert.equal(one.headers['location'], `${INBOX}/${applied}`)
      assert.deepEqual(await performAll(repo), [])
      const several = await admin.post(`${INBOX}/several`, {
        action: 'replay',
        back: `${INBOX}?state=failed`,
        [`ids[${failed}]`]: String(failed),
        [`ids[${applied}]`]: String(applied),
        'ids[99999]': '99999',
      })

      assert.equal(several.headers['location'], `${INBOX}?state=failed`)
      const events = await repo.all(from(WebhookEvent).where('id', 'in', [applied, failed]))
      assert.deepEqual(
        events.map(({ state }) => state),
        ['received', 'received'],
      )
      assert.deepEqual(await performAll(repo), [])
      const { html } = await admin.get(`${INBOX}/${applied}`)
      assert.match(html, /Ada Byron lets it be applied again\./)
      assert.match(html, /Nothing changes\./)
      const [account, ...others] = await repo.all(CommunityAccount)
      assert.deepEqual([account?.round, account?.state, others], [1, 'invited', []])
      const none = await admin.post(`${INBOX}/several`, { action: 'replay' })
      assert.match(String(none.headers['set-cookie']), /failed/)
      assert.equal((await admin.post(`${INBOX}/99999/replay`)).status, 404)
    }),
  )

  it(
    'warns where events do not come, are not applied, or the invite link ends',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true }, { memberfulSecrets: ['s'] })
      await repo.updateAll(from(CommunitySettings), {
        inviteUrl: 'https://join.slack.com/t/radio',
        inviteUrlEndsOn: '2026-11-24',
      })
      await received(repo, subscribed(), ago(20))
      await performAll(repo, ago(20))
      const { html } = await admin.get(INBOX)
      await assertValidHtml(html)
      assert.match(html, /No event has come for 20 days, though there is 1 active member\./)
      assert.match(html, /after 90 days, and the event after 400/)
      for (const shown of [html, (await admin.get('/admin')).html]) {
        assert.match(shown, /The invite link to Slack ends soon\.<.*Its last day is 2026-11-24/)
        assert.match(shown, /href="\/admin\/settings\/community">Change the link</)
      }

      await received(repo, payload('order.purchased'), ago(1))
      const late = (await admin.get(INBOX)).html
      assert.match(late, /1 event waits for longer than ten minutes/)
      assert.doesNotMatch(late, /No event has come/)
    }),
  )

  it(
    'says of an event from long ago that what it said is forgotten, and applies it no more',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { applied } = await inEachState(repo)
      const forgotten = { payload: {}, forgottenAt: ago(1) }
      await repo.updateAll(from(WebhookEvent).where({ id: applied }), forgotten)

      const { html } = await admin.get(`${INBOX}/${applied}`)
      await assertValidHtml(html)
      assert.match(html, /What it said was forgotten on [^,]+, 90 days after it came/)
      assert.doesNotMatch(html, /Apply again|What came, without what is private/)
      const again = await admin.post(`${INBOX}/${applied}/replay`)
      assert.match(String(again.headers['set-cookie']), /failed/)
      assert.equal((await repo.getOrThrow(WebhookEvent, applied)).state, 'applied')
      await assertValidHtml((await admin.get(INBOX)).html)
    }),
  )

  it(
    'is for administrators: others are refused, and change nothing',
    sandboxed(async (repo) => {
      const { failed } = await inEachState(repo)
      const steps = await repo.count(WebhookStep)
      const podcast = await aPodcast(repo)
      for (const who of [{ editor: true }, { hostOf: [podcast] }]) {
        const other = await inAdmin(repo, who)
        const answers = [
          await other.get(INBOX),
          await other.get('/admin/memberships'),
          await other.get(`${INBOX}/${failed}`),
          await other.post(`${INBOX}/${failed}/replay`),
          await other.post(`${INBOX}/several`, { 'ids[1]': String(failed) }),
          await other.post(`${INBOX}/test`),
          await other.post(`/admin/people/${other.person.id}/invite`),
        ]
        for (const { status } of answers) assert.equal(status, 403)
        const { html } = await other.get('/admin')
        assert.doesNotMatch(html, /Memberful|\/admin\/memberships/)
      }
      assert.equal(await repo.count(WebhookStep), steps)
      assert.equal((await listJobs(repo)).filter(({ attempts }) => attempts === 0).length, 1)
    }),
  )
})
