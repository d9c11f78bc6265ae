import {
  type Clash,
  digestOf,
  formatTime,
  type RowProblem,
  type SentRow,
  type TranscriptCue,
} from '@showrunner/domain/transcripts'
import { type Problem } from '../../admin/form.ts'

/** A cue in the form: as it is, or as it was typed and what is wrong with it. */
export interface CueRow {
  /** From 1, among all cues. */
  readonly place: number
  readonly key: string
  readonly id: number
  readonly was: string
  readonly starts: CueField
  readonly ends: CueField
  readonly body: CueField
  readonly speaker: string
  readonly removed: boolean
  readonly joined: boolean
  /** Where in the recording it is said. */
  readonly seconds: number | null
  /** What somebody else made of it meanwhile. */
  readonly clash: string | null
}

interface CueField {
  readonly value: string
  readonly errors: readonly string[]
}

/** A cue that somebody else took away while it was being edited: what was typed is not lost. */
export interface GoneCue {
  readonly words: string
}

export interface RefusedRows {
  readonly sent: readonly SentRow[]
  readonly problems: readonly RowProblem[]
  readonly clashes: readonly Clash[]
}

export function cueRows(
  cues: readonly { readonly cue: TranscriptCue; readonly place: number }[],
  refused: RefusedRows | undefined,
): readonly CueRow[] {
  const sent = new Map(refused?.sent.map((row) => [row.id, row]))
  return cues.map(({ cue, place }) => cueRow(cue, place, sent.get(cue.id), refused))
}

function cueRow(
  cue: TranscriptCue,
  place: number,
  sent: SentRow | undefined,
  refused: RefusedRows | undefined,
): CueRow {
  const problems = refused?.problems.filter(({ id }) => id === cue.id) ?? []
  const field = (name: 'starts' | 'ends' | 'body', stored: string): CueField => ({
    value: sent?.[name] ?? stored,
    errors: problems.filter((problem) => problem.field === name).map(({ message }) => message),
  })
  const clash = refused?.clashes.find(({ id }) => id === cue.id)
  return {
    place,
    key: `rows[${place}]`,
    id: cue.id,
    // Saved again, what was typed is meant to replace what is there now.
    was: clash?.now || !sent ? digestOf(cue) : sent.was,
    starts: field('starts', timeOf(cue.startsMs)),
    ends: field('ends', timeOf(cue.endsMs)),
    body: field('body', cue.body),
    speaker: sent?.speaker ?? cue.speaker ?? '',
    removed: sent?.removed ?? false,
    joined: sent?.joined ?? false,
    seconds: cue.startsMs === null ? null : cue.startsMs / 1000,
    clash: clash?.now ? saidNow(clash.now) : null,
  }
}

function saidNow({ startsMs, speaker, body }: NonNullable<Clash['now']>): string {
  return [timeOf(startsMs), speaker === null ? '' : `${speaker}:`, body].filter(Boolean).join(' ')
}

function timeOf(ms: number | null): string {
  return ms === null ? '' : formatTime(ms)
}

export function goneCues({ sent = [], clashes = [] }: Partial<RefusedRows>): readonly GoneCue[] {
  const gone = new Set(clashes.filter(({ now }) => !now).map(({ id }) => id))
  return sent
    .filter(({ id }) => gone.has(id))
    .map(({ starts, speaker, body }) => ({
      words: [starts, speaker === '' ? '' : `${speaker}:`, body].filter(Boolean).join(' '),
    }))
}

const LABELS = { starts: 'Its start', ends: 'Its end', body: 'What is said' } as const

/** What is wrong with the rows, each with where to mend it. */
export function rowProblems(rows: readonly CueRow[]): readonly Problem[] {
  return rows.flatMap((row) => [
    ...(['starts', 'ends', 'body'] as const).flatMap((name) =>
      row[name].errors.map((message) => ({
        href: `#cue-${row.place}-${name}`,
        message: `Cue ${row.place}: ${LABELS[name].toLowerCase()} ${message}.`,
      })),
    ),
    ...(row.clash === null
      ? []
      : [
          {
            href: `#cue-${row.place}-body`,
            message: `Cue ${row.place}: somebody else has changed it meanwhile. Save again to make it what you typed.`,
          },
        ]),
  ])
}
