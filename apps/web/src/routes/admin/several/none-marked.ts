import { type FastifyReply } from 'fastify'

/** Back to the list, for who marked nothing that is there. */
export function noneMarked(reply: FastifyReply, back: string): FastifyReply {
  return reply.flash('Nothing was marked.', 'failed').redirect(back, 303)
}
