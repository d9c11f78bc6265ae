import { type FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a body may be sent as. */
    readonly accepts?: readonly string[]
  }
}

/** What a request says that its body is: `text/vtt`, or nothing. */
export function typeSaid({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  return type.trim().toLowerCase()
}

/** The body is of a type that is not taken here: these are. */
export function unsupportedType(
  request: Pick<FastifyRequest, 'headers'>,
  accepts: readonly string[],
): Problem {
  const said = typeSaid(request)
  const is = said === '' ? 'is missing' : `is ${said.slice(0, 80)}, which is not taken here`
  const detail = `${is}: send one of ${accepts.join(', ')}`
  return new Problem('unsupported-type', {
    detail: `The Content-Type ${detail}.`,
    faults: [{ in: 'header', name: 'Content-Type', detail, known: [...accepts] }],
    headers: { accept: accepts.join(', ') },
  })
}
