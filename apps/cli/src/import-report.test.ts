import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { attachedText, eventPrinter } from './import-report.ts'

describe('what an import tells', () => {
  it('is the feed, the last of each count, and warnings as they come', () => {
    const told: string[] = []
    const tell = eventPrinter((line) => told.push(line))

    tell({ type: 'read', title: 'Hello', episodes: 1 })
    tell({ type: 'warning', message: 'line 3: no date' })
    for (let done = 1; done <= 500; done += 1) tell({ type: 'saved', done, total: 500 })

    assert.deepEqual(told, [
      'Read “Hello”, 1 episode.',
      '  ! line 3: no date',
      '  500 of 500 episodes saved',
    ])
  })

  it('is only the first of very many warnings', () => {
    const told: string[] = []
    const tell = eventPrinter((line) => told.push(line))

    for (let line = 0; line < 100; line += 1) tell({ type: 'warning', message: `line ${line}` })

    assert.equal(told.length, 21)
    assert.match(told.at(-1) ?? '', /and more/)
  })

  it('names the files that found no episode', () => {
    const skipped = [{ file: 'show/9.md', reason: 'no episode' }]

    assert.equal(
      attachedText('notes', { attached: 2, unchanged: 1, skipped }),
      'notes: 2 attached, 1 unchanged, 1 skipped\n  show/9.md: no episode',
    )
  })
})
