import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { s3Storage } from '../index.ts'
import { fakeS3, storageContract } from '../testing/index.ts'

const MP3 = { type: 'audio/mpeg', name: 'Ä.mp3' }
const one = () => Readable.from([Buffer.from('one')])

describe('s3Storage', () => {
  storageContract(async (t) => s3Storage((await fakeS3(t)).options))

  it('says in the bucket what a file is, and what it is called', async (t) => {
    const { options, objects } = await fakeS3(t)

    await s3Storage({ ...options, prefix: '/radio/' }).put('a/one.mp3', one(), MP3)

    assert.deepEqual([...objects.keys()], ['radio/a/one.mp3'])
    const { headers } = objects.get('radio/a/one.mp3') ?? {}
    assert.equal(headers?.['content-type'], 'audio/mpeg')
    assert.equal(headers['content-disposition'], "inline; filename*=UTF-8''%C3%84.mp3")
  })

  it('sends a large file in pieces, and gives up all of them when one is missing', async (t) => {
    const { options, requests, unfinished } = await fakeS3(t)
    const storage = s3Storage(options)
    const piece = Buffer.alloc(1024 * 1024)
    function* breaking() {
      yield* Array<Buffer>(20).fill(piece)
      throw new Error('lost')
    }

    await storage.put('one.wav', Readable.from(Array(20).fill(piece)), MP3)
    const pieces = requests.filter((request) => request.includes('partNumber=')).length
    await assert.rejects(storage.put('two.wav', Readable.from(breaking()), MP3), /lost/)

    assert.equal(pieces, 3)
    assert.equal(unfinished(), 0)
  })

  it('finds no file that another prefix has', async (t) => {
    const { options } = await fakeS3(t)

    await s3Storage({ ...options, prefix: 'a' }).put('one.mp3', one(), MP3)

    assert.equal(await s3Storage({ ...options, prefix: 'b' }).head('one.mp3'), undefined)
    assert.equal(await s3Storage(options).head('one.mp3'), undefined)
  })

  it('says what S3 said, and no credentials', async (t) => {
    const { options } = await fakeS3(t)
    const storage = s3Storage({ ...options, accessKeyId: 'AKIASOMEBODYELSE' })

    await assert.rejects(storage.put('one.mp3', one(), MP3), (error: Error) => {
      assert.equal(
        error.message,
        'The file "one.mp3" could not be stored: S3 answered 403 InvalidAccessKeyId: InvalidAccessKeyId',
      )
      assert.doesNotMatch(inspect(error, { depth: 9 }), /AKIASOMEBODYELSE|s3cret/)
      assert.ok('status' in error && error.status === 403)
      return true
    })
    await assert.rejects(storage.head('one.mp3'), { status: 403, action: 'head' })
    await assert.rejects(storage.remove('one.mp3'), { status: 403, action: 'remove' })
  })

  it('repeats no key that S3 repeats', async (t) => {
    const message = 'AKIAFAKEFAKEFAKE is no key of ours.'
    const { options } = await fakeS3(t, { refuses: { status: 403, code: 'Denied', message } })

    await assert.rejects(
      s3Storage(options).open('one.mp3'),
      /403 Denied: \*\*\* is no key of ours\./,
    )
  })

  it('tells a bucket that is not there from a file that is not', async (t) => {
    const { options } = await fakeS3(t)

    const storage = s3Storage({ ...options, bucket: 'elsewhere' })

    await assert.rejects(storage.open('one.mp3'), { status: 404, message: /NoSuchBucket/ })
  })

  it('says so when nobody answers', async (t) => {
    const { options } = await fakeS3(t)
    const storage = s3Storage({ ...options, endpoint: 'http://127.0.0.1:1' })

    await assert.rejects(storage.head('one.mp3'), { name: 'StorageError', message: /ECONNREFUSED/ })
  })
})
