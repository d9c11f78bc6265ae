import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { errorMessages, from, type Repo } from '@showrunner/data'
import { readTranscript } from '@showrunner/feeds'
import { type Episode, EpisodeGuest, EpisodeHost } from '../episodes/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { formatTime } from './clock.ts'
import {
  deleteTranscript,
  digestOf,
  getTranscript,
  getVersion,
  listCues,
  listTranscripts,
  listVersions,
  matchSpeaker,
  renameSpeaker,
  replaceWords,
  restoreVersion,
  saveCues,
  saveTranscript,
  saveTranscriptLinks,
  shiftTimes,
  suggestPeople,
  takeTranscript,
  Transcript,
  TranscriptCue,
  transcriptFile,
} from './index.ts'

const VTT = `WEBVTT

00:01.000 --> 00:02.000
<v Ann>Tea?

00:02.000 --> 00:04.000
<v Bo Li>No.

00:04.000 --> 00:05.000
<v Ann>Milk?
`

const NOBODY = {}

const episodeIn = async (repo: Repo): Promise<Episode> =>
  anEpisode(repo, await aPodcast(repo), { slug: 'one' })

async function taken(repo: Repo, episode: Episode, text = VTT): Promise<Transcript> {
  const result = await takeTranscript(repo, episode, { text, language: 'en' })
  if (!result.ok) throw new Error(JSON.stringify(errorMessages(result.changeset)))
  return result.transcript
}

const words = async (repo: Repo, transcript: Pick<Transcript, 'id'>) =>
  (await listCues(repo, transcript)).map(({ startsMs, speaker, body }) => [startsMs, speaker, body])

const sent = (cue: TranscriptCue, typed: object = {}) => ({
  id: cue.id,
  was: digestOf(cue),
  starts: cue.startsMs === null ? '' : formatTime(cue.startsMs),
  ends: cue.endsMs === null ? '' : formatTime(cue.endsMs),
  speaker: cue.speaker ?? '',
  body: cue.body,
  removed: false,
  joined: false,
  ...typed,
})

describe('takeTranscript', () => {
  it(
    'makes one of ours for a language, and the one it replaces can be brought back',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)

      const first = await taken(repo, episode)
      const again = await takeTranscript(repo, episode, { text: VTT, language: 'EN' })
      const other = await takeTranscript(repo, episode, {
        text: 'Ann: Other words',
        language: 'en',
      })

      assert.equal(again.ok && again.outcome, 'unchanged')
      assert.deepEqual(
        [other.ok && other.outcome, other.ok && other.transcript.timed],
        ['updated', false],
      )
      assert.equal(await repo.count(Transcript), 1)
      const [version] = await listVersions(repo, episode)
      assert.deepEqual([version?.action, version?.cueCount], ['taken', 3])
      const back = await restoreVersion(
        repo,
        await getVersion(repo, episode, version?.id ?? 0),
        NOBODY,
      )
      assert.deepEqual(
        [back.id, back.timed, back.cueCount, back.type],
        [first.id, true, 3, 'text/vtt'],
      )
      assert.deepEqual(await words(repo, back), [
        [1000, 'Ann', 'Tea?'],
        [2000, 'Bo Li', 'No.'],
        [4000, 'Ann', 'Milk?'],
      ])
      assert.deepEqual(
        (await listVersions(repo, episode)).map(({ action }) => action),
        ['restored', 'taken'],
      )
    }),
  )

  it(
    'says what is wrong, and stores nothing',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const wrong = async (params: object) => {
        const result = await takeTranscript(repo, episode, { ...params })
        return result.ok ? {} : errorMessages(result.changeset)
      }

      assert.deepEqual(await wrong({ text: ' ' }), { text: ["can't be blank"] })
      assert.deepEqual(await wrong({ text: 'Ann: Hi', language: 'english!' }), {
        language: ['is no language tag such as en or pt-BR'],
      })
      const broken = await wrong({ text: 'WEBVTT\n\n0x:01 --> 00:02\nHi' })
      assert.match(
        broken['text']?.[0] ?? '',
        /^cannot be read: line 3: the times "0x:01 --> 00:02"/,
      )
      assert.equal(await repo.count(Transcript), 0)
    }),
  )

  it(
    'knows who speaks: the people of the episode by a part of their name, others by the whole',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const ann = await aPerson(repo, 'Ann Host')
      const bo = await aPerson(repo, 'Bo Li')
      await aPerson(repo, 'Ann Elsewhere')
      const { id: episodeId, podcastId } = episode
      await repo.insertAll(EpisodeHost, [{ episodeId, podcastId, personId: ann.id }])

      const transcript = await taken(repo, episode)

      const people = (await listCues(repo, transcript)).map(({ personId }) => personId)
      assert.deepEqual(people, [ann.id, bo.id, ann.id])
      await repo.insertAll(EpisodeGuest, [{ episodeId, podcastId, personId: bo.id }])
      const suggestions = await suggestPeople(repo, episode, ['Ann', 'Bo Li', 'Cy'])
      assert.deepEqual(
        [...suggestions].map(([name, people]) => [name, people.map(({ handle }) => handle)]),
        [
          ['Ann', ['ann-host']],
          ['Bo Li', ['bo-li']],
          ['Cy', []],
        ],
      )
    }),
  )

  it(
    'keeps who was matched when better words come',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const cy = await aPerson(repo, 'Cy Twombly')
      const { id, lockVersion } = await taken(repo, episode)
      await matchSpeaker(repo, id, { speaker: 'Ann', personId: cy.id, lockVersion }, NOBODY)

      await taken(repo, episode, VTT.replace('Milk', 'Cream'))

      const cues = await listCues(repo, { id })
      assert.deepEqual(
        cues.map(({ personId }) => personId),
        [cy.id, null, cy.id],
      )
    }),
  )
})

describe('saveCues', () => {
  it(
    'writes what was changed, keeps the ids of what stays, and what was said before',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const editor = await aPerson(repo, 'Ed Itor')
      const transcript = await taken(repo, episode)
      const before = await listCues(repo, transcript)
      const rows = before.map((cue) =>
        sent(cue, cue.body === 'No.' ? { body: 'No,\n\nthanks.' } : {}),
      )

      const saved = await saveCues(repo, transcript.id, rows, { person: editor })
      const more = await listCues(repo, transcript)
      await saveCues(repo, transcript.id, [sent(more[3] ?? before[0]!, { removed: true })], {
        person: editor,
      })

      assert.equal(saved.ok, true)
      assert.deepEqual(
        more.map(({ id, position, body }) => [before.some((cue) => cue.id === id), position, body]),
        [
          [true, 0, 'Tea?'],
          [true, 1, 'No,'],
          [false, 2, 'thanks.'],
          [true, 3, 'Milk?'],
        ],
      )
      const now = await getTranscript(repo, episode, transcript.id)
      assert.deepEqual([now.cueCount, now.lockVersion], [3, transcript.lockVersion + 2])
      const versions = await listVersions(repo, episode)
      assert.deepEqual(
        versions.map(({ action, cueCount, person }) => [action, cueCount, person?.name]),
        [['edited', 3, 'Ed Itor']],
      )
    }),
  )

  it(
    'loses nothing of two who edit at the same time',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const transcript = await taken(repo, episode)
      const [tea, no, milk] = await listCues(repo, transcript)
      if (!tea || !no || !milk) throw new Error('three cues were taken')
      await saveCues(
        repo,
        transcript.id,
        [sent(tea), sent(no, { body: 'Never.' }), sent(milk)],
        NOBODY,
      )

      const beside = await saveCues(
        repo,
        transcript.id,
        [sent(tea), sent(no), sent(milk, { body: 'Cream?' })],
        NOBODY,
      )
      const across = await saveCues(repo, transcript.id, [sent(no, { body: 'Nope.' })], NOBODY)

      assert.equal(beside.ok, true)
      assert.ok(!across.ok)
      assert.deepEqual(
        across.clashes.map(({ id, now }) => [id, now?.body]),
        [[no.id, 'Never.']],
      )
      assert.deepEqual(
        (await words(repo, transcript)).map(([, , body]) => body),
        ['Tea?', 'Never.', 'Cream?'],
      )
    }),
  )

  it(
    'stores nothing while a time is wrong',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const transcript = await taken(repo, episode)
      const cues = await listCues(repo, transcript)

      const saved = await saveCues(
        repo,
        transcript.id,
        cues.map((cue, index) => sent(cue, index === 0 ? { body: 'Coffee?' } : { starts: '9:00' })),
        NOBODY,
      )

      assert.ok(!saved.ok)
      assert.deepEqual(saved.problems.map(({ message }) => message).slice(0, 2), [
        'must be later than the start',
        'must be later than the start',
      ])
      assert.deepEqual((await words(repo, transcript))[0], [1000, 'Ann', 'Tea?'])
    }),
  )
})

describe('a whole transcript', () => {
  it(
    'is shifted, renamed, matched and replaced, and each can be undone',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const ada = await aPerson(repo, 'Ada Byron')
      const { id } = await taken(repo, episode)
      const version = async () => (await getTranscript(repo, episode, id)).lockVersion

      await shiftTimes(repo, id, { offset: '-0:01', lockVersion: await version() }, NOBODY)
      await renameSpeaker(
        repo,
        id,
        { speaker: 'Ann', name: ' Ada  B. ', lockVersion: await version() },
        NOBODY,
      )
      await matchSpeaker(
        repo,
        id,
        { speaker: 'Ada B.', personId: ada.id, lockVersion: await version() },
        NOBODY,
      )
      const swapped = { find: 'milk', replacement: 'Cream', lockVersion: await version() }
      const done = await replaceWords(repo, id, swapped, NOBODY)

      assert.equal(done.ok && done.count, 1)
      assert.deepEqual(await words(repo, { id }), [
        [0, 'Ada B.', 'Tea?'],
        [1000, 'Bo Li', 'No.'],
        [3000, 'Ada B.', 'Cream?'],
      ])
      assert.equal(await repo.count(from(TranscriptCue).where({ personId: ada.id })), 2)
      const versions = await listVersions(repo, episode)
      assert.deepEqual(
        versions.map(({ action }) => action),
        ['replaced words', 'matched', 'renamed', 'shifted'],
      )
      await restoreVersion(repo, await getVersion(repo, episode, versions.at(-1)?.id ?? 0), NOBODY)
      assert.deepEqual((await words(repo, { id }))[2], [4000, 'Ann', 'Milk?'])
    }),
  )

  it(
    'is not done twice to the same version, nor against what was typed',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const { id, lockVersion } = await taken(repo, episode)
      const shift = async (params: object) => {
        const result = await shiftTimes(repo, id, { lockVersion, ...params }, NOBODY)
        return result.ok ? 'done' : errorMessages(result.changeset)
      }

      assert.deepEqual(await shift({ offset: '-0:02' }), {
        offset: ['goes back too far: the first words are at 0:01'],
      })
      assert.deepEqual(await shift({ offset: 'x' }), {
        offset: ['is no time such as 0:01.5 or -0:01.5'],
      })
      assert.equal(await shift({ offset: '1' }), 'done')
      assert.match(JSON.stringify(await shift({ offset: '1' })), /Somebody else has changed/)
      assert.deepEqual((await words(repo, { id }))[0]?.[0], 2000)
    }),
  )

  it(
    'is deleted and brought back, without people who are gone',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const bo = await aPerson(repo, 'Bo Li')
      const transcript = await taken(repo, episode)

      await deleteTranscript(repo, transcript, NOBODY)
      assert.deepEqual(await listTranscripts(repo, episode), [])
      await repo.deleteOrThrow(bo)
      const [version] = await listVersions(repo, episode)
      await restoreVersion(repo, await getVersion(repo, episode, version?.id ?? 0), NOBODY)

      const [back] = await listTranscripts(repo, episode)
      assert.deepEqual([back?.language, back?.cueCount], ['en', 3])
      assert.deepEqual(
        (await repo.all(TranscriptCue)).map(({ personId }) => personId),
        [null, null, null],
      )
    }),
  )

  it(
    'of a feed is kept when the feed changes it or names it no more',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const link = { url: 'https://x.example/a', type: 'text/vtt', language: null, rel: null }
      const reading = (text: string) => ({ ...link, cues: readTranscript(text) })
      await saveTranscript(repo, episode, reading('Ann: One'))
      await saveTranscript(repo, episode, reading('Ann: Two'))

      await saveTranscriptLinks(repo, episode, [])

      const versions = await listVersions(repo, episode)
      assert.deepEqual(
        versions.map(({ url, action }) => [url, action]),
        [
          [link.url, 'imported'],
          [link.url, 'imported'],
        ],
      )
    }),
  )
})

const LONG = new URL(
  '../../../../../shared/data/transcripts/podcast/the-changelog-594.md',
  import.meta.url,
)
const skip = existsSync(LONG) ? false : 'the transcripts of ../shared/data are not on this machine'

describe('large transcripts', () => {
  it(
    'of 4,000 cues are taken and edited in moments',
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const text = Array.from({ length: 4000 }, (_, index) => {
        return `${index + 1}\n${formatTime(index * 1000)} --> ${formatTime(index * 1000 + 900)}\nAnn: word ${index}\n`
      }).join('\n')
      const started = performance.now()

      const { id, lockVersion, cueCount } = await taken(repo, episode, text)
      await shiftTimes(repo, id, { offset: '1', lockVersion }, NOBODY)
      const cues = await listCues(repo, { id })
      await saveCues(
        repo,
        id,
        cues.slice(100, 150).map((cue) => sent(cue, { body: 'x' })),
        NOBODY,
      )

      assert.equal(cueCount, 4000)
      const took = performance.now() - started
      assert.ok(took < 8000, `it took ${Math.round(took)} ms`)
    }),
  )

  it(
    'of real life are read, stored and written without a word lost',
    { skip },
    sandboxed(async (repo) => {
      const episode = await episodeIn(repo)
      const text = readFileSync(LONG, 'utf8')

      const transcript = await taken(repo, episode, text)

      const file = await transcriptFile(repo, transcript, 'text/markdown')
      assert.deepEqual(readTranscript(file ?? ''), readTranscript(text))
      assert.equal(await transcriptFile(repo, transcript, 'text/vtt'), undefined)
    }),
  )
})
