import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { change } from '../changeset/change.ts'
import { from } from '../query/from.ts'
import { joined } from '../query/joined.ts'
import { type Repo } from '../repo/repo.ts'
import { Article, type Label, Note, press, pressTests, Writer } from '../testing/press.ts'
import { type Loaded } from './preloads.ts'

const { sandboxed } = pressTests()

/** For the compiler. */
declare function takes<T>(value: T): T

describe('Loaded', () => {
  it(
    'says what a function wants loaded on the rows it takes',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const shown = (article: Loaded<typeof Article, ['writer', { notes: 'reader' }]>): string =>
        `${article.title} by ${article.writer?.name}: ${article.notes.map((note) => note.reader?.name).join()}`
      const loaded = await repo.preload(rain, { notes: ['reader', 'article'] }, 'labels', 'writer')
      assert.equal(shown(loaded), 'Rain by Abe: Mia,Mia,Zoe')
      // @ts-expect-error its notes have no readers
      assert.throws(() => shown(rain), { name: 'AssociationNotLoadedError' })
    }),
  )
})

/** These are checked by the compiler. They are never called. */
export async function plain(repo: Repo, article: Article): Promise<void> {
  // @ts-expect-error not loaded
  takes<string>(article.writer?.name)
  // @ts-expect-error not loaded
  takes<readonly unknown[]>(article.labels)
  // @ts-expect-error not loaded
  takes<readonly unknown[]>(article.readers)
  const loaded = await repo.preload(article, 'labels', 'readers', 'writerPortrait', {
    editors: 'mentor',
  })
  takes<readonly Label[]>(loaded.labels)
  takes<readonly Writer[]>(loaded.readers)
  takes<string | undefined>(loaded.writerPortrait?.url)
  takes<string | undefined>(loaded.editors[0]?.mentor?.name)
  // @ts-expect-error there need not be one
  takes<string>(loaded.writerPortrait.url)
  // @ts-expect-error not loaded on the labels
  takes<readonly Article[]>(loaded.labels[0]?.articles)
  // @ts-expect-error lists are values
  loaded.labels.push()
  // @ts-expect-error loaded on the editors, not on the readers
  takes<string | undefined>(loaded.readers[0]?.mentor?.name)
  // @ts-expect-error no such association
  await repo.preload(article, { notes: 'writer' })
  // @ts-expect-error a note is no list of names
  await repo.preload(article, { notes: 7 })
  // @ts-expect-error no such option
  await repo.preload(article, 'notes', { forced: true })
  // @ts-expect-error options are for rows
  from(Article).preload('notes', { force: true })
}

export async function nothing(repo: Repo, article: Article): Promise<void> {
  const maybe = await repo.get(Article, 1)
  const one = await repo.preload(maybe, 'notes')
  takes<readonly Note[] | undefined>(one?.notes)
  // @ts-expect-error there may be none
  takes<readonly Note[]>(one.notes)
  takes<Loaded<typeof Article, 'notes'> | undefined>(one)
  // @ts-expect-error but not null
  takes<null>(one)
  const list = await repo.preload([article, null, undefined], 'notes')
  takes<readonly (readonly Note[] | undefined)[]>(list.map((found) => found?.notes))
  // @ts-expect-error some of them are nothing
  list.map((found) => found.notes)
  const all = await repo.preload([article], 'notes')
  takes<readonly (readonly Note[])[]>(all.map((found) => found.notes))
}

export async function byQuery(repo: Repo, article: Article): Promise<void> {
  const notes = from(Note).where('stars', '>', 3).preload({ reader: 'portrait' })
  const loaded = await repo.preload(article, { notes })
  takes<string | undefined>(loaded.notes[0]?.reader?.portrait?.url)
  // @ts-expect-error the query does not preload it
  takes<string | undefined>(loaded.notes[0]?.article.title)
  const both = await repo.preload(article, { notes: [notes, 'article'] })
  takes<string | undefined>(both.notes[0]?.reader?.portrait?.url)
  takes<string | undefined>(both.notes[0]?.article.title)

  const lean = await repo.preload(article, {
    notes: from(Note).select('id', 'text').preload('reader'),
  })
  takes<string | undefined>(lean.notes[0]?.text)
  takes<string | undefined>(lean.notes[0]?.reader?.name)
  // @ts-expect-error not selected
  takes<number | undefined>(lean.notes[0]?.stars)
  // @ts-expect-error a part of a row is no row
  takes<readonly Note[]>(lean.notes)
  // @ts-expect-error nor can it be changed
  lean.notes.map((note) => change(note, { text: '' }))

  const [note] = await repo.all(
    from(Note).preload({ article: from(Article).where({ title: 'Rain' }) }),
  )
  takes<string | undefined>(note?.article?.title)
  // @ts-expect-error it may be another article, whatever the key says
  takes<string | undefined>(note?.article.title)

  // @ts-expect-error rows of another schema
  await repo.preload(article, { notes: from(Writer) })
  // @ts-expect-error nor below
  from(Article).preload({ notes: { reader: from(Note) } })
  const [deep] = await repo.all(
    from(Article).preload({ notes: { reader: from(Writer).preload('mentor') } }),
  )
  takes<string | undefined>(deep?.notes[0]?.reader?.mentor?.name)
  const [walked] = await repo.all(from(Article).preload({ readers: from(Writer).select('name') }))
  takes<string | undefined>(walked?.readers[0]?.name)
  // @ts-expect-error not selected
  takes<number | undefined>(walked?.readers[0]?.id)
}

export async function byFunction(repo: Repo, article: Article): Promise<void> {
  const loaded = await repo.preload(article, {
    notes: (ids, association) => {
      takes<readonly number[]>(ids)
      // @ts-expect-error keys of articles
      takes<readonly string[]>(ids)
      takes<string>(association.target.source)
      return repo.all(from(Note).where('articleId', 'in', ids).preload('reader'))
    },
    writer: async (ids) => repo.all(from(Writer).where('id', 'in', ids).select('id', 'name')),
    labels: (ids) => ids.map((id) => [id, { name: 'wet', weight: 1 }] as const),
  })
  takes<string | undefined>(loaded.notes[0]?.reader?.name)
  takes<string | undefined>(loaded.writer?.name)
  takes<number | undefined>(loaded.labels[0]?.weight)
  // @ts-expect-error the function need not have found one
  takes<string>(loaded.writer.name)
  // @ts-expect-error not selected
  takes<number | null | undefined>(loaded.writer?.mentorId)
  // @ts-expect-error the function does not load it
  takes<string | undefined>(loaded.notes[0]?.article.title)
  // @ts-expect-error nobody gave it
  takes<number | undefined>(loaded.labels[0]?.id)

  const nested = await repo.preload(article, {
    notes: [() => repo.all(from(Note)), { reader: 'portrait' }],
    labels: [
      (ids: readonly number[]) => ids.map((id) => [id, { id, name: 'wet' }] as const),
      'articles',
    ],
  })
  takes<string | undefined>(nested.notes[0]?.reader?.portrait?.url)
  takes<readonly Article[] | undefined>(nested.labels[0]?.articles)

  // @ts-expect-error rows of another schema
  await repo.preload(article, { notes: () => repo.all(Writer) })
  // @ts-expect-error the keys are numbers
  await repo.preload(article, { notes: (ids: readonly string[]) => [{ articleId: ids.length }] })
  // @ts-expect-error one is no list
  await repo.preload(article, { writer: () => repo.getOrThrow(Writer, 1) })
  // @ts-expect-error of manyToMany they come in pairs
  await repo.preload(article, { labels: () => [{ id: 1 }] })
  // @ts-expect-error and of hasMany they do not
  await repo.preload(article, { notes: () => [[1, { articleId: 1 }] as const] })
}

export async function fromJoins(repo: Repo): Promise<void> {
  const query = from(Article).join('notes').join('reader', { from: 'notes' })
  const [article] = await repo.all(
    query.preload({ notes: joined('notes', { reader: joined('reader', 'portrait') }) }),
  )
  takes<string | undefined>(article?.notes[0]?.reader?.portrait?.url)
  // @ts-expect-error not loaded
  takes<string | undefined>(article?.notes[0]?.article.title)
  const wrong = [
    // @ts-expect-error no such join
    () => query.preload({ notes: joined('note') }),
    // @ts-expect-error its rows are no notes
    () => query.preload({ notes: joined('reader') }),
    // @ts-expect-error no such association on a note
    () => query.preload({ notes: joined('notes', 'labels') }),
    // @ts-expect-error there is nothing joined
    () => from(Article).preload({ notes: joined('notes') }),
  ]
  takes<unknown>(wrong)
  // @ts-expect-error nor has a row a join
  await repo.preload(await repo.getOrThrow(Article, 1), { notes: joined('notes') })
}

export async function inEmbeds(repo: Repo, article: Article): Promise<void> {
  const loaded = await repo.preload(
    article,
    { seats: 'writer' },
    { desk: [{ chief: 'mentor' }, { seats: { writer: 'portrait' } }] },
  )
  takes<string | undefined>(loaded.seats[0]?.writer?.name)
  takes<readonly (string | undefined)[]>(loaded.seats.map((seat) => seat.writer?.name))
  takes<string | undefined>(loaded.desk?.chief?.mentor?.name)
  takes<string | undefined>(loaded.desk?.seats[0]?.writer?.portrait?.url)
  takes<string | undefined>(loaded.desk?.room)
  takes<string>(loaded.title)
  takes<Article>(loaded)
  // @ts-expect-error there need not be a desk
  takes<string>(loaded.desk.room)
  // @ts-expect-error not loaded
  takes<string | undefined>(loaded.seats[0]?.writer?.mentor?.name)
  // @ts-expect-error not loaded
  takes<string | undefined>(article.seats[0]?.writer?.name)
  // @ts-expect-error a seat has no such association
  await repo.preload(article, { seats: 'chief' })
  // @ts-expect-error an embed alone is no preload
  await repo.preload(article, 'seats')
  takes<Loaded<typeof Article, { seats: 'writer' }>>(loaded)
  // @ts-expect-error its seats have no writers
  takes<Loaded<typeof Article, { seats: 'writer' }>>(article)
}

export async function together(repo: Repo, article: Article): Promise<void> {
  const first = await repo.preload(article, 'writer')
  const second = await repo.preload(first, { notes: 'reader' }, { parallel: false, force: true })
  takes<string | undefined>(second.writer?.name)
  takes<Loaded<typeof Article, ['writer', { notes: 'reader' }]>>(second)
  // @ts-expect-error its notes came later
  takes<Loaded<typeof Article, ['writer', { notes: 'reader' }]>>(first)
  const recent = from(Note).where('stars', '>', 3).preload('reader')
  takes<Loaded<typeof Article, { notes: typeof recent }>>(
    await repo.preload(article, { notes: recent }),
  )
  const shared = ['writer', { notes: ['reader'] }] as const
  takes<Loaded<typeof Article, typeof shared>>(await repo.preload(article, ...shared))
}
