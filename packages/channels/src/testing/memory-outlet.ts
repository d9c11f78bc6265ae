import { type Outlet } from '../outlet.ts'
import { type Frame } from '../serializers/frame.ts'
import { readFrame, type ServerMessage } from './server-frame.ts'
import { Seen } from './seen.ts'

/** How a socket was closed. */
export interface Closed {
  readonly code: number
  readonly reason: string
}

/** What a server sends to a client that is a test. */
export class MemoryOutlet implements Outlet {
  readonly messages = new Seen<ServerMessage>()
  readonly closed = new Seen<Closed>()
  /** A client that reads slowly has some. */
  unsentBytes = 0
  pings = 0

  send(frame: Frame): void {
    this.messages.add(readFrame(frame.data))
  }

  ping(): void {
    this.pings += 1
  }

  close(code: number, reason: string): void {
    this.closed.add({ code, reason })
  }
}
