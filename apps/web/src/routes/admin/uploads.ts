import { type FastifyInstance } from 'fastify'
import resumableRoutes from './uploads/resumable.ts'
import shownUploadRoutes from './uploads/shown.ts'
import uploadFormRoutes from './uploads/forms.ts'

/** Each way to send a file reads its body in its own way, and so has a room of its own. */
export default async function uploadRoutes(app: FastifyInstance): Promise<void> {
  shownUploadRoutes(app)
  await app.register(resumableRoutes)
  await app.register(uploadFormRoutes)
}
