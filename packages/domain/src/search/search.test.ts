import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo, sql } from '@showrunner/data'
import { array, assert as holds, asyncProperty, constantFrom, integer, oneof } from 'fast-check'
import { type Episode } from '../episodes/index.ts'
import { aNewsItem, anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { createTopic } from '../topics/index.ts'
import { saveTranscript } from '../transcripts/index.ts'
import { bounded } from './bounded.ts'
import { gatherWords, type Hit, type Marked, search } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const look = (repo: Repo, text: string, more: object = {}) =>
  search(repo, { text, now: NOW, ...more })

const plain = (words: Marked | null) => (words ?? []).map(({ text }) => text).join('')
const marked = (words: Marked | null) =>
  (words ?? []).map(({ text, marked: is }) => (is ? `[${text}]` : text)).join('')
const titles = (hits: readonly Hit[]) => hits.map(({ title }) => plain(title))

/** A transcript of one cue each ten seconds. */
async function says(repo: Repo, episode: Episode, cues: readonly string[]) {
  await saveTranscript(repo, episode, {
    url: null,
    type: 'text/vtt',
    language: null,
    rel: null,
    cues: cues.map((text, index) => ({
      startsMs: index * 10_000,
      endsMs: index * 10_000 + 9_000,
      speaker: index % 2 === 0 ? 'Ada' : 'Ben',
      text,
    })),
  })
}

describe('search', () => {
  it(
    'finds what is written about an episode, the title before the notes, and marks it',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      await anEpisode(repo, show, {
        slug: 'one',
        title: 'Of tides',
        notes: 'We speak of *clocks*, too.',
      })
      await anEpisode(repo, show, { slug: 'two', title: 'Clocks that are right' })
      await anEpisode(repo, show, { slug: 'three', title: 'Maps' })

      const found = await look(repo, 'clock')

      assert.deepEqual(titles(found.hits), ['Clocks that are right', 'Of tides'])
      assert.equal(marked(found.hits[0]?.title ?? null), '[Clocks] that are right')
      assert.match(marked(found.hits[1]?.excerpt ?? null), /We speak of \[clocks\]/)
      assert.deepEqual([found.total, found.pages, found.corrected], [2, 1, null])
      assert.deepEqual(found.podcasts, [{ slug: 'local-time', title: 'Local Time', count: 2 }])
      assert.deepEqual(found.years, [{ year: 2026, count: 2 }])
    }),
  )

  it(
    'finds what is said, and the second at which',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const episode = await anEpisode(repo, show, { slug: 'one', title: 'Of tides' })
      await says(repo, episode, [
        'Welcome back.',
        'Today we look at lighthouses & <lamps>.',
        'Bye.',
      ])

      const [hit] = (await look(repo, 'lighthouse')).hits

      assert.equal(hit?.passageCount, 1)
      assert.deepEqual(
        hit.passages.map(({ startsMs, speaker }) => [startsMs, speaker]),
        [[10_000, 'Ben']],
      )
      assert.match(marked(hit.passages[0]?.words ?? null), /look at \[lighthouses\] & <lamps>\./)
    }),
  )

  it(
    'finds words of which some are written and others said',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const episode = await anEpisode(repo, show, { slug: 'one', title: 'Grace on compilers' })
      await says(repo, episode, ['The first moth was found in a relay.'])

      assert.deepEqual(titles((await look(repo, 'grace moths')).hits), ['Grace on compilers'])
      assert.deepEqual(titles((await look(repo, 'grace butterflies')).hits), [])
    }),
  )

  it(
    'takes quotation marks for what is said in one go, a minus for what is not wanted, and “or”',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const one = await anEpisode(repo, show, { slug: 'one', title: 'One' })
      const two = await anEpisode(repo, show, { slug: 'two', title: 'Two' })
      await anEpisode(repo, show, { slug: 'three', title: 'The server of webs' })
      await says(repo, one, ['This web server is small.'])
      await says(repo, two, ['A server on the web, in Java.'])
      const found = async (text: string) => titles((await look(repo, text)).hits).toSorted()

      assert.deepEqual(await found('web server'), ['One', 'The server of webs', 'Two'])
      assert.deepEqual(await found('"web server"'), ['One'])
      assert.deepEqual(await found('web server -java'), ['One', 'The server of webs'])
      assert.deepEqual(await found('server -"web server"'), ['The server of webs', 'Two'])
      assert.deepEqual(await found('small or java'), ['One', 'Two'])
      assert.deepEqual(await found('"web server" or java'), ['One', 'Two'])
    }),
  )

  it(
    'finds shows, people, topics and posts, each that has a page',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo, { title: 'Harbour Radio', slug: 'harbour' })
      const ada = await aPerson(repo, 'Ada Harbour')
      await aPerson(repo, 'Nobody Harbour')
      const named = await createTopic(repo, { name: 'Harbours', slug: 'harbours' })
      assert.ok(named.ok)
      await createTopic(repo, { name: 'Dry harbours', slug: 'dry-harbours' })
      const { id } = await anEpisode(repo, show, { slug: 'one', title: 'Out' })
      await repo.run(sql`insert into episode_guests (episode_id, podcast_id, person_id)
        values (${id}, ${show.id}, ${ada.id})`)
      await repo.run(sql`insert into episode_topics (episode_id, podcast_id, topic_id)
        values (${id}, ${show.id}, ${named.value.id})`)
      await aPost(repo, ada, {
        slug: 'night',
        title: 'A harbour at night',
        publishedAt: new Date('2026-02-01T00:00:00Z'),
      })

      const { hits } = await look(repo, 'harbour')

      assert.deepEqual(hits.map(({ kind, slug }) => `${kind} ${slug}`).toSorted(), [
        'episode one',
        'person ada-harbour',
        'podcast harbour',
        'post night',
        'topic harbours',
      ])
    }),
  )

  it(
    'finds news that are out, and what is about an episode as that episode',
    sandboxed(async (repo) => {
      const { id: episodeId } = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const item = await aNewsItem(repo, { headline: 'A beacon falls', story: 'In *Vardø*.' })
      const ours = await aNewsItem(repo, { headline: 'Our beacon' })
      const total = async () => (await look(repo, 'beacon')).total
      assert.equal(await total(), 0)

      await repo.run(sql`update news_items set status = 'published', published_at = ${NOW}`)
      await repo.run(sql`update news_items set episode_id = ${episodeId} where id = ${ours.id}`)

      const [hit] = (await look(repo, 'beacon vardo')).hits
      assert.deepEqual([hit?.kind, hit?.id, await total()], ['news', item.id, 1])
      await repo.run(sql`delete from news_items`)
      assert.equal(await total(), 0)
    }),
  )

  it(
    'shows no draft, nothing before its time, and nothing of a show that nobody may see',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const hidden = await aPodcast(repo, {
        slug: 'hidden',
        title: 'Secret lantern',
        status: 'draft',
      })
      const draft = await anEpisode(repo, show, {
        slug: 'draft',
        title: 'Lantern one',
        published: false,
      })
      await says(repo, draft, ['The lantern is lit.'])
      await anEpisode(repo, hidden, { slug: 'of-draft', title: 'Lantern two' })
      await anEpisode(repo, show, {
        slug: 'later',
        title: 'Lantern three',
        publishedAt: '2026-12-01T09:00:00Z',
      })

      assert.equal((await look(repo, 'lantern')).total, 0)
      assert.equal(await gatherWords(repo, NOW), 1)
      assert.equal((await look(repo, 'lanterm')).corrected, null)
      const later = await search(repo, { text: 'lantern', now: new Date('2026-12-01T09:00:00Z') })
      assert.deepEqual(titles(later.hits), ['Lantern three'])
    }),
  )

  it(
    'knows at once what somebody changes in the database by hand',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const episode = await anEpisode(repo, show, { slug: 'one', title: 'Of tides' })
      await says(repo, episode, ['About the moon.'])
      const total = async (text: string) => (await look(repo, text)).total

      await repo.run(sql`update episodes set title = 'Of gulls' where id = ${episode.id}`)
      assert.deepEqual([await total('tides'), await total('gulls')], [0, 1])
      await repo.run(sql`update transcript_cues set body = 'About the sun.'`)
      assert.deepEqual([await total('moon'), await total('sun')], [0, 1])
      await repo.run(sql`insert into chapters (episode_id, podcast_id, starts_ms, title)
        values (${episode.id}, ${show.id}, 0, 'Ferries')`)
      assert.equal(await total('ferry'), 1)
      await repo.run(sql`update podcasts set language = 'de' where id = ${show.id}`)
      assert.equal(await total('sun'), 1)
      await repo.run(sql`delete from transcripts`)
      assert.equal(await total('sun'), 0)
      await repo.run(sql`update episodes set published = false where id = ${episode.id}`)
      assert.equal(await total('gulls'), 0)
      await repo.run(sql`delete from episodes where id = ${episode.id}`)
      const [left] = await repo.run(
        sql<{
          count: number
        }>`select count(*)::int as count from search.documents where kind = 'episode'`,
      )
      assert.equal(left?.count, 0)
    }),
  )

  it(
    'reads each show in its own language, and looks past accents',
    sandboxed(async (repo) => {
      const german = await aPodcast(repo, { slug: 'hafen', title: 'Hafenfunk', language: 'de-AT' })
      const french = await aPodcast(repo, { slug: 'port', title: 'Le Port', language: 'fr' })
      const said = await anEpisode(repo, german, { slug: 'eins', title: 'Häuser am Wasser' })
      await says(repo, said, ['Die Leuchttürme leuchten.'])
      await anEpisode(repo, french, { slug: 'un', title: 'Élégantes marées' })

      assert.deepEqual(titles((await look(repo, 'haus wasser')).hits), ['Häuser am Wasser'])
      assert.deepEqual(titles((await look(repo, 'leuchtturm')).hits), ['Häuser am Wasser'])
      assert.deepEqual(titles((await look(repo, 'elegante maree')).hits), ['Élégantes marées'])
    }),
  )

  it(
    'finds names of programs: what is written with dots, dashes and plus signs',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      await anEpisode(repo, show, { slug: 'one', title: 'Node.js, open-source' })
      await anEpisode(repo, show, { slug: 'two', title: 'C++ and C#' })
      const found = async (text: string) =>
        (await look(repo, text)).hits.map(({ title }) => marked(title))

      assert.deepEqual(await found('node'), ['[Node].js, open-source'])
      assert.deepEqual(await found('node.js'), ['[Node].[js], open-source'])
      assert.deepEqual(await found('open source'), ['Node.js, [open]-[source]'])
      assert.deepEqual(await found('c++'), ['[C++] and C#'])
    }),
  )

  it(
    'narrows by show and year, and says how much there is of the others',
    sandboxed(async (repo) => {
      const [one, two] = [await aPodcast(repo), await aPodcast(repo, { slug: 'two', title: 'Two' })]
      await anEpisode(repo, one, {
        slug: 'a',
        title: 'Tides a',
        publishedAt: '2024-03-01T09:00:00Z',
      })
      await anEpisode(repo, one, {
        slug: 'b',
        title: 'Tides b',
        publishedAt: '2025-03-01T09:00:00Z',
      })
      await anEpisode(repo, two, {
        slug: 'c',
        title: 'Tides c',
        publishedAt: '2025-03-01T09:00:00Z',
      })

      const found = await look(repo, 'tides', { podcast: 'local-time', year: 2025 })

      assert.deepEqual(titles(found.hits), ['Tides b'])
      assert.equal(found.total, 1)
      assert.deepEqual(
        found.podcasts.map(({ slug, count }) => [slug, count]),
        [
          ['local-time', 1],
          ['two', 1],
        ],
      )
      assert.deepEqual(found.years, [
        { year: 2025, count: 1 },
        { year: 2024, count: 1 },
      ])
      assert.equal((await look(repo, 'tides', { podcast: 'none' })).total, 0)
      assert.equal((await look(repo, 'tides', { page: 9999 })).hits.length, 0)
    }),
  )

  it(
    'takes a word that nothing has for the beginning of one, and then for one mistyped',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const episode = await anEpisode(repo, show, { slug: 'one', title: 'Kubernetes at sea' })
      await says(repo, episode, ['We are talking about lighthouses and observability.'])
      await gatherWords(repo, NOW)
      const looked = async (text: string) => {
        const { corrected, hits } = await look(repo, text)
        return [corrected, ...titles(hits)]
      }

      assert.deepEqual(await looked('kuber'), [null, 'Kubernetes at sea'])
      assert.deepEqual(await looked('kubrenetes'), ['kubernetes', 'Kubernetes at sea'])
      assert.deepEqual(await looked('sea lihgthouse'), ['sea lighthouses', 'Kubernetes at sea'])
      assert.deepEqual(await looked('observibilty'), ['observability', 'Kubernetes at sea'])
      assert.deepEqual(await looked('xylophone'), [null])
    }),
  )

  it(
    'asks whether another spelling is meant, where that is far more frequent',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      for (let number = 1; number <= 21; number += 1) {
        await anEpisode(repo, show, { slug: `e-${number}`, title: `Lighthouse ${number}` })
      }
      await anEpisode(repo, show, { slug: 'wrong', title: 'Lighthuose' })
      while ((await gatherWords(repo, NOW)) > 0);

      const { total, corrected, suggested } = await look(repo, 'old or lighthuose')

      assert.deepEqual([total, corrected, suggested], [1, null, 'old or lighthouse'])
      assert.equal((await look(repo, 'lighthouse')).suggested, null)
    }),
  )

  it(
    'gives up what takes too long, and leaves the connection as it was',
    sandboxed(async (repo) => {
      const sleep = () => bounded(repo, (every) => every.run(sql`select pg_sleep(20)`), 20)

      await assert.rejects(sleep(), { name: 'SearchBusyError' })

      const [after] = await repo.run(
        sql<{ timeout: string }>`select current_setting('statement_timeout') as timeout`,
      )
      assert.notEqual(after?.timeout, '20ms')
    }),
  )

  it(
    'knows the titles of today when they are mistyped, before a job has learnt their words',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'one', title: 'Kubernetes at sea' })

      assert.equal((await look(repo, 'kubernetse')).corrected, 'kubernetes')
    }),
  )

  it(
    'finds a title of words that say nothing',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'one', title: 'The Who and What' })

      assert.deepEqual(titles((await look(repo, 'the who')).hits), ['The Who and What'])
    }),
  )

  it(
    'throws for nothing that somebody may type',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const episode = await anEpisode(repo, show, { slug: 'one', title: `It's "a" & <b>:*` })
      await says(repo, episode, ["a:* & !b | (c) <-> 'd' \\ %_ \u0301 😀"])
      const WRITTEN: Readonly<Record<string, string>> = {
        podcast: show.title,
        episode: episode.title,
      }
      const hostile = oneof(
        array(integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) =>
          String.fromCharCode(...codes),
        ),
        array(
          constantFrom(
            'a',
            'it',
            '"',
            '-',
            '-"',
            'or',
            '|',
            '&',
            '!',
            ':*',
            '<->',
            '(',
            ')',
            "'",
            '\\',
            '%',
            '_',
            '\0',
            '\u0001',
            '\ud800',
            '…',
            'ß',
            '语言',
            'x'.repeat(90),
            'c++',
            '@',
            '<b>',
          ),
          { maxLength: 30 },
        ).map((parts) => parts.join(' ')),
      )

      await holds(
        asyncProperty(hostile, integer(), async (text, page) => {
          const narrowed = await look(repo, text, { page, podcast: text.slice(0, 3), year: page })
          assert.deepEqual(narrowed.hits, [])
          const { hits, total } = await look(repo, text)
          assert.equal(hits.length, total)
          assert.deepEqual(
            titles(hits),
            hits.map(({ kind }) => WRITTEN[kind]),
          )
        }),
        { numRuns: 60 },
      )
    }),
  )

  it(
    'lets no text make a write fail, however long and whatever is in it',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const words = Array.from({ length: 60_000 }, (_, index) => `word${index.toString(36)}`).join(
        ' ',
      )
      const episode = await anEpisode(repo, show, { slug: 'one', title: 'Long', notes: words })

      await says(repo, episode, [words, 'x'.repeat(300_000), words])

      assert.equal((await look(repo, 'word1a')).total, 1)
    }),
  )
})
