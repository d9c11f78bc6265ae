import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readAudio } from '../index.ts'
import { flac, mp4, opus } from '../testing/containers.ts'
import { testFolder } from '../testing/folder.ts'
import { mp3Frames, wave } from '../testing/index.ts'

const SPOKEN = fileURLToPath(
  new URL('../../../domain/demo/local-time/nobody-owns-the-tide-table/audio.mp3', import.meta.url),
)

const repeated = <T>(count: number, ...each: T[]) =>
  Array.from({ length: count }, () => each).flat()

describe('readAudio', () => {
  it('reads a real MP3', async () => {
    const audio = await readAudio(SPOKEN)

    assert.deepEqual(audio, {
      type: 'mp3',
      mediaType: 'audio/mpeg',
      extension: 'mp3',
      bytes: 436_405,
      durationMs: 72_672,
      bitrate: 48_000,
      sampleRate: 24_000,
      channels: 1,
      tags: {
        title: 'Nobody Owns the Tide Table',
        artist: 'Jonah Pell',
        album: 'Local Time',
        genre: 'Podcast',
        publisher: null,
        year: 2026,
        track: null,
        comment: null,
      },
      cover: null,
      chapters: [],
    })
  })

  it('measures an MP3 of varying bitrate that has no header', async (t) => {
    const { put } = await testFolder(t)
    const frames = mp3Frames(repeated(2500, 32 as const, 320 as const, 64 as const, 64 as const))

    const audio = await readAudio(await put('a', frames))

    assert.equal(audio.durationMs, Math.round((10_000 * 1152 * 1000) / 44_100))
    assert.equal(audio.bitrate, Math.round((frames.length * 8) / ((10_000 * 1152) / 44_100)))
  })

  it('does not count the tags at the end of an MP3', async (t) => {
    const { put } = await testFolder(t)
    const frames = mp3Frames(repeated(100, 128 as const))
    const id3v1 = Buffer.from(`TAG${'Old title'.padEnd(30, '\0')}`.padEnd(128, '\0'))
    const ape = Buffer.alloc(32)
    ape.write('APETAGEX')
    ape.writeUInt32LE(2000, 8)
    ape.writeUInt32LE(32, 12)

    const audio = await readAudio(await put('a', frames, ape, id3v1))

    assert.equal(audio.durationMs, Math.round((100 * 1152 * 1000) / 44_100))
    assert.equal(audio.tags.title, 'Old title')
  })

  it('finds its way again after a little that is no sound', async (t) => {
    const { put } = await testFolder(t)
    const frames = mp3Frames(repeated(500, 128 as const))

    const audio = await readAudio(await put('a', frames, Buffer.alloc(1000, 0xff), frames))

    assert.equal(audio.durationMs, Math.round((1000 * 1152 * 1000) / 44_100))
  })

  it('reads a WAV, also where the program that wrote it could not say how long it is', async (t) => {
    const { put } = await testFolder(t)
    const piped = Buffer.from(wave({ seconds: 2.5 }))
    piped.writeUInt32LE(0xffffffff, 4)
    piped.writeUInt32LE(0xffffffff, piped.indexOf('data') + 4)

    const whole = await readAudio(await put('a', wave({ seconds: 2.5 })))
    const unknown = await readAudio(await put('b', piped))

    assert.deepEqual(
      [whole.type, whole.durationMs, whole.bitrate, whole.sampleRate, whole.channels],
      ['wav', 2500, 128_000, 8000, 1],
    )
    assert.equal(unknown.durationMs, 2500)
  })

  it('reads M4A with its title and chapters, by content and not by name', async (t) => {
    const { put } = await testFolder(t)
    const bytes = mp4({
      seconds: 90,
      title: 'Ebbe',
      chapters: [
        [0, 'Grüße'],
        [61_500, 'Tides'],
      ],
    })

    const audio = await readAudio(await put('holiday.jpg', bytes))

    assert.deepEqual(
      [audio.type, audio.durationMs, audio.sampleRate, audio.channels, audio.tags.title],
      ['m4a', 90_000, 44_100, 2, 'Ebbe'],
    )
    assert.deepEqual(
      audio.chapters.map(({ startsMs, title }) => [startsMs, title]),
      [
        [0, 'Grüße'],
        [61_500, 'Tides'],
      ],
    )
  })

  it('reads Opus and FLAC', async (t) => {
    const { put } = await testFolder(t)

    const ogg = await readAudio(await put('a', opus()))
    const lossless = await readAudio(await put('b', flac()))

    assert.deepEqual([ogg.type, ogg.durationMs, ogg.tags.title], ['opus', 20_000, 'Low water'])
    assert.deepEqual(
      [lossless.type, lossless.durationMs, lossless.channels, lossless.tags.title],
      ['flac', 10_000, 2, 'A tide'],
    )
  })

  it('refuses videos and what is copy-protected', async (t) => {
    const { put } = await testFolder(t)

    await assert.rejects(readAudio(await put('a', mp4({ kind: 'vide' }))), {
      code: 'not-audio',
      message: /This is a video/,
    })
    await assert.rejects(readAudio(await put('b', mp4({ codec: 'drms' }))), {
      code: 'unsupported',
      message: /copy-protected/,
    })
  })
})
