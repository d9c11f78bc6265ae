import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { beforeHundred, episodeOf, EPISODES, notesTable } from './subject.ts'

describe('the rows of a turn', () => {
  it('are always there', () => {
    fc.assert(
      fc.property(fc.nat(), (turn) => {
        assert.ok(episodeOf(turn) >= 1 && episodeOf(turn) <= EPISODES)
        assert.ok(beforeHundred(turn) >= 0 && beforeHundred(turn) + 100 <= EPISODES)
      }),
    )
  })

  it('are all rows in time', () => {
    const seen = new Set(Array.from({ length: EPISODES }, (_, turn) => episodeOf(turn)))
    assert.equal(seen.size, EPISODES)
  })
})

describe('a table to write into', () => {
  it('is one for each way', () => {
    assert.equal(notesTable('pg, prepared'), 'bench_notes_prepared')
    assert.equal(notesTable('pg'), 'bench_notes_pg')
  })
})
