import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { from } from '../../query/from.ts'
import { joined } from '../../query/joined.ts'
import { assocLoaded } from '../../schema/associated.ts'
import { build } from '../../schema/instance.ts'
import { statementsOf } from '../../testing/library.ts'
import { Article, Label, Note, press, pressTests, Writer } from '../../testing/press.ts'

const { sandboxed } = pressTests()

const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name)
const titles = (rows: readonly { readonly title: string }[]): string[] =>
  rows.map(({ title }) => title)
const texts = (rows: readonly { readonly text: string }[]): string[] => rows.map(({ text }) => text)

// These tests name keys deliberately equal "to expose bugs in preload sorting"; names run against ids.
describe('preload', () => {
  it(
    'has_many',
    sandboxed(async (repo) => {
      const { rain, dust, ash } = await press(repo)
      const [ofAsh, ofRain, ofDust] = await repo.preload([ash, rain, dust], 'notes')
      assert.deepEqual(texts(ofAsh?.notes ?? []), [])
      assert.deepEqual(new Set(texts(ofRain?.notes ?? [])), new Set(['b', 'C', 'd']))
      assert.deepEqual(texts(ofDust?.notes ?? []), ['A'])
    }),
  )

  it(
    'has_many multiple times (same parent twice)',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const [first, second] = await repo.preload([rain, rain], 'signed')
      assert.deepEqual(
        first?.signed.map(({ id }) => id),
        [1, 2, 4],
      )
      assert.deepEqual(second?.signed, first?.signed)
    }),
  )

  it(
    'has_one',
    sandboxed(async (repo) => {
      const { zoe, mia, abe } = await press(repo)
      const [ofZoe, ofAbe, ofMia] = await repo.preload([zoe, abe, mia], 'portrait')
      assert.equal(ofZoe?.portrait, null)
      assert.equal(ofAbe?.portrait?.url, '/abe')
      assert.equal(ofMia?.portrait?.url, '/mia')
    }),
  )

  it(
    'has_one takes the first by the order, where there are several',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      assert.equal((await repo.preload(rain, 'topNote')).topNote?.text, 'C')
    }),
  )

  it(
    'belongs_to',
    sandboxed(async (repo) => {
      const { notes } = await press(repo)
      const loaded = await repo.preload(notes, 'reader')
      assert.deepEqual(
        loaded.map(({ reader }) => reader?.name ?? null),
        ['Mia', null, 'Zoe', 'Mia'],
      )
    }),
  )

  it(
    'belongs_to with shared parent',
    sandboxed(async (repo) => {
      const { rain, ash } = await press(repo)
      const [first, second] = await repo.preload([rain, ash], { writer: 'portrait' })
      assert.equal(first?.writer, second?.writer)
      assert.equal(first?.writer?.portrait?.url, '/abe')
    }),
  )

  it(
    'many_to_many',
    sandboxed(async (repo) => {
      const { rain, dust, ash, wet, dry } = await press(repo)
      const articles = await repo.preload([ash, dust, rain], 'labels', 'editors')
      assert.deepEqual(
        articles.map(({ labels }) => names(labels)),
        [[], ['dry'], ['dry', 'wet']],
      )
      assert.deepEqual(
        articles.map(({ editors }) => names(editors)),
        [['Zoe'], [], ['Zoe', 'Mia', 'Abe']],
      )
      const labels = await repo.preload([wet, dry], 'articles')
      assert.deepEqual(
        labels.map((label) => titles(label.articles)),
        [['Rain'], ['Dust', 'Rain']],
      )
    }),
  )

  it(
    'many_to_many with joinWhere and where, with a schema between and without',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const [first, second] = await repo.preload([rain, dust], 'mainLabels', 'chiefs')
      assert.deepEqual(names(first?.mainLabels ?? []), ['dry'])
      assert.deepEqual(names(first?.chiefs ?? []), ['Zoe'])
      assert.deepEqual(second?.mainLabels, [])
      assert.deepEqual(second?.chiefs, [])
    }),
  )

  it(
    'with the where of the association: a value, null, not null, in, and an expression',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const [first, second] = await repo.preload(
        [rain, dust],
        ...(['unsigned', 'signed', 'best', 'loud'] as const),
      )
      assert.ok(first && second)
      assert.deepEqual(texts(first.unsigned), [])
      assert.deepEqual(texts(second.unsigned), ['A'])
      assert.deepEqual(texts(first.signed), ['d', 'C', 'b'])
      assert.deepEqual(texts(second.signed), [])
      assert.deepEqual(texts(first.best), ['d', 'C'])
      assert.deepEqual(texts(first.loud), ['C'])
      assert.deepEqual(texts(second.loud), ['A'])
    }),
  )

  it(
    'has_many through',
    sandboxed(async (repo) => {
      const { abe, mia, zoe } = await press(repo)
      const writers = await repo.preload([zoe, abe, mia], 'notes')
      assert.deepEqual(
        writers.map(({ notes }) => texts(notes)),
        [[], ['d', 'b', 'C'], ['A']],
      )
      const [, ofAbe] = writers
      // What was walked is there too.
      assert.ok(ofAbe && assocLoaded(ofAbe, 'articles'))
      assert.deepEqual(titles(ofAbe.articles), ['Ash', 'Rain'])
    }),
  )

  it(
    'has_one through',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      const loaded = await repo.preload([dust, rain], 'writerPortrait')
      assert.deepEqual(
        loaded.map(({ writerPortrait }) => writerPortrait?.url),
        ['/mia', '/abe'],
      )
    }),
  )

  it(
    'through with nil association / nil struct',
    sandboxed(async (repo) => {
      const { zoe } = await press(repo)
      const orphan = await repo.insertOrThrow(build(Article, { id: 9, title: 'Fog' }))
      const bare = await repo.insertOrThrow(
        build(Article, { id: 10, title: 'Fog', writerId: zoe.id }),
      )
      const [first, second, third] = await repo.preload([orphan, undefined, bare], 'writerPortrait')
      assert.equal(first?.writerPortrait, null)
      assert.equal(second, undefined)
      assert.equal(third?.writerPortrait, null)
    }),
  )

  it(
    'through-through',
    sandboxed(async (repo) => {
      const { abe, mia } = await press(repo)
      const [ofAbe, ofMia] = await repo.preload([abe, mia], 'readers')
      assert.deepEqual(names(ofAbe?.readers ?? []), ['Mia', 'Zoe'])
      assert.deepEqual(names(ofMia?.readers ?? []), [])
      assert.ok(ofAbe && assocLoaded(ofAbe, 'notes'))
      assert.deepEqual(texts(ofAbe.notes), ['d', 'b', 'C'])
    }),
  )

  it(
    'through many_to_many, at the end and on the way',
    sandboxed(async (repo) => {
      const { abe, dry } = await press(repo)
      assert.deepEqual(names((await repo.preload(abe, 'labels')).labels), ['dry', 'wet'])
      assert.deepEqual(names((await repo.preload(dry, 'writers')).writers), ['Mia', 'Abe'])
    }),
  )

  it(
    'empty; no associated entries (4 kinds)',
    sandboxed(async (repo) => {
      const lonely = await repo.insertOrThrow(build(Article, { id: 9, title: 'Fog' }))
      const nobody = await repo.insertOrThrow(build(Writer, { id: 9, name: 'Nobody' }))
      const article = await repo.preload(lonely, 'notes', 'writer', 'labels', 'readers')
      assert.deepEqual(article.notes, [])
      assert.equal(article.writer, null)
      assert.deepEqual(article.labels, [])
      assert.deepEqual(article.readers, [])
      assert.equal((await repo.preload(nobody, 'portrait')).portrait, null)
      assert.deepEqual(await repo.all(from(Label).preload('articles')), [])
    }),
  )

  it(
    'nested',
    sandboxed(async (repo) => {
      const { abe } = await press(repo)
      const { articles } = await repo.preload(abe, {
        articles: ['labels', { notes: { reader: ['portrait', 'articles'] } }],
      })
      const [ash, rain] = articles
      assert.deepEqual(ash?.notes, [])
      assert.deepEqual(names(rain?.labels ?? []), ['dry', 'wet'])
      assert.deepEqual(
        rain?.notes.map(({ reader }) => [reader?.portrait?.url, titles(reader?.articles ?? [])]),
        [
          ['/mia', ['Dust']],
          ['/mia', ['Dust']],
          [undefined, []],
        ],
      )
    }),
  )

  it(
    'keyword query: a query may say its preloads in every form',
    sandboxed(async (repo) => {
      await press(repo)
      const one = from(Article).orderBy({ id: 'asc' })
      const forms = [
        one.preload('writer', { notes: 'reader' }),
        one.preload('writer').preload({ notes: ['reader'] }),
        one.preload({ writer: [], notes: ['reader'] }),
        one.preload({ notes: [], writer: [] }, { notes: { reader: [] } }),
      ]
      const found = await Promise.all(forms.map((form) => repo.all(form)))
      const plain = found.map((articles) =>
        articles.map(({ writer, notes }) => ({ writer, notes })),
      )
      assert.equal(plain[0]?.[0]?.writer?.name, 'Abe')
      assert.equal(plain[0]?.[0]?.notes[0]?.reader?.name, 'Mia')
      assert.deepEqual(plain[1], plain[0])
      assert.deepEqual(plain[2], plain[0])
      assert.deepEqual(plain[3], plain[0])
    }),
  )

  it(
    'of rows that other schemas hold too: each by its own key',
    sandboxed(async (repo) => {
      await press(repo)
      const [note] = await repo.all(
        from(Note).where({ id: 1 }).preload('articleWriter', { article: 'editors' }),
      )
      assert.equal(note?.articleWriter?.name, 'Abe')
      assert.deepEqual(names(note?.article.editors ?? []), ['Zoe', 'Mia', 'Abe'])
    }),
  )
})

describe('preload of a through', () => {
  it(
    'that the query has joined keeps those rows, and loads what hangs below them',
    sandboxed(async (repo) => {
      await press(repo)
      const zoes = from(Article)
        .join('readers')
        .where('readers.name', '=', 'Zoe')
        .preload({ readers: joined('readers', 'articles') })
      const events = await statementsOf(repo, async () => {
        const [rain, ...others] = await repo.all(zoes)
        assert.deepEqual(names(rain?.readers ?? []), ['Zoe'])
        assert.deepEqual(rain?.readers[0]?.articles, [])
        assert.deepEqual(others, [])
      })
      assert.equal(events.length, 2)
    }),
  )

  it(
    'whose steps the query has joined walks those rows',
    sandboxed(async (repo) => {
      await press(repo)
      const good = from(Article)
        .join('notes')
        .where('notes.stars', '=', 5)
        .orderBy({ id: 'asc' })
        .preload({ notes: joined('notes') }, 'readers')
      const events = await statementsOf(repo, async () => {
        const articles = await repo.all(good)
        assert.deepEqual(
          articles.map(({ readers }) => names(readers)),
          [['Zoe'], []],
        )
      })
      assert.equal(events.length, 2)
    }),
  )

  it(
    'that was loaded narrowed stays so, and its rows get what hangs below',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const zoes = from(Article).join('readers').where('readers.name', '=', 'Zoe')
      const [narrowed] = await repo.all(zoes.preload({ readers: joined('readers') }))
      assert.equal(narrowed?.id, rain.id)
      const { readers } = await repo.preload(narrowed, { readers: 'articles' })
      assert.deepEqual(
        readers.map(({ name, articles }) => [name, articles.length]),
        [['Zoe', 0]],
      )
    }),
  )

  it(
    'by a function that leaves out the key of its rows is refused',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      await assert.rejects(
        repo.preload(rain, { readers: (ids) => ids.map((id) => ({ id: undefined, key: id })) }),
        /invalid custom preload for "reader" of "press_notes"/,
      )
    }),
  )
})
