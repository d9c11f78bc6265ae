import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { type Cue } from '@showrunner/feeds'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { saveTranscript, saveTranscriptLinks, Transcript, TranscriptCue } from './index.ts'

const OURS = { url: null, type: 'text/vtt', language: null, rel: null }

const cue = (text: string, more: Partial<Cue> = {}): Cue => {
  return { startsMs: null, endsMs: null, speaker: null, text, ...more }
}

describe('saveTranscript', () => {
  it(
    'knows a speaker by name, unless two people share it',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const ada = await aPerson(repo, 'Ada Byron')
      await aPerson(repo, 'Sam', { handle: 'sam-1' })
      await aPerson(repo, 'Sam', { handle: 'sam-2' })
      const cues = [cue('a', { speaker: 'ADA byron' }), cue('b', { speaker: 'Sam' }), cue('c')]

      await saveTranscript(repo, episode, { ...OURS, cues })

      const rows = await repo.all(from(TranscriptCue).orderBy({ position: 'asc' }))
      assert.deepEqual(
        rows.map(({ personId }) => personId),
        [ada.id, null, null],
      )
    }),
  )

  it(
    'keeps one for each language, and writes the same words once',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const save = (language: string | null, text: string) =>
        saveTranscript(repo, episode, { ...OURS, language, cues: [cue(text)] })

      assert.equal(await save(null, 'Hello.'), 'created')
      assert.equal(await save(null, 'Hello.'), 'unchanged')
      assert.equal(await save('de', 'Hallo.'), 'created')
      assert.equal(await save(null, 'Hello!'), 'updated')

      assert.equal(await repo.count(Transcript), 2)
      const bodies = (await repo.all(TranscriptCue)).map(({ body }) => body)
      assert.deepEqual(bodies.toSorted(), ['Hallo.', 'Hello!'])
    }),
  )

  it(
    'is timed when every cue says when, and drops times that cannot be',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const cues = [cue('a', { startsMs: 0, endsMs: 0 }), cue('b', { startsMs: 500, endsMs: 900 })]

      await saveTranscript(repo, episode, { ...OURS, cues })
      const timed = await repo.oneOrThrow(from(Transcript).preload('cues'))
      await saveTranscript(repo, episode, { ...OURS, cues: [...cues, cue('c')] })
      const untimed = await repo.oneOrThrow(Transcript)

      assert.deepEqual([timed.timed, timed.cueCount], [true, 2])
      assert.deepEqual(
        timed.cues.map(({ startsMs, endsMs }) => [startsMs, endsMs]),
        [
          [0, null],
          [500, 900],
        ],
      )
      assert.deepEqual([untimed.timed, untimed.cueCount], [false, 3])
    }),
  )
})

describe('saveTranscriptLinks', () => {
  it(
    'keeps the words of what is still named, and ours',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const link = (name: string) => {
        return { url: `https://x.example/${name}`, type: 'text/vtt', language: null, rel: null }
      }
      await saveTranscriptLinks(repo, episode, [link('a'), link('b'), link('a')])
      await saveTranscript(repo, episode, { ...link('b'), cues: [cue('Kept.')] })
      await saveTranscript(repo, episode, { ...OURS, cues: [cue('Ours.')] })

      await saveTranscriptLinks(repo, episode, [link('b'), link('c')])

      const rows = await repo.all(from(Transcript).orderBy({ url: 'asc' }).preload('cues'))
      assert.deepEqual(
        rows.map(({ url, position, cues }) => [url, position, cues.map(({ body }) => body)]),
        [
          ['https://x.example/b', 0, ['Kept.']],
          ['https://x.example/c', 1, []],
          [null, 0, ['Ours.']],
        ],
      )
    }),
  )
})
