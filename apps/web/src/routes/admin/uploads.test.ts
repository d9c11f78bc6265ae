import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { mp3Frames, picture, wave } from '@showrunner/audio/testing'
import { from, type Repo } from '@showrunner/data'
import { Chapter, Episode } from '@showrunner/domain/episodes'
import { JOBS } from '@showrunner/domain/jobs'
import { anEpisode, aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { performWaiting } from '@showrunner/jobs/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { Upload as TusUpload, type UploadOptions } from 'tus-js-client'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'
import { diskStaging } from '../../uploads/disk-staging.ts'

const SOUND = Buffer.concat([mp3Frames(Array.from({ length: 4000 }, () => 128))])

/** The site with a port of its own, and somebody at work in it. */
async function listening(repo: Repo, t: Pick<TestContext, 'after'>) {
  const directory = await mkdtemp(join(tmpdir(), 'showrunner-staging-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const parts = { storage: temporaryStorage(t), staging: diskStaging({ directory }) }
  const admin = await inAdmin(repo, { admin: true }, parts)
  const url = await admin.app.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => admin.app.close())
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'tides', title: 'Tides' })
  const jobs = { ...partsOfJobs(repo, { asOf: NOW, sent: [] }), ...parts }

  return {
    ...parts,
    ...admin,
    url,
    directory,
    podcast,
    episode,
    perform: () => performWaiting(repo, JOBS, jobs),
    options: (kind: string, said: Partial<UploadOptions> = {}): UploadOptions => ({
      endpoint: `${url}/admin/uploads`,
      headers: { cookie: admin.headers.cookie, origin: admin.headers.origin },
      metadata: { kind, subject: 'episode', subjectId: String(episode.id), filename: 'final.mp3' },
      retryDelays: null,
      ...said,
    }),
  }
}

/** Sends it all, or says what the server said. */
function sent(bytes: Buffer, options: UploadOptions): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const upload = new TusUpload(bytes, {
    ...options,
    onSuccess: () => resolve(undefined),
    onError: (error) =>
      resolve(
        'originalResponse' in error && error.originalResponse
          ? `${error.originalResponse.getStatus()} ${error.originalResponse.getBody()}`
          : error.message,
      ),
  })
  upload.start()
  return promise
}

describe('a resumable upload', () => {
  it(
    'arrives in pieces, and becomes the recording of the episode',
    sandboxed(async (repo, t) => {
      const { options, perform, episode, directory, app, headers, storage } = await listening(
        repo,
        t,
      )

      assert.equal(await sent(SOUND, options('audio', { chunkSize: 200_000 })), undefined)
      const [upload] = await repo.all(Upload)
      assert.deepEqual([upload?.state, upload?.bytes], ['received', SOUND.length])
      assert.deepEqual(await readFile(join(directory, String(upload?.id))), SOUND)
      assert.deepEqual(await perform(), ['take_upload'])

      const { audioUrl, audioBytes } = await repo.getOrThrow(Episode, episode.id)
      const served = await readFile(
        join(storage.directory, audioUrl?.replace('/uploads/', '') ?? ''),
      )
      assert.equal(served.length, audioBytes)
      assert.deepEqual(served.subarray(-SOUND.length), SOUND)
      const state = await app.inject({
        url: `/admin/uploads/${upload?.id}`,
        headers: { ...headers, accept: 'application/json' },
      })
      assert.equal(state.json().state, 'taken')
    }),
  )

  it(
    'goes on where it was cut off',
    sandboxed(async (repo, t) => {
      const { options, directory } = await listening(repo, t)
      const stopped = Promise.withResolvers<string>()
      const first = new TusUpload(
        SOUND,
        options('audio', {
          chunkSize: 300_000,
          onChunkComplete: () => {
            void first.abort().then(() => stopped.resolve(first.url ?? ''))
          },
        }),
      )
      first.start()
      const uploadUrl = await stopped.promise
      const [half] = await repo.all(Upload)
      assert.equal(half?.state, 'receiving')
      assert.ok((await readFile(join(directory, String(half?.id)))).length >= 300_000)

      assert.equal(await sent(SOUND, options('audio', { uploadUrl })), undefined)

      const [whole] = await repo.all(Upload)
      assert.equal(whole?.state, 'received')
      assert.deepEqual(await readFile(join(directory, String(whole?.id))), SOUND)
    }),
  )

  it(
    'is refused by its first bytes, before the rest is sent',
    sandboxed(async (repo, t) => {
      const { options, directory } = await listening(repo, t)
      const archive = Buffer.concat([
        Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
        randomBytes(900_000),
      ])

      const said = await sent(archive, options('audio', { chunkSize: 65_536 }))

      const [upload] = await repo.all(Upload)
      assert.match(said ?? '', /^415 This is an archive/)
      assert.equal(upload?.state, 'refused')
      assert.equal((await readFile(join(directory, String(upload?.id)))).length, 0)
    }),
  )

  it(
    'is refused before its first byte where it is too large, or for nothing of theirs',
    sandboxed(async (repo, t) => {
      const { options, url, headers } = await listening(repo, t)
      const post = (length: string, metadata: Record<string, string>, more = {}) =>
        fetch(`${url}/admin/uploads`, {
          method: 'POST',
          headers: {
            cookie: headers.cookie,
            origin: headers.origin,
            'tus-resumable': '1.0.0',
            'upload-length': length,
            ...more,
            'upload-metadata': Object.entries(metadata)
              .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
              .join(','),
          },
        })
      const { kind = '', ...about } = options('cover').metadata ?? {}

      const huge = await post('1000000000', { kind, ...about })
      assert.deepEqual(
        [huge.status, await huge.text()],
        [413, 'Its bytes are more than the 20 MB that are taken here.'],
      )
      assert.equal((await post('5', { kind, ...about, subjectId: '999999' })).status, 404)
      assert.equal((await post('5', { kind: 'film', ...about })).status, 400)
      assert.equal((await post('x', { kind, ...about })).status, 400)
      for (const concat of ['partial', 'final;/admin/uploads/1 /admin/uploads/2', '']) {
        const parts = await post('5', { kind, ...about }, { 'upload-concat': concat })
        assert.equal(parts.status, 400)
      }
      assert.equal(await repo.count(Upload), 0)
    }),
  )

  it(
    'takes no more than was declared',
    sandboxed(async (repo, t) => {
      const { options, directory, headers, url } = await listening(repo, t)
      const stopped = Promise.withResolvers<void>()
      const first = new TusUpload(
        SOUND,
        options('audio', {
          chunkSize: 100_000,
          onChunkComplete: () => void first.abort().then(() => stopped.resolve()),
        }),
      )
      first.start()
      await stopped.promise
      const [upload] = await repo.all(Upload)
      const path = join(directory, String(upload?.id))
      const offset = (await readFile(path)).length

      const answer = await fetch(`${url}/admin/uploads/${upload?.id}`, {
        method: 'PATCH',
        headers: {
          cookie: headers.cookie,
          origin: headers.origin,
          'tus-resumable': '1.0.0',
          'upload-offset': String(offset),
          'content-type': 'application/offset+octet-stream',
        },
        body: Buffer.concat([SOUND, SOUND]),
      }).then(
        ({ status }) => status,
        () => 'closed',
      )

      assert.ok(answer === 413 || answer === 'closed', String(answer))
      assert.ok((await readFile(path)).length <= SOUND.length)
      assert.equal((await repo.all(Upload))[0]?.state, 'receiving')
    }),
  )

  it(
    'is nobody else’s',
    sandboxed(async (repo, t) => {
      const { options, url, storage, staging, podcast } = await listening(repo, t)
      await sent(SOUND, options('audio'))
      const [upload] = await repo.all(Upload)
      const other = await inAdmin(
        repo,
        { hostOf: [podcast], name: 'Hanna Host' },
        { storage, staging },
      )
      const asked = (method: 'GET' | 'HEAD' | 'PATCH' | 'DELETE') =>
        fetch(`${url}/admin/uploads/${upload?.id}`, {
          method,
          headers: {
            cookie: other.headers.cookie,
            origin: other.headers.origin,
            'tus-resumable': '1.0.0',
          },
        }).then(({ status }) => status)

      assert.deepEqual(
        await Promise.all([asked('GET'), asked('HEAD'), asked('PATCH'), asked('DELETE')]),
        [404, 404, 404, 404],
      )
      assert.equal(
        (await fetch(`${url}/admin/uploads/${upload?.id}`, { method: 'HEAD' })).status,
        401,
      )
      const elsewhere = await fetch(`${url}/admin/uploads/${upload?.id}`, {
        method: 'DELETE',
        headers: {
          cookie: options('audio').headers?.['cookie'] ?? '',
          origin: 'https://evil.example',
        },
      })
      assert.equal(elsewhere.status, 403)
      assert.equal((await repo.all(Upload))[0]?.state, 'received')
    }),
  )

  it(
    'is given up with what has come of it',
    sandboxed(async (repo, t) => {
      const { options, perform, staging } = await listening(repo, t)
      const given = Promise.withResolvers<void>()
      const upload = new TusUpload(
        SOUND,
        options('audio', {
          chunkSize: 100_000,
          onChunkComplete: () => void upload.abort(true).then(() => given.resolve()),
        }),
      )
      upload.start()
      await given.promise
      await perform()

      const [row] = await repo.all(Upload)
      assert.equal(row?.state, 'cancelled')
      assert.equal(await staging.arrived(row?.id ?? 0), undefined)
    }),
  )
})

describe('a form with a file', () => {
  const form = (
    fields: Record<string, string>,
    bytes: Uint8Array<ArrayBuffer>,
    name = 'cover.png',
  ) => {
    const data = new FormData()
    for (const [key, value] of Object.entries(fields)) data.append(key, value)
    data.append('file', new Blob([bytes]), name)
    return data
  }

  it(
    'does the same without scripts, within the same limits',
    sandboxed(async (repo, t) => {
      const { url, headers, episode, perform } = await listening(repo, t)
      const about = {
        kind: 'cover',
        subject: 'episode',
        subjectId: String(episode.id),
        back: '/admin/topics#here',
      }
      const send = (body: FormData) =>
        fetch(`${url}/admin/uploads/form`, {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie: headers.cookie, origin: headers.origin },
          body,
        })
      const cover = new Uint8Array(picture(1400, 1400))

      const taken = await send(form(about, cover))
      assert.deepEqual([taken.status, taken.headers.get('location')], [303, '/admin/topics'])
      await perform()
      assert.match((await repo.getOrThrow(Episode, episode.id)).coverUrl ?? '', /\/w1400\//)

      const large = await send(form(about, new Uint8Array(20_000_001)))
      assert.match(decodeURIComponent(large.headers.get('set-cookie') ?? ''), /more than the 20 MB/)
      const none = await send(
        form({ ...about, back: 'https://evil.example' }, new Uint8Array(0), ''),
      )
      assert.equal(none.headers.get('location'), '/admin', await none.text())
      await perform()
      assert.deepEqual(
        (await repo.all(from(Upload).orderBy({ id: 'asc' }))).map(({ state }) => state).slice(0, 2),
        ['taken', 'cancelled'],
      )
    }),
  )
})

describe('the page of an episode’s audio', () => {
  it(
    'shows what is there, takes lists of chapters, and takes recordings away',
    sandboxed(async (repo, t) => {
      const { get, post, options, perform, episode, podcast } = await listening(repo, t)
      const page = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/audio`
      await sent(wave({ seconds: 61 }), options('audio'))
      await perform()

      const shown = await get(page)
      assert.equal(shown.status, 200)
      await assertValidHtml(shown.html)
      assert.match(shown.html, /WAV · 1:01 · 976 kB/)
      assert.match(shown.html, /<audio controls/)

      const wrong = await post(page.replace('audio', 'markers'), {
        markers: '0:00 Fine\nNothing <b>',
      })
      assert.equal(wrong.status, 422)
      await assertValidHtml(wrong.html)
      assert.match(wrong.html, /Line 2: /)
      assert.match(wrong.html, /Nothing &lt;b&gt;/)
      await post(page.replace('audio', 'markers'), { markers: '0:00 Start\n0:30 Middle' })
      assert.equal(await repo.count(from(Chapter).where({ episodeId: episode.id })), 2)

      await post('/admin/uploads/remove', {
        kind: 'audio',
        subject: 'episode',
        subjectId: String(episode.id),
        back: page,
      })
      assert.equal((await repo.getOrThrow(Episode, episode.id)).audioUrl, null)
      const panel = await get(
        `/admin/uploads/panel?kind=audio&subject=episode&subjectId=${episode.id}`,
      )
      assert.match(panel.html, /No recording yet\./)
      await assertValidHtml((await get(`/admin/pictures/podcast/${podcast.id}`)).html)
    }),
  )
})
