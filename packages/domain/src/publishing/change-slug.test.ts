import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, from, type Repo } from '@showrunner/data'
import {
  createEpisode,
  Episode,
  EpisodeSlug,
  suggestSlugs,
  updateEpisode,
} from '../episodes/index.ts'
import { createPodcast, updatePodcast } from '../podcasts/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { changePodcastSlug, changeSlug, movedTo } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const oldSlugs = async (repo: Repo) =>
  (await repo.all(from(EpisodeSlug).orderBy({ slug: 'asc' }))).map(({ slug }) => slug)

describe('changeSlug', () => {
  it(
    'lets the old address of an episode that is out lead to the new one, from wherever it began',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'first' })
      await changeSlug(repo, episode, { slug: 'second' }, NOW)
      await changeSlug(repo, episode, { slug: 'third' }, NOW)
      const to = (slug: string) => movedTo(repo, { podcast: 'local-time', episode: slug }, NOW)

      assert.deepEqual(await to('first'), { podcast: 'local-time', episode: 'third' })
      assert.deepEqual(await to('second'), { podcast: 'local-time', episode: 'third' })
      assert.equal(await to('third'), undefined)
      assert.equal(await to('never'), undefined)
    }),
  )

  it(
    'goes back to a former address, which then leads nowhere else',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'first' })
      await changeSlug(repo, episode, { slug: 'second' }, NOW)

      const back = await changeSlug(repo, episode, { slug: 'first' }, NOW)

      assert.ok(back.ok)
      assert.deepEqual(await oldSlugs(repo), ['second'])
      assert.deepEqual(await movedTo(repo, { podcast: 'local-time', episode: 'second' }, NOW), {
        podcast: 'local-time',
        episode: 'first',
      })
    }),
  )

  it(
    'keeps no address that nobody could know',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const scheduled = { slug: 'soon', publishedAt: '2026-11-21T12:00:00Z' }
      const episode = await anEpisode(repo, podcast, scheduled)

      await changeSlug(repo, episode, { slug: 'sooner' }, NOW)

      assert.deepEqual(await oldSlugs(repo), [])
    }),
  )

  it(
    'refuses what is taken, what leads to another episode, and what is no address',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const one = await anEpisode(repo, podcast, { slug: 'one', title: 'Number one' })
      const two = await anEpisode(repo, podcast, { slug: 'two' })
      await changeSlug(repo, one, { slug: 'uno' }, NOW)
      const errors = async (slug: string) => {
        const saved = await changeSlug(repo, two, { slug }, NOW)
        return saved.ok ? undefined : errorMessages(saved.changeset)['slug']
      }

      assert.deepEqual(await errors('uno'), ['has already been taken'])
      assert.deepEqual(await errors('one'), [
        'was the address of "Number one", and still leads there',
      ])
      assert.deepEqual(await errors('feed'), ['is an address of the podcast itself'])
      assert.deepEqual(await errors(''), ["can't be blank"])
    }),
  )

  it(
    'says nothing of an episode that is a draft again',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'first' })
      await changeSlug(repo, episode, { slug: 'secret' }, NOW)
      await repo.updateAll(from(Episode), { published: false })

      assert.equal(await movedTo(repo, { podcast: 'local-time', episode: 'first' }, NOW), undefined)
    }),
  )
})

describe('changePodcastSlug', () => {
  it(
    'lets the old address and all beneath it lead to the new one',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'one' })

      await changePodcastSlug(repo, podcast, { slug: 'our-time' })

      assert.deepEqual(await movedTo(repo, { podcast: 'local-time' }, NOW), {
        podcast: 'our-time',
        episode: undefined,
      })
      assert.deepEqual(await movedTo(repo, { podcast: 'local-time', episode: 'one' }, NOW), {
        podcast: 'our-time',
        episode: 'one',
      })
      assert.equal(await movedTo(repo, { podcast: 'our-time' }, NOW), undefined)
    }),
  )

  it(
    'is the only way to change an address that may be known',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const draft = await aPodcast(repo, { slug: 'draft', status: 'draft' })

      const refused = await updatePodcast(repo, podcast, { slug: 'our-time' })

      assert.ok(!refused.ok)
      assert.deepEqual(errorMessages(refused.changeset), {
        slug: ['is known already: change it by itself'],
      })
      assert.ok((await updatePodcast(repo, draft, { slug: 'other' })).ok)
    }),
  )

  it(
    'keeps the old address from every other podcast',
    sandboxed(async (repo) => {
      await changePodcastSlug(repo, await aPodcast(repo), { slug: 'our-time' })

      const refused = await createPodcast(repo, { title: 'Another', slug: 'local-time' })

      assert.ok(!refused.ok)
      assert.deepEqual(errorMessages(refused.changeset), {
        slug: ['was the address of "Local Time", and still leads there'],
      })
    }),
  )
})

describe('the slug of a draft', () => {
  const slugOf = async (saved: ReturnType<typeof createEpisode>) => {
    const { ok, ...rest } = await saved
    return ok && 'value' in rest ? rest.value : assert.fail('it was refused')
  }

  it(
    'is made from its title, and from each new title until somebody chooses one',
    sandboxed(async (repo) => {
      const { id } = await aPodcast(repo)
      const made = await slugOf(createEpisode(repo, id, { title: 'High Noon!' }))
      const again = await slugOf(createEpisode(repo, id, { title: 'High noon' }))
      const retitled = await slugOf(updateEpisode(repo, made, { title: 'Low', slug: made.slug }))
      const chosen = await slugOf(updateEpisode(repo, retitled, { slug: 'mine' }))
      const kept = await slugOf(updateEpisode(repo, chosen, { title: 'Lower' }))

      assert.deepEqual(
        [made, again, retitled, kept].map(({ slug }) => slug),
        ['high-noon', 'high-noon-2', 'low', 'mine'],
      )
    }),
  )

  it(
    'is the next number where the title cannot be written as an address',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: '41' })

      const made = await slugOf(createEpisode(repo, podcast.id, { title: '霧' }))

      assert.equal(made.slug, '42')
    }),
  )

  it(
    'does not follow the title once its address is known, nor may it be typed over',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'noon', title: 'Noon' })

      const retitled = await slugOf(updateEpisode(repo, episode, { title: 'Midnight' }))
      const refused = await updateEpisode(repo, retitled, { slug: 'midnight' })

      assert.equal(retitled.slug, 'noon')
      assert.ok(!refused.ok)
    }),
  )

  it(
    'is suggested from the title and as the next number, past what is taken or was',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const first = await anEpisode(repo, podcast, { slug: '7' })
      await changeSlug(repo, first, { slug: '6' }, NOW)

      const draft = { podcastId: podcast.id }
      assert.deepEqual(await suggestSlugs(repo, draft, 'Feed'), {
        fromTitle: 'feed-2',
        nextNumber: '8',
      })
      assert.deepEqual(await suggestSlugs(repo, first, '?'), { fromTitle: null, nextNumber: null })
    }),
  )
})
