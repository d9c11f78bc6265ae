import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { picture } from '@showrunner/artwork/testing'
import { from, type Params, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { Episode } from '../episodes/index.ts'
import { askForImport, getImport, IMPORT_JOBS, startImport } from '../import/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { aFeed, sandboxed } from '../testing/index.ts'
import { bringFile, MovedFile } from './index.ts'
import { newHome, NOW, oldHost, SOUND } from './testing/old-host.ts'

/** A feed that is looked at and then imported as somebody says. */
async function imported(repo: Repo, t: TestContext, confirmed: Params) {
  const host = await oldHost(t, {
    '/cover.jpg': await picture({ width: 300 }),
    '/a.mp3': SOUND,
    '/feed': (_request, response) => response.end(feed),
  })
  const feed = aFeed({
    more: `<itunes:image href="${host.at('/cover.jpg')}"/>`,
    items: [{ guid: 'a' }],
  })
    .toString()
    .replaceAll('https://audio.example', host.at(''))
  const { parts, mover } = await newHome(repo, t)
  const jobs = [...IMPORT_JOBS, bringFile]
  const perform = () => performWaiting(repo, jobs, { ...parts, personPage: () => undefined })
  const asked = await askForImport(repo, { address: host.at('/feed') }, mover.id)
  assert.ok(asked.ok)
  await perform()
  const row = await getImport(repo, asked.value.id)
  await startImport(repo, row, NOW, confirmed)
  await perform()
  const done = await getImport(repo, row.id)
  assert.equal(done.state, 'done')
  return {
    host,
    preview: row.preview,
    done,
    podcast: await repo.oneOrThrow(Podcast),
    episode: await repo.oneOrThrow(Episode),
  }
}

describe('an import', () => {
  it(
    'says how many files lie elsewhere, and brings the pictures here unless told otherwise',
    sandboxed(async (repo, t) => {
      const { preview, podcast, episode, host, done } = await imported(repo, t, {})

      const elsewhere = { pictures: 1, audio: 1, audioBytes: 1000, unsized: 0 }
      assert.deepEqual(preview?.elsewhere, elsewhere)
      assert.match(podcast.coverUrl ?? '', /^\/uploads\//)
      assert.equal(episode.audioUrl, host.at('/a.mp3'))
      assert.equal((await repo.oneOrThrow(from(MovedFile))).personId, done.personId)
    }),
  )

  it(
    'brings the recordings here when somebody says so, and nothing when they say that',
    sandboxed(async (repo, t) => {
      const said = { bringPictures: 'false', bringAudio: 'true' }
      const { podcast, episode, host } = await imported(repo, t, said)

      assert.equal(podcast.coverUrl, host.at('/cover.jpg'))
      assert.match(episode.audioUrl ?? '', /^\/uploads\//)
    }),
  )

  it(
    'leaves everything where it is when nothing is to be brought here',
    sandboxed(async (repo, t) => {
      await imported(repo, t, { bringPictures: 'false', bringAudio: 'false' })

      assert.equal(await repo.count(MovedFile), 0)
    }),
  )
})
