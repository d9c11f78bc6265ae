import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages } from '@showrunner/data'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import {
  Chapter,
  chapterChangeset,
  createEpisode,
  Episode,
  episodeChangeset,
  EpisodeSponsor,
  episodeSponsorChangeset,
} from './index.ts'

const row = build(Episode, { podcastId: 1, guid: 'g' })
const valid = { title: 'One', slug: 'one' }
const errorsOf = (params: object) => errorMessages(episodeChangeset(row, { ...valid, ...params }))

describe('episodeChangeset', () => {
  it('wants to know when, once it is published', () => {
    assert.deepEqual(errorsOf({ published: true }), { publishedAt: ["can't be blank"] })
    assert.deepEqual(errorsOf({ published: true, publishedAt: '2026-01-01T00:00:00Z' }), {})
    assert.deepEqual(errorsOf({ published: false }), {})
  })

  it('wants to know of what type the audio is', () => {
    assert.deepEqual(errorsOf({ audioUrl: '/uploads/one.mp3' }), { audioType: ["can't be blank"] })
  })

  it('takes no audio of no length, no negative number, no slug of the podcast’s own', () => {
    assert.deepEqual(
      errorsOf({ audioBytes: 0, audioDuration: 0, number: -1, season: -1, slug: 'feed' }),
      {
        audioBytes: ['must be greater than 0'],
        audioDuration: ['must be greater than 0'],
        number: ['must be greater than or equal to 0'],
        season: ['must be greater than or equal to 0'],
        slug: ['is an address of the podcast itself'],
      },
    )
  })

  it('renders the notes with links taken from the page they came from', () => {
    const { changes } = episodeChangeset(row, {
      websiteUrl: 'https://site.example/1/',
      notes: '[next](../2)',
    })

    assert.equal(
      changes.notesHtml,
      '<p><a href="https://site.example/2" rel="noopener">next</a></p>',
    )
  })

  it('keeps links to moments of its sound in the notes', () => {
    const { changes } = episodeChangeset(row, {
      websiteUrl: 'https://site.example/1/',
      notes: '[then](#t=1:02) [top](#top)',
    })

    assert.equal(
      changes.notesHtml,
      '<p><a href="#t=1:02">then</a> <a href="https://site.example/1/#top" rel="noopener">top</a></p>',
    )
  })

  it('keeps a number with decimals', () => {
    assert.equal(episodeChangeset(row, { number: '315.5' }).changes.number, 315.5)
  })
})

describe('an episode in the database', () => {
  it(
    'shares neither slug nor guid with another of its podcast',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const first = await anEpisode(repo, podcast, { slug: 'one' })

      const sameSlug = await createEpisode(repo, podcast.id, valid)
      const { podcastId, guid } = first
      const sameGuid = await repo.insert(
        episodeChangeset(build(Episode, { podcastId, guid }), { title: 'Two', slug: 'two' }),
      )

      assert.deepEqual(sameSlug.ok || errorMessages(sameSlug.changeset), {
        slug: ['has already been taken'],
      })
      assert.deepEqual(sameGuid.ok || errorMessages(sameGuid.changeset), {
        guid: ['has already been taken'],
      })
      const elsewhere = await aPodcast(repo, { slug: 'kept-in-repair' })
      assert.ok((await createEpisode(repo, elsewhere.id, valid)).ok)
    }),
  )

  it(
    'belongs to a podcast there is',
    sandboxed(async (repo) => {
      const made = await createEpisode(repo, 999_999, valid)

      assert.deepEqual(made.ok || errorMessages(made.changeset), { podcastId: ['does not exist'] })
    }),
  )
})

describe('chapterChangeset', () => {
  const errorsOfChapter = (params: object) =>
    errorMessages(chapterChangeset(build(Chapter, { episodeId: 1 }), params))

  it('ends after it starts', () => {
    assert.deepEqual(errorsOfChapter({ title: 'A', startsMs: 5000, endsMs: 5000 }), {
      endsMs: ['must be later than the start'],
    })
    assert.deepEqual(errorsOfChapter({ title: 'A', startsMs: -1 }), {
      startsMs: ['must not be before the start'],
    })
  })

  it('has a title, unless it is not listed', () => {
    assert.deepEqual(errorsOfChapter({ startsMs: 0 }), { title: ["can't be blank"] })
    assert.deepEqual(errorsOfChapter({ startsMs: 0, hidden: true }), {})
  })
})

describe('episodeSponsorChangeset', () => {
  it('ends only what has a start', () => {
    const errors = errorMessages(
      episodeSponsorChangeset(build(EpisodeSponsor, { episodeId: 1 }), {
        sponsorId: 1,
        title: 'Ads',
        linkUrl: 'https://sponsor.example',
        endsMs: 1000,
      }),
    )

    assert.deepEqual(errors, { startsMs: ['is needed for an end'] })
  })
})
