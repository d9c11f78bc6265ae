import { type DraftCue, digestOf, inTime, type Said, withTimes } from './draft-cue.ts'
import { parseTime } from './clock.ts'

/** A cue as a form sends it. */
export interface SentRow {
  readonly id: number
  /** The digest of what was there when the form was made. */
  readonly was: string
  readonly starts: string
  readonly ends: string
  readonly speaker: string
  readonly body: string
  readonly removed: boolean
  /** Goes on in the cue above it. */
  readonly joined: boolean
}

export type RowField = 'starts' | 'ends' | 'body'

export interface RowProblem {
  readonly id: number
  readonly field: RowField
  readonly message: string
}

/** A cue that somebody else changed or removed while it was being changed here. */
export interface Clash {
  readonly id: number
  /** What it says now; undefined when it is gone. */
  readonly now: DraftCue | undefined
}

export interface AppliedRows {
  readonly cues: readonly DraftCue[]
  readonly problems: readonly RowProblem[]
  readonly clashes: readonly Clash[]
}

/**
 * The cues with what was changed in some of them. A row that was not changed says nothing, so what somebody else made of
 * its cue meanwhile stays. An empty line in the words parts a cue in two; a cue without words is dropped.
 */
export function withRows(cues: readonly DraftCue[], rows: readonly SentRow[]): AppliedRows {
  const known = new Map(cues.map((cue) => [cue.id, cue]))
  const read = rows.map((row) => ({ row, ...readRow(row) }))
  const edits = read.filter(({ row, said }) => isEdited(row, said))
  const clashes = edits
    .map(({ row }) => ({ row, now: known.get(row.id) }))
    .filter(({ row, now }) => !now || digestOf(now) !== row.was)
    .map(({ row, now }) => ({ id: row.id, now }))
  const changes = new Map(edits.map((edit) => [edit.row.id, edit]))
  const people = new Map(cues.map(({ speaker, personId }) => [speaker, personId]))
  const after: DraftCue[] = []
  for (const [index, cue] of cues.entries()) {
    const edit = cue.id === null ? undefined : changes.get(cue.id)
    const previous = after.at(-1)
    if (!edit) after.push(cue)
    else if (edit.row.removed) continue
    else if (edit.row.joined && previous) after.splice(-1, 1, join(previous, edit.said))
    else after.push(...parted(cue, edit.said, cues[index + 1]?.startsMs ?? null, people))
  }
  const touched = new Set(edits.map(({ row }) => row.id))
  const problems = [
    ...edits.flatMap(({ row, problems }) => (row.removed ? [] : problems)),
    ...orderProblems(after, touched),
  ]
  return { cues: after, problems, clashes }
}

function isEdited(row: SentRow, said: Said): boolean {
  return row.removed || row.joined || digestOf(said) !== row.was
}

function readRow(row: SentRow): { readonly said: Said; readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = []
  const read = (field: 'starts' | 'ends'): number | null => {
    const text = row[field].trim()
    const ms = text === '' ? null : inTime(parseTime(text))
    if (text !== '' && ms === null) {
      problems.push({ id: row.id, field, message: 'is no time such as 1:02:03.5' })
    }
    return ms
  }
  const startsMs = read('starts')
  const endsMs = read('ends')
  if (endsMs !== null && startsMs === null && row.starts.trim() === '') {
    problems.push({ id: row.id, field: 'starts', message: "can't be blank where there is an end" })
  }
  if (endsMs !== null && startsMs !== null && endsMs <= startsMs) {
    problems.push({ id: row.id, field: 'ends', message: 'must be later than the start' })
  }
  const speaker = row.speaker.trim().replace(/\s+/g, ' ') || null
  return { said: { startsMs, endsMs, speaker, body: tidy(row.body) }, problems }
}

/** As a cue is kept: one line, but for the empty lines that part it. */
function tidy(body: string): string {
  return body
    .split(/\r?\n[ \t]*\r?\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join('\n\n')
}

function join(above: DraftCue, said: Said): DraftCue {
  const body = `${above.body} ${said.body.replaceAll('\n\n', ' ')}`.trim()
  return withTimes({ ...above, endsMs: said.endsMs ?? above.endsMs, body })
}

/** One cue for each part of the words, the time between start and end shared out by how much is said. */
function parted(
  cue: DraftCue,
  said: Said,
  nextStartsMs: number | null,
  people: ReadonlyMap<string | null, number | null>,
): DraftCue[] {
  const { speaker, startsMs } = said
  const personId = speaker === cue.speaker ? cue.personId : (people.get(speaker) ?? null)
  const parts = said.body === '' ? [] : said.body.split('\n\n')
  const letters = parts.reduce((sum, part) => sum + part.length, 0)
  const until = said.endsMs ?? nextStartsMs
  let before = 0
  const at = () =>
    startsMs === null || until === null || until < startsMs
      ? startsMs
      : Math.round(startsMs + ((until - startsMs) * before) / letters)
  return parts.map((body, index) => {
    const start = at()
    before += body.length
    const end = index === parts.length - 1 ? said.endsMs : said.endsMs === null ? null : at()
    return {
      id: index === 0 ? cue.id : null,
      startsMs: start,
      endsMs: end,
      speaker,
      personId,
      body,
    }
  })
}

/** A cue that was changed must not begin before the one above it, nor after the one below. */
function orderProblems(
  cues: readonly DraftCue[],
  touched: ReadonlySet<number>,
): readonly RowProblem[] {
  return cues.flatMap((cue, index): RowProblem[] => {
    const { id, startsMs } = cue
    if (id === null || startsMs === null || !touched.has(id)) return []
    const above = cues[index - 1]?.startsMs ?? null
    const below = cues[index + 1]?.startsMs ?? null
    if (above !== null && startsMs < above)
      return [{ id, field: 'starts', message: 'is before the cue above it' }]
    if (below !== null && startsMs > below)
      return [{ id, field: 'starts', message: 'is after the cue below it' }]
    return []
  })
}
