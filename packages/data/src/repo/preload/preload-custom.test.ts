import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { joined } from '../../query/joined.ts'
import { build } from '../../schema/instance.ts'
import { type LoadedAssociation } from '../../schema/preloads.ts'
import { statementsOf } from '../../testing/library.ts'
import { Article, Label, Note, press, pressTests, Writer } from '../../testing/press.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = pressTests()

const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name)
const texts = (rows: readonly { readonly text: string }[]): string[] => rows.map(({ text }) => text)

async function counted(repo: Repo, work: () => Promise<unknown>): Promise<number> {
  return (await statementsOf(repo, work)).length
}

describe('preload with query', () => {
  it(
    'narrows what is loaded, and leaves null where a belongs_to is not among it',
    sandboxed(async (repo) => {
      const { rain, dust, ash } = await press(repo)
      const articles = await repo.preload([ash, dust, rain], {
        notes: from(Note).where('stars', '>', 2).orderBy({ stars: 'asc' }),
        writer: from(Writer).where({ name: 'Mia' }),
      })
      assert.deepEqual(
        articles.map(({ notes, writer }) => [texts(notes), writer?.name]),
        [
          [[], undefined],
          [['A'], 'Mia'],
          [['d', 'C'], undefined],
        ],
      )
    }),
  )

  it(
    'custom preload_order (+ mfa, overridden by query order_by)',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const other = await repo.preload(rain, { notes: from(Note).where('stars', '>', 2) })
      const { notes } = await repo.preload(rain, { notes: from(Note).orderBy({ id: 'asc' }) })
      const { labels } = await repo.preload(rain, { labels: from(Label).orderBy({ name: 'desc' }) })
      assert.deepEqual(other.notes.map(({ text }) => text).sort(), ['C', 'd'])
      assert.deepEqual(
        notes.map(({ id }) => id),
        [1, 2, 4],
      )
      assert.deepEqual(names(labels), ['wet', 'dry'])
    }),
  )

  it(
    'and the where of the association holds as well',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const { best, chiefs } = await repo.preload(rain, {
        best: from(Note).where('stars', '<', 5),
        chiefs: from(Writer).where('name', '!=', 'Mia'),
      })
      assert.deepEqual(texts(best), ['d'])
      assert.deepEqual(names(chiefs), ['Zoe'])
    }),
  )

  it(
    'has a limit that applies to the whole',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const [ofRain, ofDust] = await repo.preload([rain, dust], {
        notes: from(Note).orderBy({ stars: 'desc', id: 'asc' }).limit(2),
      })
      assert.deepEqual(texts(ofRain?.notes ?? []), ['C'])
      assert.deepEqual(texts(ofDust?.notes ?? []), ['A'])
    }),
  )

  it(
    'of many_to_many, with where, order and joins of its own',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const dusty = from(Label)
        .join('articles')
        .where('articles.title', '=', 'Dust')
        .orderBy({ name: 'asc' })
      const [ofRain, ofDust] = await repo.preload([rain, dust], { labels: dusty })
      assert.deepEqual(names(ofRain?.labels ?? []), ['dry'])
      assert.deepEqual(names(ofDust?.labels ?? []), ['dry'])
    }),
  )

  it(
    'of many_to_many whose rows come with joined ones: each owner has its own',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const withArticles = from(Label)
        .join('articles')
        .orderBy({ name: 'desc', 'articles.title': 'asc' })
        .preload({ articles: joined('articles') })
      const events = await statementsOf(repo, async () => {
        const [ofDust, ofRain] = await repo.preload([dust, rain], { labels: withArticles })
        const shown = (labels: readonly (Label & { readonly articles: readonly Article[] })[]) =>
          labels.map(({ name, articles }) => [name, articles.map(({ title }) => title)])
        assert.deepEqual(shown(ofDust?.labels ?? []), [['dry', ['Dust', 'Rain']]])
        assert.deepEqual(shown(ofRain?.labels ?? []), [
          ['wet', ['Rain']],
          ['dry', ['Dust', 'Rain']],
        ])
      })
      assert.equal(events.length, 1)
    }),
  )

  it(
    'nested via custom query, and by a list beside it',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const notes = from(Note).orderBy({ id: 'asc' })
      const first = await repo.preload(rain, { notes: notes.preload({ reader: 'portrait' }) })
      const second = await repo.preload(rain, { notes: [notes, { reader: 'portrait' }] })
      assert.deepEqual(
        first.notes.map(({ reader }) => reader?.portrait?.url),
        ['/mia', undefined, '/mia'],
      )
      assert.deepEqual(second.notes, first.notes)
    }),
  )

  it(
    'nested in nested: a query inside a query inside a query',
    sandboxed(async (repo) => {
      await press(repo)
      const readers = from(Writer).where('name', '!=', 'Zoe')
      const notes = from(Note)
        .where('stars', '<', 5)
        .orderBy({ id: 'asc' })
        .preload({ reader: readers })
      const [rain] = await repo.all(from(Article).where({ title: 'Rain' }).preload({ notes }))
      assert.deepEqual(
        rain?.notes.map(({ text, reader }) => [text, reader?.name]),
        [
          ['d', 'Mia'],
          ['b', 'Mia'],
        ],
      )
    }),
  )

  it(
    'through with query: it is the last step that it narrows and orders',
    sandboxed(async (repo) => {
      const { abe, mia } = await press(repo)
      const writers = await repo.preload([abe, mia], {
        notes: from(Note).where('stars', '>', 2).orderBy({ id: 'desc' }),
      })
      assert.deepEqual(
        writers.map(({ notes }) => texts(notes)),
        [['C', 'd'], ['A']],
      )
      const { readers } = await repo.preload(abe, {
        readers: from(Writer).where({ name: 'Zoe' }).preload('portrait'),
      })
      assert.deepEqual(names(readers), ['Zoe'])
      assert.equal(readers[0]?.portrait, null)
    }),
  )

  it(
    'that comes with a through keeps the order of explicit steps, for no more queries',
    sandboxed(async (repo) => {
      const { abe } = await press(repo)
      const byTitle = from(Article).orderBy({ title: 'desc' })
      const work = () => repo.preload(abe, { articles: byTitle }, 'notes')
      assert.equal(await counted(repo, work), 2)
      assert.deepEqual(
        (await work()).articles.map(({ title }) => title),
        ['Rain', 'Ash'],
      )
    }),
  )

  it(
    'with take: select limits the columns, and the keys come along',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const [event] = await statementsOf(repo, async () => {
        const { notes } = await repo.preload(rain, {
          notes: from(Note).select('id', 'text').orderBy({ id: 'asc' }).preload('reader'),
        })
        assert.deepEqual(texts(notes), ['d', 'C', 'b'])
        assert.deepEqual(
          notes.map(({ reader }) => reader?.name),
          ['Mia', 'Zoe', 'Mia'],
        )
        assert.throws(() => Reflect.get(notes[0] ?? {}, 'stars'), { name: 'FieldNotSelectedError' })
        // @ts-expect-error the stars were not selected
        assert.throws(() => notes[0]?.stars, { name: 'FieldNotSelectedError' })
      })
      assert.match(
        event?.sql ?? '',
        /^select "press_notes"."id" as "id", "press_notes"."article_id" as "article_id", "press_notes"."reader_id" as "reader_id", "press_notes"."text" as "text" from/,
      )
    }),
  )

  it(
    'with take of many_to_many and of a through',
    sandboxed(async (repo) => {
      const { rain, abe } = await press(repo)
      const { labels } = await repo.preload(rain, { labels: from(Label).select('name') })
      assert.deepEqual(names(labels), ['dry', 'wet'])
      const { notes } = await repo.preload(abe, {
        notes: from(Note).select('id').orderBy({ id: 'asc' }),
      })
      assert.deepEqual(
        notes.map(({ id }) => id),
        [1, 2, 4],
      )
      // The rows of a through are told apart by a key that has to be there.
      await assert.rejects(repo.preload(abe, { notes: from(Note).select('text') }), {
        name: 'FieldNotSelectedError',
        message: /"id" of "press_notes" was not selected/,
      })
    }),
  )

  it(
    'by an expression',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const { notes } = await repo.preload(rain, {
        notes: from(Note).where((eb) => eb(eb.fn<string>('lower', ['text']), '=', 'c')),
      })
      assert.deepEqual(texts(notes), ['C'])
    }),
  )
})

describe('preload with function', () => {
  it(
    '1-arity and 2-arity function',
    sandboxed(async (repo) => {
      const { rain, dust, ash } = await press(repo)
      const asked: { ids: readonly number[]; association: LoadedAssociation }[] = []
      const byOne = await repo.preload([rain, dust, ash, rain], {
        notes: (ids) => repo.all(from(Note).where('articleId', 'in', ids).orderBy({ id: 'asc' })),
      })
      const byTwo = await repo.preload([rain, dust, ash], {
        notes: (ids, association) => {
          asked.push({ ids, association })
          return repo.all(from(Note).where('articleId', 'in', ids).orderBy({ id: 'desc' }))
        },
      })
      assert.deepEqual(
        byOne.map(({ notes }) => texts(notes)),
        [['d', 'C', 'b'], ['A'], [], ['d', 'C', 'b']],
      )
      assert.deepEqual(
        byTwo.map(({ notes }) => texts(notes)),
        [['b', 'C', 'd'], ['A'], []],
      )
      assert.deepEqual(asked[0]?.ids, [1, 2, 3])
      assert.equal(asked[0]?.association.name, 'notes')
      assert.equal(asked[0]?.association.targetKey.name, 'articleId')
    }),
  )

  it(
    'of belongs_to is given foreign keys, each once and none that is null',
    sandboxed(async (repo) => {
      const { notes } = await press(repo)
      const asked: (readonly number[])[] = []
      const loaded = await repo.preload(notes, {
        reader: async (ids) => {
          asked.push(ids)
          return repo.all(from(Writer).where('id', 'in', ids))
        },
      })
      assert.deepEqual(asked, [[1, 3]])
      assert.deepEqual(
        loaded.map(({ reader }) => reader?.name),
        ['Mia', undefined, 'Zoe', 'Mia'],
      )
      const [only] = await repo.preload([notes[1]], {
        reader: () => assert.fail('nothing to ask for'),
      })
      assert.equal(only?.reader, null)
    }),
  )

  it(
    'may give plain objects that say whose they are, and rows of nobody, which are passed over',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const [ofDust, ofRain] = await repo.preload([dust, rain], {
        notes: (ids) => [
          ...ids.map((id) => ({ articleId: id, length: id * 10 })),
          { articleId: 77, length: 0 },
          { articleId: 1, length: 11 },
        ],
      })
      assert.deepEqual(ofDust?.notes, [{ articleId: 2, length: 20 }])
      assert.deepEqual(
        ofRain?.notes.map(({ length }) => length),
        [10, 11],
      )
    }),
  )

  it(
    'with nested: [fn, …], on copies of what it gave',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const given = await repo.all(from(Note).where({ articleId: 1 }).orderBy({ id: 'asc' }))
      const { notes } = await repo.preload(rain, { notes: [() => given, { reader: 'portrait' }] })
      assert.deepEqual(
        notes.map(({ reader }) => reader?.portrait?.url),
        ['/mia', undefined, '/mia'],
      )
      assert.throws(() => given[0]?.reader, { name: 'AssociationNotLoadedError' })
      await assert.rejects(
        repo.preload(rain, { notes: [() => [{ articleId: 1 }], 'reader'] }),
        /nothing can be preloaded on what "notes" holds, as it is no row of a schema/,
      )
    }),
  )

  it(
    'of a through finds the rows of its last step',
    sandboxed(async (repo) => {
      const { abe } = await press(repo)
      const asked: (readonly number[])[] = []
      const { notes } = await repo.preload(abe, {
        notes: (ids) => {
          asked.push(ids)
          return repo.all(from(Note).where('articleId', 'in', ids).orderBy({ id: 'asc' }))
        },
      })
      assert.deepEqual(asked, [[3, 1]])
      assert.deepEqual(texts(notes), ['d', 'C', 'b'])
    }),
  )

  it(
    'many_to_many with function gives pairs',
    sandboxed(async (repo) => {
      const { rain, dust, wet, dry } = await press(repo)
      const [ofRain, ofDust] = await repo.preload([rain, dust], {
        labels: (ids) =>
          ids.flatMap((id) => [[id, wet] as const, [id, dry] as const, [77, dry] as const]),
      })
      assert.deepEqual(names(ofRain?.labels ?? []), ['wet', 'dry'])
      assert.deepEqual(names(ofDust?.labels ?? []), ['wet', 'dry'])
      const loaded = await repo.preload(rain, {
        labels: [(ids) => ids.map((id) => [id, dry] as const), 'articles'],
      })
      assert.deepEqual(
        loaded.labels.map(({ articles }) => articles.length),
        [2],
      )
    }),
  )

  it(
    'many_to_many with function (wrong shape raises)',
    sandboxed(async (repo) => {
      const { rain, wet } = await press(repo)
      await assert.rejects(
        // @ts-expect-error rows alone do not say whose they are
        repo.preload(rain, { labels: () => [wet] }),
        {
          name: 'QueryError',
          message: `invalid custom preload for "labels" of "press_articles": its function gave { id: 2, name: 'wet' }.

The function for a manyToMany gives a list of pairs: the key of a row of "press_articles", and a row of "press_labels" that belongs to it. A row of several owners comes once for each. For example:

  .preload({
    labels: async (ids) => {
      const found = await repo.all(from(PressArticle).where('id', 'in', ids).preload('labels'))
      return found.flatMap((one) => one.labels.map((row) => [one.id, row] as const))
    },
  }) // [[1, PressLabel {…}], [1, PressLabel {…}], [2, PressLabel {…}]]`,
        },
      )
    }),
  )

  it(
    'with function (wrong shape raises)',
    sandboxed(async (repo) => {
      const { rain, zoe } = await press(repo)
      const message =
        /^invalid custom preload for "notes" of "press_articles": its function gave .+\n\n.+"articleId", by which it is known whose it is\. For example:\n\n {2}\.preload\(\{\n {4}notes: \(ids\) => repo\.all\(from\(PressNote\)\.where\('articleId', 'in', ids\)\),\n {2}\}\)$/s
      const wrong = { name: 'QueryError', message }
      // @ts-expect-error no list
      await assert.rejects(repo.preload(rain, { notes: () => 7 }), wrong)
      await assert.rejects(repo.preload(rain, { notes: () => [{ text: 'whose?' }] }), wrong)
      // @ts-expect-error rows of another schema
      await assert.rejects(repo.preload(rain, { notes: () => [zoe] }), wrong)
      // @ts-expect-error pairs are for manyToMany
      await assert.rejects(repo.preload(rain, { notes: () => [[1, build(Note)] as const] }), wrong)
    }),
  )

  it(
    'that throws has the preload throw it, when nothing is under way any more',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const seen = await statementsOf(repo, async () => {
        await assert.rejects(
          repo.preload(rain, {
            notes: () => {
              throw new RangeError('elsewhere')
            },
            labels: 'writers',
          }),
          { name: 'RangeError', message: 'elsewhere' },
        )
      })
      assert.equal(seen.length, 3)
    }),
  )

  it(
    'runs in the transaction of the calling code',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const failing = repo.transaction(async () => {
        await repo.run(sql`update press_notes set text = 'changed'`)
        const { notes } = await repo.preload(rain, {
          notes: (ids) => repo.all(from(Note).where('articleId', 'in', ids)),
        })
        assert.deepEqual(new Set(texts(notes)), new Set(['changed']))
        repo.rollback()
      })
      await assert.rejects(failing, { name: 'RollbackError' })
    }),
  )
})
