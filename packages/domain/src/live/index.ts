export {
  type ChatMessageOfPerson,
  deleteMessage,
  isMuted,
  listChat,
  listMuted,
  mute,
  say,
  slowDown,
  unmute,
} from './chat.ts'
export { ChatMessage } from './chat-message.ts'
export { ChatMute, type MutedPerson } from './chat-mute.ts'
export { type EpisodeOfDesk, getDesk, getEpisodeOfDesk, type LiveDesk } from './desk.ts'
export { ChatError } from './errors.ts'
export { liveShowBegins } from './jobs.ts'
export { LiveNote } from './live-note.ts'
export { LiveReaction, type ReactionKind, REACTIONS } from './live-reaction.ts'
export {
  announcedOver,
  liveElapsed,
  LiveShow,
  liveShowChangeset,
  type LiveShowOfEpisode,
  type LiveStatus,
  liveStatus,
} from './live-show.ts'
export { endShow, goOnAir } from './on-air.ts'
export { cancelLiveShow, draftLiveShow, planLiveShow } from './plan.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { addLiveNote, deleteLiveNote, type Doer, editLiveNote, markChapter } from './produce.ts'
export { addReactions } from './react.ts'
export {
  countReactions,
  findLiveShow,
  getLiveShow,
  listLiveItems,
  listLiveNotes,
  listOnAir,
  listUpcoming,
  type LiveShowInFeed,
} from './read-live.ts'
export {
  type AnnouncedEpisode,
  type EpisodeOrShow,
  getEpisodeOrShow,
  getShowAt,
  type LiveSide,
} from './episode-or-show.ts'
