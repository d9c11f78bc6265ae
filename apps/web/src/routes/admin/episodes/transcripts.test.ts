import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { type Episode } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { listCues, takeTranscript, Transcript, TranscriptCue } from '@showrunner/domain/transcripts'
import { assertValidHtml } from '../../../testing/assert-valid-html.ts'
import { inAdmin } from '../../../testing/in-admin.ts'

const VTT = `WEBVTT

00:01.000 --> 00:02.000
<v Ann>Tea & <milk>?

00:02.000 --> 00:04.000
<v Bo>No.
`

type Admin = Awaited<ReturnType<typeof inAdmin>>

async function sendParts(admin: Admin, url: string, form: Readonly<Record<string, string | File>>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) data.append(name, value)
  const sent = new Response(data)
  const response = await admin.app.inject({
    method: 'POST',
    url,
    headers: { ...admin.headers, 'content-type': sent.headers.get('content-type') ?? '' },
    payload: Buffer.from(await sent.arrayBuffer()),
  })
  return { ...response, status: response.statusCode, html: response.body }
}

async function transcribed(repo: Repo, episode: Episode, text = VTT): Promise<Transcript> {
  const taken = await takeTranscript(repo, episode, { text, language: 'en' })
  if (!taken.ok) throw new Error('the fixture is refused')
  return taken.transcript
}

const at = ({ id, podcastId }: Episode) => `/admin/podcasts/${podcastId}/episodes/${id}/transcripts`

/** What a browser would send of the form of the cues, with this typed into it. */
function formIn(html: string, typed: Readonly<Record<string, string>> = {}) {
  const form = /<form class="cues"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
  const inputs = [
    ...form.matchAll(/<input(?![^>]*checkbox)[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g),
  ]
  const areas = [...form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g)]
  const plain = (text = '') =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  const shown = [...inputs, ...areas].map(([, name = '', value]) => [name, plain(value)])
  return { ...Object.fromEntries(shown), ...typed } as Record<string, string>
}

async function episodeIn(repo: Repo): Promise<{ podcast: Podcast; episode: Episode }> {
  const podcast = await aPodcast(repo)
  return { podcast, episode: await anEpisode(repo, podcast, { slug: 'one', title: 'One & only' }) }
}

describe('the transcripts of an episode in the admin area', () => {
  it(
    'are pasted, looked at and saved',
    sandboxed(async (repo) => {
      const { podcast, episode } = await episodeIn(repo)
      await aPerson(repo, 'Ann')
      const host = await inAdmin(repo, { hostOf: [podcast] })

      const empty = await host.get(at(episode))
      await assertValidHtml(empty.html)
      assert.match(empty.html, /No transcript yet\./)
      assert.doesNotMatch(empty.html, /to mend/)

      const looked = await sendParts(host, `${at(episode)}/look`, { text: VTT, language: 'EN' })
      assert.equal(looked.status, 200)
      await assertValidHtml(looked.html)
      assert.match(
        looked.html,
        /Read as WebVTT: 2 cues, all with a time, 2 speakers\. English \(en\)/,
      )
      assert.match(looked.html, /1 of them is nobody we know/)
      assert.equal(await repo.count(Transcript), 0)

      const saved = await sendParts(host, at(episode), { text: VTT, language: 'en' })
      assert.equal(saved.status, 303)
      const desk = await host.get(String(saved.headers['location']))
      await assertValidHtml(desk.html)
      assert.match(desk.html, /Tea &amp; &lt;milk&gt;\?|Tea &amp; \?/)
      const list = await host.get(at(episode))
      await assertValidHtml(list.html)
      assert.match(list.html, /English \(en\)/)
      assert.match(list.html, /2 cues, with times/)
    }),
  )

  it(
    'are uploaded, whatever the file is called, and what is wrong is said with its line',
    sandboxed(async (repo) => {
      const { episode } = await episodeIn(repo)
      const admin = await inAdmin(repo, { admin: true })
      const look = (text: string, name: string) =>
        sendParts(admin, `${at(episode)}/look`, {
          text: '',
          language: '',
          file: new File([text], name),
        })

      const found = await look(
        '1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n0x --> 1\nLost',
        'talk.txt',
      )
      await assertValidHtml(found.html)
      assert.match(found.html, /Read as SubRip/)
      assert.match(found.html, /Line 6: the times/)

      const none = await look('%PDF-1.7', 'talk.vtt')
      assert.equal(none.status, 422)
      await assertValidHtml(none.html)
      assert.match(none.html, /this is a PDF, not text/)
      const nothing = await look('', '')
      assert.equal(nothing.status, 422)
      assert.match(nothing.html, /Transcript can(?:&#39;|'|&#x27;)t be blank/)
    }),
  )

  it(
    'are edited cue by cue, and a time that is wrong is shown again with all that was typed',
    sandboxed(async (repo) => {
      const { podcast, episode } = await episodeIn(repo)
      const transcript = await transcribed(repo, episode)
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const here = `${at(episode)}/${transcript.id}`
      const { html } = await host.get(here)

      const wrong = await host.post(
        `${here}/cues`,
        formIn(html, { 'rows[1][starts]': 'soon', 'rows[2][body]': 'Never.' }),
      )
      assert.equal(wrong.status, 422)
      await assertValidHtml(wrong.html)
      assert.match(
        wrong.html,
        /href="#cue-1-starts">Cue 1: its start is no time such as 1:02:03\.5/,
      )
      assert.match(wrong.html, /value="soon"/)
      assert.match(wrong.html, />Never\.<\/textarea>/)

      const saved = await host.post(
        `${here}/cues`,
        formIn(wrong.html, { 'rows[1][starts]': '0:00.5' }),
      )
      assert.equal(saved.headers['location'], here)
      const cues = await listCues(repo, transcript)
      assert.deepEqual(cues.map(({ startsMs, body }) => [startsMs, body])[0]?.[0], 500)
      assert.equal(cues[1]?.body, 'Never.')
    }),
  )

  it(
    'tell two editors of each other, and lose the words of neither',
    sandboxed(async (repo) => {
      const { episode } = await episodeIn(repo)
      const transcript = await transcribed(repo, episode)
      const [one, two] = [
        await inAdmin(repo, { admin: true }),
        await inAdmin(repo, { admin: true }),
      ]
      const here = `${at(episode)}/${transcript.id}`
      const opened = (await one.get(here)).html
      await two.post(`${here}/cues`, formIn(opened, { 'rows[2][body]': 'Theirs.' }))

      const clash = await one.post(`${here}/cues`, formIn(opened, { 'rows[2][body]': 'Mine.' }))
      assert.equal(clash.status, 422)
      await assertValidHtml(clash.html)
      assert.match(clash.html, />Mine\.<\/textarea>/)
      assert.match(clash.html, /Somebody else has made it: <q dir="auto">0:02 Bo: Theirs\./)
      await one.post(`${here}/cues`, formIn(clash.html))
      assert.equal((await listCues(repo, transcript))[1]?.body, 'Mine.')

      const mine = formIn((await one.get(here)).html, { 'rows[1][body]': 'Kept here.' })
      await two.post(`${here}/delete`)
      const gone = await one.post(`${here}/cues`, mine)
      assert.equal(gone.status, 404)
    }),
  )

  it(
    'are shifted, searched and replaced; speakers are renamed and matched',
    sandboxed(async (repo) => {
      const { episode } = await episodeIn(repo)
      const ada = await aPerson(repo, 'Ada Byron')
      const transcript = await transcribed(repo, episode)
      const admin = await inAdmin(repo, { admin: true })
      const here = `${at(episode)}/${transcript.id}`
      const version = async () => String((await repo.reloadOrThrow(transcript)).lockVersion)
      const edit = async (name: string, form: Readonly<Record<string, string>>) =>
        admin.post(`${here}/${name}`, { lockVersion: await version(), ...form })

      const back = await edit('shift', { offset: '-0:05' })
      assert.equal(back.status, 422)
      await assertValidHtml(back.html)
      assert.match(back.html, /goes back too far: the first words are at 0:01/)
      assert.equal((await edit('shift', { offset: '1' })).status, 303)
      await edit('rename', { speaker: 'Bo', name: 'Ada B.' })
      await edit('match', { speaker: 'Ada B.', personId: '', person: 'Ada Byron (ada-byron)' })
      await edit('replace', { find: 'no', replacement: 'Yes', wholeWords: 'true' })

      const [, cue] = await listCues(repo, transcript)
      assert.deepEqual(
        [cue?.startsMs, cue?.speaker, cue?.personId, cue?.body],
        [3000, 'Ada B.', ada.id, 'Yes.'],
      )
      const found = await admin.get(`${here}?find=yes`)
      await assertValidHtml(found.html)
      assert.match(found.html, /1 cue says “yes”/)
      assert.doesNotMatch(found.html, />Cue 1</)
      const stale = await admin.post(`${here}/shift`, { offset: '1', lockVersion: '1' })
      assert.match(stale.html, /Somebody else has changed this transcript meanwhile/)
    }),
  )

  it(
    'are deleted and brought back, and can be had in every format',
    sandboxed(async (repo) => {
      const { episode } = await episodeIn(repo)
      const transcript = await transcribed(repo, episode)
      const admin = await inAdmin(repo, { admin: true })
      const here = `${at(episode)}/${transcript.id}`

      const types = await Promise.all(
        ['vtt', 'srt', 'json', 'html', 'md', 'txt'].map(async (ending) => {
          const { status, headers } = await admin.get(`${here}/words.${ending}`)
          return [status, headers['content-disposition']]
        }),
      )
      assert.deepEqual(types[0], [200, 'attachment; filename="one.en.vtt"'])
      assert.ok(types.every(([status]) => status === 200))

      await admin.post(`${here}/delete`)
      assert.equal(await repo.count(Transcript), 0)
      const list = await admin.get(at(episode))
      await assertValidHtml(list.html)
      const restore = /action="([^"]+\/restore)"/.exec(list.html)?.[1] ?? ''
      assert.equal((await admin.post(restore)).status, 303)
      assert.equal(await repo.count(TranscriptCue), 2)
    }),
  )

  it(
    'are nobody else’s: a host of another podcast finds nothing at their addresses',
    sandboxed(async (repo) => {
      const { episode } = await episodeIn(repo)
      const transcript = await transcribed(repo, episode)
      const other = await aPodcast(repo, { title: 'Other', slug: 'other' })
      const theirs = await anEpisode(repo, other, { slug: 'two' })
      const host = await inAdmin(repo, { hostOf: [other] })
      const here = `${at(episode)}/${transcript.id}`

      for (const url of [
        at(episode),
        here,
        `${here}/words.txt`,
        `${at(theirs)}/${transcript.id}`,
      ]) {
        assert.equal((await host.get(url)).status, 404, url)
      }
      for (const url of [
        `${here}/cues`,
        `${here}/delete`,
        `${at(theirs)}/${transcript.id}/delete`,
      ]) {
        assert.equal((await host.post(url)).status, 404, url)
      }
      assert.equal(await repo.count(Transcript), 1)
    }),
  )
})

const REAL = new URL(
  '../../../../../../../shared/data/transcripts/podcast/the-changelog-594.md',
  import.meta.url,
)
const skip = existsSync(REAL) ? false : 'the transcripts of ../shared/data are not on this machine'

describe('a transcript of a real episode', { skip }, () => {
  it(
    'is uploaded, paged through and saved',
    sandboxed(async (repo) => {
      const { episode } = await episodeIn(repo)
      const admin = await inAdmin(repo, { admin: true })
      const file = new File([readFileSync(REAL)], 'the-changelog-594.md')

      const looked = await sendParts(admin, `${at(episode)}/look`, {
        text: '',
        language: 'en',
        file,
      })
      await assertValidHtml(looked.html)
      assert.match(looked.html, /Read as Markdown/)
      const saved = await sendParts(admin, at(episode), {
        text: readFileSync(REAL, 'utf8'),
        language: 'en',
      })
      const here = String(saved.headers['location'])
      const second = await admin.get(`${here}?page=2`)

      await assertValidHtml(second.html)
      assert.match(second.html, /Cues 51 to 100 of/)
      const kept = await admin.post(`${here}/cues`, formIn(second.html))
      assert.equal(kept.headers['location'], `${here}?page=2`)
    }),
  )
})
