import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages } from '@showrunner/data'
import { aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import {
  createPodcast,
  getPodcast,
  listPodcasts,
  Podcast,
  podcastChangeset,
  PodcastHost,
  podcastHostChangeset,
  updatePodcast,
} from './index.ts'

const row = build(Podcast, { guid: 'g' })
const errorsOf = (params: object) => errorMessages(podcastChangeset(row, params))

describe('podcastChangeset', () => {
  it('wants a title and a slug', () => {
    assert.deepEqual(errorsOf({}), { title: ["can't be blank"], slug: ["can't be blank"] })
    assert.deepEqual(errorsOf({ title: 'Local Time', slug: 'local-time' }), {})
  })

  it('takes no slug that is an address of the site or cannot be one', () => {
    assert.deepEqual(errorsOf({ title: 'T', slug: 'podcasts' }).slug, [
      'is an address of the site itself',
    ])
    assert.match(errorsOf({ title: 'T', slug: 'Not A Slug' }).slug?.[0] ?? '', /lower-case letters/)
    assert.match(errorsOf({ title: 'T', slug: '../etc' }).slug?.[0] ?? '', /lower-case letters/)
  })

  it('takes addresses of the web only, in fields and in lists', () => {
    const wrong = errorsOf({
      title: 'T',
      slug: 't',
      websiteUrl: 'javascript:alert(1)',
      coverUrl: '//evil.example/x.png',
      funding: [{ url: 'javascript:alert(1)', text: 'Support' }],
      license: { name: 'mit', url: 'data:,x' },
    })

    assert.deepEqual(Object.keys(wrong).toSorted(), [
      'coverUrl',
      'funding',
      'license',
      'websiteUrl',
    ])
  })

  it('lets nobody rewrite the guid, where it comes from or what was imported', () => {
    const { changes } = podcastChangeset(row, { guid: 'x', sourceUrl: 'https://x', imported: {} })

    assert.deepEqual(changes, {})
  })

  it('renders the description when it changes', () => {
    const { changes } = podcastChangeset(row, { description: 'Hello **you**<script>x</script>' })

    assert.equal(changes.descriptionHtml, '<p>Hello <strong>you</strong></p>')
    assert.equal(podcastChangeset(row, { title: 'T' }).changes.descriptionHtml, undefined)
  })
})

describe('podcasts', () => {
  it(
    'have a slug of their own',
    sandboxed(async (repo) => {
      await aPodcast(repo)

      const second = await createPodcast(repo, { title: 'Again', slug: 'local-time' })

      assert.deepEqual(second.ok || errorMessages(second.changeset), {
        slug: ['has already been taken'],
      })
    }),
  )

  it(
    'can be seen while they are neither drafts nor archived',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await aPodcast(repo, { slug: 'first', title: 'First', status: 'soon', position: -1 })
      await aPodcast(repo, { slug: 'draft', status: 'draft' })
      await aPodcast(repo, { slug: 'gone', status: 'archived' })

      assert.deepEqual(
        (await listPodcasts(repo)).map(({ slug }) => slug),
        ['first', 'local-time'],
      )
      await assert.rejects(getPodcast(repo, 'draft'), { name: 'NotFoundError' })
      await assert.rejects(getPodcast(repo, 'gone'), { name: 'NotFoundError' })

      await updatePodcast(repo, podcast, { status: 'archived' })
      await assert.rejects(getPodcast(repo, 'local-time'), { name: 'NotFoundError' })
    }),
  )

  it(
    'have a host once, and only one there is',
    sandboxed(async (repo) => {
      const { id: podcastId } = await aPodcast(repo)
      const { id: personId } = await aPerson(repo, 'Ada Byron')
      const host = () => build(PodcastHost, { podcastId })
      await repo.insertOrThrow(podcastHostChangeset(host(), { personId }))

      const again = await repo.insert(podcastHostChangeset(host(), { personId }))
      const nobody = await repo.insert(podcastHostChangeset(host(), { personId: personId + 999 }))

      assert.deepEqual(again.ok || errorMessages(again.changeset), {
        personId: ['has already been taken'],
      })
      assert.deepEqual(nobody.ok || errorMessages(nobody.changeset), {
        personId: ['does not exist'],
      })
    }),
  )
})
