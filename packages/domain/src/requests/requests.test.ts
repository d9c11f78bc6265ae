import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, from, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { Episode, EpisodeHost, updateEpisode } from '../episodes/index.ts'
import { JOBS } from '../jobs/index.ts'
import { LimitError } from '../limits/index.ts'
import { Person } from '../people/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { repoFor } from '../policies/index.ts'
import { publishEpisode } from '../publishing/index.ts'
import { aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import {
  announceToSubmitter,
  answerRequest,
  confirmRequest,
  countRequests,
  EpisodeRequest,
  findRequestByToken,
  findUnconfirmed,
  getRequest,
  listAskable,
  listRequests,
  replyToRequest,
  RequestMessage,
  submitRequest,
  UnconfirmedRequest,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const VISITOR = { visitor: '192.0.2.7' }

const WISH = {
  podcast: 'local-time',
  name: 'Ada Byron',
  email: 'ada@example.com',
  pitch: 'How do harbours agree on what time it is?',
  topics: 'Tides, clocks',
}

/** Runs the waiting jobs, and gives the mails they send. */
async function mailed(repo: Repo): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
  return sent
}

const askable = (repo: Repo) => aPodcast(repo, { takesRequests: true })

const tokenIn = ({ text }: Message) => /\/request\/([\w-]+)/.exec(text)?.[1] ?? ''

async function aHost(repo: Repo, podcastId: number, name = 'Grace Hopper') {
  const person = await aPerson(repo, name, {
    email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
  })
  await repo.updateAll(from(Person).where({ id: person.id }), { host: true })
  await repo.insertAll(PodcastHost, [{ podcastId, personId: person.id }])
  return repo.getOrThrow(Person, person.id)
}

/** A request that counts, of somebody with an address. */
async function aRequest(repo: Repo, wish = {}): Promise<EpisodeRequest> {
  const submitted = await submitRequest(repo, { ...WISH, ...wish }, VISITOR, NOW)
  assert.ok(submitted.ok)
  const confirm = (await mailed(repo)).find(({ subject }) => subject.startsWith('Your request'))
  const request = await confirmRequest(repo, tokenIn(confirm!), NOW)
  await mailed(repo)
  return request!
}

describe('submitRequest', () => {
  it(
    'counts once the mailed link is followed, and makes the member then',
    sandboxed(async (repo) => {
      const podcast = await askable(repo)
      await aHost(repo, podcast.id)

      assert.deepEqual(await submitRequest(repo, WISH, VISITOR, NOW), { ok: true })
      const [mail, ...more] = await mailed(repo)
      assert.deepEqual([mail?.to, more.length], ['ada@example.com', 0])
      assert.doesNotMatch(mail?.text ?? '', /Ada|harbours/)
      assert.equal(await repo.count(EpisodeRequest), 0)
      assert.equal(await repo.getBy(Person, { email: 'ada@example.com' }), undefined)

      const token = tokenIn(mail!)
      assert.equal((await findUnconfirmed(repo, token, NOW))?.pitch, WISH.pitch)
      const request = await confirmRequest(repo, token, NOW)
      const whole = await findRequestByToken(repo, token, NOW)

      assert.deepEqual([request?.status, request?.topics], ['fresh', 'Tides, clocks'])
      assert.equal(whole?.submitter.name, 'Ada Byron')
      assert.equal(await repo.count(UnconfirmedRequest), 0)
      assert.equal(await confirmRequest(repo, token, NOW), undefined)
      const [told] = await mailed(repo)
      assert.deepEqual([told?.to, told?.subject], ['grace@example.com', 'A request for Local Time'])
      assert.match(told?.text ?? '', /admin\/requests\/\d+/)
    }),
  )

  it(
    'is somebody’s whose address it is, under the name they have here',
    sandboxed(async (repo) => {
      await askable(repo)
      const ada = await aPerson(repo, 'Ada Lovelace', { email: 'ada@example.com' })

      const request = await aRequest(repo, { name: 'Somebody Else', email: 'ADA@example.com' })

      assert.equal(request.submitterId, ada.id)
      assert.equal((await repo.getOrThrow(Person, ada.id)).name, 'Ada Lovelace')
    }),
  )

  it(
    'counts at once for who is signed in, under their own name and address',
    sandboxed(async (repo) => {
      await askable(repo)
      const person = await aPerson(repo, 'Ada Lovelace', { email: 'ada@example.com' })

      const wish = { ...WISH, name: 'Grace', email: 'grace@example.com' }
      const submitted = await submitRequest(repo, wish, { ...VISITOR, person }, NOW)

      assert.ok(submitted.ok && submitted.token)
      const request = await findRequestByToken(repo, submitted.token, NOW)
      assert.equal(request?.submitter.id, person.id)
      const [mail] = await mailed(repo)
      assert.equal(mail?.to, 'ada@example.com')
      assert.equal((await findRequestByToken(repo, tokenIn(mail), NOW))?.id, request?.id)
    }),
  )

  it(
    'says what is wrong, and keeps nothing',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      const wish = { podcast: 'local-time', email: 'ada', topics: 'x'.repeat(141) }

      const submitted = await submitRequest(repo, wish, VISITOR, NOW)

      assert.ok(!submitted.ok)
      const wrong = errorMessages(submitted.changeset)
      assert.deepEqual(Object.keys(wrong).toSorted(), [
        'email',
        'name',
        'pitch',
        'podcastId',
        'topics',
      ])
      assert.deepEqual(wrong['podcastId'], ['must be chosen'])
      assert.equal(await repo.count(UnconfirmedRequest), 0)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'keeps nothing of a program that fills in what nobody sees',
    sandboxed(async (repo) => {
      await askable(repo)

      const submitted = await submitRequest(
        repo,
        { ...WISH, website: 'https://spam.example' },
        VISITOR,
        NOW,
      )

      assert.deepEqual(submitted, { ok: true })
      assert.equal(await repo.count(UnconfirmedRequest), 0)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'refuses the fifth for one address, and the eleventh of one visitor',
    sandboxed(async (repo) => {
      await askable(repo)
      const ask = (email: string, visitor: string) =>
        submitRequest(repo, { ...WISH, email }, { visitor }, NOW)
      for (let count = 0; count < 4; count += 1) await ask('ada@example.com', `192.0.2.${count}`)
      await assert.rejects(ask('ada@example.com', '192.0.2.9'), LimitError)

      for (let count = 0; count < 10; count += 1) await ask(`p${count}@example.com`, '198.51.100.1')
      await assert.rejects(ask('last@example.com', '198.51.100.1'), LimitError)
    }),
  )

  it(
    'is forgotten when nobody confirms it in three days',
    sandboxed(async (repo) => {
      await askable(repo)
      await submitRequest(repo, WISH, VISITOR, NOW)
      const [mail] = await mailed(repo)

      const late = new Date(NOW.getTime() + 3 * DAY_MS)

      assert.equal(await confirmRequest(repo, tokenIn(mail!), late), undefined)
      assert.equal(await repo.count(EpisodeRequest), 0)
    }),
  )

  it(
    'is offered by podcasts that take requests, as far as anybody may see them',
    sandboxed(async (repo) => {
      await askable(repo)
      await aPodcast(repo, { slug: 'deaf', title: 'Deaf' })
      await aPodcast(repo, {
        slug: 'secret',
        title: 'Secret',
        status: 'draft',
        takesRequests: true,
      })

      assert.deepEqual(
        (await listAskable(repo)).map(({ slug }) => slug),
        ['local-time'],
      )
    }),
  )
})

describe('answerRequest', () => {
  it(
    'accepts by starting a draft with what the request says',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, { takesRequests: true, notesTemplate: '## Links' })
      const host = await aHost(repo, podcast.id)
      const guest = await aPerson(repo, 'Yusuf Maran')
      const request = await aRequest(repo, {
        guests: 'yusuf maran, Nobody Known',
        pitch: 'Why --> so?',
      })

      const answered = await answerRequest(
        repo,
        request,
        { status: 'accepted', lockVersion: 1 },
        host,
        NOW,
      )

      assert.ok(answered.ok)
      const { episode } = await getRequest(repo, request.id)
      assert.deepEqual(
        [episode?.title, episode?.slug, episode?.published],
        ['Tides, clocks', 'tides-clocks', false],
      )
      assert.match(
        episode?.notes ?? '',
        /^## Links\n\n<!-- From the request\.\npitch: Why - -› so\?/,
      )
      assert.doesNotMatch(episode?.notesHtml ?? '', /request|Why|so\?/)
      const whole = await repo.getOrThrow(from(Episode).preload('hosts', 'guests'), episode!.id)
      assert.deepEqual(
        whole.hosts.map(({ id }) => id),
        [host.id],
      )
      assert.deepEqual(
        whole.guests.map(({ id }) => id),
        [guest.id],
      )
      assert.deepEqual(await mailed(repo), [])
    }),
  )

  it(
    'accepts with an episode that is there, and with no other podcast’s',
    sandboxed(async (repo) => {
      const podcast = await askable(repo)
      const host = await aHost(repo, podcast.id)
      const request = await aRequest(repo)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other' })
      const [mine, theirs] = await repo.insertAll(
        Episode,
        [podcast.id, other.id].map((podcastId) => ({
          podcastId,
          slug: 'one',
          guid: 'one',
          title: 'One',
        })),
        { returning: ['id'] },
      )
      const accept = (episodeId: number) =>
        answerRequest(repo, request, { status: 'accepted', lockVersion: 1, episodeId }, host, NOW)

      const wrong = await accept(theirs!.id)
      assert.deepEqual(wrong.ok ? {} : errorMessages(wrong.changeset), {
        episodeId: ['is no episode of this podcast'],
      })
      assert.ok((await accept(mine!.id)).ok)
      assert.equal((await getRequest(repo, request.id)).episode?.id, mine!.id)
      assert.equal(await repo.count(Episode), 2)
    }),
  )

  it(
    'mails a message, and nothing without one',
    sandboxed(async (repo) => {
      const host = await aHost(repo, (await askable(repo)).id)
      const request = await aRequest(repo)

      await answerRequest(repo, request, { status: 'pending', lockVersion: 1 }, host, NOW)
      assert.deepEqual(await mailed(repo), [])
      const body = 'We had that.\n\nSorry.'
      await answerRequest(
        repo,
        await getRequest(repo, request.id),
        { status: 'declined', lockVersion: 2, body },
        host,
        NOW,
      )

      const [mail] = await mailed(repo)
      assert.deepEqual([mail?.to, mail?.subject], ['ada@example.com', 'Your request to Local Time'])
      assert.match(mail?.html ?? '', /<p dir="auto">We had that\.<\/p>\n<p dir="auto">Sorry\.<\/p>/)
      const seen = await findRequestByToken(repo, tokenIn(mail!), NOW)
      assert.deepEqual([seen?.status, seen?.messages.map((one) => one.body)], ['declined', [body]])
    }),
  )

  it(
    'tells who comes second that somebody else has decided',
    sandboxed(async (repo) => {
      const host = await aHost(repo, (await askable(repo)).id)
      const request = await aRequest(repo)
      await answerRequest(repo, request, { status: 'accepted', lockVersion: 1 }, host, NOW)

      const stale = { status: 'declined', lockVersion: 1, body: 'No.' }
      const second = await answerRequest(repo, request, stale, host, NOW)
      const later = await answerRequest(repo, await getRequest(repo, request.id), stale, host, NOW)

      for (const refused of [second, later]) {
        assert.match(
          refused.ok ? '' : String(errorMessages(refused.changeset)['status']),
          /somebody else/,
        )
      }
      assert.equal((await getRequest(repo, request.id)).status, 'accepted')
      assert.equal(await repo.count(RequestMessage), 0)
    }),
  )

  it(
    'wants words where nothing else is said',
    sandboxed(async (repo) => {
      const host = await aHost(repo, (await askable(repo)).id)
      const request = await aRequest(repo)

      const empty = await answerRequest(repo, request, { body: '  ', lockVersion: 1 }, host, NOW)

      assert.deepEqual(empty.ok ? {} : errorMessages(empty.changeset), {
        body: ['needs some words'],
      })
    }),
  )
})

describe('a request', () => {
  it(
    'can be talked about by its maker, and its hosts hear of it',
    sandboxed(async (repo) => {
      await aHost(repo, (await askable(repo)).id)
      const request = await aRequest(repo)

      assert.equal((await replyToRequest(repo, request, { body: '' }, NOW)).ok, false)
      assert.equal((await replyToRequest(repo, request, { body: 'Thursday?' }, NOW)).ok, true)

      const [mail] = await mailed(repo)
      assert.deepEqual(
        [mail?.to, mail?.subject],
        ['grace@example.com', 'Ada Byron answers about their request for Local Time'],
      )
      assert.match(mail?.text ?? '', /Thursday\?/)
    }),
  )

  it(
    'is told to its maker once its episode is out, once, and not to who is heard in it',
    sandboxed(async (repo) => {
      const host = await aHost(repo, (await askable(repo)).id)
      const request = await aRequest(repo)
      await answerRequest(repo, request, { status: 'accepted', lockVersion: 1 }, host, NOW)
      const { episode } = await getRequest(repo, request.id)
      await updateEpisode(repo, episode!, { published: true, publishedAt: NOW })

      await announceToSubmitter(repo, episode!, NOW)
      await announceToSubmitter(repo, episode!, NOW)

      const [mail, ...more] = await mailed(repo)
      assert.deepEqual([mail?.to, more.length], ['ada@example.com', 0])
      assert.match(mail?.text ?? '', /https:\/\/radio\.example\/local-time\/tides-clocks/)

      const other = await aRequest(repo, { topics: 'Another' })
      await answerRequest(repo, other, { status: 'accepted', lockVersion: 1 }, host, NOW)
      const { episode: second } = await getRequest(repo, other.id)
      const { podcastId, submitterId } = other
      await repo.insertAll(EpisodeHost, [
        { podcastId, episodeId: second!.id, personId: submitterId },
      ])
      await announceToSubmitter(repo, second!, NOW)
      assert.deepEqual(await mailed(repo), [])
    }),
  )

  it(
    'is told when its episode is published, by the job that follows the publication',
    sandboxed(async (repo) => {
      const host = await aHost(repo, (await askable(repo)).id)
      const request = await aRequest(repo)
      await answerRequest(repo, request, { status: 'accepted', lockVersion: 1 }, host, NOW)
      const { episode } = await getRequest(repo, request.id)
      const audio = { audioUrl: 'https://audio.example/a.mp3', audioType: 'audio/mpeg' }
      const draft = { ...audio, audioBytes: 1000, audioDuration: 60, summary: 'Clocks.' }
      const ready = await updateEpisode(repo, episode!, draft)
      assert.ok(ready.ok)

      const published = await publishEpisode(repo, ready.value, {}, NOW)

      assert.ok(published.ok)
      const [mail, ...more] = await mailed(repo)
      assert.deepEqual(
        [mail?.to, mail?.subject, more.length],
        ['ada@example.com', 'You asked, and here it is: Tides, clocks', 0],
      )
      assert.equal((await listRequests(repo, { state: 'complete' }, NOW)).total, 1)
      const again = { status: 'declined', lockVersion: 2 }
      const late = await answerRequest(repo, await getRequest(repo, request.id), again, host, NOW)
      assert.match(late.ok ? '' : String(errorMessages(late.changeset)['status']), /is complete/)
    }),
  )

  it(
    'is listed by what became of it, by podcast and by words, to who works on the podcast',
    sandboxed(async (repo) => {
      const podcast = await askable(repo)
      const host = await aHost(repo, podcast.id)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other', takesRequests: true })
      const done = await aRequest(repo, { pitch: 'Bells', email: 'eve@example.com', name: 'Eve' })
      const fresh = await aRequest(repo, { pitch: 'Tides' })
      const foreign = await aRequest(repo, { podcast: 'other' })
      await answerRequest(repo, done, { status: 'accepted', lockVersion: 1 }, host, NOW)
      const { episode } = await getRequest(repo, done.id)
      await updateEpisode(repo, episode!, { published: true, publishedAt: NOW })
      const ids = async (asked: object, seen = repo) =>
        (await listRequests(seen, asked, NOW)).rows.map(({ id }) => id)

      assert.deepEqual(await ids({}), [foreign.id, fresh.id, done.id])
      assert.deepEqual(await ids({ state: 'complete' }), [done.id])
      assert.deepEqual(await ids({ state: 'accepted' }), [])
      assert.deepEqual(await ids({ podcastId: other.id }), [foreign.id])
      assert.deepEqual(await ids({ q: 'EVE bell' }), [done.id])
      const theirs = repoFor({ isAdmin: false, isEditor: false, hostOf: [podcast.id] }, repo)
      assert.deepEqual(await ids({}, theirs), [fresh.id, done.id])
      assert.deepEqual(await countRequests(theirs, {}, NOW), {
        fresh: 1,
        pending: 0,
        accepted: 0,
        declined: 0,
        failed: 0,
        complete: 1,
      })
      await assert.rejects(getRequest(theirs, foreign.id), /no/i)
    }),
  )
})
