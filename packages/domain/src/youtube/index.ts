export { type Marker, shifted } from './markers.ts'
export { getVideoEpisode, type VideoEpisode } from './video-episode.ts'
export {
  describeVideo,
  type Description,
  LONGEST_DESCRIPTION,
  PLACEHOLDERS,
  USUAL_TEMPLATE,
} from './describe-video.ts'
