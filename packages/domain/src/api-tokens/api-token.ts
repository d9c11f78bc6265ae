import {
  addError,
  belongsTo,
  cast,
  check,
  getField,
  hasMany,
  length,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Loaded,
  type Params,
  type Row,
} from '@showrunner/data'
import { Person } from '../people/index.ts'
import { ApiTokenPodcast } from './api-token-podcast.ts'
import { SCOPES } from './scopes.ts'

/** With what a program writes in somebody's name. */
export const ApiToken = schema(
  'api_tokens',
  {
    id: t.id(),
    personId: t.reference(),
    /** What it is for, in its owner's words. */
    name: t.string(),
    tokenHash: t.string().redact(),
    /** Its last signs. */
    hint: t.string(),
    scopes: t.array(t.enum(SCOPES)).default([]),
    allPodcasts: t.boolean().default(false),
    /** Null: it is good until it is taken back. */
    expiresAt: t.datetime().nullable(),
    lastUsedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({
    person: belongsTo(Person),
    tokenPodcasts: hasMany(ApiTokenPodcast, { foreignKey: 'tokenId' }),
  }),
)
export type ApiToken = Row<typeof ApiToken>
export type ApiTokenWithOwner = Loaded<typeof ApiToken, ['person', { tokenPodcasts: ['podcast'] }]>

/** What its owner may say of a token. Whose it is and what it is made of is not among it. */
export function apiTokenChangeset(token: ApiToken, params: Params): Changeset<typeof ApiToken> {
  return check(
    cast(token, params, ['name', 'scopes', 'allPodcasts']),
    required('name', 'allPodcasts'),
    length('name', { max: 120 }),
    doesSomething,
  )
}

function doesSomething(changeset: Changeset<typeof ApiToken>): Changeset<typeof ApiToken> {
  const isNothing = (getField(changeset, 'scopes') ?? []).length === 0
  if (!isNothing || changeset.errors.scopes) return changeset
  return addError(changeset, 'scopes', 'must be at least one: without any it could do nothing')
}

export function isExpired({ expiresAt }: Pick<ApiToken, 'expiresAt'>, asOf: Date): boolean {
  return expiresAt !== null && expiresAt <= asOf
}
