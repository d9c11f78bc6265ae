import {
  addError,
  cast,
  check,
  getField,
  length,
  number,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { allows, LIMITS, SUBJECTS, UPLOAD_KINDS } from './kinds.ts'

/**
 * Where an upload stands: bytes arrive (`receiving`); all are there, and a job looks at them (`received`); it is in its place
 * (`taken`); it is not, and the message says why (`refused`); who sent it thought better of it (`cancelled`).
 */
export const UPLOAD_STATES = ['receiving', 'received', 'taken', 'refused', 'cancelled'] as const
export type UploadState = (typeof UPLOAD_STATES)[number]

/** What somebody sends, and for what. It has no tenant, because faces and logos have none: it is found by whose it is. */
export const Upload = schema('uploads', {
  id: t.id(),
  podcastId: t.reference().nullable(),
  personId: t.reference().nullable(),
  /** By what they sent it, where that is not their browser. */
  via: t.string().nullable(),
  kind: t.enum(UPLOAD_KINDS),
  subject: t.enum(SUBJECTS),
  subjectId: t.reference(),
  /** As its owner's computer calls it: to be shown, and to be trusted in nothing. */
  name: t.string(),
  bytes: t.bigint(),
  state: t.enum(UPLOAD_STATES).default('receiving'),
  /** For who sent it: why it was refused, or what was noticed. */
  message: t.string().nullable(),
  resultKey: t.string().nullable(),
  /** Whether some of its bytes may still lie in the staging. */
  staged: t.boolean().default(true),
  ...timestamps(),
})
export type Upload = Row<typeof Upload>

const LONGEST_NAME = 255

export function uploadChangeset(upload: Upload, params: Params): Changeset<typeof Upload> {
  return check(
    cast(upload, params, ['kind', 'name', 'bytes']),
    required('kind', 'name', 'bytes'),
    length('name', { max: LONGEST_NAME }),
    number('bytes', {
      greaterThan: 0,
      message: 'are none: the file is empty. Choose another one.',
    }),
    ofItsSubject,
    withinItsLimit,
  )
}

function ofItsSubject(changeset: Changeset<typeof Upload>): Changeset<typeof Upload> {
  const kind = getField(changeset, 'kind')
  const subject = getField(changeset, 'subject')
  if (!kind || !subject || allows(subject, kind)) return changeset
  return addError(changeset, 'kind', `is nothing that belongs to this (${subject})`)
}

function withinItsLimit(changeset: Changeset<typeof Upload>): Changeset<typeof Upload> {
  const kind = getField(changeset, 'kind')
  const bytes = getField(changeset, 'bytes')
  if (!kind || !bytes || bytes <= LIMITS[kind].most) return changeset
  return addError(changeset, 'bytes', `are more than the ${LIMITS[kind].said} that are taken here`)
}
