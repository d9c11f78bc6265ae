import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { wave } from '@showrunner/audio/testing'
import { build, change, errorMessages, from, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { accountOf } from '../accounts/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { repoFor } from '../policies/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import {
  beginUpload,
  cancelUpload,
  findNewestUpload,
  getOwnUpload,
  lookAtBeginning,
  receivedUpload,
  Upload,
  type UploadKind,
} from './index.ts'
import { uploading } from './testing/sending.ts'

async function anEpisodeToSendTo(repo: Repo) {
  return anEpisode(repo, await aPodcast(repo), { slug: 'one' })
}

async function aHost(repo: Repo, podcastId: number) {
  const person = await repo.updateOrThrow(change(await aPerson(repo, 'Hanna Host'), { host: true }))
  await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: person.id }))
  return accountOf(repo, person)
}

describe('beginUpload', () => {
  it(
    'writes down who sends what, and for what',
    sandboxed(async (repo) => {
      const { account } = await uploading(repo)
      const { id, podcastId } = await anEpisodeToSendTo(repo)
      const said = { kind: 'audio', name: '../../etc/passwd', bytes: 2_000_000_000 }

      const begun = await beginUpload(repo, account, { subject: 'episode', subjectId: id }, said)

      assert.ok(begun.ok)
      assert.deepEqual(
        await repo
          .all(Upload)
          .then((all) => all.map((one) => [one.podcastId, one.personId, one.name, one.state])),
        [[podcastId, account.person.id, '../../etc/passwd', 'receiving']],
      )
    }),
  )

  it(
    'refuses what is too large for its kind, empty, or belongs to something else',
    sandboxed(async (repo) => {
      const { account } = await uploading(repo)
      const { id } = await anEpisodeToSendTo(repo)
      const errorsOf = async (kind: string, bytes: number, name = 'one') => {
        const about = { subject: 'episode', subjectId: id } as const
        const begun = await beginUpload(repo, account, about, { kind, name, bytes })
        return begun.ok ? {} : errorMessages(begun.changeset)
      }

      assert.deepEqual(await errorsOf('cover', 20_000_001), {
        bytes: ['are more than the 20 MB that are taken here'],
      })
      assert.deepEqual(await errorsOf('audio', 2_000_000_001), {
        bytes: ['are more than the 2 GB that are taken here'],
      })
      assert.deepEqual(await errorsOf('transcript', 5_000_001), {
        bytes: ['are more than the 5 MB that are taken here'],
      })
      assert.match((await errorsOf('audio', 0)).bytes?.[0] ?? '', /the file is empty/)
      assert.match((await errorsOf('logo', 10)).kind?.[0] ?? '', /is nothing that belongs to this/)
      assert.ok((await errorsOf('film', 10)).kind)
      assert.ok((await errorsOf('audio', 10, 'x'.repeat(256))).name)
      assert.equal(await repo.count(Upload), 0)
    }),
  )

  it(
    'lets nobody have more than ten under way',
    sandboxed(async (repo) => {
      const { account, begin } = await uploading(repo)
      const { id: subjectId } = await anEpisodeToSendTo(repo)
      const bytes = Buffer.from('x')
      for (let count = 0; count < 10; count += 1) await begin({ kind: 'audio', subjectId, bytes })
      const about = { subject: 'episode', subjectId } as const

      const eleventh = await beginUpload(repo, account, about, {
        kind: 'audio',
        name: 'one',
        bytes: 1,
      })

      assert.match(
        eleventh.ok ? '' : (errorMessages(eleventh.changeset).name?.[0] ?? ''),
        /10 uploads of yours/,
      )
      assert.equal(await repo.count(Upload), 10)
    }),
  )

  it(
    'is for hosts about their own podcast, and of another they do not learn that it is there',
    sandboxed(async (repo) => {
      const own = await anEpisodeToSendTo(repo)
      const others = await anEpisode(repo, await aPodcast(repo, { slug: 'other' }), { slug: 'two' })
      const host = await aHost(repo, own.podcastId)
      const begin = (
        kind: UploadKind,
        subject: 'episode' | 'podcast' | 'settings',
        subjectId: number,
      ) =>
        beginUpload(
          repoFor(host, repo),
          host,
          { subject, subjectId },
          { kind, name: 'one', bytes: 1 },
        )

      assert.equal((await begin('audio', 'episode', own.id)).ok, true)
      await assert.rejects(begin('audio', 'episode', others.id), { name: 'NotFoundError' })
      await assert.rejects(begin('cover', 'podcast', own.podcastId), { name: 'NotAllowedError' })
      await assert.rejects(begin('cover', 'settings', 1), { name: 'NotAllowedError' })
      assert.equal(await repo.count(Upload), 1)
    }),
  )
})

describe('lookAtBeginning', () => {
  it(
    'refuses by content, whatever the name',
    sandboxed(async (repo) => {
      const { begin } = await uploading(repo)
      const { id: subjectId } = await anEpisodeToSendTo(repo)
      const look = async (kind: UploadKind, head: string) => {
        const bytes = Buffer.from(head, 'latin1')
        const upload = await begin({ kind, subjectId, bytes, name: 'episode.mp3' })
        const message = await lookAtBeginning(repo, upload, bytes)
        const { state, message: kept } = await repo.getOrThrow(Upload, upload.id)
        assert.deepEqual([state, kept], message ? ['refused', message] : ['receiving', null])
        await cancelUpload(repo, upload)
        return message
      }

      assert.match(
        (await look('audio', 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR')) ?? '',
        /^This is text\. Choose a sound file/,
      )
      assert.match(
        (await look('audio', 'PK\x03\x04\x14\0\0\0\x08\0'.padEnd(40, '\0'))) ?? '',
        /an archive/,
      )
      assert.match((await look('audio', '<!doctype html><script>')) ?? '', /a web page/)
      assert.match((await look('members-audio', '%PDF-1.7\n')) ?? '', /a document/)
      assert.match(
        (await look('cover', '<svg xmlns="http://www.w3.org/2000/svg">')) ?? '',
        /an SVG drawing/,
      )
      assert.match(
        (await look('transcript', 'PK\x03\x04\x14\0\0\0\x08\0'.padEnd(40, '\0'))) ?? '',
        /a transcript is text/,
      )
      assert.match(
        (await look('markers', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR')) ?? '',
        /Markers are read from a WAV/,
      )
      assert.equal(await look('transcript', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello'), undefined)
      assert.equal(await look('markers', '0:00 Start\n1:00 End'), undefined)
      assert.equal(await look('audio', 'ID3\x04\0\0\0\0\0\0'), undefined)
    }),
  )
})

describe('an upload', () => {
  it(
    'is its sender’s alone, and the panel finds the newest',
    sandboxed(async (repo) => {
      const { account, begin } = await uploading(repo)
      const { id: subjectId } = await anEpisodeToSendTo(repo)
      const other = await accountOf(repo, await aPerson(repo, 'Grace Hopper'))
      await begin({ kind: 'audio', subjectId, bytes: wave() })
      const second = await begin({ kind: 'audio', subjectId, bytes: wave() })
      const about = { kind: 'audio', subject: 'episode', subjectId } as const

      assert.equal((await getOwnUpload(repo, account, second.id)).id, second.id)
      await assert.rejects(getOwnUpload(repo, other, second.id), { name: 'NotFoundError' })
      assert.equal((await findNewestUpload(repo, about))?.id, second.id)
    }),
  )

  it(
    'is taken once, however often it is said that it is there, and not when it was cancelled',
    sandboxed(async (repo) => {
      const { begin, perform, parts } = await uploading(repo)
      const { id: subjectId } = await anEpisodeToSendTo(repo)
      const one = await begin({ kind: 'audio', subjectId, bytes: wave() })
      const two = await begin({ kind: 'audio', subjectId, bytes: wave() })

      await receivedUpload(repo, one)
      await receivedUpload(repo, one)
      assert.equal((await listJobs(repo)).length, 1)
      await cancelUpload(repo, two)
      await receivedUpload(repo, two)
      await perform()

      const states = (await repo.all(from(Upload).orderBy({ id: 'asc' }))).map(
        ({ state, staged }) => [state, staged],
      )
      assert.deepEqual(states, [
        ['taken', false],
        ['cancelled', false],
      ])
      assert.equal(await parts.staging.arrived(two.id), undefined)
    }),
  )
})
