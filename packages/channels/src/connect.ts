import { ChannelError } from './errors.ts'

/** A client that wants to connect. */
export interface ConnectRequest {
  /** What the client gave as `params`, and what stands in the address for `:name`. Nested as it was, and nothing is checked. */
  readonly params: Readonly<Record<string, unknown>>
  /** `authToken` of the client. Logs do not show it, as they show no `params.token`. */
  readonly authToken: string | undefined
  /** The `Cookie` header, if the page that connects is one of ours; anybody else's page could have it sent along. */
  readonly cookie: string | undefined
  readonly peer: { readonly address: string; readonly port: number }
  readonly url: URL
  readonly userAgent: string | undefined
  /** The headers that begin with `x-`, in small letters, and those of tracing. */
  readonly headers: Readonly<Record<string, string>>
}

/** A visitor who is let in. */
export interface Connected<Visitor> {
  readonly kind: 'connected'
  readonly visitor: Visitor
  /** All sockets of one id are closed by `sockets.disconnect(id)`, such as `user:42`. */
  readonly id: string | undefined
}

/** A visitor who is not. Clients come again all the same, so it has to be cheap. */
export interface NotConnected {
  readonly kind: 'not connected'
  /**
   * Of HTTP, 403 if nothing else is said. A browser does not show it to its page: for a page that has to know, say a code of
   * WebSockets from 4000 to 4999. The socket is opened then, and closed with this code and the reason.
   */
  readonly status: number
  readonly reason: string
}

export function connected<Visitor>(visitor: Visitor, id?: string): Connected<Visitor> {
  return { kind: 'connected', visitor, id }
}

/** Throws a `ChannelError` for a status that says yes. */
export function notConnected(reason = '', status = 403): NotConnected {
  if (!(status >= 400 && status < 600) && !isCloseCode(status)) {
    throw new ChannelError(
      `expected a status from 400 to 599, or a close code from 4000 to 4999, got: ${status}`,
    )
  }
  return { kind: 'not connected', status, reason }
}

export function isCloseCode(status: number): boolean {
  return status >= 4000 && status < 5000
}
