import { type Repo } from '@showrunner/data'
import { type Hit, type Passage } from './answer.ts'
import { type FoundRow } from './find.ts'
import { type Heard, type HeardCue, listHeard } from './heard.ts'
import { highlight } from './highlight.ts'
import { isKind, type Kind, readSubjects, type Subject } from './kinds.ts'
import { type Marked, piecesIn, type Place, windowOf } from './marked.ts'
import { type Queries } from './queries.ts'

const EXCERPT = 220
const SHORT_EXCERPT = 160
const PASSAGE = 200

/** What was found, with its words marked. */
export async function hitsOf(
  repo: Repo,
  queries: Queries,
  rows: readonly FoundRow[],
): Promise<readonly Hit[]> {
  const subjects = await readSubjects(repo, rows)
  const shown = rows.flatMap((row) => {
    const subject = subjects.get(`${row.kind} ${row.id}`)
    return subject && isKind(row.kind) ? [{ row, kind: row.kind, subject }] : []
  })
  const episodes = shown.filter(({ kind }) => kind === 'episode').map(({ row }) => row.id)
  const heard = (await listHeard(repo, queries, episodes)).map((one) => ({
    ...one,
    ...joined(one.cues),
  }))
  const places = await highlight(repo, queries, [
    ...shown.flatMap(({ row: { dictionary }, subject: { title, text } }) => [
      { dictionary, text: title },
      { dictionary, text },
    ]),
    ...heard,
  ])
  const passages = Map.groupBy(
    heard.map((one, index) => ({ ...one, places: places[shown.length * 2 + index] ?? [] })),
    ({ episodeId }) => episodeId,
  )
  return shown.map(({ row, kind, subject }, index) => {
    const spoken = kind === 'episode' ? (passages.get(row.id) ?? []) : []
    const marks = { title: places[index * 2] ?? [], text: places[index * 2 + 1] ?? [] }
    return hitOf({ kind, subject, marks, passages: spoken.flatMap(passageOf), count: row.passages })
  })
}

interface Parts {
  readonly kind: Kind
  readonly subject: Subject
  readonly marks: { readonly title: readonly Place[]; readonly text: readonly Place[] }
  readonly passages: readonly Passage[]
  readonly count: number
}

function hitOf({ kind, subject, marks, passages, count }: Parts): Hit {
  const { id, slug, title, text, shownAt, coverUrl, podcast } = subject
  return {
    kind,
    id,
    slug,
    title: piecesIn(title, marks.title, { from: 0, to: title.length }),
    excerpt: text === '' ? null : excerptOf(text, marks.text),
    shownAt,
    coverUrl,
    podcast: podcast && { slug: podcast.slug, title: podcast.title },
    passages,
    passageCount: count,
  }
}

function excerptOf(text: string, places: readonly Place[]): Marked {
  const length = places.length > 0 ? EXCERPT : SHORT_EXCERPT
  return piecesIn(text, places, windowOf(text, places, length))
}

interface Joined {
  readonly text: string
  readonly starts: readonly number[]
}

/** The cues as one text, and where in it each begins. */
function joined(cues: readonly HeardCue[]): Joined {
  const starts: number[] = []
  let text = ''
  for (const { body } of cues) {
    if (text !== '') text += ' '
    starts.push(text.length)
    text += body
  }
  return { text, starts }
}

/** It begins with the cue in which the first word is that is shown as found. */
function passageOf({
  cues,
  text,
  starts,
  places,
}: Heard & Joined & { readonly places: readonly Place[] }): Passage[] {
  const window = windowOf(text, places, PASSAGE)
  const first = places.find(({ from }) => from >= window.from)
  if (!first) return []
  const at = starts.findLastIndex((start) => start <= first.from)
  const timed = cues.slice(0, at + 1).findLast(({ startsMs }) => startsMs !== null)
  const words = piecesIn(text, places, window)
  return [{ startsMs: timed?.startsMs ?? null, speaker: cues[at]?.speaker ?? null, words }]
}
