import {
  addError,
  cast,
  type Changeset,
  check,
  format,
  getField,
  inclusion,
  length,
  type Params,
  put,
  required,
  type Row,
  schema,
  t,
  timestamps,
  unique,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import { FILE_ADDRESS, FILE_ADDRESS_MESSAGE } from '../formats/index.ts'

/** Moved for good, for now, or gone for good. */
export const REDIRECT_STATUSES = [301, 302, 410] as const
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number]

/** Where an address leads that is not the site's own. */
export const Redirect = schema('redirects', {
  id: t.id(),
  path: t.string(),
  target: t.string().nullable(),
  status: t.integer().default(301),
  lockVersion: t.integer().default(1),
  ...timestamps(),
})
export type Redirect = Row<typeof Redirect>

/** At the end of a path: whatever lies below. */
export const BELOW = '/*'

export function redirectChangeset(redirect: Redirect, params: Params): Changeset<typeof Redirect> {
  return check(
    cast(redirect, params, ['path', 'target', 'status']),
    asBrowsersWrite,
    required('path', 'status'),
    length('path', { max: 1000 }),
    length('target', { max: 2000 }),
    format('path', /^\/[^/*\s]\S*$/, 'must be a path of this site, such as /shows/old'),
    inclusion('status', REDIRECT_STATUSES),
    format('target', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    restGoesAlong,
    leadsWhereItSays,
    unique('path'),
    asOpened,
  )
}

/** Of an address in full only the path is kept; a slash at its end says nothing. */
function asBrowsersWrite(changeset: Changeset<typeof Redirect>): Changeset<typeof Redirect> {
  const path = getField(changeset, 'path')
  return typeof path === 'string' ? put(changeset, 'path', pathOf(path)) : changeset
}

/** The path of an address as browsers write it. */
export function pathOf(address: string): string {
  const url = URL.parse(address.trim(), 'http://here.invalid')
  if (!url) return address
  // More than one slash in front would lead to another host.
  const path = url.pathname.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '')
  return path === '' ? '/' : path
}

/** Only what has a rest can take it along. */
function restGoesAlong(changeset: Changeset<typeof Redirect>): Changeset<typeof Redirect> {
  const [path, target] = [getField(changeset, 'path'), getField(changeset, 'target')]
  return target?.endsWith(BELOW) && !path?.endsWith(BELOW)
    ? addError(changeset, 'target', 'can only end in /* where the address does')
    : changeset
}

function leadsWhereItSays(changeset: Changeset<typeof Redirect>): Changeset<typeof Redirect> {
  const isGone = getField(changeset, 'status') === 410
  const target = getField(changeset, 'target')
  if (isGone && target) return addError(changeset, 'target', 'must be empty for what is gone')
  return !isGone && !target ? addError(changeset, 'target', "can't be blank") : changeset
}
