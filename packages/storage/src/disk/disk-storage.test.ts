import assert from 'node:assert/strict'
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { diskStorage } from '../index.ts'
import { storageContract, temporaryFolder, temporaryStorage } from '../testing/index.ts'

const MP3 = { type: 'audio/mpeg' }
const one = () => Readable.from([Buffer.from('one')])

/** What is in a folder and below, but for what no key can name. */
async function visible(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => !/(^|\/)\./.test(name)).toSorted()
}

describe('diskStorage', () => {
  storageContract(async (t) => temporaryStorage(t))

  it('finds files that were there before it, by their names', async (t) => {
    const { directory, head, open } = temporaryStorage(t)
    await mkdir(join(directory, 'local-time'))
    await writeFile(join(directory, 'local-time/one.mp3'), 'sound')
    await writeFile(join(directory, 'cover.JPG'), 'picture')

    const stored = await head('local-time/one.mp3')
    const opened = await open('local-time/one.mp3', { start: 1, end: 2 })

    assert.deepEqual([stored?.type, stored?.bytes, stored?.name], ['audio/mpeg', 5, undefined])
    assert.equal(opened && (await buffer(opened.stream)).toString(), 'ou')
    assert.equal((await head('cover.JPG'))?.type, 'image/jpeg')
    await writeFile(join(directory, 'local-time/one.mp3'), 'other sound')
    assert.notEqual((await head('local-time/one.mp3'))?.etag, stored?.etag)
  })

  it('says of a file that somebody wrote over nothing that was said of the old one', async (t) => {
    const { directory, head, put } = temporaryStorage(t)
    await put('one.mp3', one(), { type: 'audio/wav', name: 'one' })

    await writeFile(join(directory, 'one.mp3'), 'another')

    const stored = await head('one.mp3')
    assert.deepEqual([stored?.type, stored?.name], ['audio/mpeg', undefined])
  })

  it('follows no link, to a file or to a folder', async (t) => {
    const outside = await temporaryFolder(t)
    await writeFile(join(outside, 'secret.txt'), 'secret')
    const { directory, ...storage } = temporaryStorage(t)
    await symlink(join(outside, 'secret.txt'), join(directory, 'link.txt'))
    await symlink(outside, join(directory, 'folder'))

    for (const key of ['link.txt', 'folder/secret.txt']) {
      assert.equal(await storage.head(key), undefined, key)
      assert.equal(await storage.open(key), undefined, key)
      await storage.remove(key)
    }
    await assert.rejects(storage.put('folder/new.txt', one(), MP3), { name: 'StorageError' })
    await assert.rejects(storage.put('folder/a/new.txt', one(), MP3), { name: 'StorageError' })
    await storage.put('link.txt', one(), MP3)

    assert.deepEqual(await readdir(outside), ['secret.txt'])
    assert.equal(
      await storage.fetch('link.txt', join(outside, 'secret.txt')).then(({ bytes }) => bytes),
      3,
    )
  })

  it('may itself be behind a link', async (t) => {
    const folder = await temporaryFolder(t)
    await mkdir(join(folder, 'volume'))
    await symlink(join(folder, 'volume'), join(folder, 'uploads'))
    const storage = diskStorage({ directory: join(folder, 'uploads') })

    await storage.put('a/one.mp3', one(), MP3)

    assert.equal((await storage.head('a/one.mp3'))?.bytes, 3)
  })

  it('is made with the first file; until then nobody knows what is in it', async (t) => {
    const directory = join(await temporaryFolder(t), 'not/there')
    const storage = diskStorage({ directory })

    await assert.rejects(storage.head('one.mp3'), { name: 'StorageError', message: /ENOENT/ })
    await storage.put('one.mp3', one(), MP3)

    assert.equal((await storage.head('one.mp3'))?.bytes, 3)
  })

  it('keeps nothing of what was replaced, removed or broken off', async (t) => {
    const { directory, ...storage } = temporaryStorage(t)
    function* breaking() {
      yield Buffer.from('half of')
      throw new Error('lost')
    }

    for (const name of ['a', 'b']) await storage.put('x/one.mp3', one(), { ...MP3, name })
    await assert.rejects(storage.put('x/one.mp3', Readable.from(breaking()), MP3), /lost/)
    assert.equal((await readdir(join(directory, 'x'))).length, 2)
    await storage.remove('x/one.mp3')

    assert.deepEqual(await readdir(join(directory, 'x')), [])
    assert.deepEqual(await readdir(join(directory, '.parts')), [])
  })

  it('clears away what a killed process left a day ago, and nothing younger', async (t) => {
    const { directory, put } = temporaryStorage(t)
    await mkdir(join(directory, '.parts'))
    for (const name of ['old', 'new']) await writeFile(join(directory, '.parts', name), 'half')
    const yesterday = new Date(Date.now() - 90_000_000)
    await utimes(join(directory, '.parts/old'), yesterday, yesterday)

    await put('one.mp3', one(), MP3)

    assert.deepEqual(await readdir(join(directory, '.parts')), ['new'])
    assert.deepEqual(await visible(directory), ['one.mp3'])
  })

  it('does not take a folder for a file, or a file for a folder', async (t) => {
    const { head, open, put } = temporaryStorage(t)
    await put('a/one.mp3', one(), MP3)

    assert.equal(await head('a'), undefined)
    assert.equal(await open('a'), undefined)
    assert.equal(await head('a/one.mp3/b'), undefined)
    await assert.rejects(put('a', one(), MP3), { name: 'StorageError', action: 'put' })
    await assert.rejects(put('a/one.mp3/b', one(), MP3), { name: 'StorageError', action: 'put' })
  })
})
