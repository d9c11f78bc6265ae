import { type Time } from '@showrunner/presence'

/** A time that passes when it is told to. */
export interface PassingTime extends Time {
  pass(milliseconds: number): void
  /** The machine sleeps meanwhile: what was to be done then is done when it wakes. */
  sleep(milliseconds: number): void
  /** How much waits for its moment. */
  readonly waiting: number
}

export function passingTime(): PassingTime {
  let now = 1_700_000_000_000
  const alarms = new Set<{ at: number; run: () => void }>()
  const next = (until: number) =>
    [...alarms].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]

  return {
    now: () => now,
    after(milliseconds, run) {
      const alarm = { at: now + milliseconds, run }
      alarms.add(alarm)
      return () => void alarms.delete(alarm)
    },
    pass(milliseconds) {
      const until = now + milliseconds
      for (let alarm = next(until); alarm; alarm = next(until)) {
        alarms.delete(alarm)
        now = alarm.at
        alarm.run()
      }
      now = until
    },
    sleep(milliseconds) {
      now += milliseconds
      for (const alarm of [...alarms].filter(({ at }) => at <= now)) {
        alarms.delete(alarm)
        alarm.run()
      }
    },
    get waiting() {
      return alarms.size
    },
  }
}
