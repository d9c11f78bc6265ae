import fastifyStatic from '@fastify/static'
import { type FastifyInstance } from 'fastify'
import { UPLOAD_HEADERS } from '../headers.ts'

/** Audio, artwork and whatever else was uploaded, in whole or in part. */
export default async function uploadRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: app.parts.uploadsDir,
    prefix: '/uploads/',
    index: false,
    maxAge: '1h',
    decorateReply: false,
    setHeaders: (reply) => {
      reply.headers(UPLOAD_HEADERS)
    },
  })
}
