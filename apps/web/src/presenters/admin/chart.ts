import { type Interval, INTERVALS, type Point } from '@showrunner/domain/downloads'
import { counted } from '../names.ts'
import { type Tab } from './list-page.ts'

/** Bars beside each other, drawn on the server; what they show is said in a table as well. */
export interface Chart {
  readonly id: string
  readonly title: string
  /** What is seen in it, in a sentence. */
  readonly words: string
  readonly width: number
  readonly height: number
  readonly bars: readonly Bar[]
  readonly lines: readonly number[]
  /** What the lines stand for, from the top down to nothing. */
  readonly scale: readonly string[]
  /** What is at the left, in the middle and at the right. */
  readonly marks: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly label: string
  /** What lies behind, where two are compared. */
  readonly isBehind: boolean
}

const WIDTH = 640
const HEIGHT = 200

interface Drawn {
  readonly label: string
  readonly value: number
  /** Drawn pale behind it, and never lower. */
  readonly behind?: number
}

interface ChartWords {
  readonly id: string
  readonly title: string
  readonly noun: readonly [one: string, several: string]
  readonly columns: readonly string[]
}

export function chart(drawn: readonly Drawn[], { id, title, noun, columns }: ChartWords): Chart {
  const top = roundUp(Math.max(1, ...drawn.map(({ value, behind = 0 }) => Math.max(value, behind))))
  const step = WIDTH / Math.max(1, drawn.length)
  const heightOf = (value: number) => rounded((HEIGHT * value) / top)
  const lines = [top, top / 2].filter(Number.isInteger)
  const bar = (value: number, at: number, isBehind: boolean, label: string): Bar => ({
    x: rounded(at * step + step * 0.12),
    y: rounded(HEIGHT - heightOf(value)),
    width: rounded(step * 0.76),
    height: heightOf(value),
    label,
    isBehind,
  })
  const most = drawn.reduce((best, one) => (one.value > best.value ? one : best), {
    label: '',
    value: 0,
  })
  const sum = drawn.reduce((total, { value }) => total + value, 0)

  return {
    id,
    title,
    words: sum === 0 ? `No ${noun[1]}.` : `At most ${counted(most.value, ...noun)}: ${most.label}.`,
    width: WIDTH,
    height: HEIGHT,
    bars: drawn.flatMap(({ label, value, behind }, at) => [
      ...(behind === undefined
        ? []
        : [bar(behind, at, true, `${label}: ${counted(behind, ...noun)} in all`)]),
      bar(value, at, false, `${label}: ${counted(value, ...noun)}`),
    ]),
    lines: [...lines, 0].map((value) => rounded(HEIGHT - heightOf(value))),
    scale: [...lines, 0].map((value) => value.toLocaleString('en')),
    marks: marksOf(drawn),
    columns,
    rows: drawn.map(({ label, value, behind }) => [
      label,
      value.toLocaleString('en'),
      ...(behind === undefined ? [] : [behind.toLocaleString('en')]),
    ]),
  }
}

/** The first, the last, and what is in the middle. */
function marksOf(drawn: readonly Drawn[]): Chart['marks'] {
  const wanted = drawn.length < 3 ? [0] : [0, Math.floor((drawn.length - 1) / 2), drawn.length - 1]
  return wanted.flatMap((at) => {
    const one = drawn[at]
    return one ? [one.label] : []
  })
}

/** Points of time as a chart names them. */
export function timed(points: readonly Point[], interval: string): readonly Drawn[] {
  return points.map(({ day, value }) => ({ label: dayWords(day, interval), value }))
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

export function dayWords(day: string, interval = 'day'): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const name = MONTHS[Number(month) - 1] ?? ''
  if (interval === 'month') return `${name} ${year}`
  return `${Number(date)} ${name} ${year}`
}

/** Downloads as they were in time. */
export function timeChart(points: readonly Point[], interval: Interval): Chart {
  return chart(timed(points, interval), {
    id: 'downloads',
    title: `Downloads by ${interval}`,
    noun: ['download', 'downloads'],
    columns: [interval === 'day' ? 'Day' : `${INTERVAL_WORDS[interval]} from`, 'Downloads'],
  })
}

const INTERVAL_WORDS: Readonly<Record<Interval, string>> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
}

export function intervalTabs(address: string, here: Interval): readonly Tab[] {
  return INTERVALS.map((interval) => ({
    label: `By ${interval}`,
    href: `${address}?by=${interval}`,
    count: null,
    isHere: interval === here,
  }))
}

/** The next number that is easy to read: 1, 2, 4, 10, 20, 40, 60, 100 … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 6, 10].map((one) => one * power).find((one) => one >= value) ?? value
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
