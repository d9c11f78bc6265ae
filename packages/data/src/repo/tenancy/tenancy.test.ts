import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { dynamic, exists } from '../../query/dynamic.ts'
import { from } from '../../query/from.ts'
import { parent, subquery } from '../../query/operands.ts'
import { joined } from '../../query/joined.ts'
import { toKysely } from '../../query/to-kysely.ts'
import { build } from '../../schema/instance.ts'
import { statementsOf } from '../../testing/library.ts'
import {
  Listener,
  Note,
  Show,
  ShowTag,
  Station,
  stationTests,
  twoStations,
} from '../../testing/stations.ts'

const { sandboxed } = stationTests()

const titles = (shows: readonly { readonly title: string }[]): string[] =>
  shows.map(({ title }) => title)

describe('a repo that was not told whose rows it reads', () => {
  it(
    'refuses rows that belong to somebody, and says what to do',
    sandboxed(async (repo) => {
      const refused = {
        name: 'TenantError',
        message:
          /^the rows of "radio_shows" belong to tenants, by "stationId", .* Use repo.forTenant\(id\), or repo.unscoped\(\)/,
      }
      await assert.rejects(repo.all(Show), refused)
      await assert.rejects(repo.get(Show, 1), refused)
      await assert.rejects(repo.exists(Show), refused)
      await assert.rejects(repo.count(Show), refused)
      await assert.rejects(
        repo.transaction(async () => {
          for await (const show of repo.stream(Show)) assert.fail(show.title)
        }),
        refused,
      )
    }),
  )

  it(
    'refuses them wherever a query names them',
    sandboxed(async (repo) => {
      const refused = { name: 'TenantError' }
      await assert.rejects(repo.all(from(Listener).join('notes')), refused)
      await assert.rejects(
        repo.all(from(Listener).where('id', 'in', subquery(from(Note).select('id')))),
        refused,
      )
      await assert.rejects(
        repo.all(from(Listener).where(exists(from(Note).where('listenerId', '=', parent('id'))))),
        refused,
      )
      await assert.rejects(
        repo.all(
          from(Listener).where((eb) => eb('id', 'in', eb.selectFrom('radio_notes').select('id'))),
        ),
        refused,
      )
      const steps = from(Listener).where((eb) => eb('id', 'in', toKysely(from(Show)).select('id')))
      await assert.rejects(repo.all(steps), refused)
      assert.deepEqual(await repo.all(from(Listener).where((eb) => eb('name', '=', 'x'))), [])
    }),
  )
})

describe('two tenants who try to reach each other', () => {
  it(
    'find their own by get, getBy and all, whatever the conditions say',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const theirs = south.show.id
      const or = dynamic(Show).and({ id: theirs }).or('id', '>', 0)

      assert.equal(await north.repo.get(Show, theirs), undefined)
      assert.equal(await north.repo.getBy(Show, { slug: south.show.slug }), undefined)
      assert.deepEqual(titles(await north.repo.all(Show)), ['Show of north'])
      assert.deepEqual(titles(await north.repo.all(from(Show).where(or))), ['Show of north'])
      assert.deepEqual(
        titles(await north.repo.all(from(Show).where({ id: 0 }).orWhere({ id: theirs }))),
        [],
      )
      assert.deepEqual(
        titles(
          await north.repo.all(
            from(Show).where((eb) => eb.or([eb('id', '>', 0), sql<boolean>`true`])),
          ),
        ),
        ['Show of north'],
      )
      assert.deepEqual(
        (await south.repo.all(Station)).map(({ name }) => name),
        ['south'],
      )
    }),
  )

  it(
    'count, aggregate, stream, reload and ask for their own',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const streamed = await north.repo.transaction(async () => {
        const found: string[] = []
        for await (const show of north.repo.stream(Show)) found.push(show.title)
        return found
      })

      assert.deepEqual(streamed, ['Show of north'])
      assert.equal(await north.repo.count(Show), 1)
      assert.equal(await north.repo.aggregate(Show, 'max', 'id'), north.show.id)
      assert.equal(await north.repo.exists(from(Show).where({ id: south.show.id })), false)
      assert.equal(await north.repo.reload(south.show), undefined)
      assert.deepEqual(
        (await north.repo.reload([south.show, north.show])).map((row) => row?.title),
        [undefined, 'Show of north'],
      )
    }),
  )

  it(
    'join their own, by associations, through them, through join tables and by hand',
    sandboxed(async (repo) => {
      const { north, listener } = await twoStations(repo)
      const ofListener = from(Listener).where({ id: listener.id })

      const inner = await north.repo.all(
        ofListener.join('notes').preload({ notes: joined('notes') }),
      )
      const left = await north.repo.all(
        ofListener.join('notes', { type: 'left' }).preload({ notes: joined('notes') }),
      )
      const byHand = await north.repo.count(
        ofListener.join(Note, { as: 'anyNote', on: (eb) => eb.val(true) }),
      )
      const crossed = await north.repo.count(
        ofListener.join(Note, { as: 'anyNote', type: 'cross' }),
      )
      const through = await north.repo.count(from(Show).join('listeners'))
      const tagged = await north.repo.count(from(Show).join('tags'))

      assert.deepEqual(
        inner[0]?.notes.map(({ text }) => text),
        ['Note to north'],
      )
      assert.deepEqual(
        left[0]?.notes.map(({ text }) => text),
        ['Note to north'],
      )
      assert.deepEqual([byHand, crossed, through, tagged], [1, 1, 1, 1])
    }),
  )

  it(
    'preload their own: from what is nobody’s, by query, function and join table',
    sandboxed(async (repo) => {
      const { north, south, listener } = await twoStations(repo)
      const texts = (notes: readonly { readonly text: string }[]) => notes.map(({ text }) => text)
      const byName = await north.repo.preload(listener, 'notes')
      const byQuery = await north.repo.preload(listener, {
        notes: from(Note).where({ showId: south.show.id }).orWhere('id', '>', 0),
      })
      await assert.rejects(north.repo.preload(listener, { notes: () => [south.note] }), {
        name: 'TenantError',
        message:
          /^the function that preloads "notes" gave a row of "radio_notes" whose "stationId"/,
      })
      const own = await north.repo.preload(listener, { notes: () => [north.note] })
      const [show] = await north.repo.all(from(Show).preload('tags', 'listeners', 'firstNote'))
      const theirs = await north.repo.preload(south.show, 'notes', 'tags', 'station', 'listeners')
      const deep = await north.repo.preload(listener, { notes: { show: ['notes', 'station'] } })

      assert.deepEqual(texts(byName.notes), ['Note to north'])
      assert.deepEqual(texts(byQuery.notes), ['Note to north'])
      assert.deepEqual(texts(own.notes), ['Note to north'])
      assert.deepEqual(
        [show?.tags.length, show?.listeners.length, show?.firstNote?.text],
        [1, 1, 'Note to north'],
      )
      assert.deepEqual(
        [theirs.notes, theirs.tags, theirs.station, theirs.listeners],
        [[], [], null, []],
      )
      assert.deepEqual(
        deep.notes.map(({ show }) => [show.station.name, show.notes.length]),
        [['north', 1]],
      )
    }),
  )

  it(
    'cannot be reached by the keys of a join table that lies',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      // As if the database had no composite keys.
      await repo.run(sql`alter table radio_shows_tags drop constraint radio_shows_tags_tag_id_fkey`)
      const link = { stationId: north.station.id, showId: north.show.id, tagId: south.tag.id }
      await repo.unscoped().insertOrThrow(build(ShowTag, link))

      const [show] = await north.repo.all(from(Show).preload('tags'))

      assert.deepEqual(
        show?.tags.map(({ name }) => name),
        ['Tag of north'],
      )
      assert.equal(await north.repo.count(from(Show).join('tags')), 1)
    }),
  )

  it(
    'look into their own by subqueries, as data and as expressions',
    sandboxed(async (repo) => {
      const { north, south, listener } = await twoStations(repo)
      const theirs = south.repo
      const toStation = (id: number) =>
        from(Listener).where(
          exists(from(Note).where({ stationId: id }).where('listenerId', '=', parent('id'))),
        )
      const counting = from(Show).selectMerge({
        noteCount: (eb) =>
          eb.selectFrom('radio_notes').select(({ fn }) => fn.countAll<number>().as('count')),
      })
      const noting = from(Listener).where((eb) =>
        eb.exists(
          eb
            .selectFrom('radio_notes as note')
            .select('note.id')
            .where('note.text', '=', 'Note to south'),
        ),
      )

      assert.equal(await north.repo.exists(toStation(north.station.id)), true)
      assert.equal(await north.repo.exists(toStation(south.station.id)), false)
      assert.deepEqual(
        (await north.repo.all(counting)).map(({ noteCount }) => noteCount),
        [1],
      )
      assert.equal(await north.repo.exists(noting), false)
      assert.equal(await theirs.exists(noting), true)
      assert.deepEqual(titles(await north.repo.all(from(subquery(from(Show).limit(10))))), [
        'Show of north',
      ])
      assert.equal(
        await north.repo.exists(
          from(Listener)
            .where({ id: listener.id })
            .where(
              'id',
              'in',
              subquery(from(Note).where({ text: 'Note to south' }).select('listenerId')),
            ),
        ),
        false,
      )
    }),
  )

  it(
    'are not shown what a join gives whether its condition holds or not',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      const refused = { name: 'TenantError', message: /every row/ }
      for (const type of ['right', 'full'] as const) {
        const notes = from(Listener).join('notes', { type })
        await assert.rejects(north.repo.count(notes), refused)
        await assert.rejects(north.repo.aggregate(notes, 'max', 'notes.text'), refused)
        await assert.rejects(north.repo.exists(notes), refused)
        await assert.rejects(north.repo.all(from(Listener).where(exists(notes))), refused)
        const byHand = from(Listener).join(Note, { as: 'any', type, on: { id: 0 } })
        await assert.rejects(north.repo.aggregate(byHand, 'max', 'any.text'), refused)
      }
      const inExpression = from(Listener).where((eb) =>
        eb.exists(
          eb
            .selectFrom('radio_listeners as one')
            .rightJoin('radio_notes as note', 'note.id', 'one.id')
            .select('note.id'),
        ),
      )
      await assert.rejects(north.repo.all(inExpression), refused)
      const crossed = from(Listener).where((eb) =>
        eb.exists(
          eb
            .selectFrom('radio_listeners as one')
            .crossJoin('radio_notes as note')
            .where('note.text', '=', 'Note to south')
            .select('note.id'),
        ),
      )
      assert.equal(await north.repo.exists(crossed), false)
      assert.equal(await repo.unscoped().exists(crossed), true)
    }),
  )

  it(
    'run no SQL in which nobody can see whose rows it reads',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      const refused = { name: 'TenantError' }
      await assert.rejects(north.repo.run(sql`select 1`), refused)
      for (const hidden of [
        sql<boolean>`exists (select 1 from radio_notes)`,
        sql<boolean>`(table radio_notes) is not null`,
        // Quotes that are none.
        sql.raw<boolean>(`E'\\'' || (select max(text) from radio_notes) || '' > ''`),
        sql.raw<boolean>(`true -- it's\n and exists (select 1 from radio_notes) -- it's\n`),
      ]) {
        await assert.rejects(north.repo.all(from(Show).where(() => hidden)), refused)
      }
      await assert.rejects(
        north.repo.all(
          from(Show).where((eb) =>
            eb.exists(eb.selectFrom(sql<{ id: number }>`radio_notes`.as('x')).select('x.id')),
          ),
        ),
        refused,
      )
      const harmless = from(Show).where(
        (eb) => sql<boolean>`${eb.ref('title')} is distinct from 'select'`,
      )
      assert.equal(await north.repo.count(harmless), 1)
    }),
  )

  it(
    'are let in together where both are named, and nowhere where none is',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const both = repo.forTenant([north.station.id, south.station.id])
      const nobody = repo.forTenant([])

      assert.equal(await both.count(Show), 2)
      assert.equal(await nobody.count(Show), 0)
      assert.equal(await repo.unscoped().count(Show), 2)
      assert.equal(await both.forTenant(north.station.id).count(Show), 1)
      assert.throws(() => north.repo.forTenant(south.station.id), {
        name: 'TenantError',
        message: /was called on a repo for tenant \d+\. Call it on the one/,
      })
      assert.equal(await north.repo.count(Listener), 1)
    }),
  )

  it(
    'are the same as text from an address, and no tenant is none of them',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const { id } = north.station
      const asText = repo.forTenant([String(id), id])

      assert.equal(
        (await asText.insertOrThrow(build(Show, { slug: 'x', title: 'x' }))).stationId,
        id,
      )
      assert.equal(await north.repo.forTenant(String(id)).count(Show), 2)
      assert.throws(() => north.repo.forTenant(String(south.station.id)), { name: 'TenantError' })
      for (const nothing of [null, undefined, true, {}, [null]]) {
        assert.throws(() => repo.forTenant(nothing as never), {
          name: 'TenantError',
          message: /^forTenant\(\) was given .*, which is no tenant's id\.$/,
        })
      }
      await assert.rejects(repo.forTenant('1 or true').all(Show), { name: 'CastError' })
    }),
  )

  it(
    'are told apart in prepared statements',
    sandboxed(async (repo) => {
      const { north, south } = await twoStations(repo)
      const noted = from(Show).where(exists(from(Note).where('showId', '=', parent('id'))))
      const events = await statementsOf(repo, async () => {
        assert.deepEqual(titles(await repo.unscoped().all(noted)), [
          'Show of north',
          'Show of south',
        ])
        assert.deepEqual(titles(await north.repo.all(noted)), ['Show of north'])
        assert.deepEqual(titles(await south.repo.all(noted)), ['Show of south'])
        assert.deepEqual(titles(await repo.forTenant([]).all(noted)), [])
        assert.equal((await repo.unscoped().all(noted)).length, 2)
      })
      assert.equal(new Set(events.map((event) => event.sql)).size, 3)
    }),
  )

  it(
    'see inside a transaction what they see outside',
    sandboxed(async (repo) => {
      const { north } = await twoStations(repo)
      await repo.transaction(() =>
        north.repo.transaction(async () => assert.equal(await north.repo.count(Show), 1)),
      )
    }),
  )
})
