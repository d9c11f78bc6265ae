/** What has been counted so far. A test is a leaf: neither a suite nor a test that only holds others. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 }

/** What node:test says when a test or a suite is over. */
export interface Outcome {
  readonly ok: boolean
  /** It is that of a whole file. */
  readonly isFile: boolean
  readonly nesting: number
  readonly isSuite: boolean
  readonly isSkipped: boolean
  /** It failed because something inside it failed. */
  readonly isEcho: boolean
}

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  }
}

/** Counts outcomes in the order they are reported: of each file in turn, what is inside before what holds it. */
export function counter(): { count(outcome: Outcome): void; readonly tally: Tally } {
  let tally = NOTHING
  let deepest = 0
  return {
    get tally() {
      return tally
    },
    count(outcome) {
      // A skipped suite never tells what is in it, and counts as the one thing that was skipped.
      const isHolder = outcome.isSuite && !outcome.isSkipped
      const holdsOthers = isHolder || outcome.isFile || deepest > outcome.nesting
      deepest = outcome.nesting
      tally = add(tally, weigh(outcome, holdsOthers))
    },
  }
}

function weigh({ ok, isSkipped, isEcho }: Outcome, holdsOthers: boolean): Tally {
  if (!ok && !isSkipped) return isEcho ? NOTHING : { ...NOTHING, failed: 1 }
  if (holdsOthers) return NOTHING
  return isSkipped ? { ...NOTHING, skipped: 1 } : { ...NOTHING, passed: 1 }
}

/** The last line of a run. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
