import { type AnySchema, build, type Repo, sql } from '@showrunner/data'
import { startSession } from '@showrunner/domain/accounts'
import { Activity } from '@showrunner/domain/activity'
import { type Person } from '@showrunner/domain/people'
import { type Podcast, PodcastHost } from '@showrunner/domain/podcasts'
import { aPerson, aPodcast, aPost, aRowOfEach, everySchema } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { NOW } from './test-app.ts'

/** Stands in every text of the podcast that is none of their business. */
export const SECRET = 'zzsecretzz'

/** What somebody looks for who guesses a part of it: to say it again would not give it away. */
export const GUESSED = 'zzsecret'

export type Ids = ReadonlyMap<string, number>

export interface OnePodcast {
  readonly podcast: Podcast
  readonly host: Person
  /** A row of each kind, by table. */
  readonly ids: Ids
}

/** Two podcasts with a row of everything, none of it published, each with a host of its own. */
export async function twoPodcasts(
  repo: Repo,
): Promise<{ readonly own: OnePodcast; readonly foreign: OnePodcast }> {
  const own = await onePodcast(repo, 'own')
  const foreign = await onePodcast(repo, 'foreign')
  await keepSecret(repo, foreign)
  return { own, foreign }
}

async function onePodcast(repo: Repo, slug: string): Promise<OnePodcast> {
  const podcast = await aPodcast(repo, { slug, title: slug, status: 'draft' })
  const rows = await aRowOfEach(repo, podcast, await tenantSchemas())
  const host = await aPerson(repo, `Host of ${slug}`, { email: `host@${slug}.example` })
  await repo.run(sql`update people set host = true where id = ${host.id}`)
  await repo.insertOrThrow(build(PodcastHost, { podcastId: podcast.id, personId: host.id }))
  const post = await aPost(repo, host, { slug: `post-of-${slug}` })
  const upload = await repo.insertOrThrow(
    build(Upload, {
      podcastId: podcast.id,
      personId: host.id,
      kind: 'audio',
      subject: 'episode',
      subjectId: rows.get('episodes') ?? 0,
      name: 'a.mp3',
      bytes: 1000,
    }),
  )
  const { id: activityId } = await repo.insertOrThrow(
    build(Activity, {
      personId: host.id,
      personName: host.name,
      action: 'updated',
      subjectType: 'episode',
      subjectId: rows.get('episodes') ?? 0,
      subjectTitle: 'title',
      subjectVersion: 1,
      podcastId: podcast.id,
      changes: { fields: { title: { before: slug, after: slug } }, rows: [] },
      at: NOW,
    }),
  )
  await startSession(repo, host, {}, NOW)
  const others = { hosts: host.id, posts: post.id, uploads: upload.id, activities: activityId }
  return { podcast, host, ids: new Map([...rows, ...Object.entries(others)]) }
}

async function tenantSchemas(): Promise<readonly AnySchema[]> {
  return (await everySchema()).filter(({ tenant }) => Boolean(tenant))
}

/** Writes the secret into every text there is. */
async function keepSecret(repo: Repo, { ids, host }: OnePodcast): Promise<void> {
  const schemas = await everySchema()
  for (const [table, id] of ids) {
    const schema = schemas.find(({ source, tenant }) => {
      return source === table && (tenant || ['posts', 'uploads', 'activities'].includes(table))
    })
    if (!schema) continue
    const texts = schema.columns.flatMap(({ name, column, field }) => {
      const text = textFor(name, field.type.name)
      return text === undefined || `${table}.${name}` === 'activities.subjectType'
        ? []
        : [sql`${sql.ref(column)} = ${text}`]
    })
    if (texts.length === 0) continue
    await repo.run(sql`update ${sql.table(table)} set ${sql.join(texts)} where id = ${id}`)
  }
  await repo.run(sql`update people set email = ${`host@${SECRET}.example`} where id = ${host.id}`)
  const changes = { fields: { title: { before: SECRET, after: SECRET } }, rows: [] }
  await repo.run(
    sql`update activities set changes = ${JSON.stringify(changes)}::jsonb where id = ${ids.get('activities')}`,
  )
  const cues = [{ startsMs: 0, endsMs: 1, speaker: SECRET, personId: null, body: SECRET }]
  await repo.run(
    sql`update transcript_versions set cues = ${JSON.stringify(cues)}::jsonb where id = ${ids.get('transcript_versions')}`,
  )
}

/** What a field of this name and type can hold of it; undefined for what holds no text. */
function textFor(name: string, type: string): string | undefined {
  if (type !== 'string' || /colour|language|hash|action$/i.test(name)) return undefined
  if (/url$/i.test(name)) return `https://${SECRET}.example/`
  return /email$/i.test(name) ? `${SECRET}@${SECRET}.example` : SECRET
}

/** Every row there is of a podcast and its host, as text: its id, what it refers to, all that it holds. */
export async function rowsOf(
  repo: Repo,
  { podcast, host, ids }: OnePodcast,
): Promise<readonly string[]> {
  const tables = await repo.run(
    sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await repo.run(
      sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t
        where to_jsonb(t)->>'podcast_id' = ${String(podcast.id)}
          or to_jsonb(t)->>'person_id' = ${String(host.id)}
          or to_jsonb(t)->>'author_id' = ${String(host.id)}
          or to_jsonb(t)->>'post_id' = ${String(ids.get('posts'))}
          or (${name} = 'people' and to_jsonb(t)->>'id' = ${String(host.id)})
          or (${name} = 'podcasts' and to_jsonb(t)->>'id' = ${String(podcast.id)})
        order by 1`,
    )
    found.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return found
}
