import { change, type Changeset, from, type Repo, sql } from '@showrunner/data'
import { type Doer, record } from '../activity/index.ts'
import { Podcast, podcastsHostedBy } from '../podcasts/index.ts'
import { keepHandle } from './handles.ts'
import { Person } from './person.ts'
import { type Pointing, POINTING, type Uses } from './pointing.ts'
import { isThere, usesOf } from './uses.ts'

/** What whoever stays takes over where they say nothing themselves. */
const FILLED = [
  'email',
  'bio',
  'bioHtml',
  'location',
  'avatarUrl',
  'websiteUrl',
  'githubHandle',
  'mastodonHandle',
  'blueskyHandle',
  'linkedinHandle',
  'timeZone',
  'signedInAt',
] as const
type Filled = (typeof FILLED)[number]

export interface MergePreview {
  /** Everything that points to who goes. */
  readonly uses: readonly Uses[]
  /** What whoever stays takes over. */
  readonly filled: readonly Filled[]
  /** The address that nobody signs in with any more. */
  readonly lostEmail: string | null
  /** Roles of who goes that whoever stays does not have: they are not handed on. */
  readonly lostRoles: readonly Role[]
  /** What whoever stays can work on from then on: they are a host, and will be one of these. */
  readonly opened: readonly Podcast[]
}

const ROLES = ['admin', 'editor', 'host'] as const
export type Role = (typeof ROLES)[number]

/** What would become of everything if `gone` were merged into `kept`. */
export async function previewMerge(repo: Repo, gone: Person, kept: Person): Promise<MergePreview> {
  const hosted = (person: Person) => repo.all(podcastsHostedBy(from(Podcast), person.id))
  const [uses, theirs, own] = await Promise.all([
    usesOf(repo, gone.id, kept.id),
    hosted(gone),
    hosted(kept),
  ])
  return {
    uses,
    filled: FILLED.filter((field) => isFilled(kept, gone, field)),
    lostEmail: kept.email === null ? null : gone.email,
    lostRoles: ROLES.filter((role) => gone[role] && !kept[role]),
    opened: kept.host ? theirs.filter(({ id }) => !own.some((podcast) => podcast.id === id)) : [],
  }
}

export type Merged =
  | { readonly ok: true; readonly value: Person }
  | { readonly ok: false; readonly why: 'same' | 'self' }

/**
 * Makes one of two people: whatever points to `gone` points to `kept`, who takes over what they do not say of themselves,
 * but no role. Sessions of `gone` end, their address leads to `kept`. Nobody is merged away by themselves.
 */
export async function mergePeople(
  repo: Repo,
  actor: Doer,
  { gone: { id: goneId }, kept: { id: keptId } }: { readonly gone: Person; readonly kept: Person },
  asOf: Date,
): Promise<Merged> {
  if (goneId === keptId) return { ok: false, why: 'same' }
  if (goneId === actor.person?.id) return { ok: false, why: 'self' }
  return repo.transaction(async () => {
    // Whatever else would point to who goes waits, and finds nobody.
    await repo.run(
      sql`select id from people where admin or id in (${goneId}, ${keptId}) order by id for update`,
    )
    const gone = await repo.getOrThrow(Person, goneId)
    const kept = await repo.getOrThrow(Person, keptId)
    const uses = await usesOf(repo, goneId, keptId)
    for (const pointing of POINTING) await movePointing(repo, pointing, goneId, keptId)
    await repo.deleteOrThrow(gone)
    await keepHandle(repo, gone.handle, keptId)
    const value = await repo.updateOrThrow(taken(kept, gone))
    await record(repo, actor, happened(gone, value, uses, asOf))
    return { ok: true, value }
  })
}

async function movePointing(
  repo: Repo,
  pointing: Pointing,
  goneId: number,
  keptId: number,
): Promise<void> {
  // What goes, goes with its key.
  if (pointing.merged === 'goes') return
  const [table, column] = [sql.table(pointing.table), sql.ref(pointing.column)]
  if (pointing.oneFor) {
    await repo.run(
      sql`delete from ${table} as mine where mine.${column} = ${goneId} and ${isThere(pointing, keptId)}`,
    )
  }
  await repo.run(sql`update ${table} set ${column} = ${keptId} where ${column} = ${goneId}`)
}

function taken(kept: Person, gone: Person): Changeset<typeof Person> {
  const filled = FILLED.filter((field) => isFilled(kept, gone, field))
  return change(kept, {
    ...Object.fromEntries(filled.map((field) => [field, gone[field]])),
    feedUrls: [...new Set([...kept.feedUrls, ...gone.feedUrls])],
  })
}

/** Text in a field and what was made of it are of one of the two. */
function isFilled(kept: Person, gone: Person, field: Filled): boolean {
  const leading = field === 'bioHtml' ? 'bio' : field
  return isBlank(kept[leading]) && !isBlank(gone[leading])
}

function isBlank(value: unknown): boolean {
  return value === null || value === ''
}

function happened(gone: Person, kept: Person, uses: readonly Uses[], at: Date) {
  const moved = uses.map(({ of, rows, there }) => [
    calledBy(of),
    { before: null, after: rows - there },
  ])
  return {
    action: 'merged',
    subject: { type: 'person', id: kept.id, title: kept.name, version: kept.lockVersion },
    changes: {
      fields: {
        ...Object.fromEntries(moved),
        handle: { before: gone.handle, after: kept.handle },
      },
      rows: [],
    },
    at,
  }
}

/** `episode_guests.person_id` as `episodeGuests`, `posts.author_id` as `postsAuthor`. */
function calledBy(name: string): string {
  return name
    .replace(/\.person_id$|_id$/, '')
    .replaceAll(/[._](\w)/g, (_, letter) => String(letter).toUpperCase())
}
