import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { AudioError, readAudio } from '../index.ts'
import { box, flac, mp4, oggPage, opus } from '../testing/containers.ts'
import { testFolder } from '../testing/folder.ts'
import { mp3Frames, picture, wave } from '../testing/index.ts'
import { synchsafe } from '../write/id3-frames.ts'

const SOUND = mp3Frames(Array.from({ length: 200 }, () => 128 as const))

function id3(size: number, ...frames: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from('ID3\u0004\0\0'), synchsafe(size), ...frames])
}

describe('readAudio, given what is no sound', () => {
  it('says what it is instead', async (t) => {
    const { put, folder } = await testFolder(t)

    await assert.rejects(readAudio(await put('a.mp3')), { code: 'empty' })
    await assert.rejects(readAudio(await put('b.mp3', picture(9, 9))), {
      code: 'not-audio',
      message: /^This is a picture \(PNG\), not a sound file\. Choose an MP3/,
    })
    await assert.rejects(readAudio(await put('c.mp3', Buffer.from('<html><body>404'))), {
      message: /^This is a web page/,
    })
    await assert.rejects(readAudio(folder), { code: 'not-audio', message: 'This is not a file.' })
  })

  it('does not wait for somebody to write into a pipe', async (t) => {
    const { folder } = await testFolder(t)
    execFileSync('mkfifo', [join(folder, 'pipe.mp3')])

    await assert.rejects(readAudio(join(folder, 'pipe.mp3')), { code: 'not-audio' })
  })

  it('looks behind a tag', async (t) => {
    const { put } = await testFolder(t)

    await assert.rejects(readAudio(await put('a', id3(0), picture(9, 9))), { code: 'not-audio' })
    await assert.rejects(readAudio(await put('b', id3(0), flac())), { code: 'unsupported' })
    await assert.rejects(readAudio(await put('c', id3(0))), { code: 'no-sound' })
    await assert.rejects(readAudio(await put('d', id3(0), Buffer.alloc(300_000))), {
      code: 'no-sound',
    })
  })

  it('is not fooled by a few frames before or after something else', async (t) => {
    const { put } = await testFolder(t)
    const archive = Buffer.from('PK\u0003\u0004'.padEnd(50_000, 'x'))

    await assert.rejects(readAudio(await put('a', SOUND, archive)), { code: 'damaged' })
    await assert.rejects(readAudio(await put('b', archive, SOUND)), { code: 'not-audio' })
    await assert.rejects(readAudio(await put('c', Buffer.from('<script>'), SOUND)), {
      code: 'not-audio',
    })
  })
})

describe('readAudio, given a file that lies', () => {
  it('refuses tags longer than the file, longer than any tag, or without end', async (t) => {
    const { put } = await testFolder(t)
    const large = await put('b', id3(200 * 1024 * 1024), SOUND)
    await truncate(large, 201 * 1024 * 1024)

    await assert.rejects(readAudio(await put('a', id3(1_000_000), SOUND)), {
      code: 'damaged',
      message: /longer than the whole file/,
    })
    await assert.rejects(readAudio(large), {
      code: 'too-large',
      message: /Its tag is 200 MB; at most 32 MB/,
    })
    await assert.rejects(readAudio(await put('c', ...Array<Buffer>(500).fill(id3(0)), SOUND)), {
      code: 'damaged',
      message: /too many tags/,
    })
    await assert.rejects(
      readAudio(await put('d', Buffer.from('ID3\u0004\0\0\xff\xff\xff\xff', 'latin1'), SOUND)),
      {
        code: 'damaged',
      },
    )
  })

  it('lets a tag of endless frames cost a thread, not the program', async (t) => {
    const { put } = await testFolder(t)
    const size = 32 * 1024 * 1024 - 10
    const frames = Buffer.alloc(size, Buffer.from('TXXX\0\0\0\u0001\0\0\u0003'))

    await assert.rejects(readAudio(await put('a', id3(size, frames), SOUND)), AudioError)
  })

  it('reads a tag whose frames say they are longer than it', async (t) => {
    const { put } = await testFolder(t)
    const frame = Buffer.from('TIT2\u007f\u007f\u007f\u007f\0\0\u0003Tides')

    const audio = await readAudio(await put('a', id3(frame.length, frame), SOUND))

    assert.equal(audio.tags.title, 'Tides')
  })

  it('refuses sound that was cut short', async (t) => {
    const { put } = await testFolder(t)
    const info = Buffer.from(mp3Frames([128]))
    info.write('Xing', 36)
    info.writeUInt32BE(1, 40)
    info.writeUInt32BE(143_000, 44)

    await assert.rejects(readAudio(await put('a', info, SOUND)), {
      code: 'damaged',
      message:
        'It should last 1:02:15, but its sound ends after 0:05: it was cut short. Export it again, then upload it again.',
    })
    await assert.rejects(readAudio(await put('b', wave().subarray(0, -100))), { code: 'damaged' })
    await assert.rejects(readAudio(await put('c', mp4().subarray(0, -10))), { code: 'damaged' })
    await assert.rejects(readAudio(await put('d', opus().subarray(0, 60))), AudioError)
  })

  it('refuses MP4 tables that do not fit', async (t) => {
    const { put } = await testFolder(t)
    const huge = box('moov', Buffer.from('7fffffff74726163', 'hex'))
    let nested: Buffer = Buffer.alloc(0)
    for (let depth = 0; depth < 3000; depth += 1) nested = box('udta', nested)

    await assert.rejects(readAudio(await put('a', mp4().subarray(0, 24), huge)), AudioError)
    await assert.rejects(
      readAudio(await put('b', mp4().subarray(0, 24), box('moov', nested))),
      AudioError,
    )
  })

  it('does not believe in years of sound', async (t) => {
    const { put } = await testFolder(t)
    const slow = Buffer.from(wave())
    slow.writeUInt32LE(1, slow.indexOf('fmt ') + 16)

    assert.equal((await readAudio(await put('a', slow))).durationMs, 1000)
    await assert.rejects(readAudio(await put('b', opus({ seconds: 700_000 }))), {
      code: 'damaged',
      message: /longer than a week/,
    })
  })

  it('refuses an Ogg whose comment never ends', async (t) => {
    const { put } = await testFolder(t)
    const whole = opus()
    const lastPage = whole.lastIndexOf('OggS')
    const page = oggPage(1, 0, 0, Buffer.alloc(254 * 255 + 254, 1))
    // All 255 segments full: the packet goes on in the next page.
    page[27 + 254] = 255
    const endless = Array<Buffer>(1700).fill(Buffer.concat([page, Buffer.alloc(1)]))

    await assert.rejects(
      readAudio(await put('a', whole.subarray(0, lastPage), ...endless, whole.subarray(lastPage))),
      { code: 'too-large' },
    )
  })

  it('stops when time is up, and when it is told to', async (t) => {
    const { put } = await testFolder(t)
    const path = await put('a', SOUND)

    await assert.rejects(readAudio(path, { withinMs: 1 }), {
      code: 'timed-out',
      message: /took too long/,
    })
    await assert.rejects(readAudio(path, { signal: AbortSignal.abort(new Error('enough')) }), {
      message: 'enough',
    })
    const stop = new AbortController()
    const reading = readAudio(path, { signal: stop.signal })
    setImmediate(() => {
      stop.abort(new Error('later'))
    })
    await assert.rejects(reading, { message: 'later' })
  })

  it('answers with sound or an AudioError, whatever is changed in a file', async (t) => {
    const { put } = await testFolder(t)
    const files = [
      Buffer.concat([id3(0), SOUND]),
      wave({ cues: [{ sample: 9 }] }),
      mp4(),
      flac(),
      opus(),
    ]
    const change = fc.tuple(fc.nat(400), fc.nat(255))

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change),
        fc.nat(2000),
        async (file, changes, cut) => {
          const bytes = Buffer.from(file.subarray(0, file.length - (cut % file.length)))
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          const outcome = await readAudio(await put('a', bytes)).catch((error: unknown) => error)
          if (outcome instanceof Error)
            assert.equal(outcome.name, 'AudioError', String(outcome.stack))
        },
      ),
      { numRuns: 40 },
    )
  })
})
