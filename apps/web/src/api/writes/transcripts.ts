import * as transcripts from '@showrunner/domain/transcripts'
import { z } from 'zod'
import { write } from '../operation.ts'
import { deskPath } from '../present/desk.ts'
import { type Fault, Problem } from '../problem.ts'
import { LanguageTag } from '../schemas/values.ts'
import { DeskPath, TranscriptTaken } from '../schemas/desk.ts'
import { episodeAtDesk } from './at-desk.ts'
import { typeSaid, unsupportedType } from '../unsupported-type.ts'
import { bodyOf, empty, wholeBody } from './raw-body.ts'

const MOST_BYTES = 5_000_000

/** What a transcript may be sent as, and what it is read as then. */
const FORMATS = {
  'text/vtt': 'vtt',
  'application/x-subrip': 'srt',
  'application/srt': 'srt',
  'application/json': 'json',
  'text/markdown': 'markdown',
  'text/plain': 'plain',
} as const

const TYPES = Object.keys(FORMATS)

export const putTranscript = write({
  id: 'putTranscript',
  method: 'PUT',
  path: '/desk/episodes/{id}/transcript',
  tag: 'Publishing',
  summary: 'Give an episode its transcript in a language',
  description:
    'The one it replaces is kept as a version. The same words again are no change; who was matched to a speaker stays so. A file in which a single line cannot be read is refused with the number of that line, and nothing of it is taken.',
  scope: 'episodes:write',
  params: DeskPath,
  query: z.strictObject({
    language: LanguageTag.optional().describe(
      'As BCP 47 writes it; that of the podcast, where none is said.',
    ),
  }),
  raw: {
    types: TYPES,
    description:
      'The file itself, in UTF-8; its Content-Type says what it is read as. `text/vtt` is WebVTT, `application/x-subrip` and `application/srt` are SubRip, `application/json` is the JSON transcript of Podcasting 2.0 with its `segments`, `text/markdown` has `**Ada:** Good evening.` Only `text/plain` is recognised by what is in it: one of those by its first lines, else a paragraph for each time somebody speaks, as in `Ada: Good evening.`',
    mostBytes: MOST_BYTES,
  },
  answers: { 200: { description: 'What became of it.', schema: TranscriptTaken } },
  problems: ['invalid', 'too-large', 'unsupported-type'],
  async perform(writing) {
    const { repo, actor, query, outside, request } = writing
    const episode = await episodeAtDesk(writing, 'update')
    transcripts.mayOrThrow(actor, 'update', episode)
    const type = typeSaid(request)
    const format = Object.hasOwn(FORMATS, type) && FORMATS[type as keyof typeof FORMATS]
    if (!format) throw unsupportedType(request, TYPES)
    const file = await wholeBody(bodyOf(writing), MOST_BYTES)
    if (file.length === 0) throw empty()
    const read = transcripts.readSent(file, format)
    if (!read.ok) throw refusedWords(type, read)
    const said = transcripts.languageTagOf(query.language ?? episode.podcast.language)
    const words = { read, language: said ?? episode.podcast.language }
    const { outcome, transcript } = await transcripts.takeRead(repo, episode, words, actor)
    const { language, cueCount, timed } = transcript
    const readAs = transcripts.FORMAT_TYPES[read.format]
    const remarks = read.remarks.slice(0, MOST_SAID).map(lineOf)
    const episodeUrl = outside.api(deskPath(episode.id))
    return {
      status: 200,
      body: { outcome, type: readAs, language, cueCount, timed, remarks, episodeUrl },
    }
  },
})

const MOST_SAID = 20

function refusedWords(type: string, { faults }: transcripts.UnreadSent): Problem {
  const shown = faults.slice(0, MOST_SAID).map((remark): Fault => {
    const { line, detail } = lineOf(remark)
    return { in: 'body', name: '', detail, ...(line !== null && { line }) }
  })
  const said = shown.map(({ line, detail }) =>
    line === undefined ? detail : `line ${line}: ${detail}`,
  )
  const others = faults.length - shown.length
  const more = others > 0 ? ` And ${others} more.` : ''
  return new Problem('invalid', {
    detail: `The body cannot be read as ${type}: ${said.join('; ')}.${more}`,
    faults: shown,
  })
}

function lineOf({ line, message: detail }: { readonly line: number; readonly message: string }) {
  return { line: line === 0 ? null : line, detail }
}
