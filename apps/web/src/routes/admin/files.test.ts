import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { picture } from '@showrunner/artwork/testing'
import { mp3Frames } from '@showrunner/audio/testing'
import { change, from, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import { bringFile, MovedFile } from '@showrunner/domain/moving'
import {
  anEpisode,
  aPodcast,
  sandboxed,
  serving,
  temporaryStaging,
} from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

const LATER = new Date('2099-11-20T12:00:00Z')
const SOUND = mp3Frames(Array.from({ length: 153 }, () => 128))

const perform = (repo: Repo, t: TestContext) =>
  performWaiting(repo, [bringFile], {
    repo,
    clock: () => LATER,
    storage: temporaryStorage(t),
    staging: temporaryStaging(t),
    reachesPrivate: true,
  })

/** A podcast with files at another host: what it answers, by path. */
async function elsewhere(repo: Repo, t: TestContext, answers: Record<string, Uint8Array | number>) {
  const base = await serving(t, '', (request, response) => {
    const answer = answers[request.url ?? ''] ?? 404
    if (typeof answer === 'number') response.writeHead(answer).end()
    else response.end(answer)
  })
  const podcast = await aPodcast(repo, { coverUrl: `${base}/cover.jpg` })
  const episode = await anEpisode(repo, podcast, {
    slug: 'one',
    audioUrl: `${base}/one.mp3`,
    audioBytes: 3_210_000_000,
  })
  return { base, podcast, episode, here: `/admin/podcasts/${podcast.id}/files` }
}

describe('the files of a podcast in the admin area', () => {
  it(
    'are said to be here when they are',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const admin = await inAdmin(repo, { admin: true })

      const page = await admin.get(`/admin/podcasts/${podcast.id}/files`)

      await assertValidHtml(page.html)
      assert.match(page.html, /Every picture and recording of this podcast lies here\./)
      assert.doesNotMatch(page.html, /Bring the files here/)
      const sheet = await admin.get(`/admin/podcasts/${podcast.id}/edit`)
      assert.match(sheet.html, new RegExp(`href="/admin/podcasts/${podcast.id}/files`))
    }),
  )

  it(
    'are brought here by a form that says how many and how large they are',
    sandboxed(async (repo, t) => {
      const { podcast, episode, base, here } = await elsewhere(repo, t, {
        '/cover.jpg': await picture({ width: 300 }),
        '/one.mp3': SOUND,
      })
      const admin = await inAdmin(repo, { admin: true })

      const before = await admin.get(here)
      await assertValidHtml(before.html)
      assert.match(before.html, /name="bringPictures" type="checkbox" value="true" checked/)
      assert.match(before.html, /Bring the pictures here \(1 file\)/)
      assert.match(before.html, /Bring the recordings here \(1 file, about 3\.2 GB\)/)
      assert.doesNotMatch(before.html, /name="bringAudio" type="checkbox" value="true" checked/)
      assert.equal((await admin.post(here, { bringAudio: 'true' })).status, 303)
      assert.equal((await admin.post(here, { bringAudio: 'true' })).status, 303)
      assert.equal((await listJobs(repo)).length, 1)

      const under = await admin.get(here)
      await assertValidHtml(under.html)
      assert.match(under.html, /0 of 1 file here/)
      assert.match(under.html, /data-topic="desk:files:\d+"/)
      assert.match(under.html, /Bring the pictures here/)
      assert.doesNotMatch(under.html, /Bring the recordings here/)

      await perform(repo, t)
      const done = await admin.get(here)
      await assertValidHtml(done.html)
      assert.match(done.html, /Here \(1\)/)
      assert.match(done.html, new RegExp(`${base}/one\\.mp3</a> <span class="meta">64 kB`))
      assert.match((await repo.reloadOrThrow(episode)).audioUrl ?? '', /^\/uploads\//)
      assert.equal((await repo.reloadOrThrow(podcast)).coverUrl, `${base}/cover.jpg`)
    }),
  )

  it(
    'say why they are not here, and are tried again or stopped',
    sandboxed(async (repo, t) => {
      const answers: Record<string, Uint8Array | number> = { '/cover.jpg': 404, '/one.mp3': 503 }
      const { here } = await elsewhere(repo, t, answers)
      const admin = await inAdmin(repo, { admin: true })
      await admin.post(here, { bringPictures: 'true', bringAudio: 'true' })
      await perform(repo, t)

      const troubled = await admin.get(here)
      await assertValidHtml(troubled.html)
      assert.match(troubled.html, /Not here \(1\)/)
      assert.match(troubled.html, /answered 404 Not Found: there is nothing at this address/)
      assert.match(troubled.html, /Its host is left alone until 12:00 UTC\. It is tried again/)

      await admin.post(`${here}/stop`)
      const stopped = await admin.get(here)
      await assertValidHtml(stopped.html)
      assert.match(stopped.html, /Not here \(2\)/)
      assert.match(stopped.html, /It was stopped before its turn/)
      assert.deepEqual(await listJobs(repo), [])

      answers['/cover.jpg'] = await picture({ width: 300 })
      answers['/one.mp3'] = SOUND
      await admin.post(`${here}/again`)
      await perform(repo, t)
      assert.match((await admin.get(here)).html, /Here \(2\)/)
    }),
  )

  it(
    'are answered when nothing is chosen',
    sandboxed(async (repo, t) => {
      const { here } = await elsewhere(repo, t, {})
      const admin = await inAdmin(repo, { admin: true })

      const answered = await admin.post(here, { bringPictures: 'maybe' })

      assert.equal(answered.status, 303)
      assert.equal(await repo.count(MovedFile), 0)
    }),
  )

  it(
    'are for administrators',
    sandboxed(async (repo, t) => {
      const { podcast, here, base } = await elsewhere(repo, t, {})
      const host = await inAdmin(repo, { hostOf: [podcast] })

      for (const path of [here, `${here}/again`, `${here}/stop`])
        assert.ok((await host.post(path, { bringAudio: 'true' })).status >= 400, path)
      assert.ok((await host.get(here)).status >= 400)
      const list = await host.get(`/admin/podcasts/${podcast.id}/episodes`)
      assert.doesNotMatch(list.html, />Files</)
      assert.equal(await repo.count(MovedFile), 0)

      const admin = await inAdmin(repo, { admin: true, name: 'Bo' })
      const episode = await repo.oneOrThrow(from(Episode).where({ podcastId: podcast.id }))
      await repo.updateOrThrow(change(episode, { audioUrl: `${base}/${'x'.repeat(3000)}` }))
      await admin.post(here, { bringAudio: 'true' })
      assert.equal(await repo.count(MovedFile), 0)
    }),
  )
})
