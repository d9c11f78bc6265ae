import { type FastifyInstance } from 'fastify'
import { type SafeHtml } from '../safe-html.ts'

/** The browser's part of the site: where its files come from, and the tags that ask for them. */
export interface Assets {
  /** What goes into every page's head: fonts to preload, the stylesheet, the script. */
  readonly head: SafeHtml
  /** The same for pages of the admin area. */
  readonly adminHead: SafeHtml
  /** The same for the player on pages elsewhere. */
  readonly embedHead: SafeHtml
  /** Makes `/assets/*` answer. */
  readonly serve: (app: FastifyInstance) => Promise<void>
  /** Ends what the assets keep running (nothing, unless in development). */
  readonly close: () => Promise<void>
  /** In development the browser also talks to these; part of the content security policy. */
  readonly connectTo: readonly string[]
}
