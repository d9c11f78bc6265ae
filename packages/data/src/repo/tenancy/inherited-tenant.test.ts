import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { castAssoc } from '../../changeset/cast-relation.ts'
import { cast } from '../../changeset/cast.ts'
import { change } from '../../changeset/change.ts'
import { type Params } from '../../changeset/changeset.ts'
import { foreignKey } from '../../changeset/constraints.ts'
import { putAssoc } from '../../changeset/put-relation.ts'
import { check } from '../../changeset/rule.ts'
import { from } from '../../query/from.ts'
import { buildAssoc } from '../../schema/associated.ts'
import { build } from '../../schema/instance.ts'
import { Note, Show, ShowTag, stationTests, type Tag, twoStations } from '../../testing/stations.ts'

const { sandboxed } = stationTests()

const asNote = (note: Note, params: Params) =>
  check(cast(note, params, ['text', 'listenerId']), foreignKey('listenerId'))
const asTag = (tag: Tag, params: Params) => cast(tag, params, ['name'])

describe('a new row that says not whose it is', () => {
  it(
    'is of the tenant of the row that it hangs on, for a repo of everybody’s',
    sandboxed(async (repo) => {
      const all = repo.unscoped()
      const { north } = await twoStations(repo)
      const stationId = north.station.id
      const params = { slug: 'x', title: 'x', notes: [{ text: 'one' }], tags: [{ name: 'new' }] }
      const stored = await all.insertOrThrow(
        check(
          cast(build(Show, { stationId }), params, ['slug', 'title']),
          castAssoc<typeof Show, 'notes'>('notes', { with: asNote }),
          castAssoc<typeof Show, 'tags'>('tags', { with: asTag }),
        ),
      )

      const [show] = await all.all(from(Show).where({ id: stored.id }).preload('notes', 'tags'))
      const link = await all.getByOrThrow(ShowTag, { showId: stored.id })
      assert.deepEqual(
        [...(show?.notes ?? []), ...(show?.tags ?? []), link].map((row) => row.stationId),
        [stationId, stationId, stationId],
      )
    }),
  )

  it(
    'is of that tenant for a repo of several, too',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const both = repo.forTenant([north.station.id, south.station.id])
      const show = await both.preload(south.show, 'notes')

      const stored = await both.updateOrThrow(
        putAssoc(change(show), 'notes', [...show.notes, { text: 'new' }]),
      )

      assert.deepEqual(
        stored.notes.map((note) => note.stationId),
        [south.station.id, south.station.id],
      )
    }),
  )

  it(
    'is of the tenant of the row that it belongs to',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)

      const note = putAssoc(change(build(Note, { text: 'x' })), 'show', north.show)

      assert.equal((await repo.unscoped().insertOrThrow(note)).stationId, north.station.id)
    }),
  )

  it(
    'is built with the tenant of the row that it is built for',
    sandboxed(async (repo) => {
      const { north, listener } = await twoStations(repo)

      assert.equal(buildAssoc(north.show, 'notes').stationId, north.station.id)
      assert.equal(buildAssoc(north.show, 'tags', { name: 'x' }).stationId, north.station.id)
      assert.equal(buildAssoc(listener, 'notes').stationId, null)
    }),
  )

  it(
    'keeps what it says, and the database refuses what is not true',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const lying = { stationId: south.station.id, text: 'x' }
      const show = await repo.unscoped().preload(north.show, 'notes')

      await assert.rejects(
        repo.unscoped().update(putAssoc(change(show), 'notes', [...show.notes, lying])),
        /radio_notes_show_id_fkey/,
      )
    }),
  )

  it(
    'comes back as it was given where it is refused',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      const show = await repo.unscoped().preload(north.show, 'notes')
      const params = { notes: [{ text: 'x', listenerId: 999_999 }] }

      const refused = await repo
        .unscoped()
        .update(
          check(cast(show, params, []), castAssoc<typeof Show, 'notes'>('notes', { with: asNote })),
        )

      assert.ok(!refused.ok)
      const given = refused.changeset.changes.notes?.find(({ action }) => action === 'insert')
      assert.deepEqual(given?.changes, { text: 'x', listenerId: 999_999 })
      assert.deepEqual(Object.keys(given?.errors ?? {}), ['listenerId'])
    }),
  )
})
