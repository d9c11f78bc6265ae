import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chapterLines } from './chapters.ts'
import { en } from '../words/index.ts'

const chapter = (startsMs: number, hidden = false) => ({
  startsMs,
  title: null,
  linkUrl: null,
  imageUrl: null,
  hidden,
})

describe('chapterLines', () => {
  it('places each on the line of the player and counts those that are shown', () => {
    const lines = chapterLines([chapter(0), chapter(30_000, true), chapter(150_000)], 600, en)

    assert.deepEqual(
      lines.map(({ number, title, from, at }) => [number, title, from, at.figures]),
      [
        [1, 'Chapter 1', 0, '0:00'],
        [2, 'Chapter 2', 25, '2:30'],
      ],
    )
  })

  it('notes where two numbers would stand in one another', () => {
    const lines = chapterLines([chapter(0), chapter(5000), chapter(300_000)], 600, en)

    assert.deepEqual(
      lines.map(({ crowded }) => crowded),
      [false, true, false],
    )
  })

  it('places nothing on a line of unknown length, and nothing beyond its end', () => {
    assert.equal(chapterLines([chapter(1000)], null, en)[0]?.from, null)
    assert.equal(chapterLines([chapter(700_000)], 600, en)[0]?.from, 100)
  })
})
