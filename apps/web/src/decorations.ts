import { type Sockets } from '@showrunner/channels'
import { type Repo } from '@showrunner/data'
import { type Account, type SessionWithPerson, type SignedIn } from '@showrunner/domain/accounts'
import { type Counter } from '@showrunner/domain/downloads'
import { type PageCache } from '@showrunner/live'
import { type z } from 'zod'
import { type DeskWatch } from './channels/desk-watch.ts'
import { type DocumentPage, type Page, type PageAt, type ParamsOf } from './page.ts'
import { type Pages } from './pages.ts'
import { type Parts } from './parts.ts'
import { type AdminFrame, type AdminSubject, type Flash } from './presenters/admin/admin-frame.ts'
import { type Site } from './presenters/frame.ts'
import { type Views } from './views.ts'
import { type Words } from './words/index.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What is answered here is a page that is the same for everybody: see `plugins/kept-pages.ts`. */
    readonly isKept?: boolean
  }

  interface FastifyInstance {
    readonly parts: Parts & Required<Pick<Parts, 'clock'>>
    /** What the network says of itself. */
    readonly site: () => Promise<Site>
    /** The texts of the site in its language, as far as that is known without asking the database: others take those of `site()`. */
    readonly words: () => Words
    readonly views: Views
    /** The pages that are the same for everybody. */
    readonly keptPages: PageCache
    /** Counts what is listened to, and who fetches the feeds. */
    readonly downloads: Counter
    /** Declares such a page, at this address: see `plugins/kept-pages.ts`. */
    page<
      const Address extends string,
      Shown,
      Name extends keyof Pages,
      Query extends z.ZodObject = z.ZodObject<{}>,
    >(
      address: Address,
      page: Page<Shown, ParamsOf<Address>, Query, Name>,
    ): void
    /** Declares one that programs read. */
    document<const Address extends string, Shown, Query extends z.ZodObject = z.ZodObject<{}>>(
      address: Address,
      page: DocumentPage<Shown, ParamsOf<Address>, Query>,
    ): void
    /** The page of this key, if there may be one: it is made to see. */
    readonly pageAt: (key: string) => PageAt | undefined
    /** Who is connected, and what they are told. */
    readonly sockets: Sockets
    /** The pages of the admin area that are open. */
    readonly desks: DeskWatch
    /** Their browsers connect again as who they are by now: a session of theirs ended, or what they may do is another. */
    readonly disconnect: (personId: number) => void
    /** The session in a `Cookie` header. */
    readonly sessionIn: (cookies: string | undefined) => Promise<SessionWithPerson | undefined>
  }
  interface FastifyRequest {
    /** What the cookie holds: nobody has looked at it yet. */
    sessionToken(): string | undefined
    /** The session of who asks, with the person, when they are signed in. */
    session(): Promise<SessionWithPerson | undefined>
    /** In the admin area: who asks. */
    readonly actor: Account
    /** In the admin area: the repo that sees what they may see, and nothing else. */
    readonly repo: Repo
  }
  interface FastifyReply {
    /** Sends the page a view makes of its data. */
    html<Name extends keyof Pages>(view: Name, data: Pages[Name]): Promise<FastifyReply>
    /** Lets the browser keep the session that has begun. */
    beginSession(session: SignedIn): FastifyReply
    /** Lets it forget the session it has. */
    endSession(): FastifyReply
    /** In the admin area: what the next page says once. */
    flash(words: string, kind?: Flash['kind']): FastifyReply
    /** In the admin area: what is around a page. */
    adminFrame(subject: AdminSubject): Promise<AdminFrame>
  }
}
