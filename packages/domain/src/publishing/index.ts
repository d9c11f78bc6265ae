export { changePodcastSlug, changeSlug } from './change-slug.ts'
export { type EpisodeToCheck, getEpisodeToCheck, listToCheck } from './checked-episode.ts'
export { blockersOf, type CheckedItem, checkEpisode, type CheckOptions } from './checklist.ts'
export { isGone, isPostGone } from './gone.ts'
export { appearLater, episodeAppeared } from './jobs.ts'
export { movedTo, type Named } from './moved.ts'
export { PreviewLink, type PreviewLinkWithMaker } from './preview-link.ts'
export { PostPreviewLink, type PostPreviewWithMaker } from './post-preview-link.ts'
export {
  findPostPreview,
  listPostPreviews,
  type PostPreview,
  revokePostPreview,
  sharePostPreview,
} from './post-previews.ts'
export { findPreview, listPreviews, type Preview, revokePreview, sharePreview } from './previews.ts'
export {
  type Intent,
  publishEpisode,
  rescheduleEpisode,
  unpublishEpisode,
} from './publish-episode.ts'
export { episodeOutAgain } from './tell-later.ts'
export { mailGuestThanks, thanksMail } from './thanks.ts'
