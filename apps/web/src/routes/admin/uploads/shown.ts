import * as uploads from '@showrunner/domain/uploads'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { withId } from '../../../admin/with-id.ts'
import { localPath } from '../../../local-path.ts'
import { parse } from '../../../parse.ts'
import { uploadPanel } from '../../../presenters/admin/upload-panel.ts'
import { uploadState } from '../../../presenters/admin/upload-state.ts'
import { Back, Subject } from '../../../uploads/said.ts'
import { homeOf } from './home-of.ts'

const { admin } = addresses

const Removal = z.object({ ...Subject.shape, ...Back.shape })
const Tagging = z.object({
  subjectId: Subject.shape.subjectId,
  tagAudio: z.literal('true').optional(),
  ...Back.shape,
})
const Picture = z.object({
  subject: z.enum(uploads.SUBJECTS),
  id: Subject.shape.subjectId,
})

/** What is there and what is on its way, and what is done about it by plain forms. */
export default function shownUploadRoutes(app: FastifyInstance): void {
  const { staging } = app.parts

  app.get(admin.uploadPanel, async ({ actor, repo, query }, reply) => {
    const uploaded = await uploads.getUploaded(repo, actor, parse(Subject, query))
    const { href } = await homeOf(repo, uploaded)
    return reply.html('admin/uploads/panel', { panel: uploadPanel(uploaded, href) })
  })

  app.route({
    method: 'GET',
    url: admin.upload(':id'),
    exposeHeadRoute: false,
    handler: async ({ actor, repo, params, headers }, reply) => {
      const upload = await uploads.getOwnUpload(repo, actor, withId(params))
      const shown = uploadState(upload)
      if ((headers.accept ?? '').includes('text/html'))
        return reply.html('admin/uploads/state', { upload: shown, back: '' })
      const arrived = upload.state === 'receiving' ? await staging.arrived(upload.id) : upload.bytes
      return reply.send({ ...shown, bytes: upload.bytes, arrived: arrived ?? 0 })
    },
  })

  app.post(admin.cancelUpload(':id'), async ({ actor, repo, params, body }, reply) => {
    const upload = await uploads.getOwnUpload(repo, actor, withId(params))
    await uploads.cancelUpload(repo, upload)
    const { back } = parse(Back, body ?? {})
    return reply.flash('It was cancelled.').redirect(localPath(back) ?? admin.dashboard, 303)
  })

  app.post(admin.removeUploaded, async ({ actor, repo, body }, reply) => {
    const { back, ...about } = parse(Removal, body)
    await uploads.removeFile(repo, actor, about)
    return reply.flash('It is gone.').redirect(localPath(back) ?? admin.dashboard, 303)
  })

  app.post(admin.audioTagging, async ({ actor, repo, body }, reply) => {
    const { subjectId, tagAudio, back } = parse(Tagging, body)
    await uploads.setTagAudio(repo, actor, subjectId, tagAudio === 'true')
    const words = tagAudio
      ? 'The file is written again in a moment.'
      : 'The file is served as it came.'
    return reply.flash(words).redirect(localPath(back) ?? admin.dashboard, 303)
  })

  app.get(admin.picture(':subject', ':id'), async ({ actor, repo, params }, reply) => {
    const { subject, id: subjectId } = parse(Picture, params)
    const kind = uploads.pictureKindOf(subject)
    const uploaded = await uploads.getUploaded(repo, actor, { kind, subject, subjectId })
    const home = await homeOf(repo, uploaded)
    const frame = await reply.adminFrame({
      title: `${PICTURE_NAMES[kind]} of ${home.title}`,
      section: home.section,
      crumbs: [{ title: home.title, href: home.href }],
    })
    const panel = uploadPanel(uploaded, admin.picture(subject, subjectId))
    return reply.html('admin/uploads/picture', { frame, panel, backHref: home.href })
  })
}

const PICTURE_NAMES = {
  cover: 'Cover',
  picture: 'Picture',
  avatar: 'Portrait',
  logo: 'Logo',
} as const
