import { tell } from '../output.ts'

const PATIENCE_MS = 10_000
/** A terminal's Ctrl-C arrives twice, from the terminal and from the first-run script: that is one press. */
const SAME_PRESS_MS = 300

type Stop = () => Promise<void> | void

const stops: Stop[] = []
let asked: number | undefined
let exitCode = 0

/** Has `stop` run before this process ends early, last come first; returns how to take that back. */
export function beforeEnd(stop: Stop): () => void {
  stops.push(stop)
  return () => {
    const index = stops.indexOf(stop)
    if (index >= 0) stops.splice(index, 1)
  }
}

/** What to exit with after a stop somebody asked for. */
export function endsWith(code: number): void {
  exitCode = code
}

/** Ends tidily on Ctrl-C, SIGTERM, a closed terminal, and the death of the process that started this one. */
export function endWhenAsked(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void end())
  process.on('disconnect', () => void end())
  process.channel?.unref()
}

/** Runs what was registered, after a failure: nothing else would end it. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) await stop()
}

async function end(): Promise<void> {
  if (asked !== undefined) {
    if (performance.now() - asked > SAME_PRESS_MS) process.exit(130)
    return
  }
  asked = performance.now()
  setTimeout(() => {
    tell(`Not everything ended within ${PATIENCE_MS / 1000} s; leaving anyway.`)
    process.exit(1)
  }, PATIENCE_MS).unref()
  await stopAll()
  process.exit(exitCode)
}
