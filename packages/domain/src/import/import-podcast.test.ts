import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type NewRow, type Repo } from '@showrunner/data'
import { Chapter, Episode, updateEpisode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast, updatePodcast } from '../podcasts/index.ts'
import { changePodcastSlug, changeSlug } from '../publishing/index.ts'
import { aFeed, aPodcast, sandboxed, testDatabase } from '../testing/index.ts'
import { importPodcast } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function importing(
  repo: Repo,
  bytes: Buffer,
  options: { into?: string; slug?: string } = {},
) {
  return importPodcast(repo, { bytes }, { asOf: NOW, ...options })
}

const HOST = '<podcast:person href="https://people.example/ada">Ada Byron</podcast:person>'
const GUEST =
  '<podcast:person role="guest" img="https://img.example/g.png">Grace Hopper</podcast:person>'
const EDITOR =
  '<podcast:person role="editor" group="audio post-production">Jo Cutter</podcast:person>'

describe('importPodcast', () => {
  it(
    'creates the podcast with what the feed says of it',
    sandboxed(async (repo) => {
      const more = `<language>de-AT</language><itunes:explicit>yes</itunes:explicit><itunes:type>serial</itunes:type>
        <itunes:image href="https://img.example/cover.jpg"/><itunes:category text="Arts"><itunes:category text="Design"/></itunes:category>
        <podcast:guid>Kept-As-It-Is</podcast:guid><podcast:funding url="https://pay.example/">Pay</podcast:funding>
        <podcast:trailer pubdate="Thu, 01 Jan 2026 08:00:00 GMT" url="https://audio.example/t.mp3">Soon</podcast:trailer>${HOST}${EDITOR}`

      const { podcast, outcome } = await importing(repo, aFeed({ more }))

      assert.equal(outcome, 'created')
      assert.deepEqual(
        [podcast.slug, podcast.guid, podcast.status, podcast.language, podcast.kind],
        ['harbour-lights', 'Kept-As-It-Is', 'publishing', 'de-AT', 'serial'],
      )
      assert.equal(podcast.explicit, true)
      assert.equal(podcast.descriptionHtml, '<p>Of harbours.</p>')
      assert.equal(podcast.coverUrl, 'https://img.example/cover.jpg')
      assert.deepEqual(podcast.categories, [{ name: 'Arts', subcategory: 'Design' }])
      assert.deepEqual(podcast.funding, [{ url: 'https://pay.example/', text: 'Pay' }])
      assert.equal(podcast.trailers[0]?.publishedAt, '2026-01-01T08:00:00.000Z')
      const whole = await repo.preload(podcast, 'hosts', { credits: ['person'] })
      assert.deepEqual(
        whole.hosts.map(({ name, handle, websiteUrl }) => [name, handle, websiteUrl]),
        [['Ada Byron', 'ada-byron', 'https://people.example/ada']],
      )
      assert.deepEqual(
        whole.credits.map(({ role, personGroup, person }) => [role, personGroup, person.name]),
        [['editor', 'audio post-production', 'Jo Cutter']],
      )
    }),
  )

  it(
    'creates the episodes with what their items say of them',
    sandboxed(async (repo) => {
      const more = `<link>https://harbour.example/fog</link><itunes:duration>1:02:03</itunes:duration><itunes:episodeType>bonus</itunes:episodeType>
        <podcast:season name="Sea">3</podcast:season><podcast:episode display="Ch.3">315.5</podcast:episode>
        <description>Fog.</description><content:encoded><![CDATA[<p>Fog <a href="/horn">horns</a>.</p><script>x</script>]]></content:encoded>
        <psc:chapters><psc:chapter start="00:00:00" title="In"/><psc:chapter start="00:01:00" title="Out" href="https://out.example/"/></psc:chapters>
        <podcast:transcript url="https://harbour.example/fog.vtt" type="text/vtt"/>${GUEST}`

      const { podcast, episodes } = await importing(
        repo,
        aFeed({ more: HOST, items: [{ guid: 'HTTP://Odd Guid ', title: 'Fog', more }] }),
      )

      assert.deepEqual(episodes, { created: 1, updated: 0, unchanged: 0, skipped: [] })
      const episode = await repo.oneOrThrow(
        from(Episode).preload('hosts', 'guests', 'chapters', 'transcripts'),
      )
      assert.equal(episode.podcastId, podcast.id)
      assert.deepEqual(
        [episode.slug, episode.guid, episode.guidIsPermalink, episode.published],
        ['fog', 'HTTP://Odd Guid', false, true],
      )
      assert.deepEqual(
        [episode.type, episode.season, episode.seasonName, episode.number, episode.numberDisplay],
        ['bonus', 3, 'Sea', 315.5, 'Ch.3'],
      )
      assert.deepEqual([episode.audioBytes, episode.audioDuration], [1000, 3723])
      assert.equal(episode.summary, 'Fog.')
      assert.equal(
        episode.notesHtml,
        '<p>Fog <a href="https://harbour.example/horn" rel="noopener">horns</a>.</p>',
      )
      assert.deepEqual(
        episode.chapters.map(({ startsMs, title, linkUrl }) => [startsMs, title, linkUrl]),
        [
          [0, 'In', null],
          [60_000, 'Out', 'https://out.example/'],
        ],
      )
      assert.equal(episode.transcripts[0]?.url, 'https://harbour.example/fog.vtt')
      assert.deepEqual(episode.hosts, [])
      assert.deepEqual(
        episode.guests.map(({ name, avatarUrl }) => [name, avatarUrl]),
        [['Grace Hopper', 'https://img.example/g.png']],
      )
    }),
  )

  it(
    'gives the hosts of the podcast to an item that names nobody',
    sandboxed(async (repo) => {
      await importing(repo, aFeed({ more: HOST, items: [{ guid: 'one' }] }))

      const episode = await repo.oneOrThrow(from(Episode).preload('hosts'))
      assert.deepEqual(
        episode.hosts.map(({ name }) => name),
        ['Ada Byron'],
      )
    }),
  )

  it(
    'writes the second time what the feed says newly, adds what is new and duplicates nothing',
    sandboxed(async (repo) => {
      const chapters = '<psc:chapters><psc:chapter start="0" title="In"/></psc:chapters>'
      const old = { guid: 'one', title: 'One', more: `${HOST}${chapters}` }
      await importing(repo, aFeed({ items: [old, { guid: 'two', title: 'Two' }] }))
      const before = await repo.getByOrThrow(Episode, { guid: 'one' })

      const again = await importing(
        repo,
        aFeed({
          more: '<itunes:author>The harbour</itunes:author>',
          items: [
            { guid: 'three', title: 'Three' },
            {
              guid: 'one',
              title: 'One, corrected',
              more: `${GUEST}${chapters.replace('In', 'On')}`,
            },
            { guid: 'two', title: 'Two' },
          ],
        }),
      )

      assert.equal(again.outcome, 'updated')
      assert.equal(again.podcast.author, 'The harbour')
      assert.deepEqual(again.episodes, { created: 1, updated: 1, unchanged: 1, skipped: [] })
      assert.equal(await repo.count(Podcast), 1)
      assert.equal(await repo.count(Episode), 3)
      const after = await repo.getOrThrow(
        from(Episode).preload('hosts', 'guests', 'chapters'),
        before.id,
      )
      assert.deepEqual([after.title, after.slug], ['One, corrected', 'one'])
      assert.deepEqual([after.hosts.length, after.guests.length], [0, 1])
      assert.deepEqual(
        after.chapters.map(({ title }) => title),
        ['On'],
      )
    }),
  )

  it(
    'writes nothing at all when the feed says nothing new',
    sandboxed(async (repo) => {
      const feed = aFeed({ more: HOST, items: [{ guid: 'one', more: GUEST }, { guid: 'two' }] })
      await importing(repo, feed)
      const writes: string[] = []
      const stop = repo.onQuery(({ sql }) => {
        if (/^(insert|update|delete)/.test(sql)) writes.push(sql)
      })

      const again = await importing(repo, feed)

      stop()
      assert.equal(again.outcome, 'unchanged')
      assert.deepEqual(again.episodes, { created: 0, updated: 0, unchanged: 2, skipped: [] })
      assert.deepEqual(writes, [])
    }),
  )

  it(
    'keeps what was edited here until the feed says something new of it',
    sandboxed(async (repo) => {
      const item = { guid: 'one', title: 'One' }
      const { podcast } = await importing(repo, aFeed({ items: [item] }))
      await updatePodcast(repo, podcast, { title: 'Our Harbour', status: 'inactive' })
      const episode = await repo.oneOrThrow(Episode)
      await updateEpisode(repo, episode, { notes: 'Our notes', title: 'Ours' })
      await changeSlug(repo, episode, { slug: 'ours' }, NOW)

      await importing(
        repo,
        aFeed({ more: '<copyright>Us</copyright>', items: [{ ...item, title: 'New' }] }),
      )

      const after = await repo.oneOrThrow(Podcast)
      assert.deepEqual(
        [after.title, after.status, after.copyright],
        ['Our Harbour', 'inactive', 'Us'],
      )
      const { slug, notes, title } = await repo.oneOrThrow(Episode)
      assert.deepEqual([slug, notes, title], ['ours', 'Our notes', 'New'])
    }),
  )

  it(
    'takes no address that still leads to something else',
    sandboxed(async (repo) => {
      const { podcast } = await importing(repo, aFeed({ items: [{ guid: 'a', title: 'Fog' }] }))
      await changeSlug(repo, await repo.oneOrThrow(Episode), { slug: 'mist' }, NOW)
      const items = [{ guid: 'b', title: 'Fog' }]
      await importing(repo, aFeed({ items }), { into: podcast.slug })
      await changePodcastSlug(repo, podcast, { slug: 'lights' })

      const other = { title: podcast.title, link: 'https://another.example/', items: [] }
      const refused = importing(repo, aFeed(other), { slug: 'harbour-lights' })

      const slugs = (await repo.all(from(Episode).orderBy({ guid: 'asc' }))).map(({ slug }) => slug)
      assert.deepEqual(slugs, ['mist', 'fog-2'])
      await assert.rejects(refused, /still leads there/)
    }),
  )

  it(
    'finds an address for every title',
    sandboxed(async (repo) => {
      await importing(
        repo,
        aFeed({
          title: 'News: of harbours',
          items: [
            { guid: 'a', title: 'Fog' },
            { guid: 'b', title: 'Fog' },
            { guid: 'c', title: 'Feed' },
            { guid: 'd', title: '霧' },
            { guid: 'e', title: '灯', more: '<podcast:episode>7</podcast:episode>' },
          ],
        }),
      )

      assert.equal((await repo.oneOrThrow(Podcast)).slug, 'news-of-harbours')
      const slugs = (await repo.all(from(Episode).orderBy({ guid: 'asc' }))).map(({ slug }) => slug)
      assert.deepEqual(slugs, ['fog-2', 'fog', 'feed-2', 'episode-2026-06-25', 'episode-7'])
    }),
  )

  it(
    'leaves out what cannot be true, and says so',
    sandboxed(async (repo) => {
      const owner = '<itunes:owner><itunes:email>harbour at example</itunes:email></itunes:owner>'
      const items = [
        { guid: 'x'.repeat(2001), title: 'Long' },
        { guid: 'one', more: '<pubDate>soon</pubDate>' },
      ]

      const { podcast, episodes, warnings } = await importing(
        repo,
        aFeed({ title: 'Harbour '.repeat(50), more: owner, items }),
      )

      assert.equal(podcast.title.length, 248)
      assert.ok(podcast.title.endsWith('Harbour…'))
      assert.equal(podcast.ownerEmail, null)
      assert.deepEqual(episodes.skipped, [
        { title: 'Long', reason: 'its guid is longer than 2000 characters' },
      ])
      assert.deepEqual((await repo.oneOrThrow(Episode)).publishedAt, NOW)
      assert.ok(
        warnings.some((text) => /ownerEmail must be an e-mail address/.test(text)),
        warnings.join(),
      )
      assert.ok(
        warnings.some((text) => /"About one" has no date/.test(text)),
        warnings.join(),
      )
    }),
  )

  it('writes all of a feed or nothing', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const insertAll = async (schema: typeof Chapter, rows: readonly NewRow<typeof Chapter>[]) => {
      if (schema.source === 'chapters' && rows.length > 0) throw new Error('the disk is full')
      return database.repo.insertAll(schema, rows)
    }
    // Of the overloads, an import calls this one, with other schemas too.
    const broken: Repo = { ...database.repo, insertAll: insertAll as unknown as Repo['insertAll'] }
    const more = '<psc:chapters><psc:chapter start="0" title="In"/></psc:chapters>'

    await assert.rejects(
      importing(broken, aFeed({ more: HOST, items: [{ guid: 'one', more }] })),
      /the disk is full/,
    )

    for (const schema of [Podcast, Episode, Person, Chapter]) {
      assert.equal(await database.repo.count(schema), 0, schema.source)
    }
  })

  it('takes turns with another import of the same feed', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const feed = aFeed({ more: HOST, items: [{ guid: 'one' }] })

    const both = await Promise.all([importing(database.repo, feed), importing(database.repo, feed)])

    assert.deepEqual(both.map(({ outcome }) => outcome).toSorted(), ['created', 'unchanged'])
    assert.equal(await database.repo.count(Podcast), 1)
    assert.equal(await database.repo.count(Person), 1)
  })
})

describe('a feed that says it is a podcast of ours', () => {
  const claim = (guid: string) => aFeed({ more: `<podcast:guid>${guid}</podcast:guid>` })

  it(
    'is not believed about one made here, unless somebody says so',
    sandboxed(async (repo) => {
      const { guid } = await aPodcast(repo)

      await assert.rejects(importing(repo, claim(guid)), {
        name: 'ImportError',
        message: /says it is "Local Time" \(\/local-time\), which is made here/,
      })
      assert.equal((await repo.oneOrThrow(Podcast)).title, 'Local Time')

      const { outcome } = await importing(repo, claim(guid), { into: 'local-time' })
      assert.equal(outcome, 'updated')
      assert.equal((await repo.oneOrThrow(Podcast)).title, 'Harbour Lights')
    }),
  )

  it(
    'is not taken for another of the same title',
    sandboxed(async (repo) => {
      await importing(repo, aFeed({ items: [{ guid: 'one' }] }))

      const other = await importing(repo, aFeed({ items: [{ guid: 'two' }, { guid: 'three' }] }))

      assert.equal(other.outcome, 'created')
      assert.equal(other.podcast.slug, 'harbour-lights-2')
    }),
  )

  it(
    'is not imported into what is not there, or under an address that is taken',
    sandboxed(async (repo) => {
      await aPodcast(repo)

      await assert.rejects(importing(repo, aFeed(), { into: 'nowhere' }), /no podcast "nowhere"/)
      await assert.rejects(importing(repo, aFeed(), { slug: 'podcasts' }), /slug is an address/)
      await assert.rejects(importing(repo, aFeed(), { slug: 'local-time' }), /slug has already/)
      assert.equal(await repo.count(Podcast), 1)
    }),
  )
})
