import {
  type AnySchema,
  build,
  type Repo,
  type WriteEvent,
  type WriteListener,
} from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { actionOf } from './action.ts'
import { Activity } from './activity.ts'
import { type Changes, fieldChanges, saidFields } from './changes.ts'
import { rowChanges } from './row-changes.ts'
import { isRecorded, podcastOf, type Subject, subjectType } from './subject.ts'
import { titlesOf } from './titles.ts'

/** Something that happened. */
export interface Happening {
  /** A verb in the past: one of ACTIONS, or what it was. */
  readonly action: string
  readonly subject: Subject & { readonly version?: number | null }
  readonly changes?: Changes
  readonly at?: Date
}

/** Who acts, as far as the log wants to know. */
export type Doer = Pick<Actor, 'person' | 'masquerader' | 'via'>

/** What nobody asked for: the clock, a feed that is read again. */
export const PROGRAM: Doer = {}

/** Notes that somebody did something that is not seen from a row: many rows at once, a merge, an import. */
export async function record(repo: Repo, doer: Doer, happening: Happening): Promise<void> {
  await repo.insertOrThrow(build(Activity, activityOf(doer, happening)))
}

/** Notes rows that somebody made with `insertAll`, which nobody watches. */
export async function recordCreated(
  repo: Repo,
  doer: Doer,
  { schema, rows, at }: { readonly schema: AnySchema; readonly rows: readonly object[]; at: Date },
): Promise<void> {
  const titles = await titlesOf(repo, schema, rows)
  const activities = rows.map((row, index) =>
    activityOf(doer, {
      action: 'created',
      subject: subjectOf(schema, row, titles[index] ?? ''),
      changes: { fields: newFields(schema, row), rows: [] },
      at,
    }),
  )
  await repo.insertAll(Activity, activities, { returning: false })
}

function activityOf(
  { person, masquerader, via }: Doer,
  { action, subject, changes, at = new Date() }: Happening,
) {
  return {
    personId: person?.id ?? null,
    personName: person ? (person.name ?? person.handle) : null,
    masqueraderId: masquerader?.id ?? null,
    masqueraderName: masquerader ? (masquerader.name ?? masquerader.handle) : null,
    via: via ?? null,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectTitle: subject.title,
    subjectVersion: subject.version ?? null,
    podcastId: subject.podcastId ?? null,
    ...(changes && { changes }),
    at,
  }
}

/** For a repo that acts for somebody: notes every row that it writes, if it is one that people edit. */
export function watcher(actor: Doer): WriteListener {
  return async (event, repo) => {
    if (!isRecorded(event.schema)) return
    const changes = await changesOf(repo, event)
    const isSaid = Object.keys(changes.fields).length > 0 || changes.rows.length > 0
    if (event.operation === 'update' && !isSaid) return

    const { schema, row, at } = event
    const [title = ''] = await titlesOf(repo, schema, [row])
    const subject = subjectOf(schema, row, title)
    // A row that is gone is pointed at by nothing.
    const isPodcastGone = event.operation === 'delete' && schema.source === 'podcasts'
    await record(repo, actor, {
      action: actionOf(event),
      subject: isPodcastGone ? { ...subject, podcastId: null } : subject,
      changes,
      at,
    })
  }
}

function subjectOf(schema: AnySchema, row: object, title: string): Happening['subject'] {
  const [id, version] = [Reflect.get(row, 'id'), Reflect.get(row, 'lockVersion')] as unknown[]
  return {
    type: subjectType(schema),
    id: typeof id === 'number' ? id : null,
    title,
    podcastId: podcastOf(schema, row),
    version: typeof version === 'number' ? version : null,
  }
}

function newFields(schema: AnySchema, row: object): Changes['fields'] {
  return fieldChanges(schema, saidFields(schema), { before: undefined, after: row })
}

/** A new row is told of all that it says, one that is gone of all that it said. */
async function changesOf(repo: Repo, event: WriteEvent): Promise<Changes> {
  const { operation, schema, changeset, before, row } = event
  if (operation === 'delete') {
    const fields = fieldChanges(schema, saidFields(schema), { before: row, after: undefined })
    return { fields, rows: [] }
  }
  const said = operation === 'insert' ? saidFields(schema) : Object.keys(changeset.changes)
  return {
    fields: fieldChanges(schema, said, { before, after: row }),
    rows: await rowChanges(repo, event),
  }
}
