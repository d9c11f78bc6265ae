import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { aFeed, serving, sandboxed } from '../testing/index.ts'
import { importPodcast } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const OPTIONS = { asOf: NOW, allowPrivate: true }

const chaptersOf = (...titles: readonly string[]) =>
  JSON.stringify({
    version: '1.2.0',
    chapters: titles.map((title, index) => ({ startTime: index * 60, title })),
  })

const CAPTIONS = `WEBVTT

00:00:01.000 --> 00:00:02.000
<v Ada Byron>Hello.

00:00:03.000 --> 00:00:04.000
<v Nobody Known>Good day.
`

const naming = (at: string) => `
  <podcast:person>Ada Byron</podcast:person>
  <podcast:chapters url="${at}/chapters.json" type="application/json+chapters"/>
  <podcast:transcript url="${at}/words.html" type="text/html"/>
  <podcast:transcript url="${at}/words.vtt" type="text/vtt"/>`

const read = (repo: Repo) =>
  repo.oneOrThrow(from(Episode).preload('chapters', { transcripts: [{ cues: ['person'] }] }))

describe('the chapters and transcripts a feed names', () => {
  it(
    'are fetched and read, the transcript in the form that says most',
    sandboxed(async (repo, t) => {
      const asked: string[] = []
      const at = await serving(t, '', ({ url = '' }, response) => {
        asked.push(url)
        response.end(url === '/chapters.json' ? chaptersOf('In', 'Out') : CAPTIONS)
      })
      const feed = aFeed({ items: [{ guid: 'one', more: naming(at) }] })

      const { documents } = await importPodcast(repo, { bytes: feed }, OPTIONS)

      assert.deepEqual(documents, { saved: 2, unchanged: 0, failed: 0 })
      assert.deepEqual(asked.toSorted(), ['/chapters.json', '/words.vtt'])
      const { chapters, transcripts } = await read(repo)
      assert.deepEqual(
        chapters.map(({ title, startsMs }) => [title, startsMs]),
        [
          ['In', 0],
          ['Out', 60_000],
        ],
      )
      assert.deepEqual(
        transcripts.map(({ url, cueCount, timed }) => [url, cueCount, timed]),
        [
          [`${at}/words.html`, 0, false],
          [`${at}/words.vtt`, 2, true],
        ],
      )
      assert.deepEqual(
        transcripts[1]?.cues.map(({ speaker, person, startsMs, endsMs, body }) => {
          return [speaker, person?.handle, startsMs, endsMs, body]
        }),
        [
          ['Ada Byron', 'ada-byron', 1000, 2000, 'Hello.'],
          ['Nobody Known', undefined, 3000, 4000, 'Good day.'],
        ],
      )
    }),
  )

  it(
    'are written again only when they have changed',
    sandboxed(async (repo, t) => {
      let chapters = chaptersOf('In')
      const at = await serving(t, '', ({ url }, response) => {
        response.end(url === '/chapters.json' ? chapters : CAPTIONS)
      })
      const feed = aFeed({ items: [{ guid: 'one', more: naming(at) }] })
      await importPodcast(repo, { bytes: feed }, OPTIONS)
      const before = await read(repo)

      const same = await importPodcast(repo, { bytes: feed }, OPTIONS)
      assert.deepEqual(same.documents, { saved: 0, unchanged: 2, failed: 0 })
      assert.deepEqual(await read(repo), before)

      chapters = chaptersOf('In', 'Out')
      const other = await importPodcast(repo, { bytes: feed }, OPTIONS)
      assert.deepEqual(other.documents, { saved: 1, unchanged: 1, failed: 0 })
      assert.equal((await read(repo)).chapters.length, 2)
    }),
  )

  it(
    'are left as they were when they cannot be had, and their address is kept',
    sandboxed(async (repo, t) => {
      let broken = false
      const at = await serving(t, '', ({ url }, response) => {
        if (broken && url !== '/chapters.json') response.writeHead(404).end()
        else if (broken) response.end('{"chapters": 3}')
        else response.end(url === '/chapters.json' ? chaptersOf('In') : CAPTIONS)
      })
      const feed = aFeed({ items: [{ guid: 'one', more: naming(at) }] })
      await importPodcast(repo, { bytes: feed }, OPTIONS)
      const before = await read(repo)

      broken = true
      const { documents, warnings } = await importPodcast(repo, { bytes: feed }, OPTIONS)

      assert.deepEqual(documents, { saved: 0, unchanged: 0, failed: 2 })
      assert.ok(warnings.some((text) => text.includes('/words.vtt') && text.includes('404')))
      assert.ok(warnings.some((text) => text.includes('/chapters.json')))
      assert.deepEqual(await read(repo), before)
    }),
  )

  it(
    'are not asked for over and over where nobody answers',
    sandboxed(async (repo, t) => {
      let asked = 0
      const at = await serving(t, '', (request) => {
        asked += 1
        request.socket.destroy()
      })
      const items = Array.from({ length: 40 }, (_, index) => ({
        guid: `guid ${index}`,
        more: `<podcast:chapters url="${at}/${index}.json" type="application/json+chapters"/>`,
      }))

      const { documents, warnings } = await importPodcast(
        repo,
        { bytes: aFeed({ items }) },
        OPTIONS,
      )

      assert.equal(documents.failed, 40)
      assert.ok(asked < 20, `asked ${asked} times`)
      assert.ok(
        warnings.some((text) => /does not answer; \d+ more documents/.test(text)),
        warnings.join('\n'),
      )
      const { chaptersUrl } = await repo.getByOrThrow(Episode, { guid: 'guid 39' })
      assert.equal(chaptersUrl, `${at}/39.json`)
    }),
  )

  it(
    'are not fetched from this network unless somebody says so, and not at all when told not to',
    sandboxed(async (repo, t) => {
      let asked = 0
      const at = await serving(t, '', (_request, response) => {
        asked += 1
        response.end(chaptersOf('In'))
      })
      const feed = aFeed({ items: [{ guid: 'one', more: naming(at) }] })

      const refused = await importPodcast(repo, { bytes: feed }, { asOf: NOW })
      const untold = await importPodcast(
        repo,
        { bytes: feed },
        { ...OPTIONS, fetchDocuments: false },
      )

      assert.equal(refused.documents.failed, 2)
      assert.deepEqual(untold.documents, { saved: 0, unchanged: 0, failed: 0 })
      assert.equal(asked, 0)
    }),
  )

  it(
    'go when the feed no longer names them',
    sandboxed(async (repo, t) => {
      const at = await serving(t, '', ({ url }, response) => {
        response.end(url === '/chapters.json' ? chaptersOf('In') : CAPTIONS)
      })
      const named = aFeed({ items: [{ guid: 'one', more: naming(at) }] })
      await importPodcast(repo, { bytes: named }, OPTIONS)

      await importPodcast(repo, { bytes: aFeed({ items: [{ guid: 'one' }] }) }, OPTIONS)

      const { chapters, transcripts, chaptersUrl } = await read(repo)
      assert.deepEqual([chapters, transcripts, chaptersUrl], [[], [], null])
    }),
  )
})
