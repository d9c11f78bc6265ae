import { type FastifyInstance } from 'fastify'
import adminPlugin from '../../plugins/admin.ts'
import activityRoutes from './activity.ts'
import publicationRoutes from './episodes/publication.ts'
import episodeRoutes from './episodes.ts'
import topicRoutes from './topics.ts'

/** The admin area. Everything below asks with `request.actor` and reads with `request.repo`. */
export default async function adminRoutes(app: FastifyInstance): Promise<void> {
  await adminPlugin(app)

  activityRoutes(app)
  episodeRoutes(app)
  topicRoutes(app)
  publicationRoutes(app)
}
