import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readChapters, writeChapters, type Chapter } from '../index.ts'

const CAPTIONS = new URL('../../../../../shared/data/captions/', import.meta.url)
const skip = existsSync(CAPTIONS) ? false : 'the captions of ../shared/data are not on this machine'

const json = (chapters: unknown) => JSON.stringify({ version: '1.2.0', chapters })

describe('readChapters', () => {
  it('reads what the format has, in the order it plays', () => {
    const chapters = readChapters(
      json([
        {
          startTime: 62.5,
          endTime: 70,
          title: ' Two ',
          img: '/two.png',
          url: 'https://t.example',
          toc: false,
        },
        { startTime: 0, title: 'One' },
      ]),
      'https://a.example/1/chapters.json',
    )

    assert.deepEqual(chapters, [
      { startsMs: 0, endsMs: null, title: 'One', link: null, imageUrl: null, hidden: false },
      {
        startsMs: 62_500,
        endsMs: 70_000,
        title: 'Two',
        link: 'https://t.example',
        imageUrl: 'https://a.example/two.png',
        hidden: true,
      },
    ])
  })

  it('forgives times written as clocks, and leaves out what has none or what runs', () => {
    const chapters = readChapters(
      json([
        { startTime: '1:02' },
        { startTime: '12.5' },
        { startTime: -1 },
        { title: 'when?' },
        'x',
        { startTime: 90, url: 'javascript:alert(1)' },
      ]),
    )

    assert.deepEqual(
      chapters.map(({ startsMs, link }) => [startsMs, link]),
      [
        [12_500, null],
        [62_000, null],
        [90_000, null],
      ],
    )
  })

  it('says what it was given instead of chapters', () => {
    assert.throws(() => readChapters(''), { code: 'empty', message: 'the chapters file is empty' })
    assert.throws(() => readChapters('<html>'), {
      code: 'unreadable',
      message: /should be JSON, but is a web page/,
    })
    assert.throws(() => readChapters('{"chapters"'), {
      code: 'unreadable',
      message: /not valid JSON/,
    })
    assert.throws(() => readChapters('[1]'), {
      code: 'unreadable',
      message: /should be a JSON object/,
    })
    assert.throws(() => readChapters('{"chapters": 1}'), {
      code: 'unreadable',
      message: /no list of "chapters"/,
    })
    assert.throws(() => readChapters(Buffer.alloc(5_000_001)), { code: 'too-large' })
  })

  it("reads the namespace's examples", { skip }, () => {
    const simple = readChapters(readFileSync(new URL('chapters-example.json', CAPTIONS)))
    const complex = readChapters(readFileSync(new URL('chapters-exampleComplex.json', CAPTIONS)))

    assert.deepEqual(
      [simple.length, simple.at(-1)?.title, simple.at(-1)?.startsMs],
      [9, 'Outro', 6_089_000],
    )
    assert.equal(complex.length, 11)
    assert.deepEqual(
      complex.filter(({ hidden }) => hidden).map(({ startsMs }) => startsMs),
      [4_826_000],
    )
  })
})

describe('writeChapters', () => {
  it('writes JSON chapters 1.2', () => {
    const [chapter] = readChapters(json([{ startTime: 1.5, title: 'Tea', toc: false }]))

    assert.deepEqual(
      JSON.parse(writeChapters([chapter!], { title: 'Leaves', podcastName: 'Tea at Four' })),
      {
        version: '1.2.0',
        title: 'Leaves',
        podcastName: 'Tea at Four',
        chapters: [{ startTime: 1.5, title: 'Tea', toc: false }],
      },
    )
  })

  it('writes what reads back equal, whatever the words', () => {
    const words = fc.string({ unit: 'binary', minLength: 1 }).map((text) => `a${text}z`)
    const chapter: fc.Arbitrary<Chapter> = fc.record(
      {
        startsMs: fc.nat(36_000_000),
        endsMs: fc.constant(null),
        title: fc.option(words),
        link: fc.option(fc.webUrl()),
        imageUrl: fc.option(fc.webUrl()),
        hidden: fc.boolean(),
      },
      { noNullPrototype: true },
    )

    fc.assert(
      fc.property(fc.array(chapter), (chapters) => {
        const inOrder = chapters.toSorted((a, b) => a.startsMs - b.startsMs)
        assert.deepEqual(readChapters(writeChapters(chapters)), inOrder)
      }),
    )
  })
})
