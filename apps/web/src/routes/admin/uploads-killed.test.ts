import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { mp3Frames } from '@showrunner/audio/testing'
import { build } from '@showrunner/data'
import { Person } from '@showrunner/domain/people'
import { anEpisode, aPodcast, testDatabase } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { Upload as TusUpload } from 'tus-js-client'
import { signedIn } from '../../testing/signed-in.ts'
import { type SiteProcess } from '../../testing/site-process.ts'

const PROGRAM = join(import.meta.dirname, '../../testing/site-process.ts')
const SOUND = mp3Frames(Array.from({ length: 8000 }, () => 320))

async function started(t: TestContext, said: SiteProcess) {
  const child: ChildProcess = fork(PROGRAM)
  t.after(() => child.kill('SIGKILL'))
  child.send(said)
  const [port] = (await once(child, 'message')) as [number]
  const killed = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { port, killed }
}

it('an upload goes on by itself when the server was killed in the middle of it, and no byte is lost', async (t) => {
  const database = await testDatabase(t)
  if (!database) return
  const { repo, url: databaseUrl } = database
  const folder = await mkdtemp(join(tmpdir(), 'showrunner-killed-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const person = await repo.insertOrThrow(
    build(Person, { name: 'Ada', handle: 'ada', admin: true }),
  )
  const { cookie, origin } = await signedIn(repo, person)
  const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'tides' })

  const first = await started(t, { databaseUrl, folder, port: 0 })
  const done = Promise.withResolvers<void>()
  let isKilled = false
  const upload = new TusUpload(SOUND, {
    endpoint: `http://127.0.0.1:${first.port}/admin/uploads`,
    headers: { cookie, origin },
    metadata: {
      kind: 'audio',
      subject: 'episode',
      subjectId: String(episode.id),
      filename: 'a.mp3',
    },
    chunkSize: 500_000,
    retryDelays: [100, 500, 1000, 1000, 2000, 2000],
    onChunkComplete: (_size, sent) => {
      if (isKilled || sent < 2_000_000) return
      isKilled = true
      void first.killed().then(() => started(t, { databaseUrl, folder, port: first.port }))
    },
    onSuccess: () => done.resolve(),
    onError: (error) => done.reject(error),
  })
  upload.start()
  await done.promise

  const [row] = await repo.all(Upload)
  const path = join(folder, 'staging', String(row?.id))
  assert.ok(isKilled)
  assert.deepEqual([row?.state, (await stat(path)).size], ['received', SOUND.length])
  assert.ok(SOUND.equals(await readFile(path)))
})
