import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { change, from, sql } from '@showrunner/data'
import { listJobs, migrateJobs } from '@showrunner/jobs'
import { temporaryFolder } from '@showrunner/storage/testing'
import { Episode } from '../episodes/index.ts'
import { aPerson, aPodcast, anEpisode, testDatabase } from '../testing/index.ts'
import { bringFiles, MovedFile } from './index.ts'
import { oldHost, SOUND } from './testing/old-host.ts'

const PROGRAM = join(import.meta.dirname, 'testing/killable-mover.ts')

it('files go on being brought here after the program was killed in the middle of one, and none is fetched again that is here', async (t) => {
  const database = await testDatabase(t)
  if (!database) return
  const { repo, url: databaseUrl } = database
  await migrateJobs(databaseUrl)
  const directory = await temporaryFolder(t)
  const half = Promise.withResolvers<void>()
  const host = await oldHost(t, {
    '/a.mp3': SOUND,
    '/b.mp3': (_request, response) => {
      response.write(SOUND.subarray(0, SOUND.length / 2))
      half.resolve()
    },
    '/c.mp3': SOUND,
  })
  const podcast = await aPodcast(repo)
  // The newest is brought first.
  for (const slug of ['c', 'b', 'a'])
    await anEpisode(repo, podcast, { slug, audioUrl: host.at(`/${slug}.mp3`) })
  const mover = await repo.updateOrThrow(change(await aPerson(repo, 'Mo'), { admin: true }))
  const start = () => {
    const program = fork(PROGRAM)
    t.after(() => program.kill('SIGKILL'))
    program.send({ databaseUrl, directory })
    return program
  }
  await bringFiles(repo, { podcastId: podcast.id, personId: mover.id, kinds: ['audio'] })

  const first = start()
  await half.promise
  const before = await repo.all(from(MovedFile).orderBy({ id: 'asc' }))
  assert.deepEqual(
    before.map(({ state }) => state),
    ['taken', 'fetching', 'waiting'],
  )
  first.kill('SIGKILL')
  await once(first, 'exit')
  host.has('/b.mp3', SOUND)
  // Another process sees within seconds that this one is dead; the test knows it at once.
  await repo.run(sql`select graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`)
  start()
  while ((await listJobs(repo)).length > 0) await wait(20)

  const files = await repo.all(from(MovedFile).orderBy({ id: 'asc' }))
  assert.deepEqual(
    files.map(({ state, tries }) => [state, tries]),
    [
      ['taken', 1],
      ['taken', 2],
      ['taken', 1],
    ],
  )
  assert.deepEqual(host.asked.toSorted(), ['/a.mp3', '/b.mp3', '/b.mp3', '/c.mp3'])
  for (const { audioOriginalKey } of await repo.all(Episode))
    assert.ok(SOUND.equals(await readFile(join(directory, audioOriginalKey ?? ''))))
})
