import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'

const STYLES = join(import.meta.dirname, '../../assets/styles')

/** These dress what others have dressed: for paper, for colours a reader chose, in a frame elsewhere, on a phone. */
const OVER_OTHERS = new Set(['contrast.css', 'print.css', 'embed.css', 'desk-narrow.css'])

/** Parts that several kinds of pages have, and that one of them may refine; in what state something is. */
const SHARED = {
  site: 'deck desk face field figures later listen prose reading ruled rundown speed staff subscribe title-page volume',
  admin: 'actions admin badge done failed listing part plain planned quiet ready rows sheet work',
}

describe('the stylesheets', () => {
  it('do not dress two things that happen to have the same class', () => {
    assert.deepEqual(dressedTwice(STYLES, SHARED.site), [])
    assert.deepEqual(dressedTwice(join(STYLES, 'admin'), SHARED.admin), [])
  })
})

function dressedTwice(folder: string, shared: string): readonly string[] {
  const dressedIn = new Map<string, Set<string>>()
  for (const sheet of readdirSync(folder)) {
    if (!sheet.endsWith('.css') || OVER_OTHERS.has(sheet)) continue
    for (const name of begunBy(readFileSync(join(folder, sheet), 'utf8'))) {
      dressedIn.set(name, (dressedIn.get(name) ?? new Set()).add(sheet))
    }
  }
  const known = new Set(shared.split(' '))
  return [...dressedIn]
    .filter(([name, sheets]) => sheets.size > 1 && !known.has(name))
    .map(([name, sheets]) => `.${name}: ${[...sheets].join(', ')}`)
}

/** The classes that selectors begin with. */
function begunBy(css: string): readonly string[] {
  const rules = css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{};]+)\{/g)
  return [...rules].flatMap(([, selectors = '']) =>
    selectors
      .split(',')
      .flatMap(
        (selector) => /^[^\s>+~]*/.exec(selector.trim())?.[0].match(/(?<=\.)[a-z-]+/g) ?? [],
      ),
  )
}
