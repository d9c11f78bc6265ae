/**
 * PostgreSQL's infinity and minus infinity, which no Date is: moments that print as any other, that others can still be counted from,
 * and that nobody writes by chance.
 */
const FOREVER = new Date('9999-12-31T23:59:59.999Z')
const SINCE_EVER = new Date('0001-01-01T00:00:00.001Z')

const PARTS =
  /^(\d+)(-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*([+-]\d\d)(:\d\d)?(?::\d\d)?( BC)?$/

/**
 * A moment of any year and zone, as PostgreSQL prints it.
 *
 * @throws RangeError in a session with another `DateStyle`
 */
export function momentOf(text: string): Date {
  if (text === 'infinity') return FOREVER
  if (text === '-infinity') return SINCE_EVER
  const parts = PARTS.exec(text)
  if (!parts)
    throw new RangeError(`"${text}" in the database is no moment in PostgreSQL's ISO style`)
  const [, year = '', day = '', time = '', hours = '', minutes = ':00', era] = parts
  const counted = era === undefined ? Number(year) : 1 - Number(year)
  const digits = String(Math.abs(counted)).padStart(6, '0')
  const moment = new Date(`${counted < 0 ? '-' : '+'}${digits}${day}T${time}${hours}${minutes}`)
  // PostgreSQL counts on for some thousand years when a Date has ended.
  return Number.isNaN(moment.getTime()) ? FOREVER : moment
}

/** As PostgreSQL reads it. */
export function textOf(moment: Date): string {
  if (moment.getTime() === FOREVER.getTime()) return 'infinity'
  if (moment.getTime() === SINCE_EVER.getTime()) return '-infinity'
  const iso = moment.toISOString()
  const year = moment.getUTCFullYear()
  if (year > 0 && year < 10_000) return iso
  const rest = iso.slice(iso.indexOf('-', 1))
  return year > 0 ? `${year}${rest}` : `${String(1 - year).padStart(4, '0')}${rest} BC`
}
