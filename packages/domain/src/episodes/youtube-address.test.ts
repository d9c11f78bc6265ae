import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages } from '@showrunner/data'
import { Episode, episodeChangeset } from './index.ts'

const GIVEN = { podcastId: 1, guid: 'a' }
const draft = build(Episode, GIVEN)
const addressOf = (youtubeUrl: string) =>
  episodeChangeset(draft, { title: 'Noon', slug: 'noon', youtubeUrl })

describe('the address of a video', () => {
  it('is known by its id, however it was copied', () => {
    for (const typed of [
      'dQw4w9WgXcQ',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s',
      'https://youtu.be/dQw4w9WgXcQ?si=abc',
      'https://m.youtube.com/shorts/dQw4w9WgXcQ',
      'https://youtube.com/live/dQw4w9WgXcQ?feature=share',
    ]) {
      assert.equal(
        addressOf(typed).changes.youtubeUrl,
        'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
        typed,
      )
    }
  })

  it('is refused where it leads elsewhere, or to no video', () => {
    for (const typed of [
      'https://evil.example/watch?v=dQw4w9WgXcQ',
      'https://www.youtube.com/@somebody',
      'javascript:alert(1)//youtu.be',
      'tides',
    ]) {
      assert.deepEqual(
        errorMessages(addressOf(typed))['youtubeUrl'],
        ['must be the address of a video on YouTube, or its id'],
        typed,
      )
    }
  })

  it('may be taken away', () => {
    const known = build(Episode, {
      ...GIVEN,
      youtubeUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    })
    assert.equal(episodeChangeset(known, { youtubeUrl: '' }).changes.youtubeUrl, null)
  })
})
