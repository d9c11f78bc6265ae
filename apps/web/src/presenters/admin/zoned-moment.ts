import { localMoment, type LocalWords } from './local-moment.ts'

export type ZonedMoment = LocalWords

/** A moment by the clock of somebody's zone, and beside it in UTC: `21 Nov 2026, 09:00 CET (08:00 UTC)`. */
export function zonedMoment(date: Date, zone: string): ZonedMoment {
  const [local, utc] = [localMoment(date, zone), localMoment(date, 'UTC')]
  if (zone === 'UTC') return utc

  const [day, time] = utc.words.split(', ')
  const isSameDay = local.words.startsWith(`${day},`)
  return { iso: local.iso, words: `${local.words} (${isSameDay ? time : utc.words})` }
}
