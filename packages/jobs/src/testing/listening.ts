import { type Log } from '../start-jobs.ts'

/** A log that can be waited on: `said(/pattern/)` is done once something that fits was logged. */
export function listening(): { log: Log; said: (pattern: RegExp) => Promise<void> } {
  const lines: string[] = []
  const waiting: { pattern: RegExp; resolve: () => void }[] = []
  return {
    log(_level, message) {
      lines.push(message)
      for (const { pattern, resolve } of waiting) if (pattern.test(message)) resolve()
    },
    said: (pattern) =>
      new Promise((resolve) => {
        if (lines.some((line) => pattern.test(line))) resolve()
        else waiting.push({ pattern, resolve })
      }),
  }
}
