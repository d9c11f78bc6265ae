import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { aboutEpisode, LoggedMail } from '@showrunner/domain/mailing'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

async function aLog(repo: Repo) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'one', title: 'One' })
  const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
  const { type, id, title } = aboutEpisode(episode)
  const row = { toAddress: 'ada@example.com', personId: ada.id, at: NOW }
  const of = { subjectType: type, subjectId: id, subjectTitle: title, podcastId: podcast.id }
  await repo.insertAll(LoggedMail, [
    { ...row, kind: 'sign_in', outcome: 'accepted' },
    { ...row, ...of, kind: 'guest_thanks', outcome: 'accepted', tries: 2 },
    { ...row, ...of, kind: 'subscription_episode', outcome: 'refused', said: '550 <nobody>' },
  ])
  return { podcast, episode, ada }
}

describe('what was mailed', () => {
  it(
    'is on the page of who got it, with what became of it, and in a list of its own',
    sandboxed(async (repo) => {
      const { ada, episode, podcast } = await aLog(repo)
      const admin = await inAdmin(repo, { admin: true })

      const desk = await admin.get(`/admin/people/${ada.id}`)
      await assertValidHtml(desk.html)
      assert.match(desk.html, /Subscription episode.*550 &lt;nobody&gt;.*Guest thanks.*2nd try/s)
      assert.match(
        desk.html,
        new RegExp(`/admin/podcasts/${podcast.id}/episodes/${episode.id}/edit`),
      )
      const list = await admin.get(`/admin/people/${ada.id}/mails?outcome=refused`)
      await assertValidHtml(list.html)
      assert.match(list.html, /Subscription episode/)
      assert.doesNotMatch(list.html, /Guest thanks|>Sign in</)
      const all = await admin.get('/admin/mails/sent')
      await assertValidHtml(all.html)
      assert.match(all.html, /Sign in.*ada@example\.com/s)
    }),
  )

  it(
    'is page after page, the newest first',
    sandboxed(async (repo) => {
      const { ada } = await aLog(repo)
      const many = Array.from({ length: 50 }, (_, number) => ({
        kind: `mail_${number}`,
        toAddress: 'ada@example.com',
        personId: ada.id,
        outcome: 'accepted' as const,
        at: new Date(NOW.getTime() + number * 1000),
      }))
      await repo.insertAll(LoggedMail, many)
      const admin = await inAdmin(repo, { admin: true })

      const first = await admin.get(`/admin/people/${ada.id}/mails`)
      assert.match(first.html, /Mail 49.*Mail 0</s)
      const [, older = ''] = /href="([^"]*before=\d+)"/.exec(first.html) ?? []
      const second = await admin.get(older)

      await assertValidHtml(second.html)
      assert.match(second.html, /Subscription episode.*Guest thanks.*>Sign in</s)
      assert.doesNotMatch(second.html, /Mail 0</)
    }),
  )

  it(
    'is told hosts of what their podcast wrote itself, without addresses; of an episode they see how many',
    sandboxed(async (repo) => {
      const { ada, episode, podcast } = await aLog(repo)
      const other = await aPodcast(repo, { slug: 'other' })
      const [own, foreign] = [
        await inAdmin(repo, { hostOf: [podcast] }),
        await inAdmin(repo, { hostOf: [other] }),
      ]

      const desk = await own.get(`/admin/people/${ada.id}`)
      assert.match(desk.html, /Guest thanks/)
      assert.doesNotMatch(desk.html, /Subscription episode|Sign in|ada@example/)
      assert.doesNotMatch((await foreign.get(`/admin/people/${ada.id}`)).html, /Guest thanks/)
      assert.equal((await own.get('/admin/mails/sent')).status, 403)
      const address = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/downloads`
      const numbers = await own.get(address)
      await assertValidHtml(numbers.html)
      assert.match(numbers.html, /Subscription episode<\/th><td[^>]*>0<\/td><td[^>]*>1</)
      assert.equal((await foreign.get(address)).status, 404)
    }),
  )
})
