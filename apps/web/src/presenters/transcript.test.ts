import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reading } from './transcript.ts'

const cue = (speaker: string | null, body: string, startsMs: number | null = null) => ({
  speaker,
  body,
  startsMs,
})

describe('reading', () => {
  it('gathers what one person says into one turn', () => {
    const read = reading([
      cue('Ines', 'It is', 0),
      cue('Ines', 'ten to six.', 1500),
      cue(null, 'And raining.', 3000),
      cue('Pim', 'That was me.', 4000),
    ])

    assert.deepEqual(
      read?.opening.map(({ speaker, at, paragraphs }) => [speaker, at?.figures, paragraphs]),
      [
        ['Ines', '0:00', ['It is ten to six. And raining.']],
        ['Pim', '0:04', ['That was me.']],
      ],
    )
    assert.deepEqual([read?.rest, read?.words], [[], null])
  })

  it('breaks a long speech into paragraphs, at the end of a sentence', () => {
    const read = reading([
      cue('Ines', `${'word '.repeat(100)}end`),
      cue('Ines', 'of it.'),
      cue('Ines', 'Then more.'),
    ])

    assert.equal(read?.opening.length, 1)
    assert.deepEqual(read?.opening[0]?.paragraphs.length, 2)
    assert.equal(read?.opening[0]?.paragraphs[1], 'Then more.')
  })

  it('makes turns of captions that name nobody', () => {
    const read = reading(
      Array.from({ length: 40 }, (_, i) => cue(null, 'A caption of a few words.', i * 1000)),
    )

    assert.ok((read?.opening.length ?? 0) > 1)
    assert.equal(read?.opening[0]?.speaker, null)
  })

  it('folds a long one after a few turns, and says how much there is', () => {
    const cues = Array.from({ length: 100 }, (_, i) =>
      cue(`Speaker ${i % 2}`, 'Said. '.repeat(20).trim()),
    )
    const read = reading(cues)

    assert.ok(read && read.opening.length < 20)
    assert.equal(read.opening.length + read.rest.length, 100)
    assert.equal(read.words, 2000)
  })

  it('is nothing where nothing was said', () => {
    assert.equal(reading([]), null)
  })
})
