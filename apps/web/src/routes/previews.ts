import * as publishing from '@showrunner/domain/publishing'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { postPreview } from '../presenters/post-page.ts'
import { previewPage } from '../presenters/preview-page.ts'

/** Episodes and posts that are not out yet, for who was given a link. */
export default async function previewRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.addHook('onSend', (_request, reply, _payload, done) => {
    // The address is the key: no cache keeps what it opens, no search engine lists it, and no other site is told of it.
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    done()
  })

  app.get<{ Params: { token: string } }>(addresses.preview(':token'), async (request, reply) => {
    const { token } = request.params
    const preview =
      (await publishing.findPreview(repo, token, clock())) ??
      (await publishing.findPostPreview(repo, token, clock()))
    if (!preview) return reply.callNotFound()
    if (preview.state === 'out') {
      const out =
        'slug' in preview
          ? addresses.post(preview.slug)
          : addresses.episode(preview.podcast, preview.episode)
      return reply.redirect(out, 302)
    }
    const site = await app.site()
    if (preview.state === 'preview' && 'post' in preview) {
      return reply.html('post/show', postPreview(site, preview.post, token))
    }
    if (preview.state === 'preview') {
      return reply.html('episode/show', previewPage(site, preview.shown, token))
    }
    const notice = noticePage(site, site.words.preview.over, addresses.preview(token))
    return reply.code(410).html('preview/over', notice)
  })
}
