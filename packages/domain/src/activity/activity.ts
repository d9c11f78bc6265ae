import { schema, t, type Row } from '@showrunner/data'
import { type Changes } from './changes.ts'

/** The words for what is done to a row. Events without a row have words of their own. */
export const ACTIONS = [
  'created',
  'updated',
  'deleted',
  'published',
  'unpublished',
  'scheduled',
  'rescheduled',
  'unscheduled',
  'roles changed',
] as const

/**
 * Something that somebody did: written in the transaction in which it happened, and never changed. Names and titles are
 * those of the time. It belongs to nobody as far as the repo sees: `listActivity` says who may read it.
 */
export const Activity = schema('activities', {
  id: t.id(),
  personId: t.reference().nullable(),
  /** Null: the program did it by itself. */
  personName: t.string().nullable(),
  /** The administrator who acted in their name. */
  masqueraderId: t.reference().nullable(),
  masqueraderName: t.string().nullable(),
  /** By what they did it, where that is not their browser. */
  via: t.string().nullable(),
  action: t.string(),
  subjectType: t.string(),
  subjectId: t.reference().nullable(),
  subjectTitle: t.string(),
  /** The lock version that it left its subject at. */
  subjectVersion: t.integer().nullable(),
  podcastId: t.reference().nullable(),
  changes: t.json<Changes>().default({ fields: {}, rows: [] }),
  at: t.datetime(),
})
export type Activity = Row<typeof Activity>
