import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type TakenDate } from '@showrunner/domain/episodes'
import { takenDates } from './taken-dates.ts'

const asOf = new Date('2026-11-30T23:30:00Z')

function taken(at: string, kind: TakenDate['kind'] = 'recording'): TakenDate {
  return { at: new Date(at), kind, episode: { id: 42, podcastId: 3, title: 'Noon' } }
}

describe('the calendar of dates that are taken', () => {
  it('begins with this month by the clock of who looks, Mondays first', () => {
    const months = (zone: string) => takenDates([], { zone, asOf }).months.map(({ name }) => name)

    assert.deepEqual(months('UTC'), ['November 2026', 'December 2026', 'January 2027'])
    assert.deepEqual(months('Europe/Berlin'), ['December 2026', 'January 2027', 'February 2027'])
    const [november] = takenDates([], { zone: 'UTC', asOf }).months
    assert.deepEqual(
      november?.weeks[0]?.map((day) => day?.number ?? null),
      [null, null, null, null, null, null, 1],
    )
    assert.equal(november.weeks.flat().filter((day) => day !== null).length, 30)
    assert.deepEqual(
      november.weeks
        .flat()
        .filter((day) => day?.isToday)
        .map((day) => day?.iso),
      ['2026-11-30'],
    )
  })

  it('marks a day by that clock, and says what is on it', () => {
    const dates = [taken('2026-12-31T23:30:00Z'), taken('2026-10-01T12:00:00Z', 'release')]

    const { months, lines } = takenDates(dates, { zone: 'Europe/Berlin', asOf })

    const marked = months.flatMap(({ weeks }) => weeks.flat()).filter((day) => day?.kind)
    assert.deepEqual(
      marked.map((day) => [day?.iso, day?.kind]),
      [['2027-01-01', 'recording']],
    )
    assert.deepEqual(
      lines.map(({ moment, words, href }) => [moment.words, words, href]),
      [['1 Jan 2027, 00:30 CET', 'Recording', '/admin/podcasts/3/episodes/42/edit']],
    )
  })
})
