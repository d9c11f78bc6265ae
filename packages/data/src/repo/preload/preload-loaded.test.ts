import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { embeddedDump } from '../../schema/embed.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { statementsOf } from '../../testing/library.ts'
import { Article, Desk, Label, Note, press, pressTests, Seat, Writer } from '../../testing/press.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = pressTests()

const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name)
const texts = (rows: readonly { readonly text: string }[]): string[] => rows.map(({ text }) => text)

async function counted(repo: Repo, work: () => Promise<unknown>): Promise<number> {
  return (await statementsOf(repo, work)).length
}

describe('preload skips already loaded (one, many) + force', () => {
  it(
    'and leaves what is loaded as it was',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const loaded = await repo.preload(rain, 'writer', 'notes', 'labels', 'readers')
      await repo.updateAll(Writer, { name: 'changed' })
      await repo.deleteAll(Note)
      const events = await statementsOf(repo, async () => {
        const again = await repo.preload(loaded, 'writer', 'notes', 'labels', 'readers')
        assert.equal(again.writer?.name, 'Abe')
        assert.equal(again.notes.length, 3)
        assert.deepEqual(names(again.readers), ['Mia', 'Zoe'])
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'and loads what hangs below it',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const loaded = await repo.preload(rain, 'notes', 'writer', 'readers')
      const deeper = await repo.preload(loaded, { notes: 'reader' }, { readers: 'portrait' })
      assert.deepEqual(
        deeper.notes.map(({ reader }) => reader?.name),
        ['Mia', 'Mia', 'Zoe'],
      )
      assert.deepEqual(
        deeper.readers.map(({ portrait }) => portrait?.url),
        ['/mia', undefined],
      )
      assert.throws(() => loaded.readers[0]?.portrait, { name: 'AssociationNotLoadedError' })
    }),
  )

  it(
    'of a list half loaded, only the missing are fetched',
    sandboxed(async (repo) => {
      const { rain, dust, ash } = await press(repo)
      const half = await repo.preload(rain, { labels: 'articles' })
      const [event, ...more] = await statementsOf(repo, async () => {
        const all = await repo.preload([dust, half, ash], { labels: 'articles' })
        assert.deepEqual(
          all.map(({ labels }) => labels.map((label) => [label.name, label.articles.length])),
          [
            [['dry', 2]],
            [
              ['dry', 2],
              ['wet', 1],
            ],
            [],
          ],
        )
      })
      assert.deepEqual(event?.parameters, [[dust.id, ash.id]])
      assert.equal(more.length, 1)
    }),
  )

  it(
    'of built rows that were given theirs, raises/warns with association set but without id: it does neither',
    sandboxed(async (repo) => {
      const writer = build(Writer, { name: 'New' })
      const article = build(Article, { title: 'Draft', writer, notes: [] })
      const events = await statementsOf(repo, async () => {
        const loaded = await repo.preload(article, 'writer', 'notes', 'labels', 'topNote')
        assert.equal(loaded.writer, writer)
        assert.deepEqual(loaded.notes, [])
        assert.deepEqual(loaded.labels, [])
        assert.equal(loaded.topNote, null)
        assert.equal(stateOf(loaded), 'built')
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'even of rows with some of their columns',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const lean = await repo.preload(rain, { notes: from(Note).select('text', 'readerId') })
      const seen = await statementsOf(repo, async () => {
        const { notes } = await repo.preload(lean, { notes: 'reader' })
        assert.deepEqual(texts(notes).length, 3)
        assert.deepEqual(new Set(notes.map(({ reader }) => reader?.name)), new Set(['Mia', 'Zoe']))
      })
      assert.equal(seen.length, 1)
    }),
  )

  it(
    'and shares a row that several have loaded',
    sandboxed(async (repo) => {
      const { rain, ash } = await press(repo)
      const loaded = await repo.preload([rain, ash], 'writer')
      const [first, second] = await repo.preload(loaded, { writer: 'portrait' })
      assert.equal(first?.writer, second?.writer)
    }),
  )

  it(
    'force discards and reloads',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const loaded = await repo.preload(
        rain,
        { notes: { reader: 'portrait' } },
        'labels',
        'readers',
      )
      await repo.updateAll(Note, { text: 'changed' })
      await repo.updateAll(Writer, { name: 'changed' })
      await repo.updateAll(Label, { name: 'changed' })
      const again = await repo.preload(loaded, 'notes', 'readers', { force: true })
      assert.deepEqual(new Set(texts(again.notes)), new Set(['changed']))
      assert.deepEqual(new Set(names(again.readers)), new Set(['changed']))
      // What nobody asked for again is as it was; what was loaded below what was, is gone.
      assert.deepEqual(names(again.labels), ['dry', 'wet'])
      assert.throws(() => again.notes[0]?.reader?.portrait, { name: 'AssociationNotLoadedError' })
      assert.deepEqual(texts(loaded.notes).includes('changed'), false)
    }),
  )

  it(
    'force goes with other options, and false is as if it were not there',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const loaded = await repo.preload(rain, 'notes', 'writer')
      const forced = () => repo.preload(loaded, 'notes', 'writer', { force: true, parallel: false })
      assert.equal(await counted(repo, forced), 2)
      assert.equal(await counted(repo, () => repo.preload(loaded, 'notes', { force: false })), 0)
    }),
  )
})

describe('preload of nothing', () => {
  it(
    'returns nil if first argument is nil',
    sandboxed(async (repo) => {
      const nobody = await repo.get(Article, 404)
      assert.equal(await repo.preload(nobody, 'notes'), undefined)
      assert.equal(await repo.preload(nobody ?? null, 'notes'), null)
    }),
  )

  it(
    'keeps null and undefined in their places in a list',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const list = [null, rain, undefined, dust] as const
      const loaded = await repo.preload(list, 'writer')
      assert.deepEqual(
        loaded.map((article) => article && article.writer?.name),
        [null, 'Abe', undefined, 'Mia'],
      )
      assert.deepEqual(await repo.preload([undefined, undefined], 'writer' as never), [
        undefined,
        undefined,
      ])
    }),
  )

  it(
    'refuses what is no row, and rows of two schemas',
    sandboxed(async (repo) => {
      const { rain, zoe } = await press(repo)
      const given: readonly unknown[] = [rain, 7]
      await assert.rejects(repo.preload(given as readonly Article[], 'notes'), {
        name: 'QueryError',
        message: 'repo.preload() takes rows, a row, null or undefined, got: 7',
      })
      const mixed: readonly unknown[] = [undefined, rain, zoe]
      await assert.rejects(repo.preload(mixed as readonly Article[], 'notes'), {
        name: 'QueryError',
        message:
          'repo.preload() takes rows of one schema, got: "press_articles" and "press_writers"',
      })
    }),
  )
})

describe('preload of embeds', () => {
  async function seated(repo: Repo) {
    const all = await press(repo)
    const { rain, dust, zoe, mia } = all
    const seat = (writerId: number | null) => build(Seat, { id: crypto.randomUUID(), writerId })
    const desk = build(Desk, { room: 'attic', chiefId: zoe.id, seats: [seat(mia.id), seat(null)] })
    await repo.run(
      sql`update press_articles set desk = ${JSON.stringify(embeddedDump(desk))}::jsonb where id = ${rain.id}`,
    )
    const seats = JSON.stringify([seat(mia.id), seat(zoe.id), seat(mia.id)].map(embeddedDump))
    await repo.run(sql`update press_articles set seats = ${seats}::jsonb where id = ${dust.id}`)
    return all
  }

  it(
    'belongs_to in embedded_schema',
    sandboxed(async (repo) => {
      await seated(repo)
      const [rain, dust] = await repo.all(
        from(Article)
          .orderBy({ id: 'asc' })
          .preload({ seats: 'writer', desk: { chief: 'portrait' } }),
      )
      assert.equal(rain?.desk?.chief?.name, 'Zoe')
      assert.equal(rain?.desk?.chief?.portrait, null)
      assert.deepEqual(rain?.seats, [])
      assert.equal(dust?.desk, null)
      assert.deepEqual(
        dust?.seats.map(({ writer }) => writer?.name),
        ['Mia', 'Zoe', 'Mia'],
      )
      assert.equal(dust?.seats[0]?.writer, dust?.seats[2]?.writer)
    }),
  )

  it(
    'nested embeds one/many',
    sandboxed(async (repo) => {
      const { rain } = await seated(repo)
      const fresh = await repo.getOrThrow(Article, rain.id)
      const events = await statementsOf(repo, async () => {
        const { desk } = await repo.preload(fresh, { desk: { seats: 'writer' } })
        assert.deepEqual(
          desk?.seats.map(({ writer }) => writer?.name),
          ['Mia', undefined],
        )
        assert.equal(desk?.room, 'attic')
      })
      assert.equal(events.length, 1)
      // What was given stays as it was.
      assert.throws(() => fresh.desk?.seats[0]?.writer, { name: 'AssociationNotLoadedError' })
    }),
  )

  it(
    'of rows that came with associations, of selected fields, twice and by force',
    sandboxed(async (repo) => {
      const { mia } = await seated(repo)
      const [loaded] = await repo.all(
        from(Writer)
          .where({ id: mia.id })
          .preload({ articles: { seats: 'writer' } }),
      )
      assert.ok(loaded)
      assert.deepEqual(
        loaded.articles[0]?.seats.map(({ writer }) => writer?.name),
        ['Mia', 'Zoe', 'Mia'],
      )
      const lean = from(Article).where({ title: 'Dust' }).select('title', 'seats')
      const [dust] = await repo.all(lean.preload({ seats: 'writer' }))
      assert.equal(dust?.seats[1]?.writer?.name, 'Zoe')
      const [article] = loaded.articles
      const again = (options: { readonly force: boolean }) =>
        counted(repo, () => repo.preload(article, { seats: 'writer' }, options))
      assert.equal(await again({ force: false }), 0)
      assert.equal(await again({ force: true }), 1)
    }),
  )

  it(
    'that are given by themselves are rows as any other',
    sandboxed(async (repo) => {
      const { mia } = await press(repo)
      const seat = await repo.preload(build(Seat, { writerId: mia.id }), 'writer')
      assert.equal(seat.writer?.name, 'Mia')
    }),
  )

  it('without nested, by a query or by a function has no effect, and is refused', () => {
    assert.throws(
      // @ts-expect-error an embed is no association
      () => from(Article).preload('seats'),
      {
        name: 'QueryError',
        message:
          'cannot preload embedded field "seats" of "press_articles" without also preloading one of its associations, ' +
          "as it has no effect: its rows are in the field. Name what to load on them: { seats: '…' }. Associations: writer.",
      },
    )
    assert.throws(() => from(Article).preload({ seats: [] }), /without also preloading/)
    assert.throws(
      // @ts-expect-error its rows are there
      () => from(Article).preload({ seats: from(Writer) }),
      /cannot preload embedded field "seats" of "press_articles" by a query, a function or a join/,
    )
    assert.throws(
      // @ts-expect-error seats have writers
      () => from(Article).preload({ seats: 'writr' }),
      /"writr" is not an association of an embedded schema, .+ Did you mean "writer"\?/,
    )
  })
})
