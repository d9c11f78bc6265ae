import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, cast, change, from, type Repo } from '@showrunner/data'
import * as fc from 'fast-check'
import { Episode } from '../episodes/index.ts'
import { repoFor, VISITOR } from '../policies/index.ts'
import { aPodcast, sandboxed } from '../testing/index.ts'
import { Activity, saidFields } from './index.ts'

const text = fc.option(fc.string({ maxLength: 40 }).filter((one) => !one.includes('\0')))
const date = fc.option(
  fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
)

/** Something that an edit says of an episode. */
const edit = fc.record(
  {
    title: fc.string({ minLength: 1, maxLength: 20 }).filter((one) => !one.includes('\0')),
    subtitle: text,
    notes: text,
    season: fc.option(fc.nat(100)),
    number: fc.option(fc.integer({ min: 0, max: 500 })),
    explicit: fc.option(fc.boolean()),
    recordedAt: date,
    publishedAt: fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    }),
    published: fc.boolean(),
    audioBytes: fc.option(fc.nat({ max: 2 ** 40 }).map((n) => n + 1)),
    locations: fc.array(
      fc.record({
        name: fc.constantFrom('Kiel', 'Ghent'),
        rel: fc.constant('subject'),
        geo: fc.constant(null),
        osm: fc.constant(null),
        country: fc.constant(null),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['title'] },
)

describe('the log', () => {
  it(
    'tells everything: what each entry says was there after it comes to the row as it is',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const asAda = repoFor({ ...VISITOR, isAdmin: true }, repo)
      let made = 0

      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
          made += 1
          const { publishedAt = new Date('2020-01-01'), ...first } = edits[0] ?? { title: 'x' }
          const slug = `e${made}`
          let row = await asAda.insertOrThrow(
            build(Episode, {
              podcastId: podcast.id,
              slug,
              guid: slug,
              ...first,
              publishedAt,
            } as never),
          )
          for (const one of edits.slice(1)) {
            row = await asAda.updateOrThrow(change(row, one as never))
          }

          const replayed = await replay(repo, row.id)
          const said = (one: Episode) =>
            saidFields(Episode).map((name) => [name, Reflect.get(one, name)])
          assert.deepEqual(said(replayed), said(await repo.reloadOrThrow(row)))
        }),
        { numRuns: 25 },
      )
    }),
  )
})

async function replay(repo: Repo, subjectId: number): Promise<Episode> {
  const log = await repo.all(
    from(Activity).where({ subjectType: 'episode', subjectId }).orderBy({ id: 'asc' }),
  )
  const after = log.map(({ changes }) =>
    Object.fromEntries(Object.entries(changes.fields).map(([name, one]) => [name, one.after])),
  )
  const values = Object.assign({}, ...after) as Record<string, unknown>
  const names = Object.keys(values) as 'title'[]
  const changeset = cast(build(Episode), values, names, { emptyValues: [] })
  assert.deepEqual(changeset.errors, {})
  return { ...build(Episode), ...changeset.changes } as Episode
}
