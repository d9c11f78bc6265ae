import { type WriteEvent } from '@showrunner/data'
import { type ACTIONS } from './activity.ts'

export type Action = (typeof ACTIONS)[number]

type Stage = 'draft' | 'scheduled' | 'out'

const ROLES = ['admin', 'editor', 'host']

/** The word for a write, from what it changed. */
export function actionOf({ operation, schema, changeset, before, row, at }: WriteEvent): Action {
  if (operation === 'insert' || !before) return 'created'
  if (operation === 'delete') return 'deleted'
  const changed = Object.keys(changeset.changes)
  if (schema.source === 'people' && ROLES.some((role) => changed.includes(role))) {
    return 'roles changed'
  }
  if (!('published' in schema.fields) || !('publishedAt' in schema.fields)) return 'updated'
  if (!changed.includes('published') && !changed.includes('publishedAt')) return 'updated'
  return passage(stageOf(before, at), stageOf(row, at)) ?? 'updated'
}

/** Of what is scheduled, the moment may have come by now. */
function stageOf(row: object, at: Date): Stage {
  const [published, publishedAt]: unknown[] = [
    Reflect.get(row, 'published'),
    Reflect.get(row, 'publishedAt'),
  ]
  if (published !== true) return 'draft'
  return publishedAt instanceof Date && publishedAt > at ? 'scheduled' : 'out'
}

function passage(before: Stage, after: Stage): Action | undefined {
  if (after === 'out') return before === 'out' ? undefined : 'published'
  if (after === 'scheduled') return before === 'scheduled' ? 'rescheduled' : 'scheduled'
  if (before === 'draft') return undefined
  return before === 'out' ? 'unpublished' : 'unscheduled'
}
