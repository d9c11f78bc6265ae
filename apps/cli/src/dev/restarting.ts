import { type Tethered } from '../processes/tethered.ts'

const SETTLE_MS = 100
const STOP_MS = 4_000

/** A program that is started again when asked, one at a time, and not twice for changes that come together. */
export interface Restarting {
  readonly restart: () => void
  readonly stop: () => Promise<void>
}

/** @param onFailure Told when the program ended by itself. */
export function restarting(start: () => Tethered, onFailure: (code: number) => void): Restarting {
  let running = watched(start(), onFailure)
  let pending: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()
  const afterwards = async (before: Promise<void>) => {
    await before
    await running.stop()
    running = watched(start(), onFailure)
  }
  const replace = () => {
    last = afterwards(last)
  }
  return {
    restart() {
      clearTimeout(pending)
      pending = setTimeout(replace, SETTLE_MS)
    },
    async stop() {
      clearTimeout(pending)
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
