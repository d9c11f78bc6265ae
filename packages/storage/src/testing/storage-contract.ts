import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import * as fc from 'fast-check'
import { isKey, newKey, type Storage } from '../index.ts'
import { temporaryFolder } from './temporary-storage.ts'

const MP3 = { type: 'audio/mpeg' }
const MIB = 1024 * 1024

/** What every storage must do. */
export function storageContract(
  connect: (t: Pick<TestContext, 'after'>) => Promise<Storage>,
): void {
  for (const [what, test] of Object.entries(CONTRACT)) {
    void it(what, async (t) => test(await connect(t), t))
  }
}

type Test = (storage: Storage, t: Pick<TestContext, 'after'>) => Promise<void>

const CONTRACT: Readonly<Record<string, Test>> = {
  'gives back what was put, and what was said of it': async (storage) => {
    const before = Date.now()

    const put = await storage.put('a/b/one.mp3', bytes('0123456789'), { ...MP3, name: 'Eins.mp3' })
    const head = await storage.head('a/b/one.mp3')

    assert.deepEqual(head, put)
    const { key, bytes: length, type, name, etag, modifiedAt } = put
    assert.deepEqual([key, length, type, name], ['a/b/one.mp3', 10, 'audio/mpeg', 'Eins.mp3'])
    assert.match(etag, /^[\w-]+$/)
    assert.ok(Math.abs(modifiedAt.getTime() - before) < 5_000)
    assert.equal((await contents(storage, key))?.toString(), '0123456789')
  },

  'takes a file at a path': async (storage, t) => {
    const path = join(await temporaryFolder(t), 'a file of somebody')
    await writeFile(path, 'sound')

    await storage.put('one.mp3', path, MP3)

    assert.equal((await contents(storage, 'one.mp3'))?.toString(), 'sound')
    assert.equal((await storage.head('one.mp3'))?.name, undefined)
  },

  'keeps names in any letters': async (storage) => {
    for (const name of ["L'été “100 %” (1*).mp3", '日本語.mp3', 'a\r\nb: c', '%zz%41.mp3']) {
      await storage.put('one.mp3', bytes('x'), { ...MP3, name })
      assert.equal((await storage.head('one.mp3'))?.name, name)
    }
  },

  'gives back any bytes, and any range of them': async (storage) => {
    const cut = fc.nat({ max: 300 })

    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), cut, cut, async (body, from, length) => {
        const key = newKey('law', 'bin')
        await storage.put(key, Readable.from([Buffer.from(body)]), { type: 'audio/mpeg' })
        assert.deepEqual(await contents(storage, key), Buffer.from(body))

        const range = { start: from, end: from + length }
        const part = await storage.open(key, range).catch(({ status }) => status as number)
        if (from >= body.length) return assert.equal(part, 416)
        assert.ok(typeof part === 'object')
        const expected = Buffer.from(body.subarray(from, from + length + 1))
        assert.deepEqual(await buffer(part.stream), expected)
        assert.deepEqual(part.range, { start: from, end: from + expected.length - 1 })
        assert.equal(part.stored.bytes, body.length)
      }),
      { numRuns: 40 },
    )
  },

  'gives the rest of a file from a byte on': async (storage) => {
    await storage.put('one.mp3', bytes('0123456789'), MP3)

    const opened = await storage.open('one.mp3', { start: 7 })

    assert.deepEqual(opened?.range, { start: 7, end: 9 })
    assert.equal((await buffer(opened.stream)).toString(), '789')
    await assert.rejects(storage.open('one.mp3', { start: 5, end: 4 }), { status: 416 })
    await assert.rejects(storage.open('one.mp3', { start: -5 }), { status: 416 })
  },

  'keeps a file that is larger than one piece, and an empty one': async (storage) => {
    const piece = Buffer.alloc(MIB, 'piece ')

    const large = await storage.put('large.wav', Readable.from(Array(18).fill(piece)), MP3)
    const empty = await storage.put('empty.txt', Readable.from([]), MP3)

    assert.deepEqual([large.bytes, empty.bytes], [18 * MIB, 0])
    const middle = await storage.open('large.wav', { start: 8 * MIB - 3, end: 8 * MIB + 2 })
    assert.deepEqual(middle && (await buffer(middle.stream)), Buffer.from('iecpie'))
    assert.equal((await contents(storage, 'large.wav'))?.length, 18 * MIB)
    assert.equal((await contents(storage, 'empty.txt'))?.length, 0)
  },

  'copies a file to a path, and leaves nothing there when it cannot': async (storage, t) => {
    const folder = await temporaryFolder(t)
    await storage.put('one.mp3', bytes('sound'), MP3)

    const fetched = await storage.fetch('one.mp3', join(folder, 'here'))

    assert.deepEqual(fetched, await storage.head('one.mp3'))
    assert.equal(await readFile(join(folder, 'here'), 'utf8'), 'sound')
    const missing = storage.fetch('two.mp3', join(folder, 'there'))
    await assert.rejects(missing, { name: 'StorageError', status: 404, action: 'fetch' })
    await assert.rejects(readFile(join(folder, 'there')), { code: 'ENOENT' })
  },

  'has other bytes under another etag, and the same under the same': async (storage) => {
    const one = await storage.put('one.mp3', bytes('one'), { ...MP3, name: 'one' })
    const two = await storage.put('one.mp3', bytes('two'), { type: 'audio/wav' })
    const again = await storage.put('one.mp3', bytes('one'), MP3)

    assert.notEqual(one.etag, two.etag)
    assert.equal(one.etag, again.etag)
    assert.deepEqual([two.type, two.name], ['audio/wav', undefined])
  },

  'keeps what was there when a stream breaks, and has nothing where nothing was': async (
    storage,
  ) => {
    await storage.put('one.mp3', bytes('whole'), { ...MP3, name: 'one' })
    const before = await storage.head('one.mp3')

    for (const count of [1, 12]) {
      for (const key of ['one.mp3', 'two.mp3']) {
        const put = storage.put(key, Readable.from(breaking(count)), MP3)
        await assert.rejects(put, { name: 'StorageError', action: 'put', key, message: /lost/ })
      }
    }

    assert.deepEqual(await storage.head('one.mp3'), before)
    assert.equal((await contents(storage, 'one.mp3'))?.toString(), 'whole')
    assert.equal(await storage.head('two.mp3'), undefined)
  },

  'has one of the files whole when several come at once': async (storage) => {
    const letters = ['a', 'b', 'c', 'd', 'e']

    await Promise.all(
      letters.map((name) => storage.put('one.mp3', bytes(name.repeat(99_999)), { ...MP3, name })),
    )

    const head = await storage.head('one.mp3')
    assert.ok(head?.name !== undefined && letters.includes(head.name))
    const content = await contents(storage, 'one.mp3')
    assert.ok(content?.equals(Buffer.from(head.name.repeat(99_999))))
  },

  'lets who reads read on while the file is replaced and removed': async (storage) => {
    await storage.put('one.mp3', bytes('the first one'), MP3)

    const opened = await storage.open('one.mp3')
    await storage.put('one.mp3', bytes('another'), MP3)
    await storage.remove('one.mp3')

    assert.equal(opened && (await buffer(opened.stream)).toString(), 'the first one')
  },

  'forgets what is removed, and does not mind that there is nothing': async (storage) => {
    await storage.put('a/one.mp3', bytes('one'), MP3)

    await storage.remove('a/one.mp3')
    await storage.remove('a/one.mp3')
    await storage.remove('never/there.mp3')

    assert.equal(await storage.head('a/one.mp3'), undefined)
    assert.equal(await storage.open('a/one.mp3'), undefined)
    assert.equal(await storage.open('a/one.mp3', { start: 2 }), undefined)
    assert.equal(await storage.head('a'), undefined)
  },

  'takes no key that is not one, whatever it is asked to do': async (storage, t) => {
    const path = join(await temporaryFolder(t), 'here')
    const parts = fc.constantFrom('..', '.', '', 'a', '/', '\\', '\0', '%2e', 'é', '.hidden', 'C:')
    const hostile = fc.oneof(
      fc.string(),
      fc.array(parts, { minLength: 1 }).map((segments) => segments.join('/')),
      fc.array(parts, { minLength: 1 }).map((segments) => segments.join('')),
      fc.constantFrom(
        '/etc/passwd',
        '../one',
        'a/../../b',
        'x'.repeat(181),
        'a/'.repeat(256) + 'a',
      ),
    )
    const refused = { name: 'StorageError', message: /could not be .*: a key is/ }

    await fc.assert(
      fc.asyncProperty(
        hostile.filter((key) => !isKey(key)),
        async (key) => {
          await assert.rejects(storage.put(key, bytes('x'), MP3), refused)
          await assert.rejects(storage.open(key), refused)
          await assert.rejects(storage.head(key), refused)
          await assert.rejects(storage.remove(key), refused)
          await assert.rejects(storage.fetch(key, path), refused)
        },
      ),
    )
  },
}

function bytes(text: string): Readable {
  return Readable.from([Buffer.from(text)])
}

function* breaking(count: number) {
  for (let index = 0; index < count; index += 1) yield Buffer.alloc(MIB)
  throw new Error('the connection was lost')
}

async function contents(storage: Storage, key: string): Promise<Buffer | undefined> {
  const opened = await storage.open(key)
  return opened && buffer(opened.stream)
}
