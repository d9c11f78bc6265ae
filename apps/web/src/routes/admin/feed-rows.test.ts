import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Episode, EpisodeAlternate } from '@showrunner/domain/episodes'
import { importPodcast } from '@showrunner/domain/import'
import { Picture } from '@showrunner/domain/pictures'
import { Podcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { readFeed, writeFeed } from '@showrunner/feeds'
import { assertWellFormed } from '@showrunner/feeds/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { formsIn } from '../../testing/forms-in.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

type Admin = Awaited<ReturnType<typeof inAdmin>>

async function aShow(repo: Repo) {
  const admin = await inAdmin(repo, { admin: true })
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon' })
  const sheet = `/admin/podcasts/${podcast.id}`
  return {
    admin,
    ofPodcast: `${sheet}/edit`,
    ofEpisode: `${sheet}/episodes/${episode.id}/edit`,
  }
}

async function feedOf(admin: Admin) {
  const { payload } = await admin.app.inject('/local-time/feed')
  assertWellFormed(payload)
  const { feed, warnings } = await readFeed(payload)
  assert.deepEqual(warnings, [])
  return { xml: payload, feed }
}

const OPUS = {
  'alternates[1000][title]': 'Small',
  'alternates[1000][type]': 'audio/opus',
  'alternates[1000][sourcesLines]': 'https://a.example/1.opus?a=1&b=2\nipfs://bafy audio/ogg',
  'alternates[1000][bytes]': '4000000',
  'alternates[1000][bitrate]': '32000.5',
  'alternates[1000][language]': 'en',
  'alternates[1000][rel]': '',
  'alternates[1000][isDefault]': 'false',
  'alternates[1000][integrityType]': 'sri',
  'alternates[1000][integrityValue]': 'sha384-x',
}

describe('the pictures of a podcast and of an episode', () => {
  it(
    'are added, put in order and taken away, and stand in the feed beside the cover',
    sandboxed(async (repo) => {
      const { admin, ofPodcast, ofEpisode } = await aShow(repo)
      const added = await admin.post(ofPodcast, {
        coverUrl: '/uploads/cover.png',
        'pictures[1000][url]': 'https://a.example/banner.png?a=1&b=2',
        'pictures[1000][purpose]': 'banner',
        'pictures[1000][aspectRatio]': '3/1',
        'pictures[1000][width]': '3000',
        'pictures[1000][position]': '0',
        'pictures[1001][url]': '/uploads/tall.png',
        'pictures[1001][purpose]': 'canvas',
        'pictures[1001][alt]': 'A "clock" & <tower>',
        'pictures[1001][position]': '1',
        'pictures[1002][url]': '',
        'pictures[1002][position]': '2',
      })
      const alone = await admin.post(ofEpisode, {
        'pictures[1000][url]': 'https://a.example/noon.png',
        'pictures[1000][purpose]': 'social',
      })

      assert.deepEqual([added.status, alone.status], [303, 303])
      const { xml, feed } = await feedOf(admin)
      assert.match(
        xml,
        /<podcast:image href="https:\/\/a\.example\/banner\.png\?a=1&amp;b=2" aspect-ratio="3\/1" width="3000" purpose="banner"\/>/,
      )
      assert.deepEqual(
        feed.images.map(({ url, purpose, alt }) => [new URL(url).pathname, purpose, alt]),
        [
          ['/uploads/cover.png', 'artwork', null],
          ['/banner.png', 'banner', null],
          ['/uploads/tall.png', 'canvas', 'A "clock" & <tower>'],
        ],
      )
      assert.deepEqual(
        feed.items[0]?.images.map(({ url, purpose }) => [url, purpose]),
        [['https://a.example/noon.png', 'social']],
      )

      const [banner, tall] = await repo.all(
        from(Picture).where('episodeId', 'is', null).orderBy({ position: 'asc' }),
      )
      await assertValidHtml((await admin.get(ofPodcast)).html)
      await admin.post(ofPodcast, {
        'pictures[0][id]': String(tall?.id),
        'pictures[0][position]': '0',
        'pictures[1][id]': String(banner?.id),
        'pictures[1][position]': '1',
      })
      const turned = (await feedOf(admin)).feed.images.map(({ purpose }) => purpose)
      await admin.post(ofPodcast, {
        'pictures[0][id]': String(tall?.id),
        'pictures[0][delete]': 'true',
      })

      assert.deepEqual(turned, ['artwork', 'canvas', 'banner'])
      const left = await feedOf(admin)
      assert.deepEqual(
        left.feed.images.map(({ purpose }) => purpose),
        ['artwork', 'banner'],
      )
      assert.equal(left.feed.items[0]?.images.length, 1)
    }),
  )

  it(
    'stand for the cover where one of them is the artwork',
    sandboxed(async (repo) => {
      const { admin, ofPodcast } = await aShow(repo)
      await admin.post(ofPodcast, {
        coverUrl: '/uploads/cover.png',
        'pictures[1000][url]': '/uploads/large.png',
        'pictures[1000][purpose]': 'circular Artwork',
      })

      const { images, imageUrl } = (await feedOf(admin)).feed
      assert.match(imageUrl ?? '', /\/uploads\/cover\.png$/)
      assert.deepEqual(
        images.map(({ purpose }) => purpose),
        ['circular Artwork'],
      )
    }),
  )

  it(
    'are refused beside the field, and shown as they were typed',
    sandboxed(async (repo) => {
      const { admin, ofPodcast } = await aShow(repo)

      const refused = await admin.post(ofPodcast, {
        'pictures[1000][url]': 'banner.png',
        'pictures[1000][aspectRatio]': 'wide <b>',
        'pictures[1000][width]': '0',
        'pictures[1001][alt]': 'Nothing to see',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /Width to height must be as 16\/9\./)
      assert.match(refused.html, /value="wide &lt;b&gt;"/)
      assert.match(refused.html, /Address of the picture must begin with http/)
      assert.match(refused.html, /Address of the picture can&#39;t be blank\./)
      assert.match(refused.html, /Width must be greater than or equal to 1\./)
      assert.equal(await repo.count(from(Picture)), 0)
    }),
  )
})

describe('the other files of an episode', () => {
  it(
    'are added and changed, and stand in the feed with all that is said of them',
    sandboxed(async (repo) => {
      const { admin, ofEpisode } = await aShow(repo)
      const added = await admin.post(ofEpisode, {
        ...OPUS,
        'alternates[1001][type]': 'video/mp4',
        'alternates[1001][sourcesLines]': 'https://a.example/1.mp4',
        'alternates[1001][height]': '720',
        'alternates[1001][isDefault]': 'true',
        'alternates[1001][position]': '1',
        'alternates[1002][type]': '',
        'alternates[1002][isDefault]': 'false',
        'alternates[1002][integrityType]': '',
      })

      assert.equal(added.status, 303)
      const { xml, feed } = await feedOf(admin)
      assert.match(xml, /<podcast:source uri="https:\/\/a\.example\/1\.opus\?a=1&amp;b=2"\/>/)
      const nothing = { length: null, bitrate: null, height: null, language: null, title: null }
      assert.deepEqual(feed.items[0]?.alternateEnclosures, [
        {
          ...nothing,
          type: 'audio/opus',
          length: 4_000_000,
          bitrate: 32_000.5,
          language: 'en',
          title: 'Small',
          rel: null,
          codecs: null,
          isDefault: false,
          sources: [
            { uri: 'https://a.example/1.opus?a=1&b=2', contentType: null },
            { uri: 'ipfs://bafy', contentType: 'audio/ogg' },
          ],
          integrity: { type: 'sri', value: 'sha384-x' },
        },
        {
          ...nothing,
          type: 'video/mp4',
          height: 720,
          rel: null,
          codecs: null,
          isDefault: true,
          sources: [{ uri: 'https://a.example/1.mp4', contentType: null }],
          integrity: null,
        },
      ])

      const { html } = await admin.get(ofEpisode)
      await assertValidHtml(html)
      assert.match(html, /name="alternates\[0\]\[sourcesLines\]"/)
      const [opus] = await repo.all(from(EpisodeAlternate).orderBy({ position: 'asc' }))
      await admin.post(ofEpisode, {
        'alternates[0][id]': String(opus?.id),
        'alternates[0][sourcesLines]': 'https://b.example/1.opus',
      })
      const [changed, video] = (await feedOf(admin)).feed.items[0]?.alternateEnclosures ?? []
      assert.deepEqual(changed?.sources, [{ uri: 'https://b.example/1.opus', contentType: null }])
      assert.deepEqual([changed?.title, video?.height], ['Small', 720])
    }),
  )

  it(
    'are refused beside the field: no address, no type, a script, half a checksum',
    sandboxed(async (repo) => {
      const { admin, ofEpisode } = await aShow(repo)

      const refused = await admin.post(ofEpisode, {
        'alternates[1000][title]': 'Small',
        'alternates[1001][type]': 'opus',
        'alternates[1001][sourcesLines]': 'javascript:alert(1)',
        'alternates[1001][integrityValue]': 'sha384-x',
        'alternates[1001][integrityType]': '',
        'alternates[1001][bytes]': '9'.repeat(30),
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      for (const message of [
        /Where the file lies can&#39;t be blank\./,
        /Media type of the file can&#39;t be blank\./,
        /Media type of the file must be a media type such as audio\/opus\./,
        /Where the file lies has a line that cannot be read: “javascript:alert\(1\)”/,
        /Checksum is needed, to read it by\./,
        /Bytes /,
      ])
        assert.match(refused.html, message)
      assert.match(refused.html, />\s*javascript:alert\(1\)<\/textarea>/)
      assert.equal(await repo.count(from(EpisodeAlternate)), 0)
    }),
  )
})

describe('what a feed brought that nobody would type', () => {
  it(
    'stays as it is when the sheets are sent as they were opened',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const odd = {
        type: 'what ever',
        purpose: 'ARTWORK x',
        aspectRatio: 'wide',
        width: 999_999_999,
        height: 0,
      }
      const images = [{ url: 'https://a.example/a.png', alt: 'A "b"', ...odd }]
      const chat = {
        server: 'https://m.example/x y',
        protocol: 'IRC',
        accountId: 'a b',
        space: 'c d',
      }
      const bytes = Buffer.from(
        writeFeed({
          title: 'Odd',
          images,
          chat,
          lockedOwner: 'ann@a.example',
          locked: true,
          items: [
            {
              guid: 'odd-1',
              title: 'One',
              publishedAt: NOW,
              enclosure: { url: 'https://a.example/1.mp3', type: 'audio/mpeg', length: 10 },
              images,
              chat,
              alternateEnclosures: [
                {
                  ...odd,
                  length: 2 ** 52,
                  bitrate: 0.5,
                  language: 'no language',
                  title: 'T'.repeat(300),
                  rel: 'r'.repeat(300),
                  codecs: null,
                  isDefault: true,
                  sources: [{ uri: 'magnet:?xt=urn:btih:a', contentType: 'a b' }],
                  integrity: { type: 'md5', value: 'x' },
                },
              ],
            },
          ],
        }),
      )
      const options = { asOf: NOW, fetchDocuments: false }
      const { podcast } = await importPodcast(repo, { bytes }, options)
      const { id } = await repo.getByOrThrow(Episode, { guid: 'odd-1' })
      const before = (await admin.app.inject('/odd/feed')).payload

      const sheet = `/admin/podcasts/${podcast.id}`
      for (const address of [`${sheet}/edit`, `${sheet}/episodes/${id}/edit`]) {
        const { html } = await admin.get(address)
        await assertValidHtml(html)
        const form = formsIn(html, address).find(({ action }) => action === address)
        assert.ok(form)
        const sent = await admin.post(address, Object.fromEntries(form.fields))
        assert.equal(sent.status, 303, /class="problems[\s\S]{0,900}/.exec(sent.html)?.[0] ?? '')
      }

      assert.match(before, /<podcast:integrity type="md5" value="x"\/>/)
      assert.equal((await admin.app.inject('/odd/feed')).payload, before)
    }),
  )
})

describe('what a feed says besides', () => {
  it(
    'is said where it is typed: chat, services, trailers, publisher, comments, who is paid',
    sandboxed(async (repo) => {
      const { admin, ofPodcast, ofEpisode } = await aShow(repo)
      const podcast = await admin.post(ofPodcast, {
        chatLines: 'irc irc.example:6697 space:#tea account:@ann',
        blocksLines: 'youtube\nspotify may',
        trailersLines: 'https://a.example/trailer.mp3 2026-01-02 What to expect',
        publisherLines: 'https://a.example/publisher.xml The Network',
        remoteItemsLines: 'https://b.example/feed.xml B',
        socialInteractsLines:
          'activitypub https://s.example/@a/1 @a https://s.example/@a priority:2',
        fundingLines: 'https://a.example/one One\nhttps://a.example/two Two',
        updateFrequencyLines: 'Every Friday FREQ=WEEKLY from:2026-01-02 complete',
        locked: 'true',
        lockedOwner: 'ann@a.example',
      })
      const episode = await admin.post(ofEpisode, {
        chatLines: 'matrix m.example space:#noon:m.example',
        paymentsLines: 'Ann ann@wallet.example 90',
        contentLinksLines: 'https://video.example/1 Watch',
        categoriesLines: 'Clocks & bells\nNoon',
        itunesTitle: 'Noon',
        author: 'Ann',
      })

      assert.deepEqual([podcast.status, episode.status], [303, 303])
      const { feed } = await feedOf(admin)
      assert.deepEqual(feed.chat, {
        server: 'irc.example:6697',
        protocol: 'irc',
        accountId: '@ann',
        space: '#tea',
      })
      assert.deepEqual(feed.blocks, [
        { service: 'youtube', blocked: true },
        { service: 'spotify', blocked: false },
      ])
      assert.deepEqual(
        feed.trailers.map(({ title, publishedAt }) => [title, publishedAt?.toISOString()]),
        [['What to expect', '2026-01-02T00:00:00.000Z']],
      )
      assert.deepEqual(
        [feed.publisher?.title, feed.publisher?.medium, feed.remoteItems[0]?.title],
        ['The Network', 'publisher', 'B'],
      )
      assert.partialDeepStrictEqual(feed.socialInteracts, [
        { accountId: '@a', accountUrl: 'https://s.example/@a', priority: 2 },
      ])
      assert.deepEqual(
        feed.funding.map(({ text }) => text),
        ['One', 'Two'],
      )
      assert.partialDeepStrictEqual(feed.updateFrequency, {
        text: 'Every Friday',
        complete: true,
        startsAt: new Date('2026-01-02'),
      })
      assert.deepEqual([feed.locked, feed.lockedOwner], [true, 'ann@a.example'])
      const [item] = feed.items
      assert.equal(item?.chat?.space, '#noon:m.example')
      assert.equal(item?.values[0]?.recipients[0]?.address, 'ann@wallet.example')
      assert.deepEqual(item?.contentLinks, [{ url: 'https://video.example/1', text: 'Watch' }])
      assert.deepEqual(item?.categories, ['Clocks & bells', 'Noon'])
      assert.deepEqual([item?.itunesTitle, item?.author], ['Noon', 'Ann'])
    }),
  )

  it(
    'is refused where a line says nothing',
    sandboxed(async (repo) => {
      const { admin, ofPodcast } = await aShow(repo)

      const refused = await admin.post(ofPodcast, {
        chatLines: 'irc https://irc.example',
        blocksLines: 'all',
        trailersLines: 'https://a.example/trailer.mp3 What to expect',
        lockedOwner: 'Ann',
      })

      assert.equal(refused.status, 422)
      for (const line of ['irc https://irc.example', 'all', 'https://a.example/trailer.mp3 What'])
        assert.ok(refused.html.includes(`cannot be read: “${line}`), line)
      assert.match(refused.html, /Who may have it unlocked must be an e-mail address/)
      assert.equal((await repo.getByOrThrow(Podcast, { slug: 'local-time' })).chat, null)
    }),
  )
})
