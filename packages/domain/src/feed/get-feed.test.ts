import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { readFeed, writeFeed } from '@showrunner/feeds'
import { EpisodeGuest, EpisodeLink, EpisodeSponsor, replaceChapters } from '../episodes/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { Sponsor } from '../sponsors/index.ts'
import { anEpisode, aPerson, aPodcast, OUTSIDE, sandboxed } from '../testing/index.ts'
import { saveTranscript, saveTranscriptLinks } from '../transcripts/index.ts'
import { getFeed } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

describe('getFeed', () => {
  it(
    'says all of the podcast and its episodes, every address in full',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, {
        description: 'Of **time**.',
        coverUrl: '/uploads/cover.jpg',
        keywords: 'time, zones',
        ownerName: 'Us',
      })
      const episode = await anEpisode(repo, podcast, {
        slug: 'noon',
        summary: 'At noon.',
        notes: '[Us](/about)',
        audioUrl: '/uploads/noon.mp3',
        audioBytes: 4321,
        number: 2,
      })
      const { id: personId } = await aPerson(repo, 'Ada Byron', { avatarUrl: '/uploads/ada.jpg' })
      await repo.insertOrThrow(build(PodcastHost, { podcastId: podcast.id, personId }))
      await repo.insertOrThrow(
        build(EpisodeGuest, { episodeId: episode.id, podcastId: episode.podcastId, personId }),
      )

      const { feed, warnings } = await readFeed(
        writeFeed(await getFeed(repo, 'local-time', NOW, OUTSIDE)),
      )

      assert.deepEqual(warnings, [])
      assert.deepEqual(
        [feed.title, feed.description, feed.guid, feed.link, feed.selfUrl, feed.imageUrl],
        [
          'Local Time',
          'Of time.',
          podcast.guid,
          'https://net.example/local-time',
          'https://net.example/local-time/feed',
          'https://net.example/uploads/cover.jpg',
        ],
      )
      assert.deepEqual(feed.keywords, ['time', 'zones'])
      assert.deepEqual(
        feed.people.map(({ name, role, link, imageUrl }) => [name, role, link, imageUrl]),
        [
          [
            'Ada Byron',
            'host',
            'https://net.example/person/ada-byron',
            'https://net.example/uploads/ada.jpg',
          ],
        ],
      )
      const [item] = feed.items
      assert.deepEqual(item?.enclosure, {
        url: 'https://net.example/uploads/noon.mp3',
        type: 'audio/mpeg',
        length: 4321,
      })
      assert.deepEqual(
        [item?.guid, item?.guidIsPermaLink, item?.link, item?.episode, item?.description],
        [episode.guid, false, 'https://net.example/local-time/noon', 2, 'At noon.'],
      )
      assert.equal(
        item?.contentHtml,
        '<p><a href="https://net.example/about" rel="noopener">Us</a></p>',
      )
      assert.deepEqual(
        item?.people.map(({ name, role }) => [name, role]),
        [['Ada Byron', 'guest']],
      )
    }),
  )

  it(
    'leaves out drafts, what is scheduled and what cannot be heard, and has the newest first',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'old', publishedAt: '2026-01-01T00:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'recent' })
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, podcast, { slug: 'silent', audioUrl: null, audioType: null })
      await anEpisode(repo, podcast, { slug: 'later', publishedAt: '2026-11-21T00:00:00Z' })
      const titles = async (asOf: Date) =>
        [...(await getFeed(repo, 'local-time', asOf, OUTSIDE)).items].map(({ title }) => title)

      assert.deepEqual(await titles(NOW), ['recent', 'old'])
      assert.deepEqual(await titles(new Date('2026-11-21T00:00:00Z')), ['later', 'recent', 'old'])
    }),
  )

  it(
    'is not there for a podcast that nobody may see',
    sandboxed(async (repo) => {
      await aPodcast(repo, { status: 'draft' })

      await assert.rejects(getFeed(repo, 'local-time', NOW, OUTSIDE), { name: 'NotFoundError' })
    }),
  )

  it(
    'names our chapters and words where we have them, and otherwise where they lie',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const ours = await anEpisode(repo, podcast, { slug: 'ours' })
      const chapter = { startsMs: 0, endsMs: null, title: 'In', link: null, imageUrl: null }
      await replaceChapters(repo, ours, [{ ...chapter, hidden: false }])
      const words = { url: null, type: 'text/vtt', language: null, rel: null }
      const cue = { startsMs: 0, endsMs: null, speaker: null, text: 'Hello.' }
      await saveTranscript(repo, ours, { ...words, cues: [cue] })
      const at = 'https://else.example'
      const theirs = await anEpisode(repo, podcast, {
        slug: 'theirs',
        chaptersUrl: `${at}/c.json`,
        publishedAt: '2026-02-01T00:00:00Z',
      })
      const link = { url: `${at}/t.srt`, type: 'application/x-subrip', language: 'en', rel: null }
      await saveTranscriptLinks(repo, theirs, [link])

      const [first, second] = [...(await getFeed(repo, 'local-time', NOW, OUTSIDE)).items]

      assert.equal(first?.chapters?.url, 'https://net.example/local-time/ours/chapters.json')
      assert.deepEqual(
        first?.transcripts?.map(({ url, type, rel }) => [url, type, rel]),
        [
          ['https://net.example/local-time/ours/transcript.vtt', 'text/vtt', 'captions'],
          [
            'https://net.example/local-time/ours/transcript.srt',
            'application/x-subrip',
            'captions',
          ],
          ['https://net.example/local-time/ours/transcript.json', 'application/json', null],
          ['https://net.example/local-time/ours/transcript.html', 'text/html', null],
        ],
      )
      assert.equal(second?.chapters?.url, `${at}/c.json`)
      assert.deepEqual(second?.transcripts, [link])
    }),
  )

  it(
    'leads from moments in the notes to those on the page of the episode',
    sandboxed(async (repo) => {
      const notes = '[It turned](#t=1:02:03), [no](#t=javascript:alert(1)).'
      await anEpisode(repo, await aPodcast(repo), { slug: 'noon', notes })

      const [item] = [...(await getFeed(repo, 'local-time', NOW, OUTSIDE)).items]

      assert.equal(
        item?.contentHtml,
        '<p><a href="https://net.example/local-time/noon#t=1:02:03">It turned</a>, <a>no</a>.</p>',
      )
    }),
  )

  it(
    'says who sponsors an episode before its notes, and what it points to after them',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id: episodeId, podcastId } = await anEpisode(repo, podcast, {
        slug: 'noon',
        notes: 'Notes.',
      })
      const { id: sponsorId } = await repo.insertOrThrow(
        build(Sponsor, { name: 'Oil', slug: 'oil' }),
      )
      const said = {
        title: 'Oil & "Co"',
        linkUrl: 'https://oil.example/?a=1&b=2',
        description: '<b>',
      }
      await repo.insertOrThrow(build(EpisodeSponsor, { episodeId, podcastId, sponsorId, ...said }))
      const link = { title: 'A', url: 'https://a.example/' }
      await repo.insertOrThrow(build(EpisodeLink, { episodeId, podcastId, ...link }))

      const [item] = [...(await getFeed(repo, 'local-time', NOW, OUTSIDE)).items]

      assert.equal(
        item?.contentHtml,
        `<div class="showrunner-sponsors">
<p>Sponsors:</p>
<ul>
<li><a href="https://oil.example/?a=1&amp;b=2">Oil &amp; &quot;Co&quot;</a> – &lt;b&gt;</li>
</ul>
</div>
<p>Notes.</p>
<div class="showrunner-links">
<p>Links:</p>
<ul>
<li><a href="https://a.example/">A</a></li>
</ul>
</div>`,
      )
    }),
  )
})
