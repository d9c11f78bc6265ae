import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { from } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { importNotes, importTranscripts } from './index.ts'

async function folder(
  t: Pick<TestContext, 'after'>,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'attach-'))
  t.after(() => rm(path, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return path
}

const TALK = '**Ada Byron:** \\[00:01\\] Good *morning*.\n\n**Somebody:** Good day.\n'

describe('importTranscripts', () => {
  it(
    'gives the words to the episode, and to the person who said them',
    sandboxed(async (repo, t) => {
      const ada = await aPerson(repo, 'Ada Byron')
      await anEpisode(repo, await aPodcast(repo), { slug: '208' })
      const directory = await folder(t, { 'local-time/local-time-208.md': TALK })

      const first = await importTranscripts(repo, directory)
      const second = await importTranscripts(repo, directory)

      assert.deepEqual(first, { attached: 1, unchanged: 0, skipped: [] })
      assert.deepEqual(second, { attached: 0, unchanged: 1, skipped: [] })
      const { transcripts } = await repo.oneOrThrow(
        from(Episode).preload({ transcripts: ['cues'] }),
      )
      assert.equal(transcripts.length, 1)
      assert.deepEqual(
        transcripts[0]?.cues.map(({ speaker, personId, startsMs, body }) => {
          return [speaker, personId, startsMs, body]
        }),
        [
          ['Ada Byron', ada.id, 1000, 'Good morning.'],
          ['Somebody', null, null, 'Good day.'],
        ],
      )
    }),
  )

  it(
    'replaces the words when the file has changed',
    sandboxed(async (repo, t) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'fog' })
      await importTranscripts(repo, await folder(t, { 'local-time/x-fog.md': TALK }))

      const changed = await folder(t, { 'local-time/x-fog.md': '**Ada Byron:** Good night.' })
      const { attached } = await importTranscripts(repo, changed)

      assert.equal(attached, 1)
      const { transcripts } = await repo.oneOrThrow(
        from(Episode).preload({ transcripts: ['cues'] }),
      )
      assert.deepEqual(
        transcripts.flatMap(({ cues }) => cues.map(({ body }) => body)),
        ['Good night.'],
      )
    }),
  )

  it(
    'says of every file that it skips why',
    sandboxed(async (repo, t) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'fog' })
      const directory = await folder(t, {
        'elsewhere/elsewhere-1.md': TALK,
        'local-time/local-time-77.md': TALK,
        'local-time/a-fog.md': '',
        'local-time/b-fog.md': TALK,
        'local-time/c-fog.md': TALK,
        'local-time/cover.png': 'no transcript',
      })

      const { skipped } = await importTranscripts(repo, directory)

      assert.deepEqual(skipped, [
        { file: 'elsewhere/elsewhere-1.md', reason: 'no podcast is called "elsewhere"' },
        { file: 'local-time/a-fog.md', reason: 'the transcript is empty' },
        {
          file: 'local-time/c-fog.md',
          reason: 'it belongs to the same episode as local-time/b-fog.md',
        },
        {
          file: 'local-time/local-time-77.md',
          reason: '"local-time" has no episode that "local-time-77" ends with',
        },
      ])
      await assert.rejects(importTranscripts(repo, join(directory, 'none')), {
        name: 'ImportError',
      })
    }),
  )
})

describe('importNotes', () => {
  it(
    'makes the Markdown the notes of the episode',
    sandboxed(async (repo, t) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'fog', notes: 'Old' })
      const directory = await folder(t, { 'local-time/local-time-fog.md': '- [Fog](/fog)\n' })

      const first = await importNotes(repo, directory)
      const second = await importNotes(repo, directory)

      assert.deepEqual([first.attached, second.unchanged], [1, 1])
      const { notes, notesHtml } = await repo.oneOrThrow(Episode)
      assert.equal(notes, '- [Fog](/fog)')
      assert.equal(notesHtml, '<ul>\n<li><a href="/fog" rel="noopener">Fog</a></li>\n</ul>')
    }),
  )

  it(
    'finds the episode by slug, by the end of its address elsewhere, or by number',
    sandboxed(async (repo, t) => {
      const podcast = await aPodcast(repo, {
        title: 'Go Time: Golang',
        slug: 'gophers',
        websiteUrl: 'https://net.example/gotime',
      })
      const other = await aPodcast(repo, { slug: 'other' })
      await anEpisode(repo, podcast, { slug: 'a-long-slug' })
      await anEpisode(repo, podcast, { slug: 'b', websiteUrl: 'https://net.example/gotime/77' })
      await anEpisode(repo, podcast, { slug: 'c', number: 200 })
      await anEpisode(repo, other, { slug: 'd', websiteUrl: 'https://net.example/friends/20/' })
      const directory = await folder(t, {
        'gotime/go-time-a-long-slug.md': 'slug',
        'gotime/go-time-77.md': 'address',
        'gotime/go-time-200.md': 'number',
        'friends/net--friends-20.md': 'address below another podcast',
        'nothing/like-it-200.md': 'nowhere',
      })

      const { attached, skipped } = await importNotes(repo, directory)

      assert.equal(attached, 4)
      assert.deepEqual(
        skipped.map(({ file }) => file),
        ['nothing/like-it-200.md'],
      )
      const notes = (await repo.all(from(Episode).orderBy({ slug: 'asc' }))).map((one) => one.notes)
      assert.deepEqual(notes, ['slug', 'address', 'number', 'address below another podcast'])
    }),
  )

  it(
    'takes the folder for a podcast of that name, however it is spelt',
    sandboxed(async (repo, t) => {
      const podcast = await aPodcast(repo, { title: 'Kept & Repaired', slug: 'kept' })
      await anEpisode(repo, podcast, { slug: '1' })
      await anEpisode(repo, podcast, { slug: '2' })
      const directory = await folder(t, {
        'keptrepaired/x-1.md': 'by folder',
        'kr/kept--repaired-2.md': 'by the beginning of the file',
      })

      const { attached, skipped } = await importNotes(repo, directory)

      assert.deepEqual([attached, skipped], [2, []])
    }),
  )

  it(
    'skips what is no text',
    sandboxed(async (repo, t) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'fog', notes: 'Old' })
      const directory = await folder(t, { 'local-time/x-fog.md': Buffer.from([0xff, 0xfe, 0xfd]) })

      const { skipped } = await importNotes(repo, directory)

      assert.deepEqual(skipped, [
        { file: 'local-time/x-fog.md', reason: 'it is not text in UTF-8' },
      ])
      assert.equal((await repo.oneOrThrow(Episode)).notes, 'Old')
    }),
  )
})
