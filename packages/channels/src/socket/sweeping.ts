import { CLOSE } from '../outlet.ts'
import { type ChannelNode } from './channel-node.ts'

const ROUNDS = 4

/**
 * One timer for all: who is silent for half of what is allowed is asked, and who does not answer is closed. A browser answers
 * by itself, also for a page whose timers sleep. After a round that came late the machine slept itself, and what was sent
 * meanwhile is not read yet: everybody is asked, and nobody closed.
 */
export function sweeping(node: ChannelNode): () => void {
  const { time, limits } = node
  const everyMs = limits.silentMs / ROUNDS
  let last = time.now()
  let stop = () => {}
  const sweep = () => {
    const now = time.now()
    const isLate = now - last > 2 * everyMs
    last = now
    for (const connection of node.connections) {
      const silent = now - connection.heardAt
      if (silent >= limits.silentMs && !isLate) connection.close(CLOSE.goingAway, 'silent')
      else if (silent >= limits.silentMs / 2) connection.ping()
    }
    stop = time.after(everyMs, sweep)
  }
  stop = time.after(everyMs, sweep)
  return () => stop()
}
