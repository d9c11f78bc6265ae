import { type IncomingMessage, type ServerResponse } from 'node:http'

/** What S3 says when it does not do what it is asked. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor({ status, code, message }: { status: number; code: string; message?: string }) {
    super(message ?? code)
    this.status = status
    this.code = code
  }
}

export function refuse(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  const { status, code, message } =
    error instanceof Refusal
      ? error
      : { status: 500, code: 'InternalError', message: String(error) }
  // What is on its way is not read.
  request.resume()
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { 'content-type': 'application/xml' })
  // To who only wants the headers it says nothing more.
  if (request.method === 'HEAD') return void response.end()
  response.end(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  )
}
