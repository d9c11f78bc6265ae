import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openingOf, reading } from './transcript.ts'

const cue = (speaker: string | null, body: string, startsMs: number | null = null) => ({
  speaker,
  body,
  startsMs,
})

const saidIn = (paragraphs: readonly (readonly { readonly said: string }[])[]) =>
  paragraphs.map((lines) => lines.map(({ said }) => said).join(' '))

describe('reading', () => {
  it('gathers what one person says into one turn, and knows when each line of it begins', () => {
    const read = reading([
      cue('Ines', 'It is', 0),
      cue('Ines', 'ten to six.', 1500),
      cue(null, 'And raining.', 3000),
      cue('Pim', 'That was me.', 4000),
    ])

    assert.deepEqual(
      read?.turns.map(({ speaker, at, paragraphs }) => [
        speaker?.name,
        at?.figures,
        saidIn(paragraphs),
      ]),
      [
        ['Ines', '0:00', ['It is ten to six. And raining.']],
        ['Pim', '0:04', ['That was me.']],
      ],
    )
    assert.deepEqual(
      read?.turns[0]?.paragraphs.flat().map(({ at }) => at),
      [0, 1.5, 3],
    )
  })

  it('breaks a long speech into paragraphs, at the end of a sentence', () => {
    const read = reading([
      cue('Ines', `${'word '.repeat(100)}end`),
      cue('Ines', 'of it.'),
      cue('Ines', 'Then more.'),
    ])

    const [turn] = read?.turns ?? []
    assert.equal(read?.turns.length, 1)
    assert.deepEqual(saidIn(turn?.paragraphs ?? []).slice(1), ['Then more.'])
  })

  it('makes turns of captions that name nobody', () => {
    const read = reading(
      Array.from({ length: 40 }, (_, i) => cue(null, 'A caption of a few words.', i * 1000)),
    )

    assert.ok((read?.turns.length ?? 0) > 1)
    assert.equal(read?.turns[0]?.speaker, null)
  })

  it('knows the face of who speaks, and of others their initials', () => {
    const person = { avatarUrl: '/uploads/ines.png' }
    const read = reading([
      { ...cue('Ines', 'Hello.', 0), person },
      cue('Some Body', 'Hello.', 1000),
    ])

    assert.deepEqual(
      read?.turns.map(({ speaker }) => speaker),
      [
        { name: 'Ines', initials: 'I', avatarUrl: '/uploads/ines.png' },
        { name: 'Some Body', initials: 'SB', avatarUrl: null },
      ],
    )
  })

  it('gives each turn the place a link leads to, and of two in one second only the first', () => {
    const read = reading([cue('A', 'One.', 61_000), cue('B', 'Two.', 61_500), cue('A', 'Three.')])

    assert.deepEqual(
      read?.turns.map(({ anchor }) => anchor),
      ['t=61', null, null],
    )
  })

  it('is nothing where nothing was said', () => {
    assert.equal(reading([]), null)
    assert.equal(openingOf([]), null)
  })
})

describe('openingOf', () => {
  it('folds a long one after a few turns, and says how much there is', () => {
    const cues = Array.from({ length: 100 }, (_, i) =>
      cue(`Speaker ${i % 2}`, 'Said. '.repeat(20).trim()),
    )
    const opening = openingOf(cues)

    assert.ok(opening && opening.turns.length < 20)
    assert.deepEqual(opening.turns, reading(cues)?.turns.slice(0, opening.turns.length))
    assert.equal(opening.words, 2000)
  })

  it('is all of a short one', () => {
    const opening = openingOf([cue('Ines', 'It is.'), cue('Pim', 'Is it?')])

    assert.equal(opening?.turns.length, 2)
    assert.equal(opening?.words, 0)
  })
})
