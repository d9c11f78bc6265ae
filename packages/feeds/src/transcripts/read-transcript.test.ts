import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { readTranscript } from '../index.ts'

const brief = (source: string, type?: string) =>
  readTranscript(source, type ?? null).map(({ startsMs, endsMs, speaker, text }) => [
    startsMs,
    endsMs,
    speaker,
    text,
  ])

describe('readTranscript: WebVTT', () => {
  it('reads times, voices and entities, and leaves out notes, styles, settings and tags', () => {
    const vtt = `\ufeffWEBVTT - Tea

NOTE written
by hand

STYLE
::cue { color: red }

intro
00:00.000 --> 00:02.500 align:start position:10%
<v.loud Ann Lee>Tea &amp; <b>cake</b>,
at <c.x>four</c></v>

01:00:02.500 --> 01:00:04.000
<v Ann Lee>Milk?</v> <v Bo>No &lt;milk&gt;`

    assert.deepEqual(brief(vtt), [
      [0, 2500, 'Ann Lee', 'Tea & cake, at four'],
      [3_602_500, 3_604_000, 'Ann Lee', 'Milk?'],
      [3_602_500, 3_604_000, 'Bo', 'No <milk>'],
    ])
  })

  it('takes names before a colon where there are no voices', () => {
    assert.deepEqual(
      brief(
        'WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nAnn: Tea\r\n\r\n00:02.000 --> 00:03.000\r\nis ready',
      ),
      [
        [1000, 2000, 'Ann', 'Tea'],
        [2000, 3000, 'Ann', 'is ready'],
      ],
    )
  })
})

describe('readTranscript: SubRip', () => {
  it('lets a speaker go on until the next is named', () => {
    const srt = `1\n00:00:00,179 --> 00:00:02,399\nAnn Lee: When you first\nget started\n\n2\n00:00:02,400 --> 00:00:04,799\n<i>almost</i> {\\an8}guaranteed\n\n3\n0:0:5.5 --> 0:0:6\nDr. Bo de Wit: He said: no\n`

    assert.deepEqual(brief(srt, 'application/srt'), [
      [179, 2399, 'Ann Lee', 'When you first get started'],
      [2400, 4799, 'Ann Lee', 'almost guaranteed'],
      [5500, 6000, 'Dr. Bo de Wit', 'He said: no'],
    ])
  })

  it('does not take speech for a name', () => {
    const spoken = [
      'and then he said: no',
      'At 10:30 we begin',
      '12: noon',
      'This is one of those very long: things',
    ]

    for (const text of spoken) {
      assert.deepEqual(brief(`1\n00:00:00,000 --> 00:00:01,000\n${text}`), [[0, 1000, null, text]])
    }
  })
})

describe('readTranscript: JSON', () => {
  it('reads segments, and leaves out empty ones', () => {
    const segments = [
      { speaker: 'Ann', startTime: 0.5, endTime: 0.75, body: ' Tea ' },
      { body: '' },
      { body: 'cake' },
    ]

    assert.deepEqual(brief(JSON.stringify({ version: '1.0.0', segments })), [
      [500, 750, 'Ann', 'Tea'],
      [null, null, null, 'cake'],
    ])
  })
})

describe('readTranscript: HTML', () => {
  it('reads cite, time and p, and nothing that is not shown', () => {
    const html = `<!doctype html><head><title>Tea</title><style>p { color: red }</style></head>
      <!-- <p>not this</p> --><script>if (1 < 2) document.write('<p>nor this</p>')</script>
      <cite>Ann Lee:</cite><time>0:00</time><p>Tea &amp; <em>cake</em>,<br>at four</p><p>Milk?</p>
      <cite>Bo</cite> <time>[1:02:03]</time> <p>No&nbsp;milk`

    assert.deepEqual(brief(html), [
      [0, null, 'Ann Lee', 'Tea & cake,'],
      [null, null, 'Ann Lee', 'at four'],
      [null, null, 'Ann Lee', 'Milk?'],
      [3_723_000, null, 'Bo', 'No milk'],
    ])
  })
})

describe('readTranscript: Markdown', () => {
  it('reads names, times at the head of a paragraph, and speech that goes on', () => {
    const markdown =
      String.raw`**Ann Lee:** \[00:03.50\] We have [tea](https://a.example/tea_(drink)) and _no_ **cake**. \[laughter\]

\[01:02:03.18\] It was at \[12:34\] \[unintelligible 00:03:18.16\] o\*clock

**Break**: \[18:04\] to \[\\00:18:51.08\]

**Bo:**

> Quoted snake_case_word, ` + '`code`'

    assert.deepEqual(brief(markdown), [
      [3500, null, 'Ann Lee', 'We have tea and no cake. [laughter]'],
      [3_723_180, null, 'Ann Lee', 'It was at [12:34] [unintelligible 00:03:18.16] o*clock'],
      [1_084_000, 1_131_080, null, '[break]'],
      [null, null, 'Bo', 'Quoted snake_case_word, code'],
    ])
  })
})

describe('readTranscript: plain text', () => {
  it('reads paragraphs with names and times, on one line or above', () => {
    const plain = '[00:01] Ann: Tea?\n\nBo  1:02\nNo tea.\nNo milk.\n\nAnd no cake'

    assert.deepEqual(brief(plain, 'text/plain'), [
      [1000, null, 'Ann', 'Tea?'],
      [62_000, null, 'Bo', 'No tea. No milk.'],
      [null, null, 'Bo', 'And no cake'],
    ])
  })

  it('reads line by line where nothing stands between lines', () => {
    assert.deepEqual(brief('Ann: Tea?\nBo: No'), [
      [null, null, 'Ann', 'Tea?'],
      [null, null, 'Bo', 'No'],
    ])
  })
})

describe('readTranscript: what is none', () => {
  it('says what it was given', () => {
    assert.throws(() => readTranscript(' '), { code: 'empty' })
    assert.throws(() => readTranscript('WEBVTT\n'), {
      code: 'unreadable',
      message: /nothing is said/,
    })
    assert.throws(() => readTranscript('<!doctype html><p>404</p>', 'text/vtt'), {
      message: /captions, but is a web page/,
    })
    assert.throws(() => readTranscript('Not found', 'application/x-subrip'), {
      message: /has no times in it/,
    })
    assert.throws(() => readTranscript('{"error": 404}'), { message: /no list of "segments"/ })
    assert.throws(() => readTranscript(Buffer.alloc(20_000_001)), { code: 'too-large' })
  })

  it('reads old Windows files and UTF-16', () => {
    const srt = '1\n00:00:00,000 --> 00:00:01,000\nAnnè: Café'

    assert.deepEqual(readTranscript(Buffer.from(srt, 'latin1'))[0]?.text, 'Café')
    assert.deepEqual(readTranscript(Buffer.from(`\ufeff${srt}`, 'utf16le'))[0]?.speaker, 'Annè')
  })
})

const DATA = new URL('../../../../../shared/data/', import.meta.url)
const skip = existsSync(DATA) ? false : 'the transcripts of ../shared/data are not on this machine'

describe('real transcripts', { skip }, () => {
  it('reads the captions the namespace gives as examples', () => {
    const read = (name: string) => readTranscript(readFileSync(new URL(`captions/${name}`, DATA)))
    const speakers = (name: string) => [...new Set(read(name).map(({ speaker }) => speaker))]

    assert.deepEqual(
      [read('transcript-example.srt').length, speakers('transcript-example.srt')],
      [222, ['Travis', 'Sarah', 'Gilon']],
    )
    assert.deepEqual(
      [read('transcript-example.vtt').length, speakers('transcript-example.vtt')],
      [7, ['Sarah', 'Gillian']],
    )
    assert.deepEqual(
      [read('transcript-example.json').length, speakers('transcript-example.json')],
      [5, ['Darth Vader', 'Luke']],
    )
  })

  it('reads every transcript in Markdown, without markup left in it', () => {
    const folder = new URL('transcripts/', DATA)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    )

    for (const name of files) {
      const cues = readTranscript(readFileSync(new URL(name, folder)))

      assert.ok(cues.length > 30, name)
      assert.deepEqual(
        cues.filter(({ text }) => /\\|\*\*|\]\(/.test(text)),
        [],
        name,
      )
      assert.ok(
        cues.every(({ speaker }) => speaker === null || /^[^*:[\]]{2,40}$/.test(speaker)),
        name,
      )
    }
    assert.equal(files.length, 29)
  })
})
