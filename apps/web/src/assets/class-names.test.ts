import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'

const STYLES = join(import.meta.dirname, '../../assets/styles')

/** These dress what others have dressed: every page for paper, for colours a reader chose, and in a frame elsewhere. */
const OVER_OTHERS = new Set(['contrast.css', 'print.css', 'embed.css'])

/** Parts that several kinds of pages have, and that one of them may refine. */
const SHARED = new Set(
  'deck desk face field figures later listen prose reading ruled rundown speed staff subscribe title-page volume'.split(
    ' ',
  ),
)

describe('the stylesheets of the site', () => {
  it('do not dress two things that happen to have the same class', () => {
    const dressedIn = new Map<string, Set<string>>()
    for (const sheet of readdirSync(STYLES)) {
      if (!sheet.endsWith('.css') || OVER_OTHERS.has(sheet)) continue
      for (const name of begunBy(readFileSync(join(STYLES, sheet), 'utf8'))) {
        dressedIn.set(name, (dressedIn.get(name) ?? new Set()).add(sheet))
      }
    }
    const twice = [...dressedIn].filter(([name, sheets]) => sheets.size > 1 && !SHARED.has(name))

    assert.deepEqual(
      twice.map(([name, sheets]) => `.${name}: ${[...sheets].join(', ')}`),
      [],
    )
  })
})

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
