import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { closingLine, counter, type Outcome } from './tally.ts'

function tallyOf(...outcomes: readonly Partial<Outcome>[]): string {
  const counted = counter()
  for (const outcome of outcomes) {
    counted.count({
      ok: true,
      isFile: false,
      nesting: 0,
      isSuite: false,
      isSkipped: false,
      isEcho: false,
      ...outcome,
    })
  }
  return closingLine(counted.tally)
}

describe('the tally', () => {
  it('counts tests, not the suites and tests that hold them', () => {
    const line = tallyOf(
      { nesting: 2 },
      { nesting: 2, ok: false },
      { nesting: 1, ok: false, isEcho: true },
      { nesting: 1, isSkipped: true },
      { nesting: 0, isSuite: true, ok: false, isEcho: true },
      { nesting: 0 },
    )

    assert.equal(line, '2 passed, 1 failed, 1 skipped')
  })

  it('counts a suite whose own hook failed, and a file that crashed', () => {
    assert.equal(
      tallyOf({ nesting: 1 }, { isSuite: true, ok: false }),
      '1 passed, 1 failed, 0 skipped',
    )
    assert.equal(
      tallyOf({ nesting: 0 }, { isFile: true, ok: false }),
      '1 passed, 1 failed, 0 skipped',
    )
  })

  it('counts neither an empty suite nor a file without tests', () => {
    assert.equal(tallyOf({ isSuite: true }, { isFile: true }), '0 passed, 0 failed, 0 skipped')
  })

  it('counts a skipped suite and a test that is yet to pass as skipped', () => {
    const line = tallyOf({ isSuite: true, isSkipped: true }, { ok: false, isSkipped: true })

    assert.equal(line, '0 passed, 0 failed, 2 skipped')
  })
})
