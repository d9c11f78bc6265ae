import { type Db } from './kysely-tables.ts'
import { nested } from './nested.ts'

export function episode(db: Db, id: string) {
  return db.selectFrom('episodes').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** The same statements as the repo's, side by side. */
export async function page(db: Db, id: string): Promise<unknown> {
  const found = await episode(db, id)
  const { podcast_id: podcastId, published_at: at } = found
  const branches = await Promise.all([
    db.selectFrom('podcasts').selectAll().where('id', '=', podcastId).executeTakeFirstOrThrow(),
    hosts(db, id),
    guests(db, id),
    sponsors(db, id),
    topics(db, id),
    links(db, id),
    previous(db, podcastId, at, id),
    next(db, podcastId, at, id),
  ])
  return [found, ...branches]
}

async function hosts(db: Db, id: string) {
  const places = await db
    .selectFrom('episode_hosts')
    .selectAll()
    .where('episode_id', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return joined(places, 'person_id', (ids) =>
    db.selectFrom('people').selectAll().where('id', 'in', ids).execute(),
  )
}

async function guests(db: Db, id: string) {
  const places = await db
    .selectFrom('episode_guests')
    .selectAll()
    .where('episode_id', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return joined(places, 'person_id', (ids) =>
    db.selectFrom('people').selectAll().where('id', 'in', ids).execute(),
  )
}

async function sponsors(db: Db, id: string) {
  const places = await db
    .selectFrom('episode_sponsors')
    .selectAll()
    .where('episode_id', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return joined(places, 'sponsor_id', (ids) =>
    db.selectFrom('sponsors').selectAll().where('id', 'in', ids).execute(),
  )
}

async function topics(db: Db, id: string) {
  const places = await db
    .selectFrom('episode_topics')
    .selectAll()
    .where('episode_id', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return joined(places, 'topic_id', (ids) =>
    db.selectFrom('topics').selectAll().where('id', 'in', ids).execute(),
  )
}

function links(db: Db, id: string) {
  return db
    .selectFrom('episode_links')
    .selectAll()
    .where('episode_id', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

function previous(db: Db, podcastId: string, at: Date, id: string) {
  return others(db, podcastId)
    .where((eb) => eb(eb.refTuple('published_at', 'id'), '<', eb.tuple(at, id)))
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

function next(db: Db, podcastId: string, at: Date, id: string) {
  return others(db, podcastId)
    .where((eb) => eb(eb.refTuple('published_at', 'id'), '>', eb.tuple(at, id)))
    .orderBy('published_at', 'asc')
    .orderBy('id', 'asc')
    .executeTakeFirst()
}

function others(db: Db, podcastId: string) {
  return db
    .selectFrom('episodes')
    .selectAll()
    .where('published', '=', true)
    .where('published_at', '<=', new Date())
    .where('podcast_id', '=', podcastId)
    .limit(1)
}

/** The rows, each with the one that its key names. */
async function joined<
  Key extends string,
  Place extends Readonly<Record<Key, string>>,
  Row extends { readonly id: string },
>(places: readonly Place[], key: Key, read: (ids: readonly string[]) => Promise<readonly Row[]>) {
  if (places.length === 0) return []
  const found = await read([...new Set(places.map((place) => place[key]))])
  const byId = new Map(found.map((row) => [row.id, row]))
  return places.map((place) => ({ ...place, found: byId.get(place[key]) }))
}

/** Episodes, their transcripts, the cues of these, and who says them. */
export async function levels(db: Db, parents: number): Promise<readonly unknown[]> {
  const episodes = await db
    .selectFrom('episodes')
    .selectAll()
    .where('id', '<=', String(parents))
    .orderBy('id')
    .execute()
  const transcripts = await db
    .selectFrom('transcripts')
    .selectAll()
    .where(
      'episode_id',
      'in',
      episodes.map(({ id }) => id),
    )
    .execute()
  const cues = await db
    .selectFrom('transcript_cues')
    .selectAll()
    .where(
      'transcript_id',
      'in',
      transcripts.map(({ id }) => id),
    )
    .orderBy('position')
    .execute()
  const ids = new Set(cues.flatMap(({ person_id }) => person_id ?? []))
  const people = await db
    .selectFrom('people')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return nested({ episodes, transcripts, cues, people })
}
