import * as limits from '@showrunner/domain/limits'
import { renderMarkup } from '@showrunner/domain/markup'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { parse } from '../../parse.ts'

/** As long as the longest text that is stored. */
const LONGEST_BYTES = 500_000

const PREVIEWS: limits.Limit = { name: 'Markdown previews', most: 120, perMs: 60_000 }

const Body = z.object({
  /** The name of its field: only notes stand beside a sound. */
  of: z.string().optional(),
  text: z.string().refine((text) => Buffer.byteLength(text) <= LONGEST_BYTES, {
    message: 'is longer than any text that can be saved',
  }),
})

/** What a text looks like once it is saved, as a piece of a page: for whoever may write one here. */
export default function previewMarkdownRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post(addresses.admin.previewMarkdown, async ({ actor, repo, body }, reply) => {
    await limits.spend(repo, PREVIEWS, String(actor.person.id), clock())
    const { text, of } = parse(Body, body)
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        // A piece of a page that is opened by itself does nothing.
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      })
      .send(renderMarkup(text, { moments: of === 'notes' }) ?? '')
  })
}
