import { type FastifyInstance } from 'fastify'
import adminPlugin from '../../plugins/admin.ts'
import topicRoutes from './topics.ts'

/** The admin area. Everything below asks with `request.actor` and reads with `request.repo`. */
export default async function adminRoutes(app: FastifyInstance): Promise<void> {
  await adminPlugin(app)

  topicRoutes(app)
}
