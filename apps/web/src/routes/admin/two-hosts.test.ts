import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Session } from '@showrunner/domain/accounts'
import { Person } from '@showrunner/domain/people'
import { PodcastHost } from '@showrunner/domain/podcasts'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { forms, queries } from '../../testing/aimed-at.ts'
import { type OneRoute, routesOf } from '../../testing/routes-of.ts'
import { HERE, signedIn } from '../../testing/signed-in.ts'
import { NOW, testApp } from '../../testing/test-app.ts'
import {
  type Ids,
  type OnePodcast,
  rowsOf,
  SECRET,
  twoPodcasts,
} from '../../testing/two-podcasts.ts'

/** What the `:id` of each route is a row of, or what else is in its address. Every route of the admin area has to be here. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> = {
  'GET /admin': {},
  'GET /admin/activity': {},
  'GET /admin/downloads': {},
  'GET /admin/downloads/episodes.csv': {},
  'GET /admin/podcasts/:podcast/downloads': {},
  'GET /admin/podcasts/:podcast/episodes/:id/downloads': { id: 'episodes' },
  'GET /admin/sponsors/:id/report': { id: 'sponsors' },
  'GET /admin/podcasts/:id/activity': { id: 'podcasts' },
  'GET /admin/podcasts/:podcast/episodes/:id/activity': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes': {},
  'GET /admin/podcasts/:podcast/episodes/new': {},
  'POST /admin/podcasts/:podcast/episodes': {},
  'GET /admin/podcasts/:podcast/episodes/several': {},
  'POST /admin/podcasts/:podcast/episodes/several': {},
  'POST /admin/podcasts/:podcast/episodes/several/change': {},
  'GET /admin/podcasts/:podcast/episodes/:id/edit': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/edit': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/edit/version': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/delete': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/publish': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/publish': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/unpublish': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/slug': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/previews': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/previews/:link/revoke': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/transcripts': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/look': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcript-versions/:version/restore': {
    id: 'episodes',
  },
  'GET /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/cues': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/delete': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/words.:ending': {
    id: 'episodes',
    ending: ['vtt', 'html', 'md', 'txt'],
  },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/shift': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/rename': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/match': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/transcripts/:transcript/replace': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/audio': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/markers': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/youtube': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/youtube': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/youtube/address': { id: 'episodes' },
  'GET /admin/podcasts/:podcast/episodes/:id/live': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/begin': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/end': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/cancel': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/notes': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/notes/:note/delete': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/chapters': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/chat/:message/delete': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/mute': { id: 'episodes' },
  'POST /admin/podcasts/:podcast/episodes/:id/live/unmute': { id: 'episodes' },
  'GET /admin/tokens': {},
  'GET /admin/tokens/:id': { id: 'api_tokens' },
  'POST /admin/tokens/:id/revoke': { id: 'api_tokens' },
  'GET /admin/feeds': {},
  'GET /admin/feeds/:id': { id: 'member_feeds' },
  'POST /admin/feeds/:id/replace': { id: 'member_feeds' },
  'POST /admin/feeds/:id/delete': { id: 'member_feeds' },
  'GET /admin/people': {},
  'GET /admin/people/new': {},
  'POST /admin/people': {},
  'GET /admin/people/:id': { id: 'hosts' },
  'GET /admin/people/:id/edit': { id: 'hosts' },
  'GET /admin/people/:id/edit/version': { id: 'hosts' },
  'POST /admin/people/:id/edit': { id: 'hosts' },
  'GET /admin/people/:id/mails': { id: 'hosts' },
  'GET /admin/people/:id/roles': { id: 'hosts' },
  'POST /admin/people/:id/roles': { id: 'hosts' },
  'GET /admin/people/:id/merge': { id: 'hosts' },
  'POST /admin/people/:id/merge': { id: 'hosts' },
  'POST /admin/people/:id/masquerade': { id: 'hosts' },
  'POST /admin/people/:id/delete': { id: 'hosts' },
  'POST /admin/people/:id/invite': { id: 'hosts' },
  'GET /admin/people/:id/slack': { id: 'hosts' },
  'POST /admin/people/:id/slack': { id: 'hosts' },
  'POST /admin/people/:id/slack/unlink': { id: 'hosts' },
  'GET /admin/memberships': {},
  'GET /admin/memberships/inbox': {},
  'GET /admin/memberships/inbox/:id': { id: ['1'] },
  'POST /admin/memberships/inbox/:id/replay': { id: ['1'] },
  'POST /admin/memberships/inbox/several': {},
  'POST /admin/memberships/inbox/test': {},
  'POST /admin/people/several': {},
  'POST /admin/people/several/delete': {},
  'GET /admin/import': {},
  'POST /admin/import': {},
  'GET /admin/import/:id': { id: 'imports' },
  'POST /admin/import/:id/start': { id: 'imports' },
  'POST /admin/import/:id/look': { id: 'imports' },
  'POST /admin/import/:id/cancel': { id: 'imports' },
  'GET /admin/news': {},
  'POST /admin/news': {},
  'GET /admin/news/new': {},
  'GET /admin/news/:id/edit': { id: ['1'] },
  'POST /admin/news/:id/edit': { id: ['1'] },
  'GET /admin/news/:id/edit/version': { id: ['1'] },
  'GET /admin/news/:id/preview': { id: ['1'] },
  'GET /admin/news/:id/publish': { id: ['1'] },
  'POST /admin/news/:id/publish': { id: ['1'] },
  'POST /admin/news/:id/queue': { id: ['1'] },
  'POST /admin/news/:id/unpublish': { id: ['1'] },
  'POST /admin/news/:id/answer': { id: ['1'] },
  'POST /admin/news/:id/delete': { id: ['1'] },
  'GET /admin/news/queue': {},
  'POST /admin/news/queue': {},
  'POST /admin/news/queue/next': {},
  'GET /admin/news/sources': {},
  'POST /admin/news/sources': {},
  'GET /admin/news/sources/new': {},
  'GET /admin/news/sources/:id/edit': { id: ['1'] },
  'POST /admin/news/sources/:id/edit': { id: ['1'] },
  'GET /admin/news/sources/:id/edit/version': { id: ['1'] },
  'POST /admin/news/sources/:id/delete': { id: ['1'] },
  'GET /admin/news/issues': {},
  'POST /admin/news/issues': {},
  'GET /admin/news/issues/:id/edit': { id: ['1'] },
  'POST /admin/news/issues/:id/edit': { id: ['1'] },
  'GET /admin/news/issues/:id/edit/version': { id: ['1'] },
  'GET /admin/news/issues/:id/preview': { id: ['1'] },
  'POST /admin/news/issues/:id/publish': { id: ['1'] },
  'POST /admin/news/issues/:id/unpublish': { id: ['1'] },
  'POST /admin/news/issues/:id/delete': { id: ['1'] },
  'POST /admin/news/issues/:id/test': { id: ['1'] },
  'GET /admin/news/subscribers': {},
  'GET /admin/news/subscribers/import': {},
  'POST /admin/news/subscribers/import': {},
  'GET /admin/comments': {},
  'GET /admin/comments/:id': { id: ['1'] },
  'POST /admin/comments/:id/approve': { id: ['1'] },
  'POST /admin/comments/:id/decline': { id: ['1'] },
  'POST /admin/comments/:id/delete': { id: ['1'] },
  'POST /admin/comments/:id/commenter': { id: ['1'] },
  'GET /admin/posts': {},
  'GET /admin/posts/new': {},
  'POST /admin/posts': {},
  'GET /admin/posts/several': {},
  'POST /admin/posts/several': {},
  'POST /admin/posts/several/delete': {},
  'GET /admin/posts/:id/edit': { id: 'posts' },
  'POST /admin/posts/:id/edit': { id: 'posts' },
  'GET /admin/posts/:id/edit/version': { id: 'posts' },
  'GET /admin/posts/:id/preview': { id: 'posts' },
  'POST /admin/posts/:id/delete': { id: 'posts' },
  'GET /admin/posts/:id/publish': { id: 'posts' },
  'POST /admin/posts/:id/publish': { id: 'posts' },
  'POST /admin/posts/:id/unpublish': { id: 'posts' },
  'POST /admin/posts/:id/slug': { id: 'posts' },
  'POST /admin/posts/:id/previews': { id: 'posts' },
  'POST /admin/posts/:id/previews/:link/revoke': { id: 'posts', link: ['1'] },
  'GET /admin/podcasts': {},
  'GET /admin/podcasts/new': {},
  'POST /admin/podcasts': {},
  'GET /admin/podcasts/:podcast': {},
  'GET /admin/podcasts/:podcast/files': {},
  'POST /admin/podcasts/:podcast/files': {},
  'POST /admin/podcasts/:podcast/files/again': {},
  'POST /admin/podcasts/:podcast/files/stop': {},
  'GET /admin/podcasts/:podcast/edit': {},
  'POST /admin/podcasts/:podcast/edit': {},
  'GET /admin/podcasts/:podcast/edit/version': {},
  'POST /admin/podcasts/:podcast/slug': {},
  'POST /admin/podcasts/:podcast/delete': {},
  'GET /admin/sponsors': {},
  'GET /admin/sponsors/new': {},
  'POST /admin/sponsors': {},
  'GET /admin/sponsors/several': {},
  'POST /admin/sponsors/several': {},
  'POST /admin/sponsors/several/delete': {},
  'GET /admin/sponsors/:id/edit': { id: 'sponsors' },
  'POST /admin/sponsors/:id/edit': { id: 'sponsors' },
  'GET /admin/sponsors/:id/edit/version': { id: 'sponsors' },
  'POST /admin/sponsors/:id/delete': { id: 'sponsors' },
  'POST /admin/preview-markdown': {},
  'GET /admin/search': {},
  'GET /admin/search/links': {},
  'GET /admin/search/choices': {},
  'GET /admin/topics': {},
  'GET /admin/topics/new': {},
  'POST /admin/topics': {},
  'GET /admin/topics/:id': { id: 'topics' },
  'GET /admin/sponsors/:id': { id: 'sponsors' },
  'GET /admin/topics/several': {},
  'POST /admin/topics/several': {},
  'POST /admin/topics/several/change': {},
  'GET /admin/topics/:id/edit': { id: 'topics' },
  'POST /admin/topics/:id/edit': { id: 'topics' },
  'GET /admin/topics/:id/edit/version': { id: 'topics' },
  'POST /admin/topics/:id/delete': { id: 'topics' },
  'GET /admin/redirects': {},
  'GET /admin/redirects/new': {},
  'POST /admin/redirects': {},
  'GET /admin/redirects/:id/edit': { id: ['1'] },
  'GET /admin/redirects/:id/edit/version': { id: ['1'] },
  'POST /admin/redirects/:id/edit': { id: ['1'] },
  'POST /admin/redirects/:id/delete': { id: ['1'] },
  'GET /admin/requests': {},
  'GET /admin/requests/:id': { id: 'episode_requests' },
  'POST /admin/requests/:id/answer': { id: 'episode_requests' },
  'POST /admin/requests/:id/delete': { id: 'episode_requests' },
  'GET /admin/mails': {},
  'GET /admin/mails/sent': {},
  'GET /admin/mails/:name': { name: ['sign-in'] },
  'GET /admin/mails/:name/html': { name: ['sign-in'] },
  'POST /admin/mails/:name/send': { name: ['sign-in'] },
  'GET /admin/jobs': {},
  'POST /admin/jobs/:id/retry': { id: ['1'] },
  'POST /admin/jobs/:id/delete': { id: ['1'] },
  'GET /admin/podcasts/:podcast/subscriptions': {},
  'GET /admin/podcasts/:podcast/subscriptions/import': {},
  'POST /admin/podcasts/:podcast/subscriptions/import': {},
  'GET /admin/webhooks': {},
  'GET /admin/webhooks/new': {},
  'POST /admin/webhooks': {},
  'GET /admin/webhooks/:id': { id: ['1'] },
  'GET /admin/webhooks/:id/edit': { id: ['1'] },
  'POST /admin/webhooks/:id/edit': { id: ['1'] },
  'POST /admin/webhooks/:id/secret': { id: ['1'] },
  'POST /admin/webhooks/:id/test': { id: ['1'] },
  'POST /admin/webhooks/:id/delete': { id: ['1'] },
  'POST /admin/webhooks/:id/redeliver-failed': { id: ['1'] },
  'POST /admin/webhooks/:id/deliveries/:delivery/redeliver': { id: ['1'], delivery: ['1'] },
  'GET /admin/settings': {},
  'GET /admin/settings/version': {},
  'GET /admin/settings/community': {},
  'POST /admin/settings/community': {},
  'GET /admin/settings/community/try': {},
  'POST /admin/settings': {},
  'GET /admin/uploads/panel': {},
  'GET /admin/uploads/:id': { id: 'uploads' },
  'HEAD /admin/uploads/:id': { id: 'uploads' },
  'PATCH /admin/uploads/:id': { id: 'uploads' },
  'DELETE /admin/uploads/:id': { id: 'uploads' },
  'POST /admin/uploads/:id/cancel': { id: 'uploads' },
  'POST /admin/uploads/remove': {},
  'POST /admin/uploads/tagging': {},
  'POST /admin/uploads': {},
  'POST /admin/uploads/form': {},
  'GET /admin/pictures/:subject/:id': { subject: ['episode', 'podcast'], id: 'episodes' },
}

/** What the other parameters are rows of. */
const USUAL = {
  podcast: 'podcasts',
  transcript: 'transcripts',
  version: 'transcript_versions',
  link: 'preview_links',
  note: 'live_notes',
  message: 'chat_messages',
} as const

/** Whose rows are everybody's. */
const SHARED: readonly string[] = ['topics', 'sponsors', 'hosts']

/** Answer for what is not there as for what is, and so tell nothing of it. */
const ALIKE = [
  'GET /admin/podcasts/:podcast',
  'POST /admin/podcasts/:podcast/episodes/:id/previews/:link/revoke',
]

interface Attempt {
  readonly url: string
  /** Whether the address names something of the other podcast. */
  readonly isForeign: boolean
}

/** Every address of a route: with what is theirs, and with what is not in each place and in all. */
function attempts({ method, url }: OneRoute, own: Ids, foreign: Ids): readonly Attempt[] {
  const said = { ...USUAL, ...ROUTES[`${method} ${url}`] }
  let found: readonly Attempt[] = [{ url, isForeign: false }]
  for (const [place, name = ''] of url.matchAll(/:(\w+)/g)) {
    const of = Reflect.get(said, name) as string | readonly string[] | undefined
    assert.ok(of !== undefined, `${url}: what is ${place}?`)
    const values =
      typeof of === 'string'
        ? [
            { value: String(own.get(of) ?? 1), isForeign: false },
            { value: String(foreign.get(of) ?? 2), isForeign: !SHARED.includes(of) },
          ]
        : of.map((value) => ({ value, isForeign: false }))
    found = found.flatMap((one) =>
      values.map(({ value, isForeign }) => {
        return { url: one.url.replace(place, value), isForeign: one.isForeign || isForeign }
      }),
    )
  }
  return found
}

const routes = await routesOf('/admin')

describe('two hosts', () => {
  it('are tried with every route of the admin area', () => {
    assert.deepEqual(
      routes.map(nameOf).filter((route) => !ROUTES[route]),
      [],
      'say above what is in the addresses of these, and in `forms` what they take',
    )
  })

  it(
    'read nothing of each other’s drafts',
    sandboxed(async (repo) => {
      const world = await twoPodcasts(repo)
      const tried = await tryAll(repo, world, routes.filter(isRead), theHost)

      const found = tried.filter(({ isForeign, status }) => isForeign && status < 400)
      assert.deepEqual(
        found.filter(({ route }) => !ALIKE.includes(route)),
        [],
      )
      // What is their own is there.
      assert.ok(tried.filter(({ status }) => status === 200).length > 200)
    }),
  )

  for (const route of routes.filter((one) => !isRead(one))) {
    it(
      `change nothing of each other’s drafts by ${nameOf(route)}`,
      sandboxed(async (repo) => {
        const tried = await tryAll(repo, await twoPodcasts(repo), [route], theHost)

        const done = tried.filter(({ isForeign, status }) => isForeign && status < 400)
        assert.deepEqual(
          done.filter((one) => !ALIKE.includes(one.route)),
          [],
        )
      }),
    )
  }
})

/** Who comes to a podcast that is none of theirs, or no longer; undefined for who is not signed in. */
const OTHERS: Readonly<Record<string, (repo: Repo, own: OnePodcast) => Promise<Headers>>> = {
  'a visitor': async () => HERE,
  'a member': async (repo) => signedIn(repo, await aPerson(repo, 'Member')),
  'a host without a podcast': async (repo) => {
    return signedIn(repo, await repo.insertOrThrow(build(Person, { ...NOBODY, host: true })))
  },
  'a host who has just retired': async (repo, { host }) => {
    const headers = await signedIn(repo, host)
    await repo.updateAll(from(PodcastHost).where({ personId: host.id }), { retired: true })
    return headers
  },
  'a host whose role was taken away': async (repo, { host }) => {
    const headers = await signedIn(repo, host)
    await repo.updateAll(from(Person).where({ id: host.id }), { host: false })
    return headers
  },
  'a host whose session has ended': async (repo, { host }) => {
    const headers = await signedIn(repo, host)
    await repo.updateAll(from(Session).where({ personId: host.id }), { expiresAt: NOW })
    return headers
  },
}

type Headers = Readonly<Record<string, string>>

const NOBODY = { name: 'Nobody', handle: 'nobody' }

describe('whoever has no work here', () => {
  for (const [name, come] of Object.entries(OTHERS)) {
    it(
      `gets no page of the admin area and does nothing there: ${name}`,
      sandboxed(async (repo) => {
        const world = await twoPodcasts(repo)
        const headers = await come(repo, world.own)
        const before = await rowsOf(repo, world.own)
        const tried = await tryAll(repo, world, routes, async () => headers, 1)

        const isLedAway = (one: Tried) => one.status === 303 && one.leadsTo.startsWith('/in')
        const letIn = tried.filter((one) => one.status < 400 && !isLedAway(one))
        assert.deepEqual(letIn, [])
        assert.deepEqual(await rowsOf(repo, world.own), before)
      }),
    )
  }

  it(
    'of a podcast reads and changes nothing of it as an editor of the network',
    sandboxed(async (repo) => {
      const world = await twoPodcasts(repo)
      const editor = await repo.insertOrThrow(build(Person, { ...NOBODY, editor: true }))
      const before = await rowsOf(repo, world.own)
      const tried = await tryAll(repo, world, routes, (all) => signedIn(all, editor), 1)

      const found = tried.filter(({ isForeign, status }) => isForeign && status < 400)
      assert.deepEqual(
        found.filter(({ route }) => !ALIKE.includes(route)),
        [],
      )
      assert.deepEqual(await rowsOf(repo, world.own), before)
      assert.ok(tried.some(({ route, status }) => route === 'GET /admin/posts' && status === 200))
    }),
  )
})

type World = Awaited<ReturnType<typeof twoPodcasts>>

interface Tried {
  readonly route: string
  readonly url: string
  readonly isForeign: boolean
  readonly status: number
  readonly leadsTo: string
}

async function theHost(repo: Repo, { own }: World): Promise<Headers> {
  return signedIn(repo, own.host)
}

/** Somebody tries every route in every way. Fails where they are told the secret or change what holds it, or it breaks. */
async function tryAll(
  repo: Repo,
  world: World,
  routes: readonly OneRoute[],
  come: (repo: Repo, world: World) => Promise<Headers>,
  most = Infinity,
): Promise<readonly Tried[]> {
  const { own, foreign } = world
  const app = await testApp(repo)
  const headers = { accept: 'text/html', ...(await come(repo, world)) }
  const before = await rowsOf(repo, foreign)
  const tried: Tried[] = []
  for (const route of routes) {
    const sendings = (isRead(route) ? queries(foreign) : forms(foreign)).slice(0, most)
    for (const { url, isForeign } of attempts(route, own.ids, foreign.ids)) {
      for (const sent of sendings) {
        const text = new URLSearchParams(sent).toString()
        const what = `${route.method} ${url} ${text}`
        const answer = await app.inject({
          method: route.method as 'GET',
          url: isRead(route) ? `${url}?${text}` : url,
          headers: { ...headers, ...(!isRead(route) && FORM) },
          ...(!isRead(route) && { payload: text }),
        })
        const { statusCode: status } = answer
        const all = `${JSON.stringify(answer.headers)}${answer.body}`
        assert.ok(!all.toLowerCase().includes(SECRET), `${what} tells: ${around(all)}`)
        assert.ok(status < 500, `${what}: ${status}`)
        const leadsTo = String(answer.headers['location'])
        tried.push({ route: nameOf(route), url, isForeign, status, leadsTo })
      }
    }
  }
  assert.deepEqual(await rowsOf(repo, foreign), before)
  await app.close()
  return tried
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

function nameOf({ method, url }: OneRoute): string {
  return `${method} ${url}`
}

function isRead({ method }: OneRoute): boolean {
  return method === 'GET' || method === 'HEAD'
}

function around(text: string): string {
  const at = text.toLowerCase().indexOf(SECRET)
  return text.slice(Math.max(0, at - 200), at + 100)
}
