import { isKey } from '@showrunner/storage'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { countAsked, countSent } from '../downloads/count-download.ts'
import { UPLOAD_HEADERS } from '../headers.ts'
import { sendUpload } from '../uploads/send-upload.ts'

interface Upload {
  Params: { '*': string }
}

/** Audio, artwork and whatever else was uploaded, in whole or in part. */
export default async function uploadRoutes(app: FastifyInstance): Promise<void> {
  const { storagePublicUrl } = app.parts

  app.route<Upload>({ method: ['GET', 'HEAD'], url: '/uploads/*', handler: answer })

  async function answer(request: FastifyRequest<Upload>, reply: FastifyReply) {
    const key = request.params['*']
    if (!isKey(key)) return reply.callNotFound()
    if (storagePublicUrl === undefined) {
      countSent(app, key, request, reply)
      return sendUpload(app, key, request, reply)
    }

    countAsked(app, key, request)
    return reply.headers(UPLOAD_HEADERS).redirect(`${storagePublicUrl}/${key}`, 302)
  }
}
