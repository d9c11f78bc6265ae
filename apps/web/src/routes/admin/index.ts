import { type FastifyInstance } from 'fastify'
import commentRoutes from './comments.ts'
import newsIssueRoutes from './news/issues.ts'
import newsItemRoutes from './news/items.ts'
import newsPublicationRoutes from './news/publication.ts'
import newsSourceRoutes from './news/sources.ts'
import adminPlugin from '../../plugins/admin.ts'
import apiTokenRoutes from './api-tokens.ts'
import appearanceRoutes from './appearances.ts'
import activityRoutes from './activity.ts'
import communitySettingsRoutes from './community-settings.ts'
import dashboardRoutes from './dashboard.ts'
import downloadRoutes from './downloads.ts'
import publicationRoutes from './episodes/publication.ts'
import transcriptsRoutes from './episodes/transcripts.ts'
import liveRoutes from './episodes/live.ts'
import episodeVideoRoutes from './episodes/video.ts'
import episodeRoutes from './episodes.ts'
import jobRoutes from './jobs.ts'
import memberFeedRoutes from './member-feeds.ts'
import mailLogRoutes from './mail-log.ts'
import mailRoutes from './mails.ts'
import previewMarkdownRoutes from './preview-markdown.ts'
import redirectRoutes from './redirects.ts'
import requestRoutes from './requests.ts'
import settingsRoutes from './settings.ts'
import fileRoutes from './files.ts'
import importRoutes from './imports.ts'
import postPublicationRoutes from './posts/publication.ts'
import postRoutes from './posts.ts'
import membershipRoutes from './memberships.ts'
import peopleRoutes from './people.ts'
import podcastRoutes from './podcasts.ts'
import sponsorRoutes from './sponsors.ts'
import searchRoutes from './search.ts'
import severalEpisodesRoutes from './several/episodes.ts'
import severalPostsRoutes from './several/posts.ts'
import severalSponsorsRoutes from './several/sponsors.ts'
import severalTopicsRoutes from './several/topics.ts'
import subscriptionRoutes from './subscriptions.ts'
import topicRoutes from './topics.ts'
import uploadRoutes from './uploads.ts'
import webhookRoutes from './webhooks.ts'
import episodeAudioRoutes from './episodes/audio.ts'

/** The admin area. Everything below asks with `request.actor` and reads with `request.repo`. */
export default async function adminRoutes(app: FastifyInstance): Promise<void> {
  await adminPlugin(app)

  activityRoutes(app)
  apiTokenRoutes(app)
  appearanceRoutes(app)
  dashboardRoutes(app)
  downloadRoutes(app)
  episodeRoutes(app)
  importRoutes(app)
  fileRoutes(app)
  postRoutes(app)
  newsItemRoutes(app)
  newsPublicationRoutes(app)
  newsSourceRoutes(app)
  newsIssueRoutes(app)
  commentRoutes(app)
  postPublicationRoutes(app)
  peopleRoutes(app)
  membershipRoutes(app)
  podcastRoutes(app)
  sponsorRoutes(app)
  previewMarkdownRoutes(app)
  searchRoutes(app)
  topicRoutes(app)
  subscriptionRoutes(app)
  webhookRoutes(app)
  severalEpisodesRoutes(app)
  severalPostsRoutes(app)
  severalSponsorsRoutes(app)
  severalTopicsRoutes(app)
  redirectRoutes(app)
  requestRoutes(app)
  mailRoutes(app)
  mailLogRoutes(app)
  memberFeedRoutes(app)
  jobRoutes(app)
  settingsRoutes(app)
  communitySettingsRoutes(app)
  publicationRoutes(app)
  transcriptsRoutes(app)
  episodeAudioRoutes(app)
  liveRoutes(app)
  episodeVideoRoutes(app)
  await uploadRoutes(app)
}
