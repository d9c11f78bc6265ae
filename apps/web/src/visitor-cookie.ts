import { type FastifyReply } from 'fastify'

const COOKIE = 'showrunner_visitor'

/** Lets scripts of public pages, which are the same for everybody, know that there is somebody whose name is to be fetched. */
export function announceVisitor(reply: FastifyReply, endsAt: Date): FastifyReply {
  return reply.setCookie(COOKIE, '1', { ...optionsOf(reply), expires: endsAt })
}

export function concealVisitor(reply: FastifyReply): FastifyReply {
  return reply.clearCookie(COOKIE, optionsOf(reply))
}

function optionsOf(reply: FastifyReply) {
  const secure = reply.server.parts.publicUrl.startsWith('https:')
  return { path: '/', sameSite: 'lax', secure } as const
}
