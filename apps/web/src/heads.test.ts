import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildAssoc, change } from '@showrunner/data'
import { updateSettings } from '@showrunner/domain/settings'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode, HOSTILE } from './testing/a-full-episode.ts'
import { assertValidHtml } from './testing/assert-valid-html.ts'
import { page, testApp } from './testing/test-app.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
}

function decoded(text: string): string {
  return text.replace(/&(\w+|#39);/g, (all, name: string) => ENTITIES[name] ?? all)
}

/** Every `<meta>` by its name, in the order they stand. */
function metasOf(html: string): ReadonlyMap<string, readonly string[]> {
  const found = [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/g)]
  return new Map(
    [...Map.groupBy(found, ([, name = '']) => name)].map(([name, all]) => [
      name,
      all.map(([, , content = '']) => decoded(content)),
    ]),
  )
}

interface Data {
  readonly '@type': string
  readonly [field: string]: unknown
}

/** What a page says to search engines, each of which begins with its context. */
function dataOf(html: string): readonly Data[] {
  const all = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)]
  return all.map(([, text = '']) => {
    assert.doesNotMatch(text, /</)
    const data = JSON.parse(text) as Data
    assert.equal(data['@context'], 'https://schema.org')
    return data
  })
}

describe('the head of an episode', () => {
  it(
    'says to other sites what it is, and where its player and its picture are',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      await repo.updateOrThrow(
        change(podcast, {
          language: 'de',
          appleUrl: 'https://podcasts.apple.com/de/podcast/local-time/id1234567',
        }),
      )
      const app = await testApp(repo)

      const { html } = await page(app, '/local-time/full')
      const metas = metasOf(html)
      const one = (name: string) => metas.get(name)?.join('|')

      await assertValidHtml(html)
      assert.equal(one('og:title'), HOSTILE)
      assert.equal(one('og:type'), 'article')
      assert.equal(one('og:locale'), 'de_DE')
      assert.equal(one('og:url'), 'https://radio.example/local-time/full')
      assert.equal(one('og:audio'), 'https://radio.example/uploads/full.mp3')
      assert.equal(one('og:audio:type'), 'audio/mpeg')
      assert.match(
        String(one('og:image')),
        /^https:\/\/radio\.example\/local-time\/full\/share\.jpg\?v=[\w-]{12}$/,
      )
      assert.deepEqual([one('og:image:width'), one('og:image:height')], ['1200', '630'])
      assert.ok(one('og:image:alt')?.startsWith(HOSTILE))
      assert.equal(one('article:published_time'), '2026-03-01T09:00:00.000Z')
      assert.equal(one('article:author'), 'https://radio.example/person/ines-okafor')
      assert.equal(one('twitter:card'), 'player')
      assert.equal(one('twitter:player'), 'https://radio.example/local-time/full/embed')
      assert.equal(one('twitter:image'), one('og:image'))
      assert.equal(one('apple-itunes-app'), 'app-id=1234567')
      const image = await app.inject(new URL(String(one('og:image'))).pathname)
      assert.equal(image.statusCode, 200)
    }),
  )

  it(
    'says to search engines what stands on the page, and where that is',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)

      const { html } = await page(app, '/local-time/full')
      const [episode, crumbs] = dataOf(html)

      assert.equal(episode?.['@type'], 'PodcastEpisode')
      assert.equal(episode?.['name'], HOSTILE)
      assert.equal(episode?.['timeRequired'], 'PT10M0S')
      assert.equal(episode?.['datePublished'], '2026-03-01T09:00:00.000Z')
      assert.equal(episode?.['episodeNumber'], 7)
      assert.deepEqual(episode?.['partOfSeries'], {
        '@type': 'PodcastSeries',
        name: HOSTILE,
        url: 'https://radio.example/local-time',
      })
      assert.deepEqual(episode?.['associatedMedia'], {
        '@type': 'AudioObject',
        contentUrl: 'https://radio.example/uploads/full.mp3',
        encodingFormat: 'audio/mpeg',
        contentSize: '4800000',
        duration: 'PT10M0S',
        transcript: 'https://radio.example/local-time/full/transcript.html',
      })
      assert.deepEqual(episode?.['author'], [
        { '@type': 'Person', name: 'Ines Okafor', url: 'https://radio.example/person/ines-okafor' },
      ])
      assert.deepEqual(crumbs, {
        '@context': 'https://schema.org',
        '@type': 'BreadcrumbList',
        itemListElement: [
          { '@type': 'ListItem', position: 1, name: 'Showrunner', item: 'https://radio.example/' },
          {
            '@type': 'ListItem',
            position: 2,
            name: 'Podcasts',
            item: 'https://radio.example/podcasts',
          },
          {
            '@type': 'ListItem',
            position: 3,
            name: HOSTILE,
            item: 'https://radio.example/local-time',
          },
          {
            '@type': 'ListItem',
            position: 4,
            name: HOSTILE,
            item: 'https://radio.example/local-time/full',
          },
        ],
      })
      for (const address of JSON.stringify([episode, crumbs]).match(
        /https:\/\/radio\.example[^"]*/g,
      ) ?? []) {
        if (address.includes('/uploads/')) continue
        const { statusCode } = await app.inject(new URL(address).pathname)
        assert.equal(statusCode, 200, address)
      }
    }),
  )
})

describe('the head of the other pages', () => {
  it(
    'names the network, what can be searched, and where else it is',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      await updateSettings(repo, {
        title: HOSTILE,
        tagline: HOSTILE,
        mastodonUrl: 'https://social.example/@us',
      })

      const app = await testApp(repo)
      const { html } = await page(app, '/')
      const [organization, website] = dataOf(html)

      assert.equal(organization?.['@type'], 'Organization')
      assert.deepEqual(organization?.['sameAs'], ['https://social.example/@us'])
      assert.equal(website?.['@type'], 'WebSite')
      assert.equal(website?.['name'], HOSTILE)
      assert.match(
        JSON.stringify(website),
        /"https:\/\/radio\.example\/search\?q=\{search_term_string\}"/,
      )
      assert.equal((await app.inject('/search?q=clock')).statusCode, 200)
      assert.match(html, /<a href="https:\/\/social\.example\/@us" rel="me">/)
      assert.equal(metasOf(html).get('twitter:card')?.[0], 'summary_large_image')
    }),
  )

  it(
    'names the page itself as the one to keep, and those before and after it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (let number = 1; number <= 101; number += 1)
        await anEpisode(repo, podcast, { slug: `e${number}` })

      const { html } = await page(await testApp(repo), '/local-time?page=2&utm_source=x')

      assert.match(
        html,
        /<link rel="canonical" href="https:\/\/radio\.example\/local-time\?page=2">/,
      )
      assert.match(html, /<link rel="prev" href="\/local-time">/)
      assert.match(html, /<link rel="next" href="\/local-time\?page=3">/)
      assert.match(html, /og:image" content="https:\/\/radio\.example\/local-time\/share\.jpg\?v=/)
    }),
  )

  it(
    'keeps what says that nothing is there out of search engines',
    sandboxed(async (repo) => {
      const { html } = await page(await testApp(repo), '/nothing/here')

      assert.match(html, /<meta name="robots" content="noindex">/)
      assert.doesNotMatch(html, /rel="canonical"|ld\+json/)
    }),
  )

  it(
    'says of a language that nobody knows what is read by everybody',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await repo.updateOrThrow(change(podcast, { language: 'pt-BR' }))
      const person = await aPerson(repo, 'Ines Okafor')
      await repo.insertOrThrow(buildAssoc(podcast, 'podcastHosts', { personId: person.id }))
      const app = await testApp(repo)

      assert.deepEqual(metasOf((await page(app, '/local-time')).html).get('og:locale'), ['pt_BR'])
      assert.deepEqual(metasOf((await page(app, '/person/ines-okafor')).html).get('og:type'), [
        'profile',
      ])
    }),
  )
})
