import { type TakenDate } from '@showrunner/domain/episodes'
import { localIn } from '@showrunner/domain/zones'
import { addresses } from '../../addresses.ts'
import { type LocalWords, localMoment } from './local-moment.ts'

/** How many months are shown, this one the first. */
const MONTHS = 3

const MONTH = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const

/** When a podcast records and releases, this month and the next ones, by the clock of who looks. */
export interface TakenDates {
  readonly months: readonly Month[]
  readonly lines: readonly TakenLine[]
}

interface Month {
  readonly name: string
  /** Each of seven days, Mondays first; null where it is another month's. */
  readonly weeks: readonly (readonly (Day | null)[])[]
}

interface Day {
  readonly iso: string
  readonly number: number
  readonly kind: TakenDate['kind'] | null
  readonly isToday: boolean
}

interface TakenLine {
  readonly moment: LocalWords
  readonly words: string
  readonly title: string
  readonly href: string
}

/** The time that is shown, with a day more at its ends: which day it is, the zone says. */
export function shownMonths(asOf: Date): { readonly since: Date; readonly until: Date } {
  const [year, month] = [asOf.getUTCFullYear(), asOf.getUTCMonth()]
  return {
    since: new Date(Date.UTC(year, month, 0)),
    until: new Date(Date.UTC(year, month + MONTHS, 2)),
  }
}

export function takenDates(
  taken: readonly TakenDate[],
  { zone, asOf }: { readonly zone: string; readonly asOf: Date },
): TakenDates {
  const today = dayIn(asOf, zone)
  const first = firstMonth(today)
  const months = Array.from(
    { length: MONTHS },
    (_, ahead) => new Date(Date.UTC(first.year, first.month + ahead)),
  )
  const shown = taken.filter(({ at }) => {
    return months.some((month) => dayIn(at, zone).startsWith(month.toISOString().slice(0, 7)))
  })
  const kinds = new Map(shown.map(({ at, kind }) => [dayIn(at, zone), kind]))

  return {
    months: months.map((month) => ({
      name: month.toLocaleDateString('en', MONTH),
      weeks: weeksOf(month).map((week) =>
        week.map((iso) =>
          iso === null
            ? null
            : {
                iso,
                number: Number(iso.slice(8)),
                kind: kinds.get(iso) ?? null,
                isToday: iso === today,
              },
        ),
      ),
    })),
    lines: shown.map(({ at, kind, episode }) => ({
      moment: localMoment(at, zone),
      words: kind === 'recording' ? 'Recording' : 'Release',
      title: episode.title,
      href: addresses.admin.editEpisode(episode.podcastId, episode.id),
    })),
  }
}

function weeksOf(month: Date): readonly (readonly (string | null)[])[] {
  const [year, index] = [month.getUTCFullYear(), month.getUTCMonth()]
  const days = new Date(Date.UTC(year, index + 1, 0)).getUTCDate()
  const before = (month.getUTCDay() + 6) % 7
  const weeks = Math.ceil((before + days) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (__, weekday) => {
      const number = week * 7 + weekday - before + 1
      if (number < 1 || number > days) return null
      return new Date(Date.UTC(year, index, number)).toISOString().slice(0, 10)
    }),
  )
}

function firstMonth(today: string): { readonly year: number; readonly month: number } {
  return { year: Number(today.slice(0, 4)), month: Number(today.slice(5, 7)) - 1 }
}

function dayIn(at: Date, zone: string): string {
  return localIn(at, zone).wallClock.slice(0, 10)
}
