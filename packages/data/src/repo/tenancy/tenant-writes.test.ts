import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { cast } from '../../changeset/cast.ts'
import { change } from '../../changeset/change.ts'
import { check } from '../../changeset/rule.ts'
import { foreignKey } from '../../changeset/constraints.ts'
import { errorMessages } from '../../changeset/messages.ts'
import { from } from '../../query/from.ts'
import { subquery } from '../../query/operands.ts'
import { build } from '../../schema/instance.ts'
import {
  Listener,
  Note,
  Show,
  ShowTag,
  stationTests,
  Station,
  twoStations,
} from '../../testing/stations.ts'
import { inc } from '../write/operations.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = stationTests()

const REFUSED = { name: 'TenantError' }
const STALE = { name: 'StaleRowError' }

const newShow = (slug: string) => build(Show, { slug, title: slug })

/** Everything there is, by whose it is. */
async function everything(repo: Repo): Promise<readonly (readonly [number, string])[]> {
  const all = repo.unscoped()
  const shows = await all.all(from(Show).orderBy({ id: 'asc' }))
  const notes = await all.all(from(Note).orderBy({ id: 'asc' }))
  return [
    ...shows.map(({ stationId, title, plays }) => [stationId, `${title} ${plays}`] as const),
    ...notes.map(({ stationId, text }) => [stationId, text] as const),
  ]
}

/** Runs the work, and holds it to having changed nothing of anybody's. */
async function changingNothing(repo: Repo, work: () => Promise<unknown>): Promise<void> {
  const before = await everything(repo)
  await work()
  assert.deepEqual(await everything(repo), before)
}

describe('a tenant’s new row', () => {
  it(
    'is filled with the tenant, and may say the same itself',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      const stationId = north.station.id
      const filled = await north.repo.insertOrThrow(newShow('one'))
      const given = await north.repo.insertOrThrow(
        build(Show, { slug: 'two', title: 'two', stationId }),
      )
      const [many] = await north.repo.insertAll(Show, [{ slug: 'three', title: 'three' }])

      assert.deepEqual(
        [filled.stationId, given.stationId, many?.stationId],
        [stationId, stationId, stationId],
      )
    }),
  )

  it(
    'is refused when it is somebody else’s, or nobody can say whose',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const theirs = { slug: 'x', title: 'x', stationId: south.station.id }
      await changingNothing(repo, async () => {
        await assert.rejects(repo.insert(build(Show, theirs)), REFUSED)
        await assert.rejects(north.repo.insert(build(Show, theirs)), REFUSED)
        await assert.rejects(
          north.repo.insert(change(newShow('x'), { stationId: south.station.id })),
          REFUSED,
        )
        await assert.rejects(north.repo.insertAll(Show, [theirs]), REFUSED)
        await assert.rejects(repo.forTenant([]).insert(newShow('x')), REFUSED)
        await assert.rejects(
          repo.forTenant([north.station.id, south.station.id]).insert(newShow('x')),
          {
            name: 'TenantError',
            message: /without "stationId", on a repo for tenants \d+, \d+\. Say whose/,
          },
        )
        const hidden = subquery(from(Station).where({ id: south.station.id }).select('id'))
        await assert.rejects(north.repo.insertAll(Show, [{ ...theirs, stationId: hidden }]), {
          name: 'TenantError',
          message: /is what only the database knows/,
        })
      })
    }),
  )

  it(
    'may be anybody’s of those that the repo is for',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const both = repo.forTenant([north.station.id, south.station.id])
      const show = await both.insertOrThrow(
        build(Show, { slug: 'x', title: 'x', stationId: south.station.id }),
      )
      assert.equal((await south.repo.get(Show, show.id))?.slug, 'x')
    }),
  )

  it(
    'cannot hang on a row of somebody else’s: that is an error on the field',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const noteTo = (showId: number) =>
        check(
          cast(build(Note, { text: 'Hello' }), { showId: String(showId) }, ['showId']),
          foreignKey('showId', { name: 'radio_notes_show_id_fkey' }),
        )
      const refused = await north.repo.insert(noteTo(south.show.id))
      const stored = await north.repo.insert(noteTo(north.show.id))

      assert.deepEqual(refused.ok || errorMessages(refused.changeset), {
        showId: ['does not exist'],
      })
      assert.equal(stored.ok, true)
      await assert.rejects(
        north.repo.insert(build(ShowTag, { showId: north.show.id, tagId: south.tag.id })),
        { name: 'ConstraintError', message: /radio_shows_tags_tag_id_fkey/ },
      )
    }),
  )
})

describe('a row of somebody else’s', () => {
  it(
    'is as one that is gone: no update, no delete',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const forged = { ...south.show, stationId: north.station.id }
      await changingNothing(repo, async () => {
        await assert.rejects(north.repo.update(change(south.show, { title: 'Mine' })), STALE)
        await assert.rejects(north.repo.delete(south.show), STALE)
        await assert.rejects(repo.forTenant([]).delete(south.show), STALE)
        await assert.rejects(repo.update(change(south.show, { title: 'Mine' })), REFUSED)
        await assert.rejects(repo.delete(south.show), REFUSED)
        const posing = change(south.show, { title: 'Mine' })
        await assert.rejects(
          north.repo.update({
            ...posing,
            row: Object.assign(Object.create(Object.getPrototypeOf(south.show)), forged),
          }),
          STALE,
        )
      })
      assert.equal(
        (await south.repo.updateOrThrow(change(south.show, { title: 'New' }))).title,
        'New',
      )
    }),
  )

  it(
    'is not given away, nor taken',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const toSouth = { stationId: south.station.id }
      await changingNothing(repo, async () => {
        await assert.rejects(north.repo.update(change(north.show, toSouth)), REFUSED)
        await assert.rejects(north.repo.updateAll(Show, toSouth), REFUSED)
        await assert.rejects(
          north.repo.updateAll(Show, { stationId: (eb) => eb.val(south.station.id) }),
          REFUSED,
        )
        await assert.rejects(
          north.repo.update(change(south.show, { stationId: north.station.id })),
          STALE,
        )
      })
    }),
  )

  it(
    'is out of reach of updateAll and deleteAll, whatever their conditions, joins and values',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const ids = [north.show.id, south.show.id]
      const theirs = from(Show).where({ id: south.show.id })

      assert.equal(await north.repo.updateAll(theirs, { title: 'Mine' }), 0)
      assert.equal(
        await north.repo.updateAll(from(Show).where('id', 'in', ids), { plays: inc(1) }),
        1,
      )
      assert.equal(await north.repo.updateAll(theirs.orWhere('id', '>', 0), { plays: inc(1) }), 1)
      assert.equal(
        await north.repo.updateAll(from(Show).join('notes'), {
          title: (eb) => eb.selectFrom('radio_notes').select(({ fn }) => fn.max('text').as('text')),
        }),
        1,
      )
      assert.equal(await north.repo.deleteAll(from(Note).where('showId', 'in', ids)), 1)
      assert.deepEqual(await everything(repo), [
        [north.station.id, 'Note to north 2'],
        [south.station.id, 'Show of south 0'],
        [south.station.id, 'Note to south'],
      ])
    }),
  )

  it(
    'is not written to when it is in the way of an upsert',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const { slug } = south.show
      const target = { conflictTarget: 'slug' } as const
      await changingNothing(repo, async () => {
        const mine = build(Show, { slug, title: 'Mine' })
        await assert.rejects(
          north.repo.insert(mine, { onConflict: { replace: ['title'] }, ...target }),
          STALE,
        )
        await assert.rejects(
          north.repo.insert(mine, { onConflict: 'replaceAll', ...target }),
          STALE,
        )
        await assert.rejects(
          north.repo.insert(mine, {
            onConflict: {
              set: { title: 'Mine' },
              where: from(Show).where('id', '>', 0).orWhere('id', '<', 0),
            },
            ...target,
          }),
          STALE,
        )
        await assert.rejects(
          north.repo.insert(mine, {
            onConflict: { set: { stationId: south.station.id } },
            ...target,
          }),
          REFUSED,
        )
        const rows = await north.repo.insertAll(Show, [{ slug, title: 'Mine' }], {
          onConflict: 'replaceAll',
          ...target,
        })
        assert.deepEqual(rows, [])
        await north.repo.insert(mine, { onConflict: 'nothing', ...target })
      })
      const own = build(Show, { slug: north.show.slug, title: 'New' })
      const replaced = await north.repo.insertOrThrow(own, {
        onConflict: { replace: ['title'] },
        ...target,
      })
      assert.deepEqual([replaced.id, replaced.title], [north.show.id, 'New'])
    }),
  )

  it(
    'is not copied by insertAll of a query',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const both = from(Note).select('stationId', 'showId', 'text')
      const copied = await north.repo.insertAll(Note, both)
      assert.deepEqual(
        copied.map(({ text }) => text),
        ['Note to north'],
      )
      await assert.rejects(north.repo.insertAll(Note, from(Note).select('showId', 'text')), {
        name: 'TenantError',
        message: /do not say whose they are/,
      })
      assert.equal(await south.repo.count(Note), 1)
    }),
  )

  it(
    'is out of reach inside the other’s transaction',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      await changingNothing(repo, async () => {
        const undone = south.repo.transaction(async () => {
          await south.repo.updateAll(Show, { title: 'New' })
          assert.equal((await north.repo.all(Show))[0]?.title, 'Show of north')
          await repo.savepoint(() => north.repo.delete(south.show))
        })
        await assert.rejects(undone, STALE)
      })
    }),
  )

  it(
    'is nobody’s when its schema says so',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      const listener = await north.repo.insertOrThrow(build(Listener, { name: 'Ben' }))
      assert.equal((await repo.get(Listener, listener.id))?.name, 'Ben')
      assert.equal(await repo.updateAll(Listener, { name: 'Everybody' }), 2)
    }),
  )
})
