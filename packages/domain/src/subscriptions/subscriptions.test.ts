import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { Episode } from '../episodes/index.ts'
import { JOBS } from '../jobs/index.ts'
import { mergePeople, Person } from '../people/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { publishEpisode, unpublishEpisode } from '../publishing/index.ts'
import {
  anEpisode,
  aPerson,
  aPodcast,
  partsOfJobs,
  sandboxed,
  testDatabase,
} from '../testing/index.ts'
import { takeTranscript } from '../transcripts/index.ts'
import { mailSubscribers } from './jobs.ts'
import {
  askToSubscribe,
  confirmSubscription,
  countSubscriptions,
  growthOf,
  findByUnsubscribeToken,
  findSubject,
  subscribe,
  Subscription,
  SubscriptionMail,
  UnconfirmedSubscription,
  unsubscribe,
  unsubscribeFromAll,
  unsubscribeToken,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LATER = new Date(NOW.getTime() + 24 * 60 * 60_000)
const VISITOR = { visitor: '192.0.2.7' }

async function mailed(repo: Repo, asOf = NOW): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent
}

const tokenIn = ({ text }: Message) => /subscribe\/([\w.-]+)/.exec(text)?.[1] ?? ''

async function aSubscriber(repo: Repo, { id: podcastId }: Podcast, name: string) {
  const person = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  const wanted = { podcastId, episodeId: null, personId: person.id, context: 'podcast' } as const
  return { person, subscription: await subscribe(repo, wanted, NOW) }
}

async function aDraft(repo: Repo, podcast: Podcast, slug = 'tides') {
  return anEpisode(repo, podcast, {
    slug,
    summary: 'At noon.',
    published: false,
    publishedAt: null,
    audioBytes: 1000,
    audioDuration: 60,
  })
}

describe('subscribing', () => {
  it(
    'begins with the mailed link, makes the member then, and says the same whoever has the address',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await aSubscriber(repo, podcast, 'Grace')
      const subject = (await findSubject(repo, { podcast: 'local-time' }, NOW))!

      const answers = [
        await askToSubscribe(repo, subject, { email: 'Ada@Example.com' }, VISITOR, NOW),
        await askToSubscribe(repo, subject, { email: 'grace@example.com' }, VISITOR, NOW),
      ]
      const mails = await mailed(repo)

      assert.deepEqual(answers, [
        { ok: true, isDone: false },
        { ok: true, isDone: false },
      ])
      assert.deepEqual(
        mails.map(({ to, subject: title }) => [to, title]),
        [
          ['ada@example.com', 'Mails of Local Time'],
          ['grace@example.com', 'Mails of Local Time'],
        ],
      )
      assert.equal(await repo.getBy(Person, { email: 'ada@example.com' }), undefined)

      const token = tokenIn(mails[0]!)
      const subscription = await confirmSubscription(repo, token, NOW)
      assert.deepEqual([subscription?.podcastId, subscription?.unsubscribedAt], [podcast.id, null])
      assert.ok(await repo.getBy(Person, { email: 'ada@example.com' }))
      assert.equal(await confirmSubscription(repo, token, NOW), undefined)
      assert.equal((await confirmSubscription(repo, tokenIn(mails[1]!), LATER)) !== undefined, true)
      assert.equal(await repo.count(Subscription), 2)
    }),
  )

  it(
    'is done at once for their own address of who is signed in, and by a link for another',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      const person = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const subject = (await findSubject(repo, { podcast: 'local-time' }, NOW))!
      const ask = (email: string) =>
        askToSubscribe(repo, subject, { email }, { ...VISITOR, person }, NOW)

      assert.deepEqual(await ask(''), { ok: true, isDone: true })
      assert.deepEqual(await ask('ada@example.com'), { ok: true, isDone: true })
      assert.deepEqual(await ask('eve@example.com'), { ok: true, isDone: false })

      assert.equal(await repo.count(Subscription), 1)
      assert.equal(await repo.count(UnconfirmedSubscription), 1)
    }),
  )

  it(
    'refuses what is no address, takes nothing from programs, and is limited for an address',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      const subject = (await findSubject(repo, { podcast: 'local-time' }, NOW))!
      const ask = (given: object, visitor = VISITOR.visitor) =>
        askToSubscribe(repo, subject, { ...given }, { visitor }, NOW)

      assert.equal((await ask({ email: 'nobody' })).ok, false)
      assert.equal((await ask({})).ok, false)
      assert.equal((await ask({ email: 'a@example.com', website: 'x' })).ok, true)
      assert.equal(await repo.count(UnconfirmedSubscription), 0)
      for (const visitor of ['1', '2', '3', '4']) await ask({ email: 'a@example.com' }, visitor)
      await assert.rejects(ask({ email: 'a@example.com' }, '5'), { name: 'LimitError' })
    }),
  )

  it(
    'is to what anybody may see',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await aDraft(repo, podcast)
      await anEpisode(repo, podcast, { slug: 'out' })
      await aPodcast(repo, { slug: 'hidden', title: 'Hidden', status: 'draft' })
      const find = (slug: string, episode?: string) =>
        findSubject(repo, { podcast: slug, episode }, NOW)

      assert.equal((await find('local-time', 'out'))?.episode?.slug, 'out')
      assert.equal(await find('local-time', 'tides'), undefined)
      assert.equal(await find('hidden'), undefined)
    }),
  )

  it('is one for a person and a subject, however many ask at the same moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const repo = database.repo.unscoped()
    const podcast = await aPodcast(repo)
    const { id: personId } = await aPerson(repo, 'Ada')
    const wanted = { podcastId: podcast.id, episodeId: null, personId, context: 'podcast' } as const

    const made = await Promise.all([1, 2, 3, 4, 5, 6].map(() => subscribe(repo, wanted, NOW)))

    assert.equal(new Set(made.map(({ id }) => id)).size, 1)
    assert.equal(await repo.count(Subscription), 1)
  })
})

describe('unsubscribing', () => {
  it(
    'is done by a signed token, for good, and leaves when it was first done',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { subscription } = await aSubscriber(repo, podcast, 'Ada')
      const token = await unsubscribeToken(repo, subscription)

      const found = await findByUnsubscribeToken(repo, token)
      await unsubscribe(repo, found!, NOW)
      await unsubscribe(repo, found!, LATER)

      const ended = await findByUnsubscribeToken(repo, token)
      assert.deepEqual(ended?.unsubscribedAt, NOW)
      const [, signature = ''] = token.split('.')
      const others = [
        `${subscription.id + 1}.${signature}`,
        `${token}x`,
        token.slice(0, -1),
        '1.',
        '',
      ]
      for (const other of others)
        assert.equal(await findByUnsubscribeToken(repo, other), undefined, other)
    }),
  )

  it(
    'ends all of one person and nobody else’s, and can be taken back',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { subscription } = await aSubscriber(repo, podcast, 'Ada')
      await aSubscriber(repo, podcast, 'Grace')

      await unsubscribeFromAll(repo, subscription, NOW)
      assert.deepEqual((await countSubscriptions(repo, podcast.id, LATER)).active, 1)
      await subscribe(repo, { ...subscription, context: 'account' }, LATER)

      const { active, days } = await countSubscriptions(repo, podcast.id, LATER)
      assert.equal(active, 2)
      assert.deepEqual(days, [
        { days: 7, came: 2, went: 0 },
        { days: 30, came: 2, went: 0 },
      ])
      await unsubscribeFromAll(repo, subscription, LATER)
      const [daily, monthly] = [
        await growthOf(repo, podcast.id, 'day', LATER),
        await growthOf(repo, podcast.id, 'month', LATER),
      ]
      assert.deepEqual([daily.length, monthly.length], [30, 12])
      assert.deepEqual(monthly.at(-1), {
        day: `${LATER.toISOString().slice(0, 7)}-01`,
        came: 2,
        went: 1,
      })
      assert.equal(daily.at(-1)?.day, LATER.toISOString().slice(0, 10))
      assert.equal(
        daily.reduce((sum, { came }) => sum + came, 0),
        2,
      )
      const others = await growthOf(repo, null, 'day', LATER)
      assert.ok(others.every(({ came, went }) => came + went === 0))
    }),
  )

  it(
    'of two people who are one keeps what whoever stays said',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const ada = await aSubscriber(repo, podcast, 'Ada')
      const twin = await aSubscriber(repo, podcast, 'Twin')
      await unsubscribe(repo, ada.subscription, NOW)

      await mergePeople(repo, {}, { gone: twin.person, kept: ada.person }, NOW)

      const left = await repo.all(Subscription)
      assert.deepEqual(
        left.map(({ personId, unsubscribedAt }) => [personId, unsubscribedAt]),
        [[ada.person.id, NOW]],
      )
    }),
  )
})

describe('the mails of an episode', () => {
  it(
    'go to everybody who is subscribed, once, with one click to end them',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { subscription } = await aSubscriber(repo, podcast, 'Ada')
      const gone = await aSubscriber(repo, podcast, 'Grace')
      await unsubscribe(repo, gone.subscription, NOW)
      const episode = await aDraft(repo, podcast)

      await publishEpisode(repo, episode, { at: NOW }, NOW)
      const mails = await mailed(repo)

      assert.deepEqual(
        mails.map(({ to, subject }) => [to, subject]),
        [['ada@example.com', 'Local Time: tides']],
      )
      const url = `https://radio.example/unsubscribe/${await unsubscribeToken(repo, subscription)}`
      assert.equal(mails[0]?.unsubscribeUrl, url)
      assert.ok(mails[0].text.includes(url))

      await unpublishEpisode(repo, episode, NOW)
      await publishEpisode(repo, episode, { at: NOW }, LATER)
      await enqueue(repo, mailSubscribers, { episodeId: episode.id, of: 'episode', after: 0 })
      assert.deepEqual(await mailed(repo, LATER), [])
      assert.equal(await repo.count(SubscriptionMail), 1)
    }),
  )

  it(
    'do not go to who unsubscribes before it is their turn, nor when the episode is gone again',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { subscription } = await aSubscriber(repo, podcast, 'Ada')
      await aSubscriber(repo, podcast, 'Grace')
      const episode = await aDraft(repo, podcast)
      await publishEpisode(repo, episode, { at: NOW }, NOW)
      await unsubscribe(repo, subscription, NOW)
      assert.deepEqual(
        (await mailed(repo)).map(({ to }) => to),
        ['grace@example.com'],
      )

      const other = await aDraft(repo, podcast, 'other')
      await publishEpisode(repo, other, { at: NOW }, NOW)
      await repo.updateAll(from(Episode).where({ id: other.id }), { published: false })
      assert.deepEqual(await mailed(repo), [])
    }),
  )

  it(
    'are not sent of one that is years old',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await aSubscriber(repo, podcast, 'Ada')
      const episode = await aDraft(repo, podcast)

      const old = new Date('2020-01-01T00:00:00Z')
      assert.ok((await publishEpisode(repo, episode, { at: old }, NOW)).ok)

      assert.deepEqual(await mailed(repo), [])
    }),
  )

  it(
    'go out in batches to a thousand, and to nobody twice when a batch is done again',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const people = await repo.insertAll(
        Person,
        Array.from({ length: 1001 }, (_, index) => ({
          name: `P ${index}`,
          handle: `p-${index}`,
          email: `p${index}@example.com`,
        })),
      )
      await repo.insertAll(
        Subscription,
        people.map(({ id }) => ({
          podcastId: podcast.id,
          personId: id,
          context: 'podcast' as const,
          confirmedAt: NOW,
        })),
      )
      const episode = await anEpisode(repo, podcast, { slug: 'out' })
      const args = { episodeId: episode.id, of: 'episode', after: 0 } as const
      const parts = partsOfJobs(repo, { asOf: NOW, sent: [] })

      await mailSubscribers.run(parts, args)
      await mailSubscribers.run(parts, args)
      await mailSubscribers.run(parts, { ...args, after: people[499]?.id ?? 0 })
      await mailSubscribers.run(parts, { ...args, after: people[999]?.id ?? 0 })

      assert.equal(await repo.count(SubscriptionMail), 1001)
    }),
  )
})

describe('the mail of a transcript', () => {
  it(
    'goes to who waits for it when its words are there, once, and to no other',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { person } = await aSubscriber(repo, podcast, 'Ada')
      await aSubscriber(repo, podcast, 'Grace')
      const episode = await anEpisode(repo, podcast, { slug: 'out' })
      const { podcastId } = episode
      const wanted = {
        podcastId,
        episodeId: episode.id,
        personId: person.id,
        context: 'podcast',
      } as const
      await subscribe(repo, wanted, NOW)
      assert.equal((await countSubscriptions(repo, podcastId, NOW)).transcripts, 1)

      await takeTranscript(repo, episode, { text: 'Ada: Hello there.', language: 'en' })
      const mails = await mailed(repo)
      await takeTranscript(repo, episode, { text: 'Ada: Hello again.', language: 'en' })

      assert.deepEqual(
        mails.map(({ to, subject }) => [to, subject]),
        [['ada@example.com', 'The transcript of out']],
      )
      assert.deepEqual(await mailed(repo), [])
      assert.equal((await countSubscriptions(repo, podcastId, NOW)).transcripts, 0)
    }),
  )
})
