import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Checkable, checkEpisode } from './checklist.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const WHOLE: Checkable = {
  title: 'Noon',
  slug: '12',
  guid: 'a-guid',
  summary: 'At noon.',
  subtitle: null,
  notes: 'More of it.',
  type: 'full',
  coverUrl: null,
  audioUrl: '/uploads/noon.mp3',
  audioType: 'audio/mpeg',
  audioBytes: 1000,
  audioDuration: 60,
  membersAudioUrl: '/uploads/members.mp3',
  podcast: { title: 'Local Time', status: 'publishing', coverUrl: '/uploads/cover.jpg' },
  episodeHosts: [{}],
  episodeGuests: [{}],
  episodeSponsors: [{}],
  episodeTopics: [{}],
  chapters: [{ hidden: false }],
  transcripts: [{ cueCount: 3 }],
}

const EMPTY: Checkable = {
  title: ' ',
  slug: '',
  guid: '',
  summary: null,
  subtitle: ' ',
  notes: null,
  type: 'full',
  coverUrl: null,
  audioUrl: null,
  audioType: null,
  audioBytes: null,
  audioDuration: null,
  membersAudioUrl: null,
  podcast: { title: 'Local Time', status: 'draft', coverUrl: null },
  episodeHosts: [],
  episodeGuests: [],
  episodeSponsors: [],
  episodeTopics: [],
  chapters: [{ hidden: true }],
  transcripts: [{ cueCount: 0 }],
}

const codes = (items: ReturnType<typeof checkEpisode>, level: string) =>
  items.filter((item) => item.level === level).map(({ code }) => code)

describe('checkEpisode', () => {
  it('has nothing against an episode that is whole', () => {
    const items = checkEpisode(WHOLE, NOW, { at: NOW, nextNumber: '12' })

    assert.deepEqual(codes(items, 'blocker'), [])
    assert.deepEqual(codes(items, 'warning'), [])
    assert.ok(items.length > 12)
  })

  it('says what has to be mended and what is for somebody to decide, and where', () => {
    const items = checkEpisode(EMPTY, NOW)

    assert.deepEqual(codes(items, 'blocker'), [
      'title',
      'guid',
      'words',
      'slug',
      'audio',
      'podcast',
    ])
    assert.deepEqual(codes(items, 'warning'), [
      'notes',
      'hosts',
      'guests',
      'sponsors',
      'topics',
      'chapters',
      'transcript',
      'cover',
      'members-file',
    ])
    assert.equal(items.find(({ code }) => code === 'words')?.field, 'summary')
  })

  it('wants of audio what every feed has to say', () => {
    const items = checkEpisode({ ...WHOLE, audioBytes: null, audioDuration: null }, NOW)

    const [blocker] = items.filter(({ level }) => level === 'blocker')
    assert.equal(
      blocker?.message,
      'Of its audio nobody knows how large it is, or how long it lasts. Upload it again, or say it.',
    )
  })

  it('warns of a number that is left out, and of none where episodes are called by words', () => {
    const gap = checkEpisode(WHOLE, NOW, { nextNumber: '11' })
    const words = checkEpisode({ ...WHOLE, slug: 'noon' }, NOW, { nextNumber: '11' })

    assert.deepEqual(codes(gap, 'warning'), ['slug-gap'])
    assert.deepEqual(codes(words, 'warning'), [])
  })

  it('warns of a time that is past, and of a cover that is too small', () => {
    const past = checkEpisode(WHOLE, NOW, { at: new Date('2026-11-20T11:59:59Z') })
    const coverUrl = `/uploads/episodes/1/w900/${'0'.repeat(32)}.jpg`
    const small = checkEpisode({ ...WHOLE, coverUrl }, NOW)

    assert.deepEqual(codes(past, 'warning'), ['past'])
    assert.deepEqual(codes(small, 'warning'), ['small-cover'])
  })

  it('takes what is no time for a blocker', () => {
    assert.deepEqual(codes(checkEpisode(WHOLE, NOW, { at: new Date('soon') }), 'blocker'), ['time'])
  })
})
