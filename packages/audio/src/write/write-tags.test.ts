import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { type NewTags, readAudio, writeTags } from '../index.ts'
import { mp4 } from '../testing/containers.ts'
import { testFolder } from '../testing/folder.ts'
import { mp3Frames, picture, wave } from '../testing/index.ts'

const SPOKEN = fileURLToPath(
  new URL('../../../domain/demo/local-time/nobody-owns-the-tide-table/audio.mp3', import.meta.url),
)
const SOUND = mp3Frames(Array.from({ length: 2000 }, () => 64 as const))
const SOUND_MS = Math.round((2000 * 1152 * 1000) / 44_100)

describe('writeTags', () => {
  it('writes texts, a cover and chapters with links and pictures, that read back the same', async (t) => {
    const { folder } = await testFolder(t)
    const to = join(folder, 'tagged.mp3')
    const [cover, small] = [picture(1400, 1400), picture(320, 180)]

    const written = await writeTags(SPOKEN, to, {
      title: 'Niemand besitzt die Gezeiten 🌊',
      artist: 'Jonah Pell',
      album: 'Local Time',
      genre: 'Podcast',
      publisher: 'Harbour Radio',
      year: 2026,
      track: 12,
      comment: 'Two lines,\nwith “quotes”.',
      cover: { data: cover },
      chapters: [
        {
          startsMs: 30_500,
          title: 'Tides',
          link: 'https://example.com/tides?a=ü',
          picture: { data: small },
        },
        { startsMs: 0, title: 'Welcome' },
        { startsMs: 60_000, endsMs: 61_000, title: 'A word from us', hidden: true },
      ],
    })
    const audio = await readAudio(to)

    assert.deepEqual([written.bytes, written.durationMs], [audio.bytes, audio.durationMs])
    assert.deepEqual(audio.tags, {
      title: 'Niemand besitzt die Gezeiten 🌊',
      artist: 'Jonah Pell',
      album: 'Local Time',
      genre: 'Podcast',
      publisher: 'Harbour Radio',
      year: 2026,
      track: 12,
      comment: 'Two lines,\nwith “quotes”.',
    })
    assert.deepEqual(
      [audio.cover?.width, audio.cover?.height, audio.cover?.mediaType],
      [1400, 1400, 'image/png'],
    )
    assert.ok(cover.equals(audio.cover?.data ?? Buffer.alloc(0)))
    assert.deepEqual(
      audio.chapters.map(({ startsMs, endsMs, title, link, hidden }) => [
        startsMs,
        endsMs,
        title,
        link,
        hidden,
      ]),
      [
        [0, 30_500, 'Welcome', null, false],
        [30_500, 60_000, 'Tides', 'https://example.com/tides?a=%C3%BC', false],
        [60_000, 61_000, 'A word from us', null, true],
      ],
    )
    assert.equal(audio.chapters[1]?.picture?.width, 320)
  })

  it('leaves the sound as it is, byte by byte, and nothing of the tags that were there', async (t) => {
    const { put, folder } = await testFolder(t)
    const to = join(folder, 'tagged.mp3')
    const old = Buffer.concat([
      Buffer.from('ID3\u0003\0\0\0\0\0\u0014TIT2\0\0\0\u000a\0\0\0Old title'),
    ])
    const id3v1 = Buffer.from('TAGOlder title'.padEnd(128, '\0'))
    const lyrics = Buffer.from('LYRICSBEGININD0000200000021LYRICS200')
    const from = await put('old.mp3', old, old, SOUND, lyrics, id3v1)

    await writeTags(from, to, { title: 'New' })
    const copy = await readFile(to)
    const { tags } = await readAudio(to)

    assert.ok(copy.subarray(copy.length - SOUND.length).equals(SOUND))
    assert.ok(!copy.includes('Old'))
    assert.deepEqual([tags.title, tags.artist], ['New', null])
    assert.ok((await readFile(from)).subarray(0, 30).equals(old.subarray(0, 30)))
  })

  it('gives the same file again for the same words, and may write over the file it reads', async (t) => {
    const { put } = await testFolder(t)
    const path = await put('a.mp3', SOUND)
    const tags = { title: 'Tides', chapters: [{ startsMs: 1000, title: 'One' }] }

    await writeTags(path, path, tags)
    const once = await readFile(path)
    await writeTags(path, path, tags)

    assert.ok(once.equals(await readFile(path)))
    assert.ok(once.length > SOUND.length)
  })

  it('takes the chapters it reads', async (t) => {
    const { put, folder } = await testFolder(t)
    const [first, second] = [join(folder, '1.mp3'), join(folder, '2.mp3')]
    const chapters = [
      { startsMs: 5, title: 'One', picture: { data: picture(8, 8) } },
      { startsMs: 900 },
    ]

    await writeTags(await put('0.mp3', SOUND), first, { chapters })
    const read = await readAudio(first)
    await writeTags(first, second, read)

    assert.deepEqual((await readAudio(second)).chapters, read.chapters)
  })

  it('reads back whatever is written', async (t) => {
    const { put, folder } = await testFolder(t)
    const from = await put('from.mp3', SOUND)
    const to = join(folder, 'to.mp3')
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
      .map((text) => `a${text.replaceAll('\0', '')}z`)
    const chapter = fc.record(
      {
        startsMs: fc.nat(SOUND_MS - 1),
        title: fc.option(words),
        link: fc.option(fc.webUrl().map((url) => new URL(url).href)),
        hidden: fc.boolean(),
      },
      { noNullPrototype: true },
    )
    const text = fc.option(words)
    const said = fc.record(
      {
        title: text,
        artist: text,
        album: text,
        publisher: text,
        comment: text,
        year: fc.option(fc.integer({ min: 1000, max: 9999 }), { nil: null }),
      },
      { noNullPrototype: true },
    )

    await fc.assert(
      fc.asyncProperty(said, fc.array(chapter, { maxLength: 12 }), async (tags, chapters) => {
        await writeTags(from, to, { ...tags, chapters })
        const audio = await readAudio(to)

        assert.deepEqual(audio.tags, { ...tags, genre: null, track: null })
        assert.deepEqual(
          audio.chapters.map(({ startsMs, title, link, hidden }) => ({
            startsMs,
            title,
            link,
            hidden,
          })),
          chapters.toSorted((a, b) => a.startsMs - b.startsMs),
        )
      }),
      { numRuns: 30 },
    )
  })
})

describe('writeTags, when it cannot be done', () => {
  it('says which file it does not write into', async (t) => {
    const { put, folder } = await testFolder(t)

    await assert.rejects(writeTags(await put('a.m4a', mp4()), join(folder, 'b'), {}), {
      code: 'unsupported',
      message: /into MP3 files only, and this is M4A\. Upload an MP3, or turn this off\./,
    })
    await assert.rejects(writeTags(await put('a.wav', wave()), join(folder, 'b'), {}), {
      code: 'unsupported',
    })
    await assert.rejects(writeTags(await put('a.png', picture(1, 1)), join(folder, 'b'), {}), {
      code: 'not-audio',
    })
    assert.deepEqual((await readdir(folder)).toSorted(), ['a.m4a', 'a.png', 'a.wav'])
  })

  it('says what of the tags cannot be written', async (t) => {
    const { put, folder } = await testFolder(t)
    const from = await put('a.mp3', SOUND)
    const refuses = (tags: NewTags, message: RegExp) =>
      assert.rejects(writeTags(from, join(folder, 'b.mp3'), tags), { code: 'bad-tags', message })

    await refuses(
      { chapters: [{ startsMs: 60_000, title: 'Late' }] },
      /“Late” begins at 1:00: the sound ends at 0:52/,
    )
    await refuses({ chapters: [{ startsMs: -1 }] }, /not said when/)
    await refuses(
      { chapters: [{ startsMs: Number.NaN, title: 'When' }] },
      /not said when the chapter “When” begins/,
    )
    await refuses(
      { chapters: [{ startsMs: 0, title: 'A', link: 'javascript:alert(1)' }] },
      /link of the chapter “A”/,
    )
    await refuses(
      { chapters: Array.from({ length: 256 }, (_, index) => ({ startsMs: index })) },
      /256 chapters/,
    )
    await refuses({ cover: { data: Buffer.from('no picture') } }, /The cover is no JPEG or PNG/)
    await refuses(
      { cover: { data: Buffer.concat([picture(9, 9), Buffer.alloc(33 * 1024 * 1024)]) } },
      /the tag would be 34 MB/,
    )
    assert.deepEqual(await readdir(folder), ['a.mp3'])
  })

  it('leaves what was there, and nothing half written, when it is stopped', async (t) => {
    const { put, folder } = await testFolder(t)
    const from = await put('a.mp3', ...Array<Buffer>(100).fill(SOUND))
    const to = await put('b.mp3', Buffer.from('what was there'))
    const stop = new AbortController()
    const writing = writeTags(from, to, { title: 'New' }, { signal: stop.signal })
    const poll = setInterval(() => {
      if (readdirSync(folder).length > 2) stop.abort(new Error('enough'))
    }, 1)

    await assert.rejects(writing, { message: 'enough' })
    clearInterval(poll)

    assert.equal(await readFile(to, 'utf8'), 'what was there')
    assert.deepEqual((await readdir(folder)).toSorted(), ['a.mp3', 'b.mp3'])
  })
})
