import { type SessionWithPerson, type SignedIn } from '@showrunner/domain/accounts'
import { type Pages } from './pages.ts'
import { type Parts } from './parts.ts'
import { type Site } from './presenters/frame.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly parts: Parts & Required<Pick<Parts, 'clock'>>
    /** What the network says of itself. */
    readonly site: () => Promise<Site>
  }
  interface FastifyRequest {
    /** What the cookie holds: nobody has looked at it yet. */
    sessionToken(): string | undefined
    /** The session of who asks, with the person, when they are signed in. */
    session(): Promise<SessionWithPerson | undefined>
  }
  interface FastifyReply {
    /** Sends the page a view makes of its data. */
    html<Name extends keyof Pages>(view: Name, data: Pages[Name]): Promise<FastifyReply>
    /** Lets the browser keep the session that has begun. */
    beginSession(session: SignedIn): FastifyReply
    /** Lets it forget the session it has. */
    endSession(): FastifyReply
  }
}
