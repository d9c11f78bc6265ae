import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sqlStatements } from './statements.ts'

const texts = (sql: string): string[] => sqlStatements(sql).map(({ text }) => text)

describe('sqlStatements', () => {
  it('parts at semicolons, and says on which line each begins', () => {
    assert.deepEqual(sqlStatements('select 1;\n\n  select\n 2 ;select 3'), [
      { text: 'select 1', line: 1 },
      { text: 'select\n 2 ', line: 3 },
      { text: 'select 3', line: 4 },
    ])
  })

  it('leaves semicolons in text, names, bodies and comments alone', () => {
    const whole = [
      `select 'a;''b;'`,
      String.raw`select E'a\';b'`,
      `select ";""`.concat(`;"`),
      `do $$ begin perform 1; end $$`,
      `do $body$ select '$$;'; $body$`,
      `select 1 -- not; here\n + 2`,
      `select /* nor; /* here; */ */ 1`,
      `select $1; `.trim().slice(0, -1),
    ]
    for (const sql of whole) assert.deepEqual(texts(`${sql};`), [sql])
  })

  it('finds nothing in blanks and comments', () => {
    assert.deepEqual(texts(' \n;-- a;\n;/* b; */'), [])
  })

  it('passes over the comments in front of a statement', () => {
    assert.deepEqual(sqlStatements('-- why\n/* and\n how */ select 1;'), [
      { text: 'select 1', line: 3 },
    ])
  })
})
