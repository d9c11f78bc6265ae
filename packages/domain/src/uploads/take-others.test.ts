import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readArtwork, PORTRAIT } from '@showrunner/artwork'
import { picture } from '@showrunner/artwork/testing'
import { wave } from '@showrunner/audio/testing'
import { from, type Repo } from '@showrunner/data'
import { Chapter } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { Post } from '../posts/index.ts'
import { getSettings } from '../settings/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { Transcript } from '../transcripts/index.ts'
import { pictureSizes, removeFile, StoredFile } from './index.ts'
import { uploading } from './testing/sending.ts'

async function anEpisodeIn(repo: Repo) {
  return anEpisode(repo, await aPodcast(repo), { slug: 'one' })
}

const titlesOf = async (repo: Repo, episodeId: number) =>
  (await repo.all(from(Chapter).where({ episodeId }).orderBy({ startsMs: 'asc' }))).map(
    ({ startsMs, title }) => `${startsMs} ${title}`,
  )

describe('an uploaded picture', () => {
  it(
    'is there in its sizes, which its address names',
    sandboxed(async (repo) => {
      const { send, parts } = await uploading(repo)
      const { id } = await aPodcast(repo)

      await send({
        kind: 'cover',
        subject: 'podcast',
        subjectId: id,
        bytes: await picture({ width: 1400, type: 'png' }),
      })

      const { coverUrl } = await repo.getOrThrow(Podcast, id)
      const sizes = pictureSizes(coverUrl)
      assert.match(coverUrl ?? '', new RegExp(`^/uploads/podcasts/${id}/w1400/[0-9a-f]{32}\\.jpg$`))
      assert.deepEqual(
        sizes.map(({ width }) => width),
        [200, 400, 800, 1200, 1400],
      )
      assert.equal(sizes.at(-1)?.jpeg, coverUrl)
      for (const { width, jpeg, webp } of sizes) {
        for (const [address, type] of [
          [jpeg, 'jpeg'],
          [webp, 'webp'],
        ] as const) {
          const path = `${parts.storage.directory}/${address.slice('/uploads/'.length)}`
          const read = await readArtwork(path, PORTRAIT)
          assert.deepEqual([read.width, read.type], [width, type])
        }
      }
      assert.equal(await repo.count(StoredFile), 10)
    }),
  )

  it(
    'is of any shape for a post, and square for a podcast',
    sandboxed(async (repo) => {
      const { send } = await uploading(repo)
      const post = await aPost(repo, await aPerson(repo, 'Ada'))
      const wide = await picture({ width: 1200, height: 630 })

      await send({ kind: 'picture', subject: 'post', subjectId: post.id, bytes: wide })

      const { coverUrl } = await repo.getOrThrow(Post, post.id)
      assert.match(
        coverUrl ?? '',
        new RegExp(`^/uploads/posts/${post.id}/w1200/[0-9a-f]{32}\\.jpg$`),
      )
      const { id: subjectId } = await aPodcast(repo)
      await send({ kind: 'cover', subject: 'podcast', subjectId, bytes: wide })
      assert.equal((await repo.getOrThrow(Podcast, subjectId)).coverUrl, null)
    }),
  )

  it('has no sizes where it was not uploaded here', () => {
    assert.deepEqual(pictureSizes('/uploads/local-time/cover.png'), [])
    assert.deepEqual(pictureSizes('https://elsewhere.example/uploads/a/w1400/x.jpg'), [])
    assert.deepEqual(pictureSizes(null), [])
  })

  it(
    'is a face of a person, or of the network, and is taken away again',
    sandboxed(async (repo) => {
      const { send, account } = await uploading(repo)
      const { id } = account.person
      const face = { kind: 'avatar', subject: 'person', subjectId: id } as const

      await send({ ...face, bytes: await picture({ width: 300, height: 500 }) })
      await send({
        kind: 'cover',
        subject: 'settings',
        subjectId: 1,
        bytes: await picture({ width: 1500 }),
      })

      assert.match((await repo.getOrThrow(Person, id)).avatarUrl ?? '', /\/w300\//)
      assert.match((await getSettings(repo)).coverUrl ?? '', /^\/uploads\/network\/w1500\//)
      await removeFile(repo, account, face)
      assert.equal((await repo.getOrThrow(Person, id)).avatarUrl, null)
    }),
  )

  it(
    'that is none, or does not fit, changes nothing',
    sandboxed(async (repo) => {
      const { send } = await uploading(repo)
      const { id } = await aPodcast(repo, { coverUrl: '/uploads/old.png' })
      const refusal = async (bytes: Uint8Array) =>
        (await send({ kind: 'cover', subject: 'podcast', subjectId: id, bytes })).message ?? ''

      assert.match(
        await refusal(await picture({ width: 1000 })),
        /1000 × 1000 pixels, and needs at least 1400/,
      )
      assert.match(await refusal((await picture({ width: 1400 })).subarray(0, 900)), /damaged/)
      assert.match(await refusal(Buffer.from('<svg onload="alert(1)">')), /SVG/)
      assert.equal((await repo.getOrThrow(Podcast, id)).coverUrl, '/uploads/old.png')
      assert.equal(await repo.count(StoredFile), 0)
    }),
  )
})

describe('uploaded markers', () => {
  it(
    'of a WAV become chapters, and the WAV is not kept',
    sandboxed(async (repo) => {
      const { send } = await uploading(repo)
      const { id: subjectId } = await anEpisodeIn(repo)
      const cues = [
        { sample: 0, label: 'Start' },
        { sample: 8000, label: 'Second' },
      ]

      const taken = await send({ kind: 'markers', subjectId, bytes: wave({ seconds: 2, cues }) })

      assert.equal(taken.message, '2 chapters were made of it.')
      assert.deepEqual(await titlesOf(repo, subjectId), ['0 Start', '1000 Second'])
      assert.equal(await repo.count(StoredFile), 0)
    }),
  )

  it(
    'that are none are refused, and the chapters stay',
    sandboxed(async (repo) => {
      const { send } = await uploading(repo)
      const { id: subjectId } = await anEpisodeIn(repo)
      await send({ kind: 'markers', subjectId, bytes: Buffer.from('0:00 Kept') })

      const silent = await send({ kind: 'markers', subjectId, bytes: wave() })
      const wrong = await send({
        kind: 'markers',
        subjectId,
        bytes: Buffer.from('0:00 Fine\nNo time at all'),
      })

      assert.match(silent.message ?? '', /There are no markers in it/)
      assert.match(wrong.message ?? '', /^Line 2: /)
      assert.deepEqual(await titlesOf(repo, subjectId), ['0 Kept'])
    }),
  )
})

describe('an uploaded transcript', () => {
  it(
    'is read, or refused with its reason',
    sandboxed(async (repo) => {
      const { send } = await uploading(repo)
      const { id: subjectId } = await anEpisodeIn(repo)
      const captions = 'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ada>Hello.</v>\n'

      const taken = await send({
        kind: 'transcript',
        subjectId,
        bytes: Buffer.from(captions),
        name: 'one.vtt',
      })
      const refused = await send({
        kind: 'transcript',
        subjectId,
        bytes: Buffer.from('PK\x03\x04\0\0\0\0'),
      })

      const [transcript] = await repo.all(from(Transcript).where({ episodeId: subjectId }))
      assert.deepEqual(
        [taken.state, transcript?.type, transcript?.cueCount],
        ['taken', 'text/vtt', 1],
      )
      assert.equal(refused.state, 'refused')
      assert.match(refused.message ?? '', /^It cannot be read/)
    }),
  )
})
