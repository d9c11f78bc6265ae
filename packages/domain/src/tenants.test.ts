import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type AnySchema,
  cast,
  castAssoc,
  change,
  check,
  from,
  hasMany,
  putAssoc,
  type Repo,
  schema,
  sql,
  stateOf,
  t,
} from '@showrunner/data'
import { Episode, EpisodeLink } from './episodes/index.ts'
import { repoFor, VISITOR } from './policies/index.ts'
import { aPodcast, aRowOfEach, everySchema, sandboxed } from './testing/index.ts'

const Thing = schema(
  'things',
  { id: t.id(), podcastId: t.reference() },
  () => ({ things: hasMany(Thing, { foreignKey: 'podcastId' }) }),
  { tenant: 'podcastId' },
)

// To the compiler every schema is this one: only the names of tables and associations differ, and those are looked up.
const schemas = (await everySchema()) as readonly (typeof Thing)[]
const ofPodcasts = schemas.filter(({ tenant }) => Boolean(tenant))

/** Whose rows may be no podcast's, which a tenant cannot say: their contexts say themselves who sees which. */
const OF_A_PODCAST_OR_NONE = [
  'activities',
  'imports',
  'logged_mails',
  'subscriptions',
  'unconfirmed_subscriptions',
  'uploads',
  'webhook_endpoints',
]

describe('every table whose rows belong to podcasts', () => {
  it('says so in its schema', () => {
    const silent = schemas
      .filter(({ tenant, columns }) => !tenant && columns.some(({ name }) => name === 'podcastId'))
      .map(({ source }) => source)

    assert.ok(ofPodcasts.length >= 14, `found only ${ofPodcasts.length} schemas with a tenant`)
    assert.deepEqual(
      silent.filter((source) => !OF_A_PODCAST_OR_NONE.includes(source)),
      [],
    )
  })

  it(
    'refers to others of them by keys with the podcast in it',
    sandboxed(async (repo) => {
      const tables = ofPodcasts
        .map(({ source }): string => source)
        .filter((name) => name !== 'podcasts')
      const crossing = await repo.run(
        sql<{ name: string }>`select conname::text as name from pg_constraint c
          where contype = 'f' and conrelid::regclass::text = any(${tables})
            and confrelid::regclass::text = any(${tables})
            and not exists (select from pg_attribute a
              where a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attname = 'podcast_id')`,
      )

      assert.deepEqual(crossing, [])
    }),
  )

  it(
    'is narrowed for a host wherever it is read: by id, as a list, joined, preloaded',
    sandboxed(async (repo) => {
      const { own, foreign, theirs } = await twoPodcasts(repo)

      for (const schema of ofPodcasts) {
        const [mine, notMine] = [idIn(own, schema), idIn(foreign, schema)]
        assert.equal(await theirs.get(schema, notMine), undefined, schema.source)
        assert.deepEqual(idsOf(await theirs.all(schema)), [mine], schema.source)
      }
      for (const { schema, name, target } of associationsTo(ofPodcasts)) {
        const [mine, notMine] = [idIn(own, target), idIn(foreign, target)]
        const where = `${name} of ${schema.source}`
        assert.equal(await isJoined(theirs, schema, name, notMine), false, where)
        const ids = await held(theirs, schema, name)
        assert.ok(
          ids.every((id) => id === mine),
          where,
        )
      }
    }),
  )

  it(
    'stays as it is for a host who writes to it: alone, many at once, below a row of theirs',
    sandboxed(async (repo) => {
      const { own, foreign, theirs } = await twoPodcasts(repo)
      const before = await rowsOf(repo, foreign)

      for (const schema of ofPodcasts) {
        const row = await repo.getOrThrow(schema, idIn(foreign, schema))
        // Where no moment of its last change is noted, an update without a change writes nothing.
        if (schema.columns.some(({ name }) => name === 'updatedAt')) {
          await assert.rejects(theirs.update(change(row), { force: true }), REFUSED, schema.source)
        }
        await assert.rejects(theirs.delete(row), REFUSED, schema.source)
        const others = from(schema).where('id', '!=', idIn(own, schema))
        assert.equal(await theirs.deleteAll(others), 0, schema.source)
      }
      for (const { schema, name, target, kind } of associationsTo(ofPodcasts)) {
        if (!ofPodcasts.includes(schema) || kind !== 'hasMany') continue
        const mine = await theirs.getOrThrow(from(schema).preload(name), idIn(own, schema))
        const row = await repo.getOrThrow(target, idIn(foreign, target))
        const taking = putAssoc(change(mine), name, [...mine[name], row])
        await assert.rejects(theirs.update(taking), REFUSED, `${name} of ${schema.source}`)
      }

      assert.deepEqual(await rowsOf(repo, foreign), before)
    }),
  )

  it(
    'gives no row to a form that sends the id of another podcast’s: what is not loaded is new',
    sandboxed(async (repo) => {
      const { own, foreign, theirs } = await twoPodcasts(repo)
      const before = await rowsOf(repo, foreign)
      const mine = await theirs.getOrThrow(from(Episode).preload('links'), idIn(own, Episode))
      const [kept] = mine.links
      const sent = {
        id: String(idIn(foreign, EpisodeLink)),
        title: 'New',
        url: 'https://a.example',
      }
      const states: string[] = []

      const saved = await theirs.updateOrThrow(
        check(
          cast(mine, { links: [{ id: String(kept?.id) }, sent] }, []),
          castAssoc<typeof Episode, 'links'>('links', {
            with(link, params) {
              states.push(stateOf(link))
              return cast(link, params, ['title', 'url'])
            },
          }),
        ),
      )

      assert.deepEqual(states, ['loaded', 'built'])
      assert.deepEqual(
        saved.links.map(({ podcastId }) => podcastId),
        [idIn(own, 'podcasts'), idIn(own, 'podcasts')],
      )
      assert.deepEqual(await rowsOf(repo, foreign), before)
    }),
  )
})

const REFUSED = /^(StaleRowError|TenantError)/

type Ids = ReadonlyMap<string, number>

/** Two drafts with a row of everything, and a repo for the host of the first. */
async function twoPodcasts(repo: Repo) {
  const draft = async (slug: string): Promise<Ids> =>
    aRowOfEach(repo, await aPodcast(repo, { slug, status: 'draft' }), ofPodcasts)
  const [own, foreign] = [await draft('own'), await draft('foreign')]
  const theirs = repoFor({ ...VISITOR, hostOf: [idIn(own, 'podcasts')] }, repo)
  return { own, foreign, theirs }
}

function idIn(ids: Ids, of: AnySchema | string): number {
  const source = typeof of === 'string' ? of : of.source
  const id = ids.get(source)
  if (id === undefined) throw new Error(`there is no row of ${source}`)
  return id
}

/** Every association to one of these that a row holds by a key. */
function associationsTo(targets: readonly AnySchema[]) {
  return schemas.flatMap((schema) => {
    const written: object = Object(schema.associations())
    // The names of `Thing` stand for those of any schema here as well.
    const associations = written as ReturnType<typeof Thing.associations>
    const names = Object.keys(associations) as (keyof typeof associations)[]
    return names.flatMap((name) => {
      const { target, kind } = associations[name]
      return targets.includes(target) ? [{ schema, name, target, kind }] : []
    })
  })
}

/** Whether a join meets the row of this id. */
function isJoined(repo: Repo, schema: typeof Thing, name: 'things', id: number) {
  return repo.exists(from(schema).join(name).where(`${name}.id`, '=', id))
}

/** The ids of what a preload puts into rows. */
async function held(repo: Repo, schema: typeof Thing, name: 'things') {
  const rows = await repo.all(from(schema).preload(name))
  return idsOf(rows.flatMap((row) => rowsIn(row, name)))
}

function rowsIn(row: object, name: string): readonly object[] {
  const value: unknown = Reflect.get(row, name)
  return [value].flat().filter((one) => typeof one === 'object' && one !== null)
}

function idsOf(rows: readonly object[]): readonly number[] {
  return rows.map((row) => Number(Reflect.get(row, 'id')))
}

/** All that is stored of them, as text. */
async function rowsOf(repo: Repo, ids: Ids): Promise<readonly string[]> {
  const found = ofPodcasts.map((schema) => repo.get(schema, idIn(ids, schema)))
  return (await Promise.all(found)).map((row) => JSON.stringify(row))
}
