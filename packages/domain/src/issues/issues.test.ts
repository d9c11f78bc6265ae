import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { AddressRefusedError, type Message } from '@showrunner/mail'
import { JOBS } from '../jobs/index.ts'
import { NewsItem, newsItemChangeset, NewsSource, newsSourceChangeset } from '../news/index.ts'
import { Settings } from '../settings/index.ts'
import {
  askToSubscribe,
  confirmSubscription,
  countSubscriptions,
  importSubscribers,
  NEWSLETTER,
  subscribe,
  Subscription,
  unsubscribe,
} from '../subscriptions/index.ts'
import { aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import {
  countReach,
  getIssue,
  IssueMail,
  NewsIssue,
  newsIssueChangeset,
  publishIssue,
  requestIssueTest,
  unpublishIssue,
} from './index.ts'
import { mailReaders } from './jobs.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LATER = new Date(NOW.getTime() + 60 * 60_000)

async function mailed(repo: Repo, asOf = NOW): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent
}

async function aReader(repo: Repo, name: string) {
  const { id: personId } = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  const wanted = { podcastId: null, episodeId: null, personId, context: 'newsletter' } as const
  return subscribe(repo, wanted, NOW)
}

/** With an item that is out, and one that is not. */
async function anIssue(repo: Repo): Promise<NewsIssue> {
  const called = { name: 'The Gazette', slug: 'gazette', websiteUrl: 'https://gazette.example' }
  const source = await repo.insertOrThrow(newsSourceChangeset(build(NewsSource), called))
  const item = async (headline: string, isOut: boolean) => {
    const said = newsItemChangeset(build(NewsItem), {
      headline,
      sourceId: source.id,
      url: 'https://canals.example/keepers?a=1&b=2',
      story: 'Forty years at [one gate](/gates/7), and <3.\n\n![A gate at dusk](/gate.jpg)',
      imageUrl: '/uploads/gate.jpg',
    })
    const state = isOut ? ({ status: 'published', publishedAt: NOW } as const) : {}
    return repo.insertOrThrow(change(said, state))
  }
  const newsIssueItems = [
    { newsItemId: (await item('The keepers & their locks', true)).id, withPicture: true },
    { newsItemId: (await item('Not yet', false)).id },
  ]
  const said = { number: 7, teaser: 'Who oils it.', note: 'A **short** one.', newsIssueItems }
  return repo.insertOrThrow(newsIssueChangeset(build(NewsIssue), said))
}

async function publish(repo: Repo, { id }: NewsIssue, asOf = NOW): Promise<void> {
  const saved = await publishIssue(repo, await getIssue(repo, id), {}, { asOf, zone: 'UTC' })
  assert.ok(saved.ok)
}

describe('the newsletter by mail', () => {
  it(
    'is subscribed to by the mailed link, beside a podcast, once',
    sandboxed(async (repo) => {
      const { id: podcastId } = await aPodcast(repo)
      const ask = () =>
        askToSubscribe(repo, NEWSLETTER, { email: 'Ada@example.com' }, { visitor: '1' }, NOW)
      await ask()
      await ask()
      const mails = await mailed(repo)
      const [first, second] = mails.map(({ text }) => /subscribe\/([\w.-]+)/.exec(text)?.[1] ?? '')

      assert.equal(mails[0]?.subject, 'The newsletter of Showrunner')
      assert.equal(await repo.count(Subscription), 0)
      const { personId, podcastId: ofPodcast } = (await confirmSubscription(repo, first!, NOW))!
      await confirmSubscription(repo, second!, NOW)
      await subscribe(repo, { podcastId, episodeId: null, personId, context: 'podcast' }, NOW)

      assert.equal(ofPodcast, null)
      assert.equal(await repo.count(Subscription), 2)
      assert.equal((await countSubscriptions(repo, null, LATER)).active, 1)
      assert.equal((await countSubscriptions(repo, podcastId, LATER)).active, 1)
    }),
  )

  it(
    'is taken over from a table, but not for who has ended it',
    sandboxed(async (repo) => {
      await unsubscribe(repo, await aReader(repo, 'Ada'), NOW)
      const text = 'email\nada@example.com\ngrace@example.com'

      const given = { podcast: null, text, said: 'Our old list.' }
      const { added, ended } = await importSubscribers(repo, {}, given, NOW)

      assert.deepEqual([added.map(({ email }) => email), ended], [['grace@example.com'], 1])
      assert.equal((await countSubscriptions(repo, null, LATER)).active, 1)
    }),
  )
})

describe('an issue that is published', () => {
  it(
    'is mailed whole to all who are subscribed, once, with one click to end it',
    sandboxed(async (repo) => {
      const issue = await anIssue(repo)
      await aReader(repo, 'Ada')
      await unsubscribe(repo, await aReader(repo, 'Grace'), NOW)

      await publish(repo, issue)
      const [mail, ...others] = await mailed(repo)

      assert.deepEqual([mail?.to, mail?.subject], ['ada@example.com', 'Issue 7: Who oils it.'])
      assert.deepEqual(others, [])
      assert.match(mail?.unsubscribeUrl ?? '', /^https:\/\/radio\.example\/unsubscribe\//)
      const { text = '', html = '' } = mail ?? {}
      assert.match(text, /A short one\./)
      assert.match(text, /# The keepers & their locks\nhttps:\/\/canals\.example\/keepers\?a=1&b=2/)
      assert.match(text, /The Gazette\n\n\[The keepers & their locks\]/)
      assert.match(text, /one gate \(https:\/\/radio\.example\/gates\/7\), and <3/)
      assert.match(text, /\[A gate at dusk\]/)
      assert.match(text, /https:\/\/radio\.example\/news\/issues\/7/)
      assert.match(html, /<strong>short<\/strong>/)
      assert.match(
        html,
        /src="https:\/\/radio\.example\/uploads\/gate\.jpg" alt="The keepers &amp;/,
      )
      assert.match(html, /href="https:\/\/radio\.example\/gates\/7"/)
      assert.doesNotMatch(html + text, /Not yet/)

      await unpublishIssue(repo, await getIssue(repo, issue.id))
      await publish(repo, issue, LATER)
      await enqueue(repo, mailReaders, { issueId: issue.id, after: 0 })
      assert.deepEqual(await mailed(repo, LATER), [])
      assert.deepEqual(await countReach(repo, issue), {
        readers: 1,
        sent: 1,
        waiting: 0,
        refused: 0,
      })
    }),
  )

  it(
    'is written in the language of the network',
    sandboxed(async (repo) => {
      await repo.updateAll(from(Settings), { language: 'de-AT' })
      await aReader(repo, 'Ada')
      await publish(repo, await anIssue(repo))

      const [mail] = await mailed(repo)

      assert.equal(mail?.subject, 'Ausgabe 7: Who oils it.')
      assert.match(mail?.text ?? '', /Du hast den Newsletter/)
    }),
  )

  it(
    'is mailed at its moment, not when it is taken back before, and not when it is long out',
    sandboxed(async (repo) => {
      const issue = await anIssue(repo)
      await aReader(repo, 'Ada')
      const at = '2026-11-20T13:00'
      const later = { asOf: NOW, zone: 'UTC' }
      const saved = await publishIssue(
        repo,
        await getIssue(repo, issue.id),
        { publishedAt: at },
        later,
      )
      assert.ok(saved.ok)
      await unpublishIssue(repo, await getIssue(repo, issue.id))
      assert.deepEqual(await mailed(repo, LATER), [])

      const old = { publishedAt: '2026-10-01T12:00' }
      await publishIssue(repo, await getIssue(repo, issue.id), old, later)
      assert.deepEqual(await mailed(repo, LATER), [])
      assert.equal(await repo.count(IssueMail), 0)
    }),
  )

  it(
    'is sent again to nobody who had it when the program was killed in between',
    sandboxed(async (repo) => {
      const issue = await anIssue(repo)
      await aReader(repo, 'Ada')
      await aReader(repo, 'Grace')
      await publish(repo, issue)
      const sent: string[] = []
      const parts = partsOfJobs(repo, { asOf: NOW, sent: [] })
      const send = async ({ to }: Message) => {
        if (to === 'grace@example.com' && !sent.includes('failed')) {
          sent.push('failed')
          throw new Error('killed')
        }
        sent.push(to)
      }

      await performWaiting(repo, JOBS, { ...parts, mailer: { send } }).catch(() => {})
      await enqueue(repo, mailReaders, { issueId: issue.id, after: 0 })
      await performWaiting(repo, JOBS, { ...parts, mailer: { send } }).catch(() => {})

      assert.equal(sent.filter((to) => to === 'ada@example.com').length, 1)
      assert.ok(sent.filter((to) => to === 'grace@example.com').length <= 1)
    }),
  )

  it(
    'ends all that is mailed to an address that refuses it',
    sandboxed(async (repo) => {
      await aReader(repo, 'Ada')
      await publish(repo, await anIssue(repo))
      const refuse = async () => {
        throw new AddressRefusedError('It did not take the mail.', '550 nobody')
      }

      const parts = partsOfJobs(repo, { asOf: NOW, sent: [] })
      await performWaiting(repo, JOBS, { ...parts, mailer: { send: refuse } })

      const ada = await repo.oneOrThrow(from(Subscription))
      assert.deepEqual([ada.unsubscribedAt, ada.refused], [NOW, '550 nobody'])
    }),
  )

  it(
    'is mailed as a test before, to who asks, and to nobody else',
    sandboxed(async (repo) => {
      const issue = await anIssue(repo)
      await aReader(repo, 'Ada')
      const editor = await aPerson(repo, 'Eve', { email: 'eve@example.com' })

      await requestIssueTest(repo, issue, editor, NOW)
      const mails = await mailed(repo)

      assert.deepEqual(
        mails.map(({ to, subject, unsubscribeUrl }) => [to, subject, unsubscribeUrl]),
        [['eve@example.com', 'Test: Issue 7: Who oils it.', undefined]],
      )
      assert.deepEqual(await countReach(repo, issue), {
        readers: 1,
        sent: 0,
        waiting: 0,
        refused: 0,
      })
    }),
  )
})
