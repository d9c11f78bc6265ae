import { dateLanguage } from './date-language.ts'
import { MORPHED } from './live-page-morphed.ts'

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const
const CLOCK = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const

/** As the server writes them in UTC: `18 Nov`, `18 Nov 2026`, `Wednesday 18 November 2026`, `18 November 2026, 06:00 UTC`. */
const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { day: 'numeric', month: 'short' },
  dated: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', ...DAY },
  full: { ...DAY, ...CLOCK },
}

/** Dates of the page are said by the reader's clock; without scripts they are UTC, and say so. */
export function showReaderTimes(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  if (timeZone === 'UTC') return
  document.addEventListener('turbo:load', draw)
  document.addEventListener(MORPHED, draw)
}

function draw(): void {
  const written = new Map<string, Intl.DateTimeFormat>()
  const writing = (as: string) => {
    const known = written.get(as) ?? new Intl.DateTimeFormat(dateLanguage(), FORMATS[as])
    written.set(as, known)
    return known
  }
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-as]')) {
    const as = time.dataset['as'] ?? ''
    const at = new Date(time.dateTime)
    if (!Object.hasOwn(FORMATS, as) || Number.isNaN(at.getTime())) continue
    const said = writing(as).format(at)
    if (time.textContent !== said) time.textContent = said
    time.title = writing('full').format(at)
  }
}
