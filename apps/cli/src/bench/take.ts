import { type Asked, type Load, measure, type Measured } from './load.ts'
import { type BenchServer } from './start-server.ts'

/** What is asked of which server. */
export interface Taken extends Asked {
  readonly server: BenchServer
}

export interface TakenTime extends Measured {
  /** Milliseconds that processors were busy in the server, for each answer: what others have of the machine does not count. */
  readonly busy: number
}

/** Asks, and looks how busy the server was meanwhile. */
export async function take(taken: Taken, load: Load): Promise<TakenTime> {
  const { server } = taken
  const before = await server.ask({})
  const measured = await measure(taken, load)
  const after = await server.ask({})
  return { ...measured, busy: (after.busyMs - before.busyMs) / measured.answers }
}
