import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { picture } from '@showrunner/artwork/testing'
import { wave } from '@showrunner/audio/testing'
import { from } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { anEpisode, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { cleanUpUploads, removeFile, StoredFile, Upload } from './index.ts'
import { NOW, uploading } from './testing/sending.ts'

const DAY_MS = 86_400_000
const after = (days: number) => new Date(NOW.getTime() + days * DAY_MS)

describe('cleanUpUploads', () => {
  it(
    'ends what nobody goes on with after two days, and goes on with what was complete',
    sandboxed(async (repo) => {
      const { begin, parts } = await uploading(repo)
      const { id: subjectId } = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const half = await begin({ kind: 'audio', subjectId, bytes: wave() })
      await parts.staging.put(half.id, wave().subarray(0, 100))
      const whole = await begin({ kind: 'audio', subjectId, bytes: wave() })
      await repo.updateAll(Upload, { updatedAt: NOW })
      const stateOf = async (id: number) => (await repo.getOrThrow(Upload, id)).state

      await cleanUpUploads.run({ ...parts, clock: () => after(1.9) }, {})
      assert.deepEqual(
        [await stateOf(half.id), await stateOf(whole.id)],
        ['receiving', 'receiving'],
      )
      await cleanUpUploads.run({ ...parts, clock: () => after(2.1) }, {})

      assert.deepEqual([await stateOf(half.id), await stateOf(whole.id)], ['refused', 'received'])
      assert.equal(await parts.staging.arrived(half.id), undefined)
      assert.equal(await parts.staging.arrived(whole.id), wave().length)
    }),
  )

  it(
    'removes what nothing refers to two days after its last use, and nothing else',
    sandboxed(async (repo) => {
      const { send, parts, account } = await uploading(repo)
      const { id } = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const cover = { kind: 'cover', subject: 'episode', subjectId: id } as const
      await send({ kind: 'audio', subjectId: id, bytes: wave() })
      await send({ kind: 'cover', subjectId: id, bytes: await picture({ width: 1400 }) })
      const { audioUrl, coverUrl } = await repo.getOrThrow(Episode, id)
      const keyOf = (address: string | null) => address?.slice('/uploads/'.length) ?? ''
      const isThere = async (address: string | null) =>
        (await parts.storage.head(keyOf(address))) !== undefined

      await cleanUpUploads.run({ ...parts, clock: () => after(5) }, {})
      await removeFile(repo, account, cover)
      await cleanUpUploads.run({ ...parts, clock: () => after(6) }, {})
      assert.ok(await isThere(coverUrl))
      await cleanUpUploads.run({ ...parts, clock: () => after(8.1) }, {})

      assert.equal(await isThere(coverUrl), false)
      assert.equal(await isThere(coverUrl?.replace('w1400', 'w400') ?? null), false)
      assert.ok(await isThere(audioUrl))
      assert.deepEqual(
        (await repo.all(StoredFile)).map(({ key }) => key),
        [keyOf(audioUrl)],
      )
    }),
  )

  it(
    'keeps the picture that a post is shown with',
    sandboxed(async (repo) => {
      const { send, parts, account } = await uploading(repo)
      const { id } = await aPost(repo, account.person, { slug: 'tea' })
      const bytes = await picture({ width: 300 })
      await send({ kind: 'picture', subject: 'post', subjectId: id, bytes })
      const stored = await repo.count(StoredFile)

      await cleanUpUploads.run({ ...parts, clock: () => after(5) }, {})
      await cleanUpUploads.run({ ...parts, clock: () => after(8) }, {})

      assert.deepEqual([stored > 0, await repo.count(StoredFile)], [true, stored])
    }),
  )

  it(
    'finds what was stored by a job that died, and forgets old uploads',
    sandboxed(async (repo) => {
      const { parts, send } = await uploading(repo)
      const { id } = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      await send({ kind: 'audio', subjectId: id, bytes: Buffer.from('no sound') })
      await repo.insertAll(StoredFile, [
        { key: 'episodes/1/lost.mp3', mainKey: 'episodes/1/lost.mp3' },
      ])
      await parts.storage.put('episodes/1/lost.mp3', `${import.meta.dirname}/clean-up.test.ts`, {
        type: 'audio/mpeg',
      })
      await repo.updateAll(from(Upload), { updatedAt: NOW })

      await cleanUpUploads.run({ ...parts, clock: () => after(1) }, {})
      await cleanUpUploads.run({ ...parts, clock: () => after(31) }, {})

      assert.equal(await parts.storage.head('episodes/1/lost.mp3'), undefined)
      assert.deepEqual([await repo.count(StoredFile), await repo.count(Upload)], [0, 0])
    }),
  )
})
