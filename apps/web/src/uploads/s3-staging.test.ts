import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { Readable } from 'node:stream'
import { s3Storage } from '@showrunner/storage'
import { fakeS3 } from '@showrunner/storage/testing'
import { Upload } from '@tus/server'
import { s3Staging } from './s3-staging.ts'

const MB = 1024 * 1024
const SOUND = Buffer.alloc(12 * MB, 'tide')

describe('the staging in a bucket', () => {
  it('takes bytes in pieces, gives them to a job, and keeps nothing afterwards', async (t) => {
    const { options, objects, unfinished } = await fakeS3(t)
    const staging = s3Staging({ s3: options, storage: s3Storage(options) })
    const id = staging.storeId(17)

    await staging.store.create(new Upload({ id, size: SOUND.length, offset: 0 }))
    await staging.store.write(Readable.from([SOUND.subarray(0, 9 * MB)]), id, 0)
    assert.equal(await staging.arrived(17), 9 * MB)
    await staging.store.write(Readable.from([SOUND.subarray(9 * MB)]), id, 9 * MB)

    assert.equal(await staging.arrived(17), SOUND.length)
    await staging.withFolder(async (folder) => {
      const path = (await staging.fetch(17, folder)) ?? ''
      assert.ok(SOUND.equals(await readFile(path)))
    })
    await staging.remove(17)
    assert.deepEqual([[...objects.keys()], unfinished()], [[], 0])
    assert.equal(await staging.arrived(17), undefined)
  })

  it('gives up what was not finished, and takes what a form sends', async (t) => {
    const { options, objects, unfinished } = await fakeS3(t)
    const staging = s3Staging({ s3: options, storage: s3Storage(options) })
    await staging.store.create(
      new Upload({ id: staging.storeId(1), size: SOUND.length, offset: 0 }),
    )
    await staging.store.write(Readable.from([SOUND.subarray(0, 6 * MB)]), staging.storeId(1), 0)

    assert.equal(await staging.write(2, Readable.from([SOUND.subarray(0, 100)])), 100)
    await staging.remove(1)
    await staging.remove(2)
    await staging.remove(3)

    assert.deepEqual([[...objects.keys()], unfinished()], [[], 0])
  })

  it('has names that nobody can guess', () => {
    const s3 = { region: 'x', bucket: 'b', accessKeyId: 'a' }
    const storage = s3Storage({ ...s3, secretAccessKey: 'one' })
    const one = s3Staging({ s3: { ...s3, secretAccessKey: 'one' }, storage })
    const two = s3Staging({ s3: { ...s3, secretAccessKey: 'two' }, storage })

    assert.match(one.storeId(1), /^staging\/[0-9a-f]{64}\/1$/)
    assert.notEqual(one.storeId(1), two.storeId(1))
  })
})
