import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'
import { sql } from 'kysely'

import { exists } from '../../query/dynamic.ts'
import { from } from '../../query/from.ts'
import { parent, subquery } from '../../query/operands.ts'
import { tablesOf } from '../../query/tables.ts'
import { Article, Editing, Label, Note, press, pressTests, Writer } from '../../testing/press.ts'
import { type Repo } from '../repo.ts'
import { type Read } from './read.ts'

const { sandboxed } = pressTests()

type Row = Readonly<Record<string, unknown>>

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  press_writers: ['name', 'mentor_id'],
  press_portraits: ['writer_id', 'url'],
  press_articles: ['title', 'writer_id'],
  press_notes: ['article_id', 'reader_id', 'text', 'stars'],
  press_labels: ['name'],
  press_articles_labels: ['article_id', 'label_id', 'main'],
  press_editings: ['press_article_id', 'press_writer_id', 'role'],
}

/** Something to ask, for a number and a word. */
type Question = (repo: Repo, n: number, word: string) => Promise<unknown>

const QUESTIONS: readonly Question[] = [
  (repo, n) => repo.get(Article, n),
  (repo, n) => repo.all(from(Article).where({ writerId: n }).orderBy({ id: 'asc' })),
  (repo, _n, word) => repo.count(from(Note).where({ text: word })),
  (repo, n) => repo.count(from(Note).where('stars', 'in', [n, 5]).where('readerId', 'is', null)),
  (repo, n, word) => repo.count(from(Note).where({ stars: n }).orWhere({ text: word })),
  (repo, n) =>
    repo.aggregate(from(Note).where({ articleId: n }).distinct().select('stars'), 'count'),
  (repo, n) => repo.aggregate(from(Note).where('stars', '>=', n), 'max', 'text'),
  (repo, n) =>
    repo.all(from(Note).where(['articleId', 'stars'], '=', [n, 5]).orderBy({ id: 'asc' })),
  (repo, n) => repo.exists(from(Note).join('article').where({ 'article.writerId': n })),
  (repo, n) =>
    repo.count(from(Note).join('article', { type: 'left' }).where({ 'article.writerId': n })),
  (repo, n) =>
    repo.count(from(Article).join('notes', { type: 'left' }).where({ 'notes.stars': n, id: n })),
  (repo, n) =>
    repo.count(
      from(Article).where('id', 'in', subquery(from(Note).where({ stars: n }).select('articleId'))),
    ),
  (repo, n) =>
    repo.count(
      from(Article).where(exists(from(Note).where({ articleId: parent('id'), stars: n }))),
    ),
  (repo, n) =>
    repo.count(
      from(Article).where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('press_notes')
              .select('press_notes.id')
              .whereRef('press_notes.articleId', '=', 'press_articles.id')
              .where('press_notes.stars', '=', n),
          ),
        ),
      ),
    ),
  (repo, n, word) =>
    repo.run(
      tablesOf([Note, Writer])
        .selectFrom('press_notes as n')
        .leftJoin('press_writers as w', 'w.id', 'n.readerId')
        .where('n.articleId', '=', n)
        .where((eb) => eb.or([eb('w.name', '=', word), eb('n.text', '=', word)]))
        .select(({ fn }) => fn.countAll().as('count')),
    ),
  (repo, n) => repo.all(from(Article).where({ id: n }).preload('labels', 'mainLabels', 'chiefs')),
  (repo, n) =>
    repo.all(
      from(Article).where({ id: n }).preload('writerPortrait', 'readers', 'topNote', 'best'),
    ),
  (repo, n) =>
    repo.all(
      from(Writer)
        .where({ id: n })
        .preload({ articles: ['labels', 'loud'] }),
    ),
  (repo, n) => repo.all(from(Label).where({ id: n }).preload({ articles: 'editors' })),
  (repo, n) =>
    repo.all(
      from(Editing).where({ pressArticleId: n }).orderBy({ pressWriterId: 'asc', role: 'asc' }),
    ),
  (repo, n) =>
    repo.all(
      from(Note)
        .join('article')
        .where({ articleId: n })
        .preload({ article: 'writer' })
        .orderBy({ 'article.title': 'asc', id: 'asc' })
        .limit(2),
    ),
]

const id = fc.integer({ min: 1, max: 6 })
const word = fc.constantFrom('A', 'b', 'chief', 'wet', 'Zoe', '1')
const tables = fc.constantFrom(...Object.keys(COLUMNS))
const change = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    table: tables,
    values: fc.array(id, { minLength: 4, maxLength: 4 }),
    words: word,
  }),
  fc.record({
    kind: fc.constant('update' as const),
    table: tables,
    at: id,
    column: fc.nat(3),
    to: id,
    words: word,
  }),
  fc.record({ kind: fc.constant('delete' as const), table: tables, at: id }),
)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

/** A value that the column takes. */
function valueFor(column: string, number: number, words: string): string {
  if (column.endsWith('_id') || column === 'stars') return String(number)
  return column === 'main' ? String(number % 2 === 0) : `'${words}'`
}

/** What stands between two rows has no id of its own. */
function keyOf(table: string): string {
  const between = ['press_articles_labels', 'press_editings'].includes(table)
  return between ? (COLUMNS[table]?.[0] ?? '') : 'id'
}

function statementFor(made: Change): string {
  const columns = COLUMNS[made.table] ?? []
  const key = keyOf(made.table)
  switch (made.kind) {
    case 'insert': {
      const named = key === 'id' ? [...columns, 'id'] : columns
      const values = named.map((column, at) =>
        column === 'id' ? made.values[3] : valueFor(column, made.values[at] ?? 1, made.words),
      )
      return `insert into ${made.table} (${named.join()}) values (${values.join()}) on conflict do nothing`
    }
    case 'update': {
      const column = columns[made.column % columns.length] ?? key
      return `update ${made.table} set ${column} = ${valueFor(column, made.to, made.words)} where ${key} = ${made.at}`
    }
    case 'delete':
      return `delete from ${made.table} where ${key} = ${made.at}`
    default:
      return made satisfies never
  }
}

async function contents(repo: Repo, table: string): Promise<readonly Row[]> {
  const rows = await repo.run(
    sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(table)} t`,
  )
  return rows.map(({ row }) => row)
}

/** Rows that are there only before, or only after: how they were, and how they are. */
function differing(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const text = (row: Row): string => JSON.stringify(row)
  const [old, now] = [before.map(text), after.map(text)]
  return [
    ...before.filter((row) => !now.includes(text(row))),
    ...after.filter((row) => !old.includes(text(row))),
    // One of several that were alike.
    ...(before.length === after.length
      ? []
      : before.filter((row) => count(old, text(row)) !== count(now, text(row)))),
  ]
}

function count(all: readonly string[], one: string): number {
  return all.filter((other) => other === one).length
}

function matches({ table, scopes }: Read, changed: string, rows: readonly Row[]): boolean {
  return (
    table === changed &&
    rows.some((row) => scopes.every(({ column, values }) => values.includes(String(row[column]))))
  )
}

describe('what repo.recorded tells', () => {
  it(
    'has in it every change that changes the answer',
    sandboxed(async (repo) => {
      await press(repo)
      let changedAnswers = 0
      const question = fc.constantFrom(...QUESTIONS)
      await fc.assert(
        fc.asyncProperty(
          question,
          id,
          word,
          fc.array(change, { minLength: 1, maxLength: 4 }),
          async (ask, n, words, changes) => {
            await repo
              .transaction(async () => {
                for (const made of changes) {
                  const reads: Read[] = []
                  const before = await repo.recorded(reads, () => ask(repo, n, words))
                  const rows = await contents(repo, made.table)
                  await repo.run(sql.raw(statementFor(made)))
                  const now = await ask(repo, n, words)
                  if (JSON.stringify(before) === JSON.stringify(now)) continue
                  changedAnswers += 1
                  const touched = differing(rows, await contents(repo, made.table))
                  assert.ok(
                    reads.some((read) => matches(read, made.table, touched)),
                    `${statementFor(made)} is in none of ${JSON.stringify(reads)}`,
                  )
                }
                repo.rollback()
              })
              .catch((error: unknown) => {
                if (!(error instanceof Error) || error.name !== 'RollbackError') throw error
              })
          },
        ),
        { numRuns: 300 },
      )
      assert.ok(changedAnswers > 5, `only ${changedAnswers} changes changed an answer`)
    }),
  )
})
