import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { formatProblems, formattedTitle, PLACEHOLDERS } from './title-format.ts'

const TIDES = { title: 'Tides', subtitle: 'High and low', podcast: 'Local Time', number: '7' }

describe('a title format', () => {
  it('puts what is known of an episode where its name stands', () => {
    const cases = {
      '{title}': 'Tides',
      '{podcast} #{number}: {title}': 'Local Time #7: Tides',
      '{title} – {subtitle} ({podcast})': 'Tides – High and low (Local Time)',
    }
    for (const [format, title] of Object.entries(cases)) {
      assert.equal(formattedTitle(format, TIDES), title)
    }
    assert.equal(formattedTitle(null, TIDES), 'Tides')
  })

  it('leaves no trace of what an episode does not have', () => {
    const bare = { ...TIDES, subtitle: null, number: null }
    const cases = {
      '{number}: {title}': 'Tides',
      '{title} (#{number})': 'Tides',
      '{title} – {subtitle}': 'Tides',
      '{podcast} #{number}: {title}': 'Local Time: Tides',
    }
    for (const [format, title] of Object.entries(cases)) {
      assert.equal(formattedTitle(format, bare), title)
    }
  })

  it('is refused with a name that nobody knows, and without a title', () => {
    assert.match(formatProblems('{title} {guest}')[0] ?? '', /has “\{guest\}”/)
    assert.match(formatProblems('{podcast}')[0] ?? '', /needs \{title\}/)
    assert.deepEqual(formatProblems('{title}'), [])
  })

  it('keeps a title whatever is in it, and gives every episode one', () => {
    const words = fc.string({ minLength: 1 }).map((text) => `a${text.replaceAll(/\s+/g, ' ')}b`)
    const maybe = fc.option(words)
    const between = fc.stringMatching(/^[ :#()–-]{0,4}$/)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...PLACEHOLDERS], { minLength: 0 }),
        fc.array(between, { minLength: 6, maxLength: 6 }),
        fc.record({ title: words, subtitle: maybe, podcast: maybe, number: maybe }),
        (names, signs, said) => {
          const all = [...new Set([...names, 'title' as const])]
          const format = all.map((name, place) => `${signs[place] ?? ''}{${name}}`).join('')

          assert.ok(formattedTitle(format, said).includes(said.title))
        },
      ),
    )
  })
})
