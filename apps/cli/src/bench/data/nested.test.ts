import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nested } from './nested.ts'

describe('nested', () => {
  it('puts rows where their keys lead', () => {
    const ada = { id: '7' }
    const [first, second] = nested({
      episodes: [{ id: '1' }, { id: '2' }],
      transcripts: [{ id: '3', episode_id: '1' }],
      cues: [
        { transcript_id: '3', person_id: '7' },
        { transcript_id: '3', person_id: null },
      ],
      people: [ada],
    })

    assert.deepEqual(
      first?.transcripts[0]?.cues.map(({ person }) => person),
      [ada, undefined],
    )
    assert.deepEqual(second, { id: '2', transcripts: [] })
  })
})
