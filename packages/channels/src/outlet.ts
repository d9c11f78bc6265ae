import { type Frame } from './serializers/frame.ts'

/** Where what is sent to a client goes: a WebSocket, or what a long poll takes with it. */
export interface Outlet {
  send(frame: Frame): void
  /** What was sent and has not gone out yet. */
  readonly unsentBytes: number
  /** Asks whether there is anybody. Whatever comes back is told to `connection.heard()`. */
  ping(): void
  close(code: number, reason: string): void
}

/** Why a socket is closed: RFC 6455 §7.4.1. Never 1000, after which older clients do not come back. */
export const CLOSE = {
  goingAway: 1001,
  /** No code was given. It is never sent. */
  unknown: 1005,
  tooLarge: 1009,
  failed: 1011,
  restart: 1012,
  tryLater: 1013,
} as const
