import { CLOSE } from '../outlet.ts'
import { type ChannelNode } from './channel-node.ts'

const ROUNDS = 4

/**
 * One timer for all: who is silent for half of what is allowed is asked, and who does not answer is closed. A browser answers
 * by itself, also for a page whose timers sleep.
 */
export function sweeping(node: ChannelNode): () => void {
  const { time, limits } = node
  let stop = () => {}
  const sweep = () => {
    const now = time.now()
    for (const connection of node.connections) {
      const silent = now - connection.heardAt
      if (silent >= limits.silentMs) connection.close(CLOSE.goingAway, 'silent')
      else if (silent >= limits.silentMs / 2) connection.ping()
    }
    stop = time.after(limits.silentMs / ROUNDS, sweep)
  }
  stop = time.after(limits.silentMs / ROUNDS, sweep)
  return () => stop()
}
