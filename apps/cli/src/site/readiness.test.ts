import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rollback } from '@showrunner/data/migrator'
import { diskStorage, s3Storage, type Storage } from '@showrunner/storage'
import { fakeS3, temporaryFolder, temporaryStorage } from '@showrunner/storage/testing'
import { MIGRATIONS } from '../root.ts'
import { watchReadiness } from './readiness.ts'
import { testDatabase } from '@showrunner/domain/testing'

describe('readiness', () => {
  it('has no reasons against it when the database answers and is current', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const readiness = watchReadiness(database.url, temporaryStorage(t))

    assert.deepEqual(await readiness.reasons(), [])
    await readiness.close()
  })

  it('names the migrations that have not run', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const step = await rollback({ url: database.url, directory: MIGRATIONS })
    const readiness = watchReadiness(database.url, temporaryStorage(t))

    assert.deepEqual(await readiness.reasons(), [`These migrations have not run: ${step?.name}.`])
    await readiness.close()
  })

  it('says why the database does not answer', async (t) => {
    const readiness = watchReadiness('postgres://nobody@127.0.0.1:1/nothing', temporaryStorage(t))

    assert.match(
      (await readiness.reasons()).join(),
      /^The database does not answer: .*ECONNREFUSED/,
    )
    await readiness.close()
  })

  it('says why the storage does not answer, and which bucket is not there', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { options } = await fakeS3(t)
    const reasons = async (storage: Pick<Storage, 'open'>) => {
      const readiness = watchReadiness(database.url, storage)
      const said = await readiness.reasons()
      await readiness.close()
      return said
    }

    assert.deepEqual(await reasons(s3Storage(options)), [])
    for (const [changed, said] of [
      [{ bucket: 'elsewhere' }, /^The storage of files does not answer: .*404 NoSuchBucket/],
      [{ accessKeyId: 'AKIAOTHER' }, /403 InvalidAccessKeyId/],
      [{ endpoint: 'http://127.0.0.1:1' }, /ECONNREFUSED/],
    ] as const) {
      const [reason, ...more] = await reasons(s3Storage({ ...options, ...changed }))
      assert.match(reason ?? '', said)
      assert.deepEqual(more, [])
    }
    const gone = diskStorage({ directory: `${await temporaryFolder(t)}/gone` })
    assert.match((await reasons(gone)).join(), /ENOENT/)
    const silent = { open: () => Promise.withResolvers<undefined>().promise }
    assert.match((await reasons(silent)).join(), /no answer in 2 s/)
  })
})
