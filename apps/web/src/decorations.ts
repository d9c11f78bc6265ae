import { type Pages } from './pages.ts'
import { type Parts } from './parts.ts'
import { type Site } from './presenters/frame.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly parts: Parts & Required<Pick<Parts, 'clock'>>
    /** What the network says of itself. */
    readonly site: () => Promise<Site>
  }
  interface FastifyReply {
    /** Sends the page a view makes of its data. */
    html<Name extends keyof Pages>(view: Name, data: Pages[Name]): Promise<FastifyReply>
  }
}
