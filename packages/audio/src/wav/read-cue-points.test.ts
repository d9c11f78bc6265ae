import assert from 'node:assert/strict'
import { appendFile, truncate } from 'node:fs/promises'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readAudio, readCuePoints } from '../index.ts'
import { testFolder } from '../testing/folder.ts'
import { chunk, type Cue, wave } from '../testing/wave.ts'

describe('readCuePoints', () => {
  it('reads markers with their names and lengths, in the order they play', async (t) => {
    const { put } = await testFolder(t)
    const cues = [
      { sample: 12_000, label: 'Questions', length: 4000 },
      { sample: 0, label: 'Grüße – hello' },
      { sample: 4001 },
    ]

    const chapters = await readCuePoints(await put('a.wav', wave({ seconds: 3, cues })))

    assert.deepEqual(
      chapters.map(({ startsMs, endsMs, title }) => [startsMs, endsMs, title]),
      [
        [0, null, 'Grüße – hello'],
        [500, null, null],
        [1500, 2000, 'Questions'],
      ],
    )
  })

  it('reads names of Windows programs', async (t) => {
    const { put } = await testFolder(t)
    const label = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x96, 0x20, 0x80])

    const [chapter] = await readCuePoints(
      await put('a.wav', wave({ cues: [{ sample: 0, label }] })),
    )

    assert.equal(chapter?.title, 'Grüße – €')
  })

  it('gives no chapters where there are no markers', async (t) => {
    const { put } = await testFolder(t)

    assert.deepEqual(await readCuePoints(await put('a.wav', wave())), [])
  })

  it('reads back what was marked, whatever it is called', async (t) => {
    const { put } = await testFolder(t)
    const label = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .map((text) => `a${text.replaceAll('\0', '')}z`)
    const cue: fc.Arbitrary<Cue> = fc.record(
      { sample: fc.nat(1_000_000), label },
      { noNullPrototype: true },
    )

    await fc.assert(
      fc.asyncProperty(
        fc.array(cue),
        fc.constantFrom('RIFF' as const, 'RF64' as const),
        async (cues, form) => {
          const chapters = await readCuePoints(await put('a.wav', wave({ cues, form })))

          const expected = cues
            .toSorted((a, b) => a.sample - b.sample)
            .map((each) => [Math.round(each.sample / 8), each.label])
          assert.deepEqual(
            chapters.map(({ startsMs, title }) => [startsMs, title]),
            expected,
          )
        },
      ),
      { numRuns: 50 },
    )
  })

  it('reads markers behind 5 GB of sound at once', async (t) => {
    const { put } = await testFolder(t)
    const whole = wave({ form: 'RF64', cues: [{ sample: 8000, label: 'Second' }] })
    const markersAt = whole.indexOf('cue ')
    const size = 5 * 1024 ** 3
    const head = Buffer.from(whole.subarray(0, markersAt))
    const dataAt = head.indexOf('data') + 8
    head.writeBigUInt64LE(BigInt(size), head.indexOf('ds64') + 16)
    const path = await put('large.wav', head)
    // A hole in the file: it is as long as it says, and takes no room on the disk.
    await truncate(path, dataAt + size)
    await appendFile(path, whole.subarray(markersAt))

    const chapters = await readCuePoints(path)
    const audio = await readAudio(path)

    assert.deepEqual(
      chapters.map(({ startsMs, title }) => [startsMs, title]),
      [[1000, 'Second']],
    )
    assert.equal(audio.durationMs, Math.round((size / 16_000) * 1000))
  })

  it('says what is wrong with what is no WAV, or a broken one', async (t) => {
    const { put } = await testFolder(t)
    const cut = wave({ cues: [{ sample: 1, label: 'One' }] }).subarray(0, -6)
    const boast = Buffer.concat([Buffer.from('WAVE'), chunk('cue ', Buffer.from([255, 255, 0, 0]))])

    await assert.rejects(readCuePoints(await put('a.wav', Buffer.from('no sound at all'))), {
      code: 'unsupported',
      message: 'This is not a WAV file.',
    })
    await assert.rejects(readCuePoints(await put('b.wav', cut)), {
      code: 'damaged',
      message: /“LIST” goes on after the end of the file: it was cut short/,
    })
    await assert.rejects(readCuePoints(await put('c.wav', chunk('RIFF', boast))), {
      code: 'damaged',
      message: /more markers than fit into it/,
    })
    await assert.rejects(readCuePoints(await put('d.wav')), { code: 'empty' })
  })

  it('stops when it is told to', async (t) => {
    const { put } = await testFolder(t)
    const path = await put('a.wav', wave())

    await assert.rejects(readCuePoints(path, { signal: AbortSignal.abort(new Error('enough')) }), {
      message: 'enough',
    })
  })
})
