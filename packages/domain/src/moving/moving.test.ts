import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { picture } from '@showrunner/artwork/testing'
import { build, change, from, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { Activity } from '../activity/index.ts'
import { Chapter, Episode, EpisodeGuest } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { pictureSizes, StoredFile } from '../uploads/index.ts'
import {
  bringFile,
  bringFiles,
  filesElsewhere,
  MovedFile,
  type MovedKind,
  readMoving,
  stopBringing,
  summedUp,
  tryAgain,
} from './index.ts'
import { newHome, NOW, oldHost, SOUND } from './testing/old-host.ts'

const MINUTE_MS = 60_000

/** A podcast whose files lie with another host. */
async function imported(repo: Repo, t: TestContext) {
  const host = await oldHost(t, {
    '/cover.jpg': await picture({ width: 1400 }),
    '/one.jpg': await picture({ width: 600, height: 400, type: 'png' }),
    '/one.mp3': SOUND,
    '/two.mp3': SOUND,
  })
  const home = await newHome(repo, t)
  const podcast = await aPodcast(repo, { coverUrl: host.at('/cover.jpg') })
  const audio = (path: string) => ({
    audioUrl: host.at(path),
    audioType: 'audio/mpeg',
    audioBytes: SOUND.length,
    audioDuration: 4,
  })
  const one = await anEpisode(repo, podcast, {
    slug: 'one',
    title: 'One',
    coverUrl: host.at('/one.jpg'),
    ...audio('/one.mp3'),
  })
  const two = await anEpisode(repo, podcast, {
    slug: 'two',
    title: 'Two',
    coverUrl: host.at('/cover.jpg'),
    ...audio('/two.mp3'),
  })
  const podcastId = podcast.id
  const personId = home.mover.id
  const now = (episode: { id: number }) => repo.getOrThrow(Episode, episode.id)
  return {
    host,
    ...home,
    podcastId,
    personId,
    one,
    two,
    now,
    bring: (...kinds: MovedKind[]) => bringFiles(repo, { podcastId, personId, kinds }),
    file: (path: string) =>
      repo.oneOrThrow(from(MovedFile).where({ podcastId, address: host.at(path) })),
  }
}

describe('the files of a podcast that lie elsewhere', () => {
  it(
    'are counted each once, with what its feed says of their lengths',
    sandboxed(async (repo, t) => {
      const { podcastId, host } = await imported(repo, t)
      const podcast = await repo.getOrThrow(Podcast, podcastId)
      await anEpisode(repo, podcast, {
        slug: 'three',
        audioUrl: host.at('/three.mp3'),
        audioType: 'audio/mpeg',
        audioBytes: null,
      })
      await anEpisode(repo, await aPodcast(repo, { title: 'Other', slug: 'other' }), { slug: 'a' })

      assert.deepEqual(summedUp(await filesElsewhere(repo, podcastId)), {
        pictures: 2,
        audio: 3,
        audioBytes: 2 * SOUND.length,
        unsized: 1,
      })
    }),
  )

  it(
    'are brought here: pictures in their sizes, wherever they are used',
    sandboxed(async (repo, t) => {
      const { bring, perform, host, podcastId, one, two, now, parts } = await imported(repo, t)
      const guest = await aPerson(repo, 'Gus Test')
      await repo.updateOrThrow(change(guest, { avatarUrl: host.at('/gus.png') }))
      host.has('/gus.png', await picture({ width: 120, type: 'png' }))
      await repo.insertOrThrow(
        build(EpisodeGuest, { podcastId, episodeId: one.id, personId: guest.id }),
      )
      const said = { podcastId, episodeId: one.id, startsMs: 0, title: 'Hello' }
      await repo.insertOrThrow(build(Chapter, { ...said, imageUrl: host.at('/one.jpg') }))

      assert.equal(await bring('picture'), 3)
      await perform()

      const podcast = await repo.getOrThrow(Podcast, podcastId)
      assert.match(podcast.coverUrl ?? '', /^\/uploads\/podcasts\/\d+\/w1400\/\w+\.jpg$/)
      assert.equal((await now(two)).coverUrl, podcast.coverUrl)
      const [{ coverUrl }, chapter] = [await now(one), await repo.oneOrThrow(Chapter)]
      assert.deepEqual([coverUrl, chapter.imageUrl], [chapter.imageUrl, coverUrl])
      for (const { jpeg, webp } of pictureSizes(coverUrl)) {
        for (const address of [jpeg, webp])
          assert.ok(await parts.storage.head(address.replace('/uploads/', '')), address)
      }
      const face = await repo.getOrThrow(Person, guest.id)
      assert.match(face.avatarUrl ?? '', /^\/uploads\/podcasts\/\d+\/w120\//)
      assert.deepEqual(host.asked.toSorted(), ['/cover.jpg', '/gus.png', '/one.jpg'])
      assert.equal((await now(one)).audioUrl, host.at('/one.mp3'))
      assert.deepEqual(summedUp(await filesElsewhere(repo, podcastId)).pictures, 0)
    }),
  )

  it(
    'are brought here: recordings byte for byte, and of the episode nothing else changes',
    sandboxed(async (repo, t) => {
      const { bring, perform, one, now, parts, host, mover, file } = await imported(repo, t)
      const before = await now(one)

      assert.equal(await bring('audio'), 2)
      await perform()

      const after = await now(one)
      const key = after.audioOriginalKey ?? ''
      assert.equal(after.audioUrl, `/uploads/${key}`)
      assert.match(key, /^episodes\/\d+\/\w+\.mp3$/)
      assert.ok(SOUND.equals(await readFile(join(parts.storage.directory, key))))
      const { audioUrl, audioOriginalKey, audioBitrate, tagAudio, ...others } = after
      const { updatedAt, lockVersion, ...rest } = others
      assert.deepEqual(
        { ...before, ...rest },
        { ...before },
        'the guid and all the rest are as they were',
      )
      assert.deepEqual([Math.round((audioBitrate ?? 0) / 1000), tagAudio], [128, false])
      const moved = await file('/one.mp3')
      assert.deepEqual([moved.state, moved.key, moved.bytes], ['taken', key, SOUND.length])
      assert.equal(moved.address, host.at('/one.mp3'), 'the old address is kept')
      const [activity] = await repo.all(
        from(Activity).where({ subjectType: 'episode', subjectId: one.id }),
      )
      assert.equal(activity?.personId, mover.id)
      assert.match(JSON.stringify(activity), /one\.mp3/)
      assert.ok(updatedAt && lockVersion && audioUrl && audioOriginalKey)
    }),
  )

  it(
    'are fetched once, however often it is asked for',
    sandboxed(async (repo, t) => {
      const { bring, perform, host, podcastId } = await imported(repo, t)

      assert.equal(await bring('picture', 'audio'), 4)
      assert.equal(await bring('picture', 'audio'), 0)
      assert.equal((await listJobs(repo)).length, 4)
      await perform()
      assert.equal(await bring('picture', 'audio'), 0)
      await perform()

      assert.equal(host.asked.length, 4)
      assert.deepEqual((await readMoving(repo, podcastId)).counts.taken, 4)
    }),
  )

  it(
    'stay where they are when they cannot be had, which is said and can be tried again',
    sandboxed(async (repo, t) => {
      const { bring, perform, host, one, two, now, file, podcastId, personId } = await imported(
        repo,
        t,
      )
      host.has('/one.jpg', Buffer.from('<html>A page of a lost house</html>'))
      host.has('/one.mp3', Buffer.from('<html>A page that says it is sound</html>'))
      host.has('/two.mp3', 404)

      await bring('picture', 'audio')
      await perform()

      assert.deepEqual(
        [(await now(one)).coverUrl, (await now(one)).audioUrl, (await now(two)).audioUrl],
        [host.at('/one.jpg'), host.at('/one.mp3'), host.at('/two.mp3')],
      )
      assert.match((await file('/one.jpg')).message ?? '', /^This is not a picture/)
      assert.match((await file('/one.mp3')).message ?? '', /^This is/)
      assert.match(
        (await file('/two.mp3')).message ?? '',
        /^The server answered 404 Not Found: there is nothing at this address\.$/,
      )

      host.has('/one.jpg', await picture({ width: 600 }))
      host.has('/one.mp3', (_request, response) =>
        response.writeHead(302, { location: '/moved/one.mp3' }).end(),
      )
      host.has('/moved/one.mp3', SOUND)
      host.has('/two.mp3', SOUND)
      assert.equal(await tryAgain(repo, podcastId, personId), 3)
      await perform()
      assert.equal((await readMoving(repo, podcastId)).counts.taken, 4)
      assert.match((await file('/one.jpg')).message ?? '', /needs at least 1400/)
      assert.equal((await file('/cover.jpg')).message, null)
    }),
  )

  it(
    'are asked for again later when their host is busy, and its others wait with them',
    sandboxed(async (repo, t) => {
      const { bring, perform, again, host, file, now, one } = await imported(repo, t)
      host.has('/one.mp3', 429)
      host.has('/two.mp3', 503)

      await bring('audio')
      await perform()

      const first = await file('/two.mp3')
      assert.deepEqual([first.state, first.tries], ['waiting', 1])
      assert.match(first.message ?? '', /503 Service Unavailable.*try again later/)
      assert.deepEqual(first.restsUntil, new Date(NOW.getTime() + MINUTE_MS / 2))
      assert.deepEqual(host.asked, ['/two.mp3'], 'the other waits until the host has rested')
      const jobs = await listJobs(repo)
      assert.deepEqual(
        jobs.map(({ runAt }) => runAt),
        [first.restsUntil, first.restsUntil],
      )

      host.has('/one.mp3', SOUND)
      host.has('/two.mp3', SOUND)
      await again(first.id, MINUTE_MS)
      await again((await file('/one.mp3')).id)
      assert.equal((await file('/two.mp3')).state, 'taken')
      assert.match((await now(one)).audioUrl ?? '', /^\/uploads\//)
    }),
  )

  it(
    'are given up at last, where their host is never there',
    sandboxed(async (repo, t) => {
      const { bring, again, host, file } = await imported(repo, t)
      host.has('/cover.jpg', 500)
      await bring('picture')
      const { id } = await file('/cover.jpg')

      for (let tries = 0; tries < 20; tries += 1) await again(id, 24 * 60 * MINUTE_MS)

      const given = await file('/cover.jpg')
      assert.deepEqual([given.state, given.tries], ['failed', 7])
      assert.match(given.message ?? '', /500 Internal Server Error/)
      assert.equal(host.asked.length, 7)
    }),
  )

  it(
    'that never end, go round in circles or lie in this network are not taken',
    sandboxed(async (repo, t) => {
      const { bring, again, parts, host, file } = await imported(repo, t)
      host.has('/one.jpg', (_request, response) => {
        const send = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
        }
        response.on('drain', send)
        send()
      })
      host.has('/cover.jpg', (_request, response) =>
        response.writeHead(301, { location: '/cover.jpg' }).end(),
      )
      await bring('picture')

      await again((await file('/one.jpg')).id)
      await again((await file('/cover.jpg')).id)
      assert.match((await file('/one.jpg')).message ?? '', /^It is larger than 20 MB/)
      assert.match((await file('/cover.jpg')).message ?? '', /^Its redirects go round in a circle/)

      await bring('audio')
      parts.reachesPrivate = false
      await again((await file('/one.mp3')).id)
      assert.match((await file('/one.mp3')).message ?? '', /not an address of the public internet/)
      assert.equal(host.asked.includes('/one.mp3'), false)
    }),
  )

  it(
    'stay where they are when it is stopped, one in the middle of its bytes, too',
    sandboxed(async (repo, t) => {
      const { bring, again, host, podcastId, file, now, one } = await imported(repo, t)
      await bring('picture', 'audio')
      host.has('/one.mp3', (_request, response) => {
        void stopBringing(repo, podcastId, NOW).then(() => response.end(SOUND))
      })

      await again((await file('/one.mp3')).id)

      const { counts } = await readMoving(repo, podcastId)
      assert.deepEqual([counts.stopped, counts.waiting, counts.fetching], [4, 0, 0])
      assert.equal((await now(one)).audioUrl, host.at('/one.mp3'))
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'wait for the program to be started again when it is stopped in the middle of one',
    sandboxed(async (repo, t) => {
      const { bring, host, parts, file } = await imported(repo, t)
      await bring('audio')
      const stop = new AbortController()
      host.has('/one.mp3', (_request, response) => {
        response.write(SOUND.subarray(0, 1000))
        stop.abort()
      })
      const { id } = await file('/one.mp3')
      const attempt = {
        jobId: '1',
        number: 1,
        isLast: false,
        ifFailed: () => undefined,
        stopping: stop.signal,
      }

      await bringFile.run({ ...parts, attempt }, { fileId: id })

      const waiting = await file('/one.mp3')
      assert.deepEqual([waiting.state, waiting.tries, waiting.message], ['waiting', 0, null])
      assert.equal((await listJobs(repo)).length, 2)
    }),
  )

  it(
    'are left alone when an episode has another file meanwhile',
    sandboxed(async (repo, t) => {
      const { bring, perform, host, one, podcastId, personId, file } = await imported(repo, t)
      await bring('audio')
      await repo.updateOrThrow(change(one, { audioUrl: '/uploads/episodes/1/new.mp3' }))

      await perform()

      assert.deepEqual(host.asked, ['/two.mp3'])
      assert.match((await file('/one.mp3')).message ?? '', /has this address any more/)
      assert.equal((await readMoving(repo, podcastId)).missingCount, 0)
      assert.equal(await tryAgain(repo, podcastId, personId), 0)
    }),
  )

  it(
    'are not brought for somebody who may not do that any more',
    sandboxed(async (repo, t) => {
      const { bring, perform, host, mover, file } = await imported(repo, t)
      await bring('audio')
      await repo.updateOrThrow(change(mover, { admin: false }))

      await perform()

      assert.match((await file('/one.mp3')).message ?? '', /may not bring files here any more/)
      assert.deepEqual(host.asked, [])
    }),
  )

  it(
    'leave nothing in the storage that is not written down, when they are taken',
    sandboxed(async (repo, t) => {
      const { bring, perform, parts } = await imported(repo, t)
      await bring('picture', 'audio')
      await perform()

      for (const { key } of await repo.all(StoredFile)) assert.ok(await parts.storage.head(key))
      assert.ok((await repo.count(StoredFile)) >= 2 + 2)
    }),
  )
})
