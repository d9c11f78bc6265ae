import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { picture } from '@showrunner/artwork/testing'
import { type NewTags, readAudio, writeTags } from '@showrunner/audio'
import { mp3Frames, wave } from '@showrunner/audio/testing'
import { change, from, type Repo } from '@showrunner/data'
import { Chapter, Episode, updateEpisode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { retagAudio, setTagAudio, takeUploadJob, Upload } from './index.ts'
import { receivedUpload } from './receive.ts'
import { uploading } from './testing/sending.ts'

const SECONDS = 4
/** Silence at 128 kbit/s: a frame lasts 26 ms. */
const SOUND = mp3Frames(Array.from({ length: Math.round(SECONDS / 0.026122) }, () => 128))

const CHAPTERS = [
  { startsMs: 0, endsMs: 2000, title: 'Welcome', link: 'https://example.com/', hidden: false },
  { startsMs: 2000, endsMs: 4000, title: 'Ebb', link: null, hidden: false },
]

async function stage(repo: Repo) {
  const to = await uploading(repo)
  const podcast = await aPodcast(repo, { author: 'Radio Kelp' })
  const episode = await anEpisode(repo, podcast, { slug: 'tides', title: 'Tides', number: 7 })
  const path = join(to.parts.storage.directory, 'made.mp3')
  return {
    ...to,
    podcast,
    episode,
    now: () => repo.getOrThrow(Episode, episode.id),
    chapters: () =>
      repo.all(from(Chapter).where({ episodeId: episode.id }).orderBy({ startsMs: 'asc' })),
    /** The file behind an address, read back. */
    heard: async (address: string | null) => {
      const file = join(to.parts.storage.directory, (address ?? '').replace('/uploads/', ''))
      return { ...(await readAudio(file)), data: await readFile(file) }
    },
    /** A recording that says this of itself. */
    tagged: async (tags: NewTags) => {
      await writeFile(path, SOUND)
      await writeTags(path, path, tags)
      return readFile(path)
    },
  }
}

describe('an uploaded recording', () => {
  it(
    'is measured, and says what the episode says of itself',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, podcast } = await stage(repo)
      await repo.updateOrThrow(change(podcast, { subtitle: 'Of the sea' }))

      const upload = await send({
        kind: 'audio',
        subjectId: episode.id,
        bytes: SOUND,
        name: 'final FINAL.wav',
      })

      const { audioUrl, audioType, audioBytes, audioDuration, audioBitrate, audioOriginalKey } =
        await now()
      const file = await heard(audioUrl)
      assert.deepEqual([upload.state, upload.message], ['taken', null])
      assert.match(
        audioUrl ?? '',
        new RegExp(`^/uploads/episodes/${episode.id}/[0-9a-f]{32}\\.mp3$`),
      )
      assert.deepEqual(
        [audioType, audioBytes, audioDuration],
        ['audio/mpeg', file.data.length, SECONDS],
      )
      assert.ok(audioBitrate && Math.abs(audioBitrate - 128_000) < 1000, String(audioBitrate))
      assert.deepEqual(
        [file.tags.title, file.tags.artist, file.tags.album, file.tags.year, file.tags.track],
        ['Tides', 'Radio Kelp', 'Local Time', 2026, 7],
      )
      assert.deepEqual(file.data.subarray(-SOUND.length), SOUND)
      assert.deepEqual((await heard(`/uploads/${audioOriginalKey}`)).data, SOUND)
    }),
  )

  it(
    'brings its chapters, with their pictures, where the episode has none',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, tagged, chapters } = await stage(repo)
      const data = await picture({ width: 500, type: 'png' })
      const bytes = await tagged({
        title: 'Old',
        chapters: CHAPTERS.map((chapter) => ({ ...chapter, picture: { data } })),
      })

      await send({ kind: 'audio', subjectId: episode.id, bytes })

      const [welcome, ebb] = await chapters()
      assert.deepEqual(
        [welcome?.title, welcome?.linkUrl, ebb?.startsMs],
        ['Welcome', 'https://example.com/', 2000],
      )
      assert.match(welcome?.imageUrl ?? '', /\/w500\/[0-9a-f]{32}\.jpg$/)
      const file = await heard((await now()).audioUrl)
      assert.deepEqual(
        file.chapters.map(({ title }) => title),
        ['Welcome', 'Ebb'],
      )
      assert.equal(file.chapters[0]?.picture?.width, 400)
      assert.equal(file.tags.title, 'Tides')
    }),
  )

  it(
    'gets the chapters and the cover of the episode, where it has some',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, tagged, chapters } = await stage(repo)
      const cover = await picture({ width: 1400 })
      await send({
        kind: 'markers',
        subjectId: episode.id,
        bytes: Buffer.from('0:00 Ours\n0:01 Too'),
      })
      await send({ kind: 'cover', subjectId: episode.id, bytes: cover })

      await send({
        kind: 'audio',
        subjectId: episode.id,
        bytes: await tagged({ chapters: CHAPTERS }),
      })

      const file = await heard((await now()).audioUrl)
      assert.deepEqual(
        (await chapters()).map(({ title }) => title),
        ['Ours', 'Too'],
      )
      assert.deepEqual(
        file.chapters.map(({ title }) => title),
        ['Ours', 'Too'],
      )
      assert.deepEqual([file.cover?.width, file.cover?.mediaType], [1200, 'image/jpeg'])
    }),
  )

  it(
    'is served as it came where the option is off, and where it is no MP3',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, account, tagged } = await stage(repo)
      const bytes = await tagged({ title: 'As it was' })
      await setTagAudio(repo, account, episode.id, false)

      await send({ kind: 'audio', subjectId: episode.id, bytes })
      const untouched = await now()
      await send({ kind: 'audio', subjectId: episode.id, bytes: wave({ seconds: 3 }) })
      const sound = await now()

      assert.deepEqual((await heard(untouched.audioUrl)).data, bytes)
      assert.equal(untouched.audioUrl, `/uploads/${untouched.audioOriginalKey}`)
      assert.deepEqual([sound.audioType, sound.audioDuration], ['audio/wav', 3])
      assert.match(sound.audioUrl ?? '', /\.wav$/)
    }),
  )

  it(
    'is there also where its chapters cannot be written, which is said',
    sandboxed(async (repo) => {
      const { send, episode, now, heard } = await stage(repo)
      await send({
        kind: 'markers',
        subjectId: episode.id,
        bytes: Buffer.from('0:00 One\n59:00 Late'),
      })

      const upload = await send({ kind: 'audio', subjectId: episode.id, bytes: SOUND })

      assert.equal(upload.state, 'taken')
      assert.match(
        upload.message ?? '',
        /^It is there, but title, cover and chapters could not be written/,
      )
      assert.deepEqual((await heard((await now()).audioUrl)).data, SOUND)
    }),
  )

  it(
    'is refused, and changes nothing, where it is none',
    sandboxed(async (repo) => {
      const { send, episode, now, parts } = await stage(repo)
      const before = await now()
      const refusal = async (bytes: Uint8Array) => {
        const { id, state, message, staged } = await send({
          kind: 'audio',
          subjectId: episode.id,
          bytes,
        })
        assert.deepEqual(
          [state, staged, await parts.staging.arrived(id)],
          ['refused', false, undefined],
        )
        return message ?? ''
      }

      assert.match(
        await refusal(Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD')),
        /text/,
      )
      assert.match(await refusal(wave({ seconds: 9 }).subarray(0, 9000)), /cut short/)
      assert.match(await refusal(Buffer.from('<html><body>Not Found</body></html>')), /web page/)
      assert.deepEqual(await now(), before)
    }),
  )

  it(
    'for members lies beside the other, with chapters of its own',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, tagged } = await stage(repo)
      const { audioUrl } = await now()

      await send({
        kind: 'members-audio',
        subjectId: episode.id,
        bytes: await tagged({ chapters: CHAPTERS }),
      })

      const after = await now()
      const file = await heard(after.membersAudioUrl)
      assert.equal(after.audioUrl, audioUrl)
      assert.deepEqual(
        [after.membersAudioType, after.membersAudioDuration, after.membersAudioBytes],
        ['audio/mpeg', SECONDS, file.data.length],
      )
      assert.deepEqual([file.tags.title, file.chapters[1]?.title], ['Tides', 'Ebb'])
    }),
  )
})

describe('takeUpload', () => {
  it(
    'comes to the same when it is done twice, or anew after dying in the middle',
    sandboxed(async (repo) => {
      const { begin, parts, episode, now } = await stage(repo)
      const upload = await begin({ kind: 'audio', subjectId: episode.id, bytes: SOUND })
      await receivedUpload(repo, upload)
      const dying = {
        ...parts.storage,
        put: () => Promise.reject(new Error('the plug was pulled')),
      }
      const before = await now()

      await assert.rejects(
        takeUploadJob.run({ ...parts, storage: dying }, { uploadId: upload.id }),
        /plug/,
      )
      assert.deepEqual(await now(), before)
      assert.equal((await repo.getOrThrow(Upload, upload.id)).state, 'received')
      await takeUploadJob.run(parts, { uploadId: upload.id })
      const taken = await now()
      await takeUploadJob.run(parts, { uploadId: upload.id })

      assert.deepEqual(await now(), taken)
      assert.equal(taken.audioDuration, SECONDS)
    }),
  )

  it(
    'asks again whether who sent it may, and whether what it is for is there',
    sandboxed(async (repo) => {
      const { begin, parts, episode, account, now } = await stage(repo)
      const upload = await begin({ kind: 'audio', subjectId: episode.id, bytes: SOUND })
      await receivedUpload(repo, upload)
      await repo.updateAll(from(Person).where({ id: account.person.id }), { admin: false })

      await takeUploadJob.run(parts, { uploadId: upload.id })

      const { state, message } = await repo.getOrThrow(Upload, upload.id)
      assert.deepEqual([state, message], ['refused', 'What it was for is not there any more.'])
      assert.equal((await now()).audioOriginalKey, null)
    }),
  )
})

describe('retagAudio', () => {
  it(
    'writes the file anew where it would say something else, under a new address, and else not',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, parts } = await stage(repo)
      await send({ kind: 'audio', subjectId: episode.id, bytes: SOUND })
      const first = await now()

      await retagAudio.run(parts, { episodeId: episode.id })
      assert.equal((await now()).audioUrl, first.audioUrl)
      await updateEpisode(repo, await now(), { title: 'Tides, again' })
      await retagAudio.run(parts, { episodeId: episode.id })

      const second = await now()
      const file = await heard(second.audioUrl)
      assert.notEqual(second.audioUrl, first.audioUrl)
      assert.deepEqual([file.tags.title, second.audioBytes], ['Tides, again', file.data.length])
      assert.deepEqual(file.data.subarray(-SOUND.length), SOUND)
    }),
  )

  it(
    'gives the original back when the option is turned off, and leaves files elsewhere alone',
    sandboxed(async (repo) => {
      const { send, episode, now, heard, parts, account } = await stage(repo)
      await retagAudio.run(parts, { episodeId: episode.id })
      assert.equal((await now()).audioUrl, 'https://audio.example/tides.mp3')
      await send({ kind: 'audio', subjectId: episode.id, bytes: SOUND })
      await setTagAudio(repo, account, episode.id, false)

      await retagAudio.run(parts, { episodeId: episode.id })
      const off = await now()
      await setTagAudio(repo, account, episode.id, true)
      await retagAudio.run(parts, { episodeId: episode.id })

      assert.deepEqual([(await heard(off.audioUrl)).data, off.audioBytes], [SOUND, SOUND.length])
      assert.equal((await heard((await now()).audioUrl)).tags.title, 'Tides')
    }),
  )
})
