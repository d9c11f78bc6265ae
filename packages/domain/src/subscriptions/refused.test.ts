import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { AddressRefusedError, MailError, type Message } from '@showrunner/mail'
import { JOBS } from '../jobs/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { publishEpisode } from '../publishing/index.ts'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import { importSubscribers, subscribe, Subscription, SubscriptionMail } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function aSubscriber(repo: Repo, podcast: Podcast, name: string) {
  const person = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  return subscribeTo(repo, podcast, person.id)
}

const subscribeTo = (repo: Repo, { id: podcastId }: Podcast, personId: number) =>
  subscribe(repo, { podcastId, episodeId: null, personId, context: 'podcast' }, NOW)

async function published(repo: Repo, podcast: Podcast, slug: string) {
  const draft = { slug, summary: 'x', published: false, publishedAt: null }
  const episode = await anEpisode(repo, podcast, { ...draft, audioBytes: 1000, audioDuration: 60 })
  assert.ok((await publishEpisode(repo, episode, {}, NOW)).ok)
}

/** Sends what waits through a mailer that does with Ada's what is said. */
async function mailed(repo: Repo, adas: () => void): Promise<readonly string[]> {
  const sent: Message[] = []
  const send = async (message: Message) => {
    if (message.to === 'ada@example.com') adas()
    sent.push(message)
  }
  await performWaiting(repo, JOBS, { ...partsOfJobs(repo, { asOf: NOW, sent }), mailer: { send } })
  return sent.map(({ to }) => to)
}

const refused = () => {
  throw new AddressRefusedError('It did not take the mail.', '550 5.1.1 nobody of that name')
}

describe('an address that the mail server refuses for good', () => {
  it(
    'is mailed nothing more, of any podcast, until its owner confirms it anew; a file does not bring it back',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other' })
      const { personId } = await aSubscriber(repo, podcast, 'Ada')
      await subscribeTo(repo, other, personId)
      await aSubscriber(repo, podcast, 'Grace')

      await published(repo, podcast, 'one')
      assert.deepEqual(await mailed(repo, refused), ['grace@example.com'])
      const adas = await repo.all(from(Subscription).where({ personId }))
      assert.deepEqual(
        adas.map(({ unsubscribedAt, refused: said }) => [unsubscribedAt, said]),
        [
          [NOW, '550 5.1.1 nobody of that name'],
          [NOW, '550 5.1.1 nobody of that name'],
        ],
      )

      const file = { podcast, text: 'ada@example.com', said: 'From a file.' }
      assert.equal((await importSubscribers(repo, {}, file, NOW)).ended, 1)
      await published(repo, podcast, 'two')
      assert.deepEqual(await mailed(repo, () => undefined), ['grace@example.com'])

      const again = await subscribeTo(repo, podcast, personId)
      assert.deepEqual([again.unsubscribedAt, again.refused], [null, null])
      await published(repo, podcast, 'three')
      assert.equal((await mailed(repo, () => undefined)).length, 2)
    }),
  )

  it(
    'is not one whose server is only busy: the mail is tried again',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await aSubscriber(repo, podcast, 'Ada')
      await published(repo, podcast, 'one')
      const busy = () => {
        throw new MailError('450 come again later')
      }

      await assert.rejects(mailed(repo, busy), { message: '450 come again later' })

      assert.equal((await repo.oneOrThrow(Subscription)).unsubscribedAt, null)
      assert.equal((await repo.oneOrThrow(SubscriptionMail)).sentAt, null)
    }),
  )
})
