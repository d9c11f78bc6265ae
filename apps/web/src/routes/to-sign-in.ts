import { type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../addresses.ts'

/** To the form that asks for a link, and back here after; from what a form was sent to, to the account. */
export function toSignIn({ method, url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const wanted = method === 'GET' ? url : addresses.account
  return reply.redirect(addresses.signInFor(wanted), 303)
}
