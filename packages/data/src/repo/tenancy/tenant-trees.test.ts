import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { castAssoc } from '../../changeset/cast-relation.ts'
import { cast } from '../../changeset/cast.ts'
import { change } from '../../changeset/change.ts'
import { type Params } from '../../changeset/changeset.ts'
import { putAssoc } from '../../changeset/put-relation.ts'
import { check } from '../../changeset/rule.ts'
import { from } from '../../query/from.ts'
import { build } from '../../schema/instance.ts'
import { Note, Show, ShowTag, stationTests, Tag, twoStations } from '../../testing/stations.ts'
import { Multi } from '../multi/multi.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = stationTests()

const REFUSED = { name: 'TenantError' }
const STALE = { name: 'StaleRowError' }

const asNote = (note: Note, params: Params) => cast(note, params, ['text'])
const asTag = (tag: Tag, params: Params) => cast(tag, params, ['name'])

const textsOf = async (repo: Repo): Promise<readonly string[]> =>
  (await repo.unscoped().all(from(Note).orderBy({ id: 'asc' }))).map(
    ({ stationId, showId, text }) => `${stationId} ${showId} ${text}`,
  )

const linksOf = async (repo: Repo): Promise<readonly string[]> =>
  (await repo.unscoped().all(from(ShowTag).orderBy({ id: 'asc' }))).map(
    ({ stationId, showId, tagId }) => `${stationId} ${showId} ${tagId}`,
  )

describe('a tenant’s tree of rows', () => {
  it(
    'is filled with the tenant, all the way down',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      const params = { slug: 'x', title: 'x', notes: [{ text: 'one' }], tags: [{ name: 'new' }] }
      const stored = await north.repo.insertOrThrow(
        check(
          cast(build(Show), params, ['slug', 'title']),
          castAssoc<typeof Show, 'notes'>('notes', { with: asNote }),
          castAssoc<typeof Show, 'tags'>('tags', { with: asTag }),
        ),
      )
      const [show] = await repo
        .unscoped()
        .all(from(Show).where({ id: stored.id }).preload('notes', 'tags'))

      const { id } = north.station
      assert.deepEqual(
        [
          show?.stationId,
          show?.notes.map((note) => note.stationId),
          show?.tags.map((tag) => tag.stationId),
        ],
        [id, [id], [id]],
      )
    }),
  )

  it(
    'takes no id of somebody else’s from a form: what is not loaded is new',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const before = await textsOf(repo)
      const show = await north.repo.preload(north.show, 'notes')
      const params = {
        notes: [{ id: String(north.note.id) }, { id: String(south.note.id), text: 'Mine' }],
      }
      const stored = await north.repo.update(
        check(cast(show, params, []), castAssoc<typeof Show, 'notes'>('notes', { with: asNote })),
      )
      assert.equal(stored.ok, true)
      const after = await textsOf(repo)
      assert.deepEqual(after.slice(0, 2), before)
      assert.deepEqual(after.slice(2), [`${north.station.id} ${north.show.id} Mine`])
    }),
  )

  it(
    'takes no row of somebody else’s in, and lets none go',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const [texts, links] = [await textsOf(repo), await linksOf(repo)]
      const mine = await north.repo.preload(north.show, 'notes', 'tags')
      const theirs = await south.repo.preload(south.show, 'notes', 'tags')

      await assert.rejects(
        north.repo.update(putAssoc(change(mine), 'notes', [...mine.notes, south.note])),
        STALE,
      )
      await assert.rejects(
        north.repo.update(putAssoc(change(mine), 'tags', [...mine.tags, south.tag])),
        REFUSED,
      )
      await assert.rejects(north.repo.update(putAssoc(change(theirs), 'notes', [])), REFUSED)
      await assert.rejects(north.repo.update(putAssoc(change(theirs), 'tags', [])), REFUSED)
      await assert.rejects(
        north.repo.update(putAssoc(change(theirs), 'tags', [...theirs.tags, north.tag])),
        REFUSED,
      )
      await assert.rejects(
        north.repo.insert(putAssoc(change(build(Note, { text: 'x' })), 'show', south.show)),
        {
          name: 'TenantError',
          message: /^the association "show" was given a row of "radio_shows"/,
        },
      )
      const changed = change(south.note, { text: 'Mine' })
      await assert.rejects(
        north.repo.update(putAssoc(change(mine), 'notes', [...mine.notes, changed])),
        STALE,
      )
      assert.deepEqual([await textsOf(repo), await linksOf(repo)], [texts, links])
    }),
  )

  it(
    'is one in a Multi as well',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const before = await textsOf(repo)
      const stealing = Multi.new()
        .insert('mine', build(Note, { showId: north.show.id, text: 'mine' }))
        .update('theirs', change(south.note, { text: 'Mine' }))
      await assert.rejects(north.repo.transaction(stealing), STALE)
      const deleting = Multi.new()
        .deleteAll('all', Note)
        .run('rest', async (_results, inner) => ({
          ok: true as const,
          value: await inner.count(Tag),
        }))

      assert.deepEqual(await textsOf(repo), before)
      const done = await north.repo.transaction(deleting)
      assert.deepEqual(done.ok && [done.value.all, done.value.rest], [1, 1])
      assert.deepEqual(await textsOf(repo), before.slice(1))
    }),
  )
})
