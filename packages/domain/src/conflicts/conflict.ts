import {
  type AnyChangeset,
  type AnySchema,
  cast,
  type Changeset,
  type Repo,
  schemaOf,
  stateOf,
} from '@showrunner/data'
import {
  type Activity,
  changesSince,
  deletionOf,
  isSame,
  type RowChange,
  saidFields,
  shown,
  subjectType,
} from '../activity/index.ts'
import { openedVersion } from './as-opened.ts'
import { mergedRows, type SentParams } from './merged-rows.ts'

/** What others did to a row while somebody had it open in a form, beside what the form says. */
export interface Conflict {
  /** The one who changed it last comes last; nobody's name is the program's. */
  readonly changedBy: readonly { readonly name: string | null; readonly at: Date }[]
  /** The fields that others changed. */
  readonly fields: readonly FieldConflict[]
  /** What others did to the rows in its relations. */
  readonly rows: readonly (RowChange & { readonly by: string | null })[]
  /** The version that the row is of now; null when it is gone. */
  readonly version: number | null
  /** The form with its own changes only, for the newest version: sent, it undoes nothing of the others'. */
  readonly merged: SentParams
}

export interface FieldConflict {
  readonly name: string
  /** What it is now. */
  readonly theirs: unknown
  /** What the form says; undefined where it does not have the field. */
  readonly yours: unknown
  /** What it was when the form was opened, as the log keeps it; undefined where nobody wrote it down. */
  readonly before: unknown
  /** Whether the form changes it too: one of the two has to give way. */
  readonly isYours: boolean
}

/** What a changeset that was refused was overtaken by, whatever else is wrong with it. Undefined where it was not. */
export async function conflictOf(
  repo: Repo,
  changeset: AnyChangeset,
): Promise<Conflict | undefined> {
  if (stateOf(changeset.row) === 'built') return undefined
  const params = { lockVersion: openedVersion(changeset), ...changeset.params }
  // A changeset of any schema is one of its own.
  const row = await repo.reload((changeset as Changeset<AnySchema>).row)
  if (row) return conflictWith(repo, row, params)

  const id: unknown = Reflect.get(changeset.row, 'id')
  const deletion = await deletionOf(repo, {
    type: subjectType(changeset.schema),
    id: Number(id),
  })
  const changedBy = deletion ? [by(deletion)] : []
  return { changedBy, fields: [], rows: [], version: null, merged: params }
}

/** What others did to this row since the form that sent these params was opened; undefined when nobody did anything. */
export async function conflictWith(
  repo: Repo,
  row: object,
  params: SentParams,
): Promise<Conflict | undefined> {
  const base = cast(row as Changeset<AnySchema>['row'], params, [])
  const [opened, version] = [openedVersion(base), openedVersion({ ...base, params: undefined })]
  if (opened === undefined || version === undefined || opened === version) return undefined

  const type = subjectType(schemaOf(base.row))
  const log = await changesSince(repo, { type, id: Number(Reflect.get(row, 'id')) }, opened)
  const form = comparedTo(base, params, firstValues(log), isComplete(log, opened, version))
  const rows = log.flatMap((one) =>
    one.changes.rows.map((change) => ({ ...change, by: one.personName })),
  )
  return {
    changedBy: lastOfEach(log),
    fields: form.fields,
    rows,
    version,
    merged: mergedRows({ ...form.kept, lockVersion: String(version) }, rows),
  }
}

interface Compared {
  readonly fields: readonly FieldConflict[]
  /** What was sent, less the fields that it leaves as they were. */
  readonly kept: SentParams
}

function comparedTo(
  { row, schema }: Changeset<AnySchema>,
  params: SentParams,
  before: ReadonlyMap<string, unknown>,
  isAllKnown: boolean,
): Compared {
  const said = saidFields(schema)
  const sent = said.filter((name) => Object.hasOwn(params, name))
  const { changes, errors } = cast(row, params, sent as never[])
  const valueOf = (name: string): unknown => {
    if (!sent.includes(name)) return undefined
    if (Object.hasOwn(errors, name)) return params[name]
    return Reflect.get(Object.hasOwn(changes, name) ? changes : row, name)
  }
  const opened = (name: string): unknown =>
    before.has(name) ? before.get(name) : shown(Reflect.get(row, name))
  const isYours = (name: string) => sent.includes(name) && !isAlike(valueOf(name), opened(name))

  const unexplained = isAllKnown ? [] : sent.filter((name) => isYours(name) && !before.has(name))
  const fields = [...before.keys(), ...unexplained].map((name) => ({
    name,
    theirs: Reflect.get(row, name) as unknown,
    yours: valueOf(name),
    before: before.get(name),
    isYours: isYours(name),
  }))
  const untouched = sent.filter((name) => !isYours(name))
  const kept = Object.entries(params).filter(([name]) => !untouched.includes(name))
  return { fields, kept: Object.fromEntries(kept) }
}

/** A form sends other line ends than were stored, and no space at the end of a field. */
function isAlike(value: unknown, kept: unknown): boolean {
  return isSame(shown(value), kept) || isSame(shown(tidied(value)), tidied(kept))
}

function tidied(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : value
}

/** By field, what it was before the first of these changed it. */
function firstValues(log: readonly Activity[]): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  for (const { changes } of log) {
    for (const [name, { before }] of Object.entries(changes.fields)) {
      if (!values.has(name)) values.set(name, before)
    }
  }
  return values
}

/** Whether every version since was written down: a job or SQL by hand may have made some. */
function isComplete(log: readonly Activity[], opened: number, version: number): boolean {
  const known = new Set(log.map(({ subjectVersion }) => subjectVersion))
  return Array.from({ length: version - opened }, (_, index) => opened + index + 1).every((one) =>
    known.has(one),
  )
}

function lastOfEach(log: readonly Activity[]): Conflict['changedBy'] {
  const last = new Map<string | null, Activity>()
  for (const one of log) {
    last.delete(one.personName)
    last.set(one.personName, one)
  }
  return [...last.values()].map(by)
}

function by({ personName, at }: Activity): { name: string | null; at: Date } {
  return { name: personName, at }
}
