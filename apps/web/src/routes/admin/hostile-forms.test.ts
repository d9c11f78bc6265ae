import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { sandboxed } from '@showrunner/domain/testing'
import { Transcript } from '@showrunner/domain/transcripts'
import { aFullEpisode } from '../../testing/a-full-episode.ts'
import { formsIn } from '../../testing/forms-in.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { type OneRoute, routesOf } from '../../testing/routes-of.ts'

const FORM = 'application/x-www-form-urlencoded'

const NAMES =
  'title name slug lockVersion notes body text category when at episodeGuests links chapters podcastHosts postTopics rows ids into markers address author kind subject subjectId person find zone'.split(
    ' ',
  )
const shaped = (with_: (name: string) => string) => NAMES.map(with_).join('&')

/** What no form of ours sends, by what is odd about it. */
const BODIES: readonly (readonly [odd: string, type: string | undefined, body: string])[] = [
  ['nothing', undefined, ''],
  ['no field', FORM, ''],
  ['rows in rows', FORM, shaped((name) => `${name}${'[a]'.repeat(40)}=1`)],
  [
    'what every object has',
    FORM,
    '__proto__[x]=1&constructor[prototype][x]=1&title[__proto__][x]=1',
  ],
  ['lists for texts', FORM, shaped((name) => `${name}[]=a&${name}[]=b`)],
  ['texts for rows', FORM, shaped((name) => `${name}[0]=a&${name}[1][id][x]=b`)],
  ['fields twice', FORM, shaped((name) => `${name}=a&${name}[x]=b`)],
  ['escapes that are none', FORM, shaped((name) => `${name}=%zz%&%=1`)],
  ['nuls and half signs', FORM, shaped((name) => `${name}=a%00%ED%A0%80b&a%00=1`)],
  ['JSON', 'application/json', '{"title":null,"chapters":[null],"__proto__":{"x":1}}'],
  ['null', 'application/json', 'null'],
  ['a text', 'text/plain', 'title=x'],
  [
    'parts without end',
    'multipart/form-data; boundary=X',
    '--X\r\nContent-Disposition: form-data; na',
  ],
]

/** Of these one route is enough: how a body is read is the same for all. */
const LARGE_BODIES: typeof BODIES = [
  ['two megabytes', FORM, `title=${'x'.repeat(2 * 1024 * 1024 - 10)}`],
  ['more than that', FORM, `title=${'x'.repeat(3_000_000)}`],
  ['20,000 fields', FORM, Array.from({ length: 20_000 }, (_, index) => `a${index}=1`).join('&')],
]

/** One for each field in turn: what can be typed and is hardly meant. */
const VALUES = [
  '%00',
  'well-known%20(%5Ba-z%5D%2B*',
  '9'.repeat(30),
  '-1',
  '1e999',
  '99999-12-31T23%3A59',
  'javascript%3Aalert(1)',
  encodeURIComponent('\u202e\u0007<script>alert(1)</script>'),
  'x'.repeat(20_000),
]

const routes = await routesOf('/admin')
const isSent = ({ method, url }: OneRoute) =>
  !['GET', 'HEAD'].includes(method) && !/delete|cancel/.test(url)

async function working(repo: Repo) {
  const { podcast, episode } = await aFullEpisode(repo)
  const lines: string[] = []
  const logger = { level: 'error', stream: { write: (line: string) => lines.push(line) } }
  const admin = await inAdmin(repo, { admin: true }, { logger })
  const [transcript] = await repo.all(Transcript)
  const at = `/admin/podcasts/${podcast.id}`
  const here = `${at}/episodes/${episode.id}`
  const addressOf = ({ url }: OneRoute) =>
    url
      .replace('/podcasts/:podcast/episodes/:id', `/podcasts/${podcast.id}/episodes/${episode.id}`)
      .replace(':podcast', String(podcast.id))
      .replace(':transcript', String(transcript?.id))
      .replace(':name', 'sign-in')
      .replaceAll(/:\w+/g, '1')
  const ofNetwork = [
    'settings',
    'topics/new',
    'sponsors/new',
    'posts/new',
    'podcasts/new',
    'import',
  ]
  const ofEpisode = ['edit', 'publish', 'audio', 'transcripts', `transcripts/${transcript?.id}`]
  const pages = [
    ofNetwork.map((page) => `/admin/${page}`),
    [`${at}/edit`, `${at}/episodes/new`, '/~'],
    ofEpisode.map((page) => `${here}/${page}`),
  ].flat()
  return { ...admin, addressOf, pages, lines }
}

describe('the forms of the admin area', () => {
  it(
    'are refused with a reason when they are no forms',
    sandboxed(async (repo) => {
      const { app, headers, addressOf, lines } = await working(repo)

      for (const route of routes.filter(isSent)) {
        const isSheet = route.url === '/admin/podcasts/:podcast/episodes/:id/edit'
        for (const [odd, type, payload] of BODIES.concat(isSheet ? LARGE_BODIES : [])) {
          const { statusCode } = await app.inject({
            method: route.method as 'POST',
            url: addressOf(route),
            headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
            payload,
          })
          const what = `${route.method} ${route.url} with ${odd}: ${statusCode}`
          assert.ok(statusCode < 500, `${what} ${lines.at(-1)?.slice(0, 600)}`)
        }
      }
      assert.equal(Reflect.get({}, 'x'), undefined)
    }),
  )

  it(
    'are saved or shown again whatever is typed into a field',
    { timeout: 120_000 },
    sandboxed(async (repo) => {
      const { app, get, headers, pages, lines } = await working(repo)
      let count = 0

      for (const address of pages) {
        const page = await get(address)
        assert.equal(page.status, 200, address)
        for (const { action, fields } of formsIn(page.html, address)) {
          if (/delete|cancel|\/end|\/out$|uploads/.test(action)) continue
          for (const [index, [field]] of fields.entries()) {
            // The second row of a kind is as the first.
            if (/\[[1-9]\d?\]/.test(field)) continue
            const value = VALUES[count++ % VALUES.length] ?? ''
            const sent = fields.map(([name, text], place) => {
              return `${encodeURIComponent(name)}=${place === index ? value : encodeURIComponent(text)}`
            })
            const answer = await app.inject({
              method: 'POST',
              url: action,
              headers: { ...headers, 'content-type': FORM },
              payload: sent.join('&'),
            })
            const what = `${action}: ${field} = ${value.slice(0, 40)}`
            assert.ok(answer.statusCode < 500, `${what} ${lines.at(-1)?.slice(0, 600)}`)
            assert.ok(!answer.body.includes('<script>alert(1)'), what)
          }
        }
      }
      assert.ok(count > 200, String(count))
    }),
  )

  it(
    'say beside the row what is there twice, or in no place, and save nothing',
    sandboxed(async (repo) => {
      const { post, pages, lines } = await working(repo)
      const sheet = pages.find((page) => /episodes\/\d+\/edit$/.test(page)) ?? ''
      const [podcast = ''] = pages.filter((page) => /podcasts\/\d+\/edit$/.test(page))
      const twice = (name: string, field: string, text: string) => ({
        [`${name}[1000][${field}]`]: text,
        [`${name}[1001][${field}]`]: text,
        [`${name}[1000][role]`]: 'reader',
        [`${name}[1001][role]`]: 'reader',
      })
      const person = 'Zoe Example (new)'

      for (const [address, form] of [
        [sheet, twice('episodeHosts', 'person', person)],
        [sheet, twice('episodeGuests', 'person', 'Ines Okafor')],
        [sheet, twice('credits', 'person', 'Ines Okafor')],
        [sheet, twice('episodeTopics', 'topic', 'topic')],
        [podcast, twice('podcastHosts', 'person', person)],
        [podcast, twice('credits', 'person', 'Ines Okafor')],
        [podcast, twice('podcastTopics', 'topic', 'topic')],
        ['/admin/posts', { title: 'A post', ...twice('postTopics', 'topic', 'topic') }],
        [sheet, { 'links[1000][url]': 'https://a.example', 'links[1000][position]': '-1e99' }],
        [sheet, { 'links[1000][url]': 'javascript:alert(1)', 'links[1000][title]': 'x' }],
        [sheet, { 'chapters[1000][starts]': '-1:00', 'chapters[1000][title]': 'x' }],
        [sheet, { 'chapters[1000][starts]': '999:59:59', 'chapters[1000][title]': 'x' }],
      ] as const) {
        const { status, html } = await post(address, { lockVersion: '1', ...form })
        const what = `${address} ${JSON.stringify(form)} ${lines.at(-1)?.slice(0, 600)}`
        assert.equal(status, 422, what)
        assert.match(html, /aria-invalid="true"|class="problems?"/, what)
      }
      const good = { 'links[1000][url]': 'https://a.example', 'links[1000][title]': 'A' }
      assert.equal((await post(sheet, { lockVersion: '1', ...good })).status, 303)
    }),
  )
})
