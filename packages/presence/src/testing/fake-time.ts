import { type Time } from '../tracker/time.ts'

/** A time that passes when it is told to. */
export interface FakeTime extends Time {
  pass(milliseconds: number): void
  /** The machine sleeps meanwhile: what was to be done then is done when it wakes. */
  sleep(milliseconds: number): void
  /** How much waits for its moment. */
  readonly waiting: number
}

interface Alarm {
  readonly at: number
  readonly run: () => void
}

export function fakeTime(start = 1_700_000_000_000): FakeTime {
  let now = start
  let alarms: Alarm[] = []
  return {
    now: () => now,
    after: (milliseconds, run) => {
      const alarm = { at: now + milliseconds, run }
      const place = alarms.findIndex(({ at }) => at > alarm.at)
      alarms.splice(place === -1 ? alarms.length : place, 0, alarm)
      return () => {
        alarms = alarms.filter((other) => other !== alarm)
      }
    },
    pass(milliseconds) {
      const until = now + milliseconds
      for (let next = alarms[0]; next && next.at <= until; next = alarms[0]) {
        alarms.shift()
        now = next.at
        next.run()
      }
      now = until
    },
    sleep(milliseconds) {
      now += milliseconds
      const missed = alarms.filter(({ at }) => at <= now)
      alarms = alarms.filter(({ at }) => at > now)
      for (const { run } of missed) run()
    },
    get waiting() {
      return alarms.length
    },
  }
}
