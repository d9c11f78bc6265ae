import { type Tethered } from '../processes/tethered.ts'

const STOP_MS = 4_000

/** A program that is ended and started again when asked, one at a time. */
export interface Restarting {
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** @param onFailure Told when the program ended by itself. */
export function restarting(start: () => Tethered, onFailure: (code: number) => void): Restarting {
  let running = watched(start(), onFailure)
  let last = Promise.resolve()
  let isOver = false
  const afterwards = async (before: Promise<void>) => {
    await before
    await running.stop()
    if (!isOver) running = watched(start(), onFailure)
  }
  return {
    restart: () => (last = afterwards(last)),
    async stop() {
      isOver = true
      await last
      await running.stop()
    },
  }
}

function watched(child: Tethered, onFailure: (code: number) => void) {
  let isAsked = false
  const wait = async () => {
    const code = await child.ended
    if (!isAsked) onFailure(code)
  }
  const over = wait()
  return {
    async stop() {
      isAsked = true
      child.release()
      const impatience = setTimeout(child.kill, STOP_MS)
      await over.finally(() => clearTimeout(impatience))
    },
  }
}
