/**
 * Values as the world writes them. Each function gives null for what it cannot make sense of.
 */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

// RFC 822 §5.1: the zones with names, in minutes east of Greenwich.
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  west: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  jst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
}

const RFC_822 =
  /^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]+)\.?,?[\s-]+(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(.*))?$/i
const US_WORDS =
  /^(?:[a-z]+\.?,?\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.*))?$/i
const ISO_8601 =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(.*))?$/i

const LONGEST_DATE = 80

/**
 * A date in RFC 822 form (also without weekday, seconds or zone, with two-digit years, month names in full, named zones)
 * or ISO 8601 form. Without a zone it is taken as UTC.
 */
export function parseDate(text: string): Date | null {
  const value = text.trim().slice(0, LONGEST_DATE)
  const rfc = RFC_822.exec(value)
  if (rfc) return toDate([fullYear(rfc[3]), month(rfc[2]), rfc[1]], rfc.slice(4, 7), rfc[7])
  const iso = ISO_8601.exec(value)
  if (iso) return toDate([iso[1], iso[2], iso[3]], iso.slice(4, 7), iso[8], iso[7])
  const us = US_WORDS.exec(value)
  if (us) return toDate([us[3], month(us[1]), us[2]], us.slice(4, 7), us[7])
  return null
}

type Digits = string | number | undefined

function toDate(date: Digits[], time: Digits[], zone = '', fraction = ''): Date | null {
  const [year = NaN, monthNumber = NaN, day = NaN] = date.map(Number)
  const [hours = 0, minutes = 0, seconds = 0] = time.map((part) => Number(part ?? 0))
  const offset = zoneOffset(zone)
  if (offset === null || hours > 24 || minutes > 59 || seconds > 60) return null

  const midnight = new Date(Date.UTC(year, monthNumber - 1, day))
  if (midnight.getUTCMonth() !== monthNumber - 1 || midnight.getUTCDate() !== day) return null
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return new Date(midnight.getTime() + ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + ms)
}

function month(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
}

function fullYear(digits: string | undefined): Digits {
  if (digits?.length !== 2) return digits
  return Number(digits) + (Number(digits) < 70 ? 2000 : 1900)
}

/** Minutes east of Greenwich. */
function zoneOffset(text: string): number | null {
  const zone = text
    .trim()
    .toLowerCase()
    .replace(/\s*\(.*\)$/, '')
  if (zone === '') return 0
  const named = ZONES[zone]
  if (named !== undefined) return named
  const match = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (!match) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

const LONGEST_SECONDS = 10_000 * 3600

/** Whole seconds from `1:02:03`, `62:03`, `3723`, `3723.5` or `PT1H2M3S`. */
export function parseDuration(text: string): number | null {
  const seconds = parseClock(text) ?? parseIsoDuration(text.trim())
  return seconds === null || seconds > LONGEST_SECONDS ? null : Math.round(seconds)
}

/** Seconds, with their fraction, from `1:02:03.5`, `62:03`, `3723` or `3723.5`. */
export function parseClock(text: string): number | null {
  const match = /^(?:(?:(\d{1,5}):)?(\d{1,6}):)?(\d{1,9}(?:[.,]\d+)?)$/.exec(text.trim())
  if (!match) return null
  const [hours, minutes, seconds] = [
    match[1] ?? 0,
    match[2] ?? 0,
    (match[3] ?? '').replace(',', '.'),
  ]
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** Whole milliseconds from what `parseClock` reads. */
export function parseMilliseconds(text: string | null | undefined): number | null {
  const seconds = text == null ? null : parseClock(text)
  return seconds === null ? null : Math.round(seconds * 1000)
}

function parseIsoDuration(text: string): number | null {
  const match = /^PT(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d+)?)S)?$/i.exec(text)
  if (!match || text.length === 2) return null
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

/** `yes`, `true`, `1` and iTunes' `explicit` are true; `no`, `false`, `0` and `clean` are false. */
export function parseYes(text: string): boolean | null {
  const value = text.trim().toLowerCase()
  if (['yes', 'true', '1', 'explicit', 'y'].includes(value)) return true
  if (['no', 'false', '0', 'clean', 'n'].includes(value)) return false
  return null
}

/** A number that is not negative, also out of `S2` or `Episode 12.5`. */
export function parseNumber(text: string): number | null {
  const match = /^[^\d-]*(\d{1,15}(?:\.\d{1,6})?)/.exec(text.trim())
  return match ? Number(match[1]) : null
}

/** A whole number of at most nine digits that is not negative. */
export function parseCount(text: string): number | null {
  const number = parseNumber(text)
  return number === null || number > 999_999_999 ? null : Math.floor(number)
}

/** An absolute http(s) address, resolved against `base`; kept letter for letter where it already is one. */
export function parseWebUrl(text: string, base?: string | null): string | null {
  const value = text.trim()
  if (value === '') return null
  const url = URL.parse(value, base ?? undefined)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return null
  return /^https?:\/\//i.test(value) && !/[\s"<>\\^`{|}]/.test(value) ? value : url.href
}

/** An address of any scheme that cannot run as a script. */
export function parseUri(text: string): string | null {
  const value = text.trim()
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(value) &&
    !/^(javascript|data|vbscript|file|blob):/i.test(value)
    ? value
    : null
}

const LONGEST_KEYWORDS = 20_000

/** Words between commas, each once. */
export function parseKeywords(text: string): string[] {
  return [
    ...new Set(
      text
        .slice(0, LONGEST_KEYWORDS)
        .split(',')
        .map(collapse)
        .filter((word) => word !== ''),
    ),
  ]
}

/** One line, without double or surrounding spaces. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
