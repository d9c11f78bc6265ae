import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages } from '@showrunner/data'
import { EpisodeCredit, EpisodeGuest, EpisodeHost } from '../episodes/index.ts'
import { PodcastCredit, PodcastHost } from '../podcasts/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import {
  createPerson,
  getPersonPage,
  Person,
  personChangeset,
  profileChangeset,
  rolesChangeset,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

describe('personChangeset', () => {
  it('keeps handle and e-mail in lower case', () => {
    const { changes } = personChangeset(build(Person), {
      name: 'Ada',
      handle: 'AdaByron',
      email: ' Ada@Example.COM ',
    })

    assert.equal(changes.handle, 'adabyron')
    assert.equal(changes.email, 'ada@example.com')
  })

  it('takes profiles elsewhere by name, not by address', () => {
    const errors = errorMessages(
      personChangeset(build(Person), {
        name: 'Ada',
        handle: 'ada',
        githubHandle: 'https://github.com/ada',
        mastodonHandle: '@ada@social.example',
      }),
    )

    assert.deepEqual(Object.keys(errors), ['githubHandle'])
  })

  it('lets nobody make themselves administrator by their profile', () => {
    const params = { name: 'Ada', handle: 'ada', admin: true, email: 'new@example.com' }

    const { changes } = profileChangeset(build(Person), params)

    assert.deepEqual(changes, { name: 'Ada', handle: 'ada' })
    assert.equal(personChangeset(build(Person), params).changes.admin, undefined)
    assert.deepEqual(rolesChangeset(build(Person), params).changes, { admin: true })
  })
})

describe('people', () => {
  it(
    'have a handle and an e-mail of their own',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })

      const handle = await createPerson(repo, { name: 'Ada', handle: 'Ada-Byron' })
      const email = await createPerson(repo, { name: 'A', handle: 'a', email: 'ADA@example.com' })

      assert.deepEqual(handle.ok || Object.keys(handle.changeset.errors), ['handle'])
      assert.deepEqual(email.ok || Object.keys(email.changeset.errors), ['email'])
    }),
  )
})

describe('getPersonPage', () => {
  it(
    'shows what a person hosts and where they were a guest, the newest first, as far as anybody may see',
    sandboxed(async (repo) => {
      const { id: personId } = await aPerson(repo, 'Ada Byron')
      const podcast = await aPodcast(repo)
      const draft = await aPodcast(repo, { slug: 'draft', status: 'draft' })
      for (const { id: podcastId } of [podcast, draft]) {
        await repo.insertOrThrow(build(PodcastHost, { podcastId, personId }))
      }
      const later = { publishedAt: '2026-04-01T00:00:00Z' }
      const episodes = [
        await anEpisode(repo, podcast, { slug: 'old' }),
        await anEpisode(repo, podcast, { slug: 'young', ...later }),
        await anEpisode(repo, draft, { slug: 'hidden' }),
      ]
      for (const { id: episodeId, podcastId } of episodes) {
        await repo.insertOrThrow(build(EpisodeHost, { episodeId, podcastId, personId }))
      }
      const visited = await anEpisode(repo, podcast, { slug: 'visited' })
      await repo.insertOrThrow(
        build(EpisodeGuest, { episodeId: visited.id, podcastId: visited.podcastId, personId }),
      )

      const page = await getPersonPage(repo, 'ada-byron', NOW)

      assert.deepEqual(
        page.podcasts.map(({ slug }) => slug),
        ['local-time'],
      )
      assert.deepEqual(
        page.hosted.map(({ slug, podcast: { title } }) => [slug, title]),
        [
          ['young', 'Local Time'],
          ['old', 'Local Time'],
        ],
      )
      assert.deepEqual(
        page.guested.map(({ slug }) => slug),
        ['visited'],
      )
      await assert.rejects(getPersonPage(repo, 'nobody', NOW), { name: 'NotFoundError' })
    }),
  )

  it(
    'is there for who is named in the credits only',
    sandboxed(async (repo) => {
      const { id: personId } = await aPerson(repo, 'Mary Somerville')
      const podcast = await aPodcast(repo)
      const { id: episodeId, podcastId } = await anEpisode(repo, podcast, { slug: 'edited' })
      await repo.insertOrThrow(
        build(EpisodeCredit, { episodeId, podcastId, personId, role: 'editor' }),
      )
      const making = { podcastId: podcast.id, personId, role: 'producer' }
      await repo.insertOrThrow(build(PodcastCredit, making))

      const page = await getPersonPage(repo, 'mary-somerville', NOW)

      assert.deepEqual(
        [page.credited, page.makes].map((found) => found.map(({ slug }) => slug)),
        [['edited'], ['local-time']],
      )
    }),
  )

  it(
    'is there for nobody who is not named yet, an administrator or a guest to be',
    sandboxed(async (repo) => {
      const { id: personId } = await aPerson(repo, 'Grace Hopper')
      const podcast = await aPodcast(repo)
      const soon = { slug: 'soon', publishedAt: '2099-01-01T00:00:00Z' }
      const { id: episodeId, podcastId } = await anEpisode(repo, podcast, soon)
      await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId }))

      await assert.rejects(getPersonPage(repo, 'grace-hopper', NOW), { name: 'NotFoundError' })
    }),
  )
})
