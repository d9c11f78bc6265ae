import { DateTime, IANAZone } from 'luxon'

/** How a form writes a date and a time: `2026-11-20T18:30`. */
export const WALL_CLOCK = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d$/

const FORMAT = "yyyy-MM-dd'T'HH:mm"
const LATEST_YEAR = 9999

/** What a clock on the wall of a zone shows at a moment. */
export interface LocalMoment {
  /** As a form writes it, to the minute. */
  readonly wallClock: string
  /** How far it is ahead of UTC just then: `+02:00`. */
  readonly offset: string
  /** What the zone is called just then, as English writes it: `CET`, `GMT+9`. */
  readonly zoneName: string
}

export type InZone =
  | {
      readonly kind: 'moment'
      readonly at: Date
      /** The same time of day comes again: clocks are put back. `at` is the first of the two. */
      readonly comesAgainAt: Date | null
    }
  /** Clocks are put forward over it. */
  | { readonly kind: 'does-not-exist' }
  | { readonly kind: 'not-a-time' }

/** Whether this is the name of a time zone, as IANA has it: `Europe/Berlin`, `UTC`. */
export function isZone(name: string): boolean {
  // Offsets and "system" are zones to luxon: the one knows no summer, the other is another on each machine.
  return /^[A-Z][\w+-]*(?:\/[\w+-]+)*$/i.test(name) && IANAZone.isValidZone(name)
}

/** The moment at which a clock on the wall of this zone shows this. @throws RangeError for what is no zone */
export function inZone(wallClock: string, zone: string): InZone {
  if (!WALL_CLOCK.test(wallClock)) return { kind: 'not-a-time' }
  const local = DateTime.fromFormat(wallClock, FORMAT, { zone: zoneOf(zone) })
  if (!local.isValid || local.year < 1) return { kind: 'not-a-time' }
  if (local.toFormat(FORMAT) !== wallClock) return { kind: 'does-not-exist' }

  const [first = local, again] = local.getPossibleOffsets().toSorted((a, b) => +a - +b)
  return { kind: 'moment', at: first.toJSDate(), comesAgainAt: again?.toJSDate() ?? null }
}

/** @throws RangeError for what is no zone, or a date that no form can write */
export function localIn(date: Date, zone: string): LocalMoment {
  const local = DateTime.fromJSDate(date, { zone: zoneOf(zone) })
  if (!local.isValid || local.year < 1 || local.year > LATEST_YEAR) {
    throw new RangeError(`${String(date)} cannot be written as a date of four digits.`)
  }
  return {
    wallClock: local.toFormat(FORMAT),
    offset: local.toFormat('ZZ'),
    zoneName: local.toFormat('ZZZZ', { locale: 'en-GB' }),
  }
}

function zoneOf(name: string): IANAZone {
  if (!isZone(name)) throw new RangeError(`"${name}" is no time zone: "Europe/Berlin" is one.`)
  return IANAZone.create(name)
}
