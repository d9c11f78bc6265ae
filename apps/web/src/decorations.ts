import { type Parts } from './parts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly parts: Required<Pick<Parts, 'clock'>> & Parts
  }
  interface FastifyReply {
    /** Sends a page made of a view and what it shows. */
    html(view: string, data: object): FastifyReply
  }
}
