import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import {
  array,
  assert as assertProperty,
  boolean,
  integer,
  nat,
  option,
  property,
  record,
  string,
} from 'fast-check'
import {
  Chapter,
  EpisodeGuest,
  EpisodeLink,
  EpisodeSponsor,
  updateEpisode,
} from '../episodes/index.ts'
import { createSponsor } from '../sponsors/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { describeVideo, getVideoEpisode, LONGEST_DESCRIPTION, shifted } from './index.ts'

const ADDRESS = 'https://radio.example/local-time/noon'

async function anEpisodeOf(repo: Repo, template: string | null, params: object = {}) {
  const podcast = await aPodcast(repo, { youtubeTemplate: template })
  return anEpisode(repo, podcast, { slug: 'noon', title: 'Noon', ...params })
}

async function described(repo: Repo, { id, podcastId }: { id: number; podcastId: number }) {
  const episode = await getVideoEpisode(repo, podcastId, id)
  const markers = shifted(episode.chapters, 0)
  return describeVideo(episode, { address: ADDRESS, markers })
}

describe('the text below a video', () => {
  it(
    'is the template with what is known, and without the paragraphs of what is not',
    sandboxed(async (repo) => {
      const template =
        '{title} | {podcast} {number}\n\nWith:\n{guests}\n\nLinks:\n{links}\n\n{unknown} {address}'
      const { id: episodeId, podcastId } = await anEpisodeOf(repo, template, { number: 4 })
      const { id: personId } = await aPerson(repo, 'Ada Byron', {
        websiteUrl: 'https://ada.example',
      })
      await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId }))

      const { text, warnings } = await described(repo, { id: episodeId, podcastId })

      assert.equal(
        text,
        `Noon | Local Time 4\n\nWith:\nAda Byron: https://ada.example\n\n{unknown} ${ADDRESS}`,
      )
      assert.deepEqual(warnings, [])
    }),
  )

  it(
    'is the usual one where the podcast has none, with links and sponsors',
    sandboxed(async (repo) => {
      const { id, podcastId } = await anEpisodeOf(repo, null, { summary: 'At <noon>.' })
      const made = await createSponsor(repo, { name: 'Tideline' })
      assert.ok(made.ok)
      const of = { episodeId: id, podcastId }
      await repo.insertOrThrow(
        build(EpisodeLink, { ...of, title: 'Map', url: 'https://m.example' }),
      )
      await repo.insertOrThrow(
        build(EpisodeSponsor, {
          ...of,
          sponsorId: made.value.id,
          title: 'Clocks that float',
          linkUrl: 'https://tide.example',
        }),
      )

      const { text } = await described(repo, { id, podcastId })

      assert.equal(
        text,
        [
          'At ‹noon›.',
          `Local Time, with show notes and a transcript: ${ADDRESS}`,
          'Links:\nMap: https://m.example',
          'Made possible by:\nClocks that float: https://tide.example',
        ].join('\n\n'),
      )
    }),
  )

  it(
    'has the notes as text, with the addresses of their links',
    sandboxed(async (repo) => {
      const episode = await anEpisodeOf(repo, '{notes}')
      const notes =
        'See [the *map*](https://m.example/a) or [a list](https://l.example/x).\n\n- one\n- two'
      await updateEpisode(repo, episode, { notes })

      const { text } = await described(repo, episode)

      assert.match(
        text,
        /^See the map \(https:\/\/m\.example\/a\) or a list \(https:\/\/l\.example\/x\)\./,
      )
      assert.match(text, /\none\ntwo$/)
    }),
  )

  it(
    'says what YouTube would not take as it is meant',
    sandboxed(async (repo) => {
      const { id, podcastId } = await anEpisodeOf(repo, '{chapters}\n\n{summary}', {
        summary: 'a'.repeat(LONGEST_DESCRIPTION),
      })
      for (const [position, startsMs] of [0, 5000].entries()) {
        const of = { episodeId: id, podcastId, position }
        await repo.insertOrThrow(build(Chapter, { ...of, startsMs, title: `At ${startsMs}` }))
      }

      const { text, warnings } = await described(repo, { id, podcastId })

      assert.match(text, /^0:00 At 0\n0:05 At 5000\n/)
      assert.deepEqual(warnings.length, 3)
    }),
  )
})

describe('chapters in a video that begins at another moment', () => {
  const chapters = [
    { startsMs: 0, title: 'Hello' },
    { startsMs: 60_000, title: 'Tides', hidden: false },
    { startsMs: 70_000, title: 'Advertisement', hidden: true },
    { startsMs: 4_000_000, title: null },
    { startsMs: 3_900_000, title: 'Bye' },
  ]

  it('come later where the video begins earlier, after a chapter for its beginning', () => {
    assert.deepEqual(shifted(chapters, 30_000), [
      { startsMs: 0, title: 'Beginning' },
      { startsMs: 30_000, title: 'Hello' },
      { startsMs: 90_000, title: 'Tides' },
      { startsMs: 3_930_000, title: 'Bye' },
    ])
  })

  it('begin at 0:00 with the one that is running, or that follows at once', () => {
    assert.deepEqual(shifted(chapters, -65_000)[0], { startsMs: 0, title: 'Tides' })
    assert.deepEqual(shifted(chapters, 4000)[0], { startsMs: 0, title: 'Hello' })
    assert.deepEqual(shifted([], 4000), [])
  })

  it('are in order and begin at 0:00, whatever they are and however far they are moved', () => {
    const chapter = record({
      startsMs: nat(40_000_000),
      title: option(string()),
      hidden: boolean(),
    })
    assertProperty(
      property(array(chapter), integer({ min: -1e7, max: 1e7 }), (list, earlier) => {
        const markers = shifted(list, earlier)
        const starts = markers.map(({ startsMs }) => startsMs)
        assert.deepEqual(
          starts,
          starts.toSorted((one, other) => one - other),
        )
        assert.ok(markers.length === 0 || starts[0] === 0)
        const shown = list.filter(({ title, hidden }) => title?.trim() && !hidden)
        assert.equal(markers.length > 0, shown.length > 0)
      }),
    )
  })
})
