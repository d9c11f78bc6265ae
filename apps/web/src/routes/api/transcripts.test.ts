import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { listTranscripts } from '@showrunner/domain/transcripts'
import { OPERATIONS } from '../../api/operations.ts'
import { openApi } from '../../api/openapi.ts'
import { aDraft, anApi } from '../../testing/an-api-at-work.ts'
import { aTokenOf } from '../../testing/an-api.ts'
import { PUBLIC_URL } from '../../testing/test-app.ts'

const FILES: Readonly<Record<string, string>> = {
  'text/vtt': 'WEBVTT\n\n00:00.000 --> 00:01.500\n<v Maud>Who lights it?\n',
  'application/x-subrip': '1\n00:00:00,000 --> 00:00:01,500\nMaud: Who lights it?\n',
  'application/srt': '1\n00:00:00,000 --> 00:00:01,500\nMaud: Who lights it?\n',
  'application/json':
    '{"version": "1.0.0", "segments": [{"startTime": 0, "endTime": 1.5, "speaker": "Maud", "body": "Who lights it?"}]}',
  'text/markdown': '**Maud:** Who lights it?\n',
  'text/plain': 'Maud: Who lights it?\n',
}

interface Taken {
  readonly outcome: string
  readonly type: string
  readonly language: string
  readonly cueCount: number
  readonly remarks: readonly { readonly line: number | null; readonly detail: string }[]
}

interface Refused {
  readonly detail: string
  readonly faults: readonly {
    readonly name: string
    readonly line?: number
    readonly detail: string
    readonly known?: readonly string[]
  }[]
}

/** A draft, and how its transcript is sent. */
async function anEpisodeToTranscribe(repo: Repo) {
  const podcast = await aPodcast(repo)
  const { as } = await anApi(repo)
  const send = as((await aTokenOf(repo, 'Nell', [podcast])).secret)
  const { id } = await aDraft(send)
  const put = async (payload: string | Buffer, type: string | null, language = 'en') => {
    const answer = await send({
      path: `/desk/episodes/${id}/transcript?language=${language}`,
      method: 'PUT',
      headers: type === null ? {} : { 'content-type': type },
      payload: Buffer.from(payload),
    })
    return { ...answer, taken: answer.json as Taken, refused: answer.json as Refused }
  }
  const languages = async () =>
    (await listTranscripts(repo, { id })).map(({ language }) => language)
  return { put, languages }
}

describe('a transcript that a program sends', () => {
  it(
    'is read as what its Content-Type says, and as nothing else',
    sandboxed(async (repo) => {
      const { put, languages } = await anEpisodeToTranscribe(repo)

      for (const [type, text] of Object.entries(FILES)) {
        const { statusCode, taken, body } = await put(text, `${type}; charset=utf-8`)
        assert.equal(statusCode, 200, `${type}: ${body}`)
        assert.equal(taken.cueCount, 1)
        assert.equal(taken.type, type === 'application/srt' ? 'application/x-subrip' : type)
      }
      const captions = ['text/vtt', 'application/x-subrip', 'application/json', 'text/markdown']
      for (const declared of captions) {
        for (const real of captions.filter((type) => type !== declared)) {
          const { statusCode, refused } = await put(FILES[real] ?? '', declared, 'fr')
          assert.equal(statusCode, 422, `${real} as ${declared}`)
          assert.equal(refused.faults[0]?.line, 1)
          assert.ok(refused.detail.startsWith(`The body cannot be read as ${declared}: line 1: `))
        }
      }
      assert.deepEqual(await languages(), ['en'])
    }),
  )

  it(
    'is recognised by what is in it only where it says that it is plain text',
    sandboxed(async (repo) => {
      const { put } = await anEpisodeToTranscribe(repo)

      for (const [type, text] of Object.entries(FILES)) {
        const { taken } = await put(text, 'text/plain')
        assert.equal(taken.type, type === 'application/srt' ? 'application/x-subrip' : type)
      }
      const { statusCode, refused } = await put('<p>Who lights it?</p>', 'text/plain')
      assert.equal(statusCode, 422)
      assert.match(refused.detail, /line 1: a tag begins it, and HTML is not taken/)
    }),
  )

  it(
    'of a type that none is sent as is refused, with those that are',
    sandboxed(async (repo) => {
      const { put, languages } = await anEpisodeToTranscribe(repo)

      for (const type of ['application/x-www-form-urlencoded', 'text/html', 'video/mp4', 'x']) {
        const { statusCode, refused, headers } = await put(FILES['text/vtt'] ?? '', type)
        assert.equal(statusCode, 415, type)
        assert.match(refused.detail, /^The Content-Type is .*send one of text\/vtt, application/)
        assert.deepEqual(refused.faults[0]?.known, Object.keys(FILES))
        assert.equal(headers['accept'], Object.keys(FILES).join(', '))
      }
      const { statusCode, refused } = await put(FILES['text/vtt'] ?? '', null)
      assert.equal(statusCode, 415)
      assert.match(refused.detail, /^The Content-Type is/)
      assert.deepEqual(await languages(), [])
    }),
  )

  it(
    'in which a line cannot be read is refused with each such line, and none of it is taken',
    sandboxed(async (repo) => {
      const { put, languages } = await anEpisodeToTranscribe(repo)
      const vtt =
        'WEBVTT\n\n00:00.000 --> 00:01.500\nWho?\n\n00:O1.500 --> 00:03.000\nI do.\n\n00:03.000\nAnd I.\n'

      const { statusCode, refused } = await put(vtt, 'text/vtt')
      const json = await put(
        '{"segments": [\n  {"body": "a"},\n  {"body": b}\n]}',
        'application/json',
      )
      const empty = await put('', 'text/vtt')
      const large = await put(`WEBVTT\n\n${'x'.repeat(5_000_000)}`, 'text/vtt')
      const language = await put(FILES['text/vtt'] ?? '', 'text/vtt', 'not%20one')

      assert.equal(statusCode, 422)
      assert.deepEqual(
        refused.faults.map(({ line, detail }) => [line, detail.slice(0, 22)]),
        [
          [6, 'the times "00:O1.500 -'],
          [9, 'no times stand above t'],
        ],
      )
      assert.equal(json.statusCode, 422)
      assert.equal(json.refused.faults[0]?.line, 3)
      assert.deepEqual([empty.statusCode, large.statusCode], [422, 413])
      assert.equal(language.statusCode, 400)
      assert.match(language.refused.detail, /^language .* no language tag such as en or pt-BR/)
      assert.deepEqual(await languages(), [])
    }),
  )

  it(
    'is taken with what looks wrong in it, under its language as that is written',
    sandboxed(async (repo) => {
      const { put, languages } = await anEpisodeToTranscribe(repo)
      const late =
        '1\n00:00:09,000 --> 00:00:05,000\nMilk?\n\n2\n00:00:04,000 --> 00:00:06,000\nNo\n'

      const first = await put(late, 'application/srt', 'pt-br')
      const again = await put(late, 'application/srt', 'PT-BR')

      assert.deepEqual([first.taken.outcome, again.taken.outcome], ['created', 'unchanged'])
      assert.deepEqual(
        first.taken.remarks.map(({ line }) => line),
        [2, 6],
      )
      assert.deepEqual(await languages(), ['pt-BR'])
    }),
  )

  it('is documented with each type that it may be of', () => {
    const { paths } = openApi(OPERATIONS, { title: 'Long Shed', publicUrl: PUBLIC_URL })
    const operation = paths['/desk/episodes/{id}/transcript']?.['put']

    assert.deepEqual(Object.keys(operation?.requestBody?.content ?? {}), Object.keys(FILES))
    assert.match(operation?.requestBody?.description ?? '', /Only `text\/plain` is recognised/)
    assert.ok(operation?.responses['415'] && operation.responses['422'])
  })
})
